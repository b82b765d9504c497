use reqwest::{Method, header::HeaderMap};
use serde_json::json;

use crate::support::{Emulator, KEY, TOKEN};

const ORIGIN: &str = "https://app.example";

async fn preflight(emulator: &Emulator, path: &str, method: &str) -> HeaderMap {
    let request = emulator
        .http
        .request(Method::OPTIONS, emulator.url(path))
        .header("origin", ORIGIN)
        .header("access-control-request-method", method)
        .header(
            "access-control-request-headers",
            "authorization,x-api-key,x-anything",
        )
        .header("access-control-request-private-network", "true");
    let answer = request.send().await.expect("an answer");
    assert!(answer.status().is_success(), "{path}");
    answer.headers().clone()
}

#[tokio::test]
async fn every_route_of_divar_answers_a_preflight_for_any_header() {
    let emulator = Emulator::start().await;
    for (path, method) in [
        (TOKEN, "POST"),
        ("/upload/image", "POST"),
        ("/@s/upload/image", "POST"),
        (
            "/v1/open-platform/chat/bot/conversations/c/messages",
            "POST",
        ),
        ("/v1/open-platform/chat/bot/users/u/messages", "POST"),
        ("/v2/open-platform/conversations/c/messages", "POST"),
        ("/v1/open-platform/chat/conversations/c", "GET"),
        ("/nowhere", "POST"),
    ] {
        let headers = preflight(&emulator, path, method).await;
        assert_eq!(headers["access-control-allow-origin"], "*", "{path}");
        assert_eq!(headers["access-control-allow-methods"], method, "{path}");
        let allowed = &headers["access-control-allow-headers"];
        assert_eq!(allowed, "authorization,x-api-key,x-anything", "{path}");
        assert_eq!(
            headers["access-control-allow-private-network"], "true",
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_preflight_meets_no_fault() {
    let emulator = Emulator::start().await;
    emulator
        .script(json!([{ "status": { "status": 500 } }]))
        .await;
    preflight(&emulator, "/upload/image", "POST").await;
    let answer = emulator
        .post(TOKEN, &json!({}))
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 500);
}

#[tokio::test]
async fn a_page_can_read_errors_and_retry_after() {
    let emulator = Emulator::start().await;
    let from_page = |path: &str| {
        emulator
            .http
            .post(emulator.url(path))
            .header("origin", ORIGIN)
    };
    let unauthorized = from_page("/upload/image").send().await.expect("an answer");
    assert_eq!(unauthorized.status(), 401);
    let nowhere = from_page("/nowhere").send().await.expect("an answer");
    assert_eq!(nowhere.status(), 404);
    let wrong_method = emulator.get(TOKEN).send().await.expect("an answer");
    assert_eq!(wrong_method.status(), 405);
    emulator
        .script(json!([{ "status": { "status": 429, "retry_after": "3" } }]))
        .await;
    let limited = from_page(TOKEN)
        .header("x-api-key", KEY)
        .send()
        .await
        .expect("an answer");
    assert_eq!(limited.headers()["retry-after"], "3");
    for answer in [unauthorized, nowhere, wrong_method, limited] {
        assert_eq!(answer.headers()["access-control-allow-origin"], "*");
        assert_eq!(
            answer.headers()["access-control-expose-headers"],
            "retry-after"
        );
    }
}
