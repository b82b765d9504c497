//! Waiting while the platform says that it is offline.

use crate::calls::{get_upload_token, send_media};
use js_sys::{Object, Reflect};
use serde_json::json;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::emulator::{Emulator, eval, failed, get, jpeg, js, set};

/// While it lives, `navigator.onLine` is false.
struct Offline;

impl Offline {
    fn new() -> Self {
        eval("Object.defineProperty(navigator, 'onLine', { value: false, configurable: true })");
        Self
    }
}

impl Drop for Offline {
    fn drop(&mut self) {
        eval("delete navigator.onLine && dispatchEvent(new Event('online'))");
    }
}

/// Longer than a call takes that does not wait.
async fn a_while() {
    let timer = eval("new Promise((resolve) => setTimeout(resolve, 50))");
    JsFuture::from(js_sys::Promise::from(timer))
        .await
        .expect("a timer");
}

#[wasm_bindgen_test]
async fn a_call_waits_until_the_platform_is_online_again() {
    let emulator = Emulator::new();
    let mut options = emulator.key_options();
    options["whenOffline"] = json!("wait");
    let offline = Offline::new();
    let call = get_upload_token(js(&options));
    a_while().await;
    assert!(emulator.everything().await.is_empty(), "nothing is sent");
    drop(offline);
    JsFuture::from(call).await.expect("a token");
    assert_eq!(emulator.received("token").await.len(), 1);
}

#[wasm_bindgen_test]
async fn an_attempt_that_fails_while_offline_costs_no_retry() {
    let emulator = Emulator::new();
    let fault = json!({"on": "token", "reset_accepted": {}});
    emulator.fault(fault).await;
    let mut options = emulator.key_options();
    options["whenOffline"] = json!("wait");
    assert_eq!(options["retries"], 0);
    // Online when the request leaves, offline when it has failed, and online again.
    eval(
        "Object.defineProperty(navigator, 'onLine', \
         { get: ((values) => () => values.shift() ?? true)([true, false]), configurable: true })",
    );
    let token = get_upload_token(js(&options)).await;
    eval("delete navigator.onLine");
    token.expect("a token");
    assert_eq!(emulator.received("token").await.len(), 2);
}

#[wasm_bindgen_test]
async fn a_message_waits_before_it_is_sent() {
    let emulator = Emulator::new();
    let answer = json!({"on": "other", "body": {"text": "{\"conversation_id\":\"c\"}"}});
    emulator.fault(answer).await;
    let options = json!({
        "endpoint": format!("{}/divar", emulator.base),
        "conversationId": "c",
        "mediaToken": "m",
        "whenOffline": "wait",
    });
    let offline = Offline::new();
    let call = send_media(jpeg("a.jpg"), js(&options));
    a_while().await;
    assert!(emulator.everything().await.is_empty(), "nothing is sent");
    drop(offline);
    JsFuture::from(call).await.expect("a message");
    assert_eq!(emulator.received("other").await.len(), 1);
}

#[wasm_bindgen_test]
async fn a_signal_and_a_deadline_end_the_wait() {
    let emulator = Emulator::new();
    let _offline = Offline::new();
    let mut options = emulator.key_options();
    options["whenOffline"] = json!("wait");
    options["timeout"] = json!(50);
    let outcome = get_upload_token(js(&options)).await;
    failed(outcome, "token", "timeout");

    options["timeout"] = json!(null);
    let options = js(&options);
    let controller: Object = eval("new AbortController()").into();
    set(&options, "signal", &get(&controller, "signal"));
    let abort = Reflect::get(&controller, &"abort".into()).expect("a method");
    spawn_local(async move {
        a_while().await;
        let abort: js_sys::Function = abort.into();
        abort.call1(&controller, &"bored".into()).expect("an abort");
    });
    let reason = get_upload_token(options).await.expect_err("an abort");
    assert_eq!(reason, "bored");
    assert!(emulator.everything().await.is_empty());
}

#[wasm_bindgen_test]
async fn an_offline_call_is_tried_unless_the_caller_asks_to_wait() {
    let emulator = Emulator::new();
    let _offline = Offline::new();
    let token = get_upload_token(js(&emulator.key_options())).await;
    token.expect("a server on this machine answers");
}
