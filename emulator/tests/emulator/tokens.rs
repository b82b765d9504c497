use base64::{Engine, prelude::BASE64_STANDARD};
use divar_emulator::{Config, Settings};
use serde_json::{Value, json};

use crate::support::{Emulator, FORM_TYPE, KEY, TOKEN, form, png, refused};

#[tokio::test]
async fn a_token_is_base64_and_another_one_each_time() {
    let emulator = Emulator::start().await;
    let (one, two) = (emulator.mint().await, emulator.mint().await);
    assert_ne!(one, two);
    assert!(BASE64_STANDARD.decode(one).is_ok());
}

#[tokio::test]
async fn a_missing_or_wrong_key_is_refused() {
    let emulator = Emulator::start().await;
    let bare = emulator.http.post(emulator.url(TOKEN)).json(&json!({}));
    let missing = bare
        .try_clone()
        .expect("a small body")
        .send()
        .await
        .expect("an answer");
    refused(missing, 401, 16).await;
    let wrong = bare
        .header("x-api-key", "another")
        .send()
        .await
        .expect("an answer");
    refused(wrong, 401, 16).await;
}

#[tokio::test]
async fn an_empty_body_mints_as_in_the_published_samples_but_other_json_does_not() {
    let emulator = Emulator::start().await;
    let post = |body: &'static str| {
        emulator
            .http
            .post(emulator.url(TOKEN))
            .header("x-api-key", KEY)
            .header("content-type", "application/json")
            .body(body)
            .send()
    };
    assert_eq!(post("").await.expect("an answer").status(), 200);
    for body in ["[]", "null", "{", "{\"scope\":1}", "\"\""] {
        refused(post(body).await.expect("an answer"), 400, 3).await;
    }
}

#[tokio::test]
async fn a_body_that_is_not_declared_as_json_is_refused() {
    let emulator = Emulator::start().await;
    let request = emulator
        .http
        .post(emulator.url(TOKEN))
        .header("x-api-key", KEY)
        .body("{}");
    refused(request.send().await.expect("an answer"), 400, 3).await;
}

#[tokio::test]
async fn a_token_serves_one_upload_even_a_refused_one() {
    let emulator = Emulator::start().await;
    let good = form("file", Some("a.png"), &png());

    let token = emulator.mint().await;
    assert_eq!(
        emulator.upload_form("image", &token, &good).await.status(),
        200
    );
    let message = refused(emulator.upload_form("image", &token, &good).await, 401, 16).await;
    assert_eq!(message, "the upload token is spent");

    let token = emulator.mint().await;
    let bad = form("file", Some("a.png"), b"no picture");
    refused(emulator.upload_form("image", &token, &bad).await, 400, 3).await;
    refused(emulator.upload_form("image", &token, &good).await, 401, 16).await;
}

#[tokio::test]
async fn a_token_serves_as_many_uploads_as_set() {
    let emulator = Emulator::with(Config {
        settings: Settings {
            token_uses: 2,
            ..Settings::default()
        },
        ..Config::default()
    })
    .await;
    let token = emulator.mint().await;
    let good = form("file", Some("a.png"), &png());
    for status in [200, 200, 401] {
        let answer = emulator.upload_form("image", &token, &good).await;
        assert_eq!(answer.status(), status);
    }
}

#[tokio::test]
async fn two_uploads_at_once_cannot_share_a_token() {
    let emulator = Emulator::start().await;
    let token = emulator.mint().await;
    let good = form("file", Some("a.png"), &png());
    let (one, two) = tokio::join!(
        emulator.upload_form("image", &token, &good),
        emulator.upload_form("image", &token, &good),
    );
    let mut statuses = [one.status().as_u16(), two.status().as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401]);
}

#[tokio::test]
async fn an_expired_token_is_refused() {
    let emulator = Emulator::start().await;
    let token = emulator.mint().await;
    emulator.set(json!({ "token_ttl_ms": 0 })).await;
    let good = form("file", Some("a.png"), &png());
    let message = refused(emulator.upload_form("image", &token, &good).await, 401, 16).await;
    assert_eq!(message, "the upload token has expired");
}

#[tokio::test]
async fn a_missing_unknown_or_malformed_token_is_refused() {
    let emulator = Emulator::start().await;
    let token = emulator.mint().await;
    let with = async |authorization: Option<String>| -> reqwest::Response {
        let mut request = emulator
            .http
            .post(emulator.url("/upload/image"))
            .header("content-type", FORM_TYPE)
            .body(form("file", Some("a.png"), &png()));
        if let Some(authorization) = authorization {
            request = request.header("authorization", authorization);
        }
        request.send().await.expect("an answer")
    };
    let wrong = [
        None,
        Some(String::new()),
        Some("Bearer".to_owned()),
        Some("Bearer ".to_owned()),
        Some("Bearer dW5rbm93bg==".to_owned()),
        Some(token.clone()),
        Some(format!("Digest {token}")),
        Some(format!("Bearer {token}x")),
    ];
    for authorization in wrong {
        refused(with(authorization).await, 401, 16).await;
    }
    assert_eq!(with(Some(format!("Bearer {token}"))).await.status(), 200);
}

#[tokio::test]
async fn a_refusal_never_repeats_a_key_or_a_token() {
    let emulator = Emulator::start().await;
    let secret = "dG9wLXNlY3JldA==";
    let good = form("file", Some("a.png"), &png());
    let answer = emulator.upload_form("image", secret, &good).await;
    let text = answer.text().await.expect("text");
    assert!(!text.contains(secret), "{text}");
    let request = emulator
        .http
        .post(emulator.url(TOKEN))
        .header("x-api-key", secret);
    let answer: Value = request
        .json(&json!({}))
        .send()
        .await
        .expect("an answer")
        .json()
        .await
        .expect("JSON");
    assert!(!answer.to_string().contains(secret), "{answer}");
}
