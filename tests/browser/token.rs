//! `getUploadToken`.

use crate::calls::get_upload_token;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::emulator::{Emulator, KEY, failed, get, header, js};

#[wasm_bindgen_test]
async fn minting_sends_the_key_and_an_empty_object() {
    let emulator = Emulator::new();
    let token = emulator.token().await;
    assert!(!token.is_empty());

    let requests = emulator.received("token").await;
    assert_eq!(requests.len(), 1);
    assert_eq!(requests[0]["body"], json!({}));
    assert_eq!(header(&requests[0], "x-api-key"), Some(KEY));
    assert_eq!(
        header(&requests[0], "content-type"),
        Some("application/json")
    );
    assert_eq!(header(&requests[0], "authorization"), None);
}

#[wasm_bindgen_test]
async fn a_page_does_not_send_the_key_by_accident() {
    let emulator = Emulator::new();
    for allowed in [json!(null), json!(false), json!("yes"), json!(1)] {
        let mut options = emulator.key_options();
        options["dangerouslyAllowBrowser"] = allowed;
        failed(get_upload_token(js(&options)).await, "token", "key_in_page");
    }
    assert!(emulator.everything().await.is_empty());
}

#[wasm_bindgen_test]
async fn a_page_asks_its_own_route_and_sends_no_key() {
    let emulator = Emulator::new();
    let answer = json!({"on": "other", "body": {"text": "{\"token\":\"dG9rZW4=\"}"}});
    emulator.fault(answer).await;
    let endpoint = format!("{}/divar/", emulator.base);
    let token = get_upload_token(js(&json!({"endpoint": endpoint}))).await;
    assert_eq!(token.expect("a token"), "dG9rZW4=");

    let requests = emulator.received("other").await;
    assert_eq!(requests.len(), 1);
    assert!(
        requests[0]["path"]
            .as_str()
            .is_some_and(|path| path.ends_with("/divar/token"))
    );
    assert_eq!(
        header(&requests[0], "content-type"),
        Some("application/json")
    );
    assert_eq!(header(&requests[0], "x-api-key"), None);
}

#[wasm_bindgen_test]
async fn an_endpoint_may_be_relative_to_the_page() {
    // Nothing serves this path on the test page's origin: the refusal shows
    // that the request was made and not that the option was refused.
    let options = js(&json!({"endpoint": "/no-such-app"}));
    let error = failed(get_upload_token(options).await, "token", "not_found");
    assert_eq!(get(&error, "status"), 404);
}

#[wasm_bindgen_test]
async fn a_wrong_key_is_unauthorized_with_divars_code() {
    let emulator = Emulator::new();
    let mut options = emulator.key_options();
    options["apiKey"] = json!("not-the-key");
    let error = failed(
        get_upload_token(js(&options)).await,
        "token",
        "unauthorized",
    );
    assert_eq!(get(&error, "status"), 401);
    assert_eq!(get(&error, "divarCode"), 16);
    assert_eq!(get(&error, "retryable"), false);
}
