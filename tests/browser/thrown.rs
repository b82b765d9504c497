//! The error as an object.

use crate::calls::get_upload_token;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::emulator::{Emulator, failed, get, js, text};

#[wasm_bindgen_test]
async fn an_error_prints_its_name_and_sentence() {
    let error = failed(
        get_upload_token(js(&json!({}))).await,
        "token",
        "invalid_argument",
    );
    let printed: String = js_sys::Object::from(error.clone()).to_string().into();
    assert_eq!(printed, "DivarMediaError: give either endpoint or apiKey");
    assert!(!text(&error, "stack").is_empty());
    assert!(get(&error, "cause").is_undefined());
}

#[wasm_bindgen_test]
async fn unknown_details_of_an_error_are_absent() {
    let error = failed(
        get_upload_token(js(&json!({}))).await,
        "token",
        "invalid_argument",
    );
    for name in ["status", "divarCode", "mediaToken"] {
        let own = js_sys::Reflect::has(&error, &name.into()).expect("an object");
        assert!(!own, "{name}");
    }
}

#[wasm_bindgen_test]
async fn the_user_message_is_in_persian_and_english() {
    let emulator = Emulator::new();
    emulator
        .fault(json!({"on": "token", "status": {"status": 429}}))
        .await;
    let error = failed(
        get_upload_token(js(&emulator.key_options())).await,
        "token",
        "rate_limited",
    );
    let people = get(&error, "userMessage");
    assert!(text(&people, "fa").contains("دوباره تلاش کنید"));
    assert!(text(&people, "en").contains("Try again"));
}
