use serde_json::{Value, json};

use crate::support::{Emulator, KEY, TOKEN, form, png};

#[tokio::test]
async fn lists_requests_in_order_with_headers_and_bodies() {
    let emulator = Emulator::start().await;
    let token = emulator.mint().await;
    let body = form("file", Some("a.png"), &png());
    emulator.upload_form("image", &token, &body).await;
    let request = emulator
        .http
        .post(emulator.url("/nowhere?q=%D8%A7"))
        .header("x-twice", "1")
        .header("x-twice", "2");
    request.body("abc").send().await.expect("an answer");
    let requests = emulator.requests().await;

    let ids: Vec<_> = requests
        .iter()
        .map(|request| request["id"].as_u64())
        .collect();
    assert_eq!(ids, [Some(1), Some(2), Some(3)]);
    let routes: Vec<_> = requests
        .iter()
        .map(|request| request["route"].as_str().expect("a route"))
        .collect();
    assert_eq!(routes, ["token", "upload", "other"]);
    let outcomes: Vec<_> = requests
        .iter()
        .map(|request| request["outcome"].clone())
        .collect();
    assert_eq!(outcomes, [200, 200, 404]);

    assert_eq!(requests[0]["body"], json!({}));
    assert!(headers(&requests[0]).contains(&("x-api-key".to_owned(), KEY.to_owned())));
    assert_eq!(requests[1]["body_bytes"], body.len());
    assert!(
        headers(&requests[1]).contains(&("authorization".to_owned(), format!("Bearer {token}")))
    );
    assert_eq!(requests[2]["path"], "/nowhere?q=%D8%A7");
    assert_eq!(requests[2]["body_bytes"], 3);
    let twice: Vec<_> = headers(&requests[2])
        .into_iter()
        .filter(|(name, _)| name == "x-twice")
        .map(|(_, value)| value)
        .collect();
    assert_eq!(twice, ["1", "2"]);
}

fn headers(request: &Value) -> Vec<(String, String)> {
    serde_json::from_value(request["headers"].clone()).expect("pairs")
}

#[tokio::test]
async fn calls_are_named_by_route_and_a_wrong_method_is_no_call() {
    let emulator = Emulator::start().await;
    for path in [
        "/v1/open-platform/chat/bot/conversations/c/messages",
        "/v1/open-platform/chat/bot/users/u/messages",
        "/v2/open-platform/conversations/c/messages",
    ] {
        emulator
            .post(path, &json!({}))
            .send()
            .await
            .expect("an answer");
    }
    emulator
        .get("/v1/open-platform/chat/conversations/c")
        .send()
        .await
        .expect("an answer");
    emulator.get(TOKEN).send().await.expect("an answer");
    let requests = emulator.requests().await;
    let routes: Vec<_> = requests
        .iter()
        .map(|request| request["route"].as_str().expect("a route"))
        .collect();
    assert_eq!(
        routes,
        ["message", "message", "message", "conversation", "other"]
    );
}

#[tokio::test]
async fn records_why_a_request_was_refused() {
    let emulator = Emulator::start().await;
    emulator
        .http
        .post(emulator.url("/upload/image"))
        .send()
        .await
        .expect("an answer");
    let refused = emulator.requests().await[0]["refused"].clone();
    assert!(
        refused
            .as_str()
            .is_some_and(|why| why.contains("Authorization")),
        "{refused}"
    );
}

#[tokio::test]
async fn a_body_that_is_no_json_is_shown_as_text() {
    let emulator = Emulator::start().await;
    let request = emulator
        .http
        .post(emulator.url(TOKEN))
        .header("x-api-key", KEY)
        .header("content-type", "application/json");
    request
        .body(b"{\xff".to_vec())
        .send()
        .await
        .expect("an answer");
    assert_eq!(emulator.requests().await[0]["body"], "{\u{fffd}");
}

#[tokio::test]
async fn settings_merge_and_malformed_ones_change_nothing() {
    let emulator = Emulator::start().await;
    emulator.set(json!({ "token_uses": 3 })).await;
    emulator
        .set(json!({ "blocked": ["c1"], "allow_unknown_icons": false }))
        .await;
    for malformed in [
        json!({ "token_uses": 0 }),
        json!({ "megabyte": 5 }),
        json!({ "megabite": 1_000_000 }),
        json!({ "token_ttl_ms": -1 }),
        json!([]),
    ] {
        let answer = emulator.change_settings(&malformed).await;
        assert_eq!(answer.expect("an answer").status(), 400, "{malformed}");
    }
    let settings: Value = emulator.settings().await;
    assert_eq!(
        settings,
        json!({ "token_ttl_ms": 300_000, "token_uses": 3, "megabyte": 1_000_000, "blocked": ["c1"], "allow_unknown_icons": false })
    );
}

#[tokio::test]
async fn own_routes_have_a_help_text_and_are_not_recorded() {
    let emulator = Emulator::start().await;
    for path in ["/__emulator", "/__emulator/"] {
        let help = emulator
            .get(path)
            .send()
            .await
            .expect("an answer")
            .text()
            .await
            .expect("text");
        for route in ["requests", "messages", "files", "settings", "faults"] {
            assert!(help.contains(&format!("/__emulator/{route}")), "{help}");
        }
    }
    assert_eq!(emulator.requests().await.len(), 0);
}
