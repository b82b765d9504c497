//! The caller's signal.

use crate::calls::{get_upload_token, upload_media};
use js_sys::Reflect;
use serde_json::{Value, json};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::AbortController;

use crate::emulator::{Emulator, eval, jpeg, js, set, text, until};

fn with_signal(options: &Value, controller: &AbortController) -> JsValue {
    let options = js(options);
    Reflect::set(&options, &"signal".into(), &controller.signal()).expect("an object");
    options
}

#[wasm_bindgen_test]
async fn a_signal_that_has_fired_stops_the_call_before_anything_is_sent() {
    let emulator = Emulator::new();
    let controller = AbortController::new().expect("a controller");
    controller.abort_with_reason(&"the user left".into());

    let options = with_signal(&emulator.key_options(), &controller);
    let reason = get_upload_token(options).await.expect_err("an abort");
    assert_eq!(reason, "the user left");

    let options = with_signal(
        &json!({"token": "t", "chatUrl": emulator.base}),
        &controller,
    );
    let outcome = upload_media(jpeg("a.jpg"), "image".into(), options).await;
    assert_eq!(outcome.expect_err("an abort"), "the user left");
    assert!(emulator.everything().await.is_empty());
}

#[wasm_bindgen_test]
async fn a_signal_ends_a_call_under_way_with_its_own_reason() {
    let emulator = Emulator::new();
    let token = emulator.token().await;
    emulator
        .fault(json!({"on": "upload", "stall_response": {"after": 0}}))
        .await;
    let controller = AbortController::new().expect("a controller");
    let options = with_signal(
        &json!({"token": token, "chatUrl": emulator.base}),
        &controller,
    );

    // Abort once the emulator has the request, and not at some guessed time.
    let watched = emulator.clone();
    spawn_local(async move {
        until(async || !watched.received("upload").await.is_empty()).await;
        controller.abort_with_reason(&JsValue::from(42));
    });
    let outcome = upload_media(jpeg("a.jpg"), "image".into(), options).await;
    assert_eq!(outcome.expect_err("an abort"), 42);
}

#[wasm_bindgen_test]
async fn an_abort_without_a_reason_is_an_abort_error() {
    let controller = AbortController::new().expect("a controller");
    controller.abort();
    let options = with_signal(
        &json!({"apiKey": "k", "dangerouslyAllowBrowser": true}),
        &controller,
    );
    let reason = get_upload_token(options).await.expect_err("an abort");
    assert_eq!(text(&reason, "name"), "AbortError");
    JsFuture::from(js_sys::Promise::resolve(&JsValue::NULL))
        .await
        .expect("no trap");
}

#[wasm_bindgen_test]
async fn accepts_a_signal_of_another_frame() {
    let emulator = Emulator::new();
    let frame = eval(
        "(() => { const frame = document.createElement('iframe'); document.body.append(frame); \
           return new frame.contentWindow.AbortController(); })()",
    );
    let controller: AbortController = frame.unchecked_into();
    let options = js(&emulator.key_options());
    set(&options, "signal", &controller.signal());
    get_upload_token(options).await.expect("a token");

    emulator
        .fault(json!({"on": "token", "stall_response": {"after": 0}}))
        .await;
    let options = js(&emulator.key_options());
    set(&options, "signal", &controller.signal());
    let watched = emulator.clone();
    spawn_local(async move {
        until(async || watched.received("token").await.len() == 2).await;
        controller.abort_with_reason(&"the user left".into());
    });
    let reason = get_upload_token(options).await.expect_err("an abort");
    assert_eq!(reason, "the user left");
}
