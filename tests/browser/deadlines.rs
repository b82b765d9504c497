//! The limits on waiting.

use crate::calls::{get_upload_token, upload_media};
use divar_media_samples::isobmff::{Movie, Track};
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::emulator::{Emulator, eval, failed, file, get, jpeg, js, set};

/// An upload that shows its bytes moving, with these further options.
async fn telling(
    emulator: &Emulator,
    given: JsValue,
    as_type: &str,
    more: Value,
) -> Result<JsValue, JsValue> {
    let mut options =
        json!({"token": emulator.token().await, "chatUrl": emulator.base, "retries": 0});
    let more = more.as_object().expect("options").clone();
    options.as_object_mut().expect("options").extend(more);
    let options = js(&options);
    set(&options, "onProgress", &eval("() => {}"));
    upload_media(given, as_type.into(), options).await
}

/// Larger than what the two kernels take when the server stops reading.
fn large_video() -> JsValue {
    let mut bytes = Movie::new(b"isom", vec![Track::video()]).file();
    bytes.resize(40_000_000, 7);
    file("a.mp4", "video/mp4", &bytes)
}

#[wasm_bindgen_test]
async fn an_answer_that_does_not_come_ends_the_call() {
    for act in [
        json!({"delay": {"ms": 20_000}}),
        json!({"stall_response": {"after": 3}}),
    ] {
        let emulator = Emulator::new();
        let mut fault = act;
        fault["on"] = json!("token");
        emulator.fault(fault).await;
        let mut options = emulator.key_options();
        options["answerTimeout"] = json!(300);
        let error = failed(
            get_upload_token(js(&options)).await,
            "token",
            "answer_timeout",
        );
        assert_eq!(get(&error, "retryable"), true);
    }
}

#[wasm_bindgen_test]
async fn an_upload_that_stops_moving_is_stalled() {
    let emulator = Emulator::new();
    let token = json!({"on": "upload", "stall_request": {"after": 100_000}});
    emulator.fault(token).await;
    let limits = json!({"stallTimeout": 1000, "answerTimeout": 60_000});
    let outcome = telling(&emulator, large_video(), "video", limits).await;
    let error = failed(outcome, "upload", "stalled");
    assert_eq!(get(&error, "retryable"), true);
}

#[wasm_bindgen_test]
async fn the_stall_limit_does_not_run_while_the_server_works() {
    let emulator = Emulator::new();
    emulator
        .fault(json!({"on": "upload", "delay": {"ms": 1500}}))
        .await;
    let limits = json!({"stallTimeout": 500, "answerTimeout": 20_000});
    let outcome = telling(&emulator, jpeg("a.jpg"), "image", limits).await;
    outcome.expect("an upload");
}

#[wasm_bindgen_test]
async fn the_answer_limit_begins_with_the_last_byte() {
    let emulator = Emulator::new();
    emulator
        .fault(json!({"on": "upload", "delay": {"ms": 20_000}}))
        .await;
    let limits = json!({"stallTimeout": 20_000, "answerTimeout": 500});
    let outcome = telling(&emulator, jpeg("a.jpg"), "image", limits).await;
    failed(outcome, "upload", "answer_timeout");
}

#[wasm_bindgen_test]
async fn the_total_limit_ends_the_call_and_the_pauses_between_tries() {
    let waiting = json!({"status": {"status": 429, "retry_after": "30"}});
    for act in [json!({"delay": {"ms": 20_000}}), waiting] {
        let emulator = Emulator::new();
        let mut fault = act;
        fault["on"] = json!("token");
        emulator.fault(fault).await;
        let mut options = emulator.key_options();
        options["retries"] = json!(3);
        options["timeout"] = json!(500);
        let error = failed(get_upload_token(js(&options)).await, "token", "timeout");
        assert_eq!(get(&error, "retryable"), false);
    }
}

#[wasm_bindgen_test]
async fn a_message_that_is_not_answered_in_time_may_have_been_delivered() {
    let emulator = Emulator::new();
    let media = emulator.picture().await;
    emulator
        .fault(json!({"on": "message", "delay": {"ms": 20_000}}))
        .await;
    let options = json!({"target": "chatbot", "conversationId": "c", "answerTimeout": 300});
    let error = failed(
        emulator.send(&media, options).await,
        "message",
        "answer_timeout",
    );
    assert_eq!(get(&error, "deliveryUnknown"), true);
    assert_eq!(get(&error, "retryable"), false);
}
