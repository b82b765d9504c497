//! Trying again.

use crate::calls::{get_upload_token, upload_media};
use js_sys::{Date, Promise};
use serde_json::{Value, json};
use wasm_bindgen::{JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::AbortController;

use crate::emulator::{Emulator, JPEG, eval, failed, get, jpeg, js, set, sha256, until};

/// A function that mints a fresh token with each call, for `token`.
fn minting(emulator: &Emulator) -> JsValue {
    let options = emulator.key_options();
    let mint =
        Closure::<dyn FnMut() -> JsValue>::new(move || get_upload_token(js(&options)).into());
    mint.into_js_value()
}

/// Upload options with a token from `token`, as often as the default says.
fn options(emulator: &Emulator, token: &JsValue) -> JsValue {
    let options = js(&json!({"chatUrl": emulator.base}));
    set(&options, "token", token);
    options
}

async fn upload(options: JsValue) -> Result<JsValue, JsValue> {
    upload_media(jpeg("a.jpg"), "image".into(), options).await
}

/// Options for a token, tried again as often as the default says.
fn persistent(emulator: &Emulator) -> Value {
    let mut options = emulator.key_options();
    options["retries"] = json!(null);
    options
}

#[wasm_bindgen_test]
async fn a_passing_failure_is_tried_again_with_the_same_file_and_a_fresh_token() {
    for act in [
        json!({"on": "upload", "status": {"status": 503, "body": "html"}}),
        json!({"on": "upload", "reset_request": {"after": 10}}),
        json!({"on": "upload", "reset_accepted": {}}),
    ] {
        let emulator = Emulator::new();
        emulator.fault(act).await;
        let uploaded = upload(options(&emulator, &minting(&emulator))).await;
        uploaded.expect("the second try");

        let uploads = emulator.received("upload").await;
        assert_eq!(uploads.len(), 2);
        assert_eq!(uploads[1]["upload"]["sha256"], sha256(JPEG));
        assert_eq!(emulator.received("token").await.len(), 2);
    }
}

#[wasm_bindgen_test]
async fn each_status_that_passes_is_tried_again_and_no_other_4xx_is() {
    for status in [408, 425, 429, 500, 502, 503, 504] {
        let emulator = Emulator::new();
        emulator
            .fault(json!({"on": "token", "status": {"status": status}}))
            .await;
        get_upload_token(js(&persistent(&emulator)))
            .await
            .expect("the second try");
        assert_eq!(emulator.received("token").await.len(), 2, "{status}");
    }
    for status in [400, 401, 403, 404, 409, 412, 413, 415, 422, 501] {
        let emulator = Emulator::new();
        emulator
            .fault(json!({"on": "token", "status": {"status": status}}))
            .await;
        let error = get_upload_token(js(&persistent(&emulator)))
            .await
            .expect_err("a refusal");
        assert_eq!(get(&error, "status"), status);
        assert_eq!(emulator.received("token").await.len(), 1, "{status}");
    }
}

#[wasm_bindgen_test]
async fn both_forms_of_retry_after_are_waited_out() {
    for is_date in [false, true] {
        // A date has whole seconds: at least two of these three are left.
        let soon = Date::new(&(Date::now() + 3000.0).into());
        let date: String = soon.to_utc_string().into();
        let asked = if is_date { &date } else { "1" };
        let emulator = Emulator::new();
        let status = json!({"status": 429, "retry_after": asked});
        emulator
            .fault(json!({"on": "token", "status": status}))
            .await;
        let begun = Date::now();
        get_upload_token(js(&persistent(&emulator)))
            .await
            .expect("the second try");
        assert!(Date::now() - begun >= 1000.0, "{asked}");
    }
}

#[wasm_bindgen_test]
async fn a_retry_after_of_more_than_a_minute_is_reported_and_not_waited_out() {
    let emulator = Emulator::new();
    let status = json!({"status": 429, "retry_after": "3600"});
    emulator
        .fault(json!({"on": "token", "status": status}))
        .await;
    let outcome = get_upload_token(js(&persistent(&emulator))).await;
    let error = failed(outcome, "token", "rate_limited");
    assert_eq!(get(&error, "retryAfterMs"), 3_600_000);
    assert_eq!(emulator.received("token").await.len(), 1);
}

#[wasm_bindgen_test]
async fn the_last_failure_is_reported_after_all_retries() {
    let emulator = Emulator::new();
    let fault = json!({"on": "token", "times": 9, "status": {"status": 500}});
    emulator.fault(fault).await;
    let mut options = emulator.key_options();
    options["retries"] = json!(1);
    failed(
        get_upload_token(js(&options)).await,
        "token",
        "server_error",
    );
    assert_eq!(emulator.received("token").await.len(), 2);
}

#[wasm_bindgen_test]
async fn a_401_gets_exactly_one_fresh_token_and_one_more_try() {
    let emulator = Emulator::new();
    let fresh = emulator.token().await;
    let tokens = eval(&format!(
        "(() => {{ const all = ['stale', '{fresh}']; return () => all.shift(); }})()"
    ));
    upload(options(&emulator, &tokens))
        .await
        .expect("the second try");
    assert_eq!(emulator.received("upload").await.len(), 2);

    let emulator = Emulator::new();
    let stale = eval("async () => 'stale'");
    failed(
        upload(options(&emulator, &stale)).await,
        "upload",
        "unauthorized",
    );
    assert_eq!(emulator.received("upload").await.len(), 2);
}

#[wasm_bindgen_test]
async fn a_given_token_that_the_first_try_used_up_does_not_hide_its_failure() {
    let emulator = Emulator::new();
    let token = emulator.token().await;
    emulator
        .fault(json!({"on": "upload", "reset_accepted": {}}))
        .await;
    let error = failed(
        upload(options(&emulator, &token.into())).await,
        "upload",
        "network",
    );
    assert_eq!(get(&error, "retryable"), true);
    assert_eq!(emulator.received("upload").await.len(), 2);
}

#[wasm_bindgen_test]
async fn what_a_token_function_throws_is_handed_on_and_what_it_gives_is_checked() {
    let emulator = Emulator::new();
    for thrower in ["() => { throw 'mine'; }", "async () => { throw 'mine'; }"] {
        let outcome = upload(options(&emulator, &eval(thrower))).await;
        assert_eq!(outcome.expect_err("a failure"), "mine");
    }
    for wrong in ["() => 7", "async () => undefined", "() => 'line\\nbreak'"] {
        let outcome = upload(options(&emulator, &eval(wrong))).await;
        failed(outcome, "upload", "invalid_argument");
    }
    assert!(emulator.everything().await.is_empty());
}

#[wasm_bindgen_test]
async fn a_message_is_sent_once_whatever_is_answered() {
    let emulator = Emulator::new();
    let media = emulator.picture().await;
    emulator
        .fault(json!({"on": "message", "status": {"status": 503}}))
        .await;
    let options = json!({"target": "chatbot", "conversationId": "c"});
    let error = failed(
        emulator.send(&media, options).await,
        "message",
        "server_error",
    );
    assert_eq!(get(&error, "deliveryUnknown"), true);
    assert_eq!(emulator.received("message").await.len(), 1);
}

#[wasm_bindgen_test]
async fn a_signal_ends_the_wait_for_the_next_try() {
    let emulator = Emulator::new();
    let status = json!({"status": 429, "retry_after": "30"});
    emulator
        .fault(json!({"on": "token", "status": status}))
        .await;
    let controller = AbortController::new().expect("a controller");
    let given = js(&persistent(&emulator));
    set(&given, "signal", &controller.signal());

    let watched = emulator.clone();
    spawn_local(async move {
        let is_answered = async || {
            let requests = watched.received("token").await;
            requests.first().is_some_and(|it| it["outcome"] == 429)
        };
        until(is_answered).await;
        controller.abort_with_reason(&"the user left".into());
    });
    let begun = Date::now();
    let reason = get_upload_token(given).await.expect_err("an abort");
    assert_eq!(reason, "the user left");
    assert!(Date::now() - begun < 20_000.0);
}

#[wasm_bindgen_test]
async fn the_signal_of_a_token_function_does_not_fire_on_success() {
    let emulator = Emulator::new();
    let fresh = emulator.token().await;
    let given = eval(&format!(
        "(() => {{ const seen = []; const token = ({{ signal }}) => {{ seen.push(signal); return '{fresh}'; }}; \
           return Object.assign(token, {{ seen }}); }})()"
    ));
    upload(options(&emulator, &given)).await.expect("an upload");
    let signal = js_sys::Reflect::get_u32(&get(&given, "seen"), 0).expect("a signal");
    assert_eq!(get(&signal, "aborted"), false);
}

#[wasm_bindgen_test]
async fn a_signal_ends_the_wait_for_a_token_and_reaches_its_function() {
    let emulator = Emulator::new();
    let controller = AbortController::new().expect("a controller");
    let never = eval(
        "(() => { const seen = []; let call; const called = new Promise((it) => { call = it; }); \
           const token = ({ signal }) => new Promise(() => { \
             signal.addEventListener('abort', () => seen.push('ended')); call(); }); \
           return Object.assign(token, { seen, called }); })()",
    );
    let given = options(&emulator, &never);
    set(&given, "signal", &controller.signal());
    let called = JsFuture::from(Promise::from(get(&never, "called")));
    spawn_local(async move {
        called.await.expect("a call");
        controller.abort_with_reason(&"the user left".into());
    });
    assert_eq!(upload(given).await.expect_err("an abort"), "the user left");
    assert_eq!(get(&get(&never, "seen"), "length"), 1);
    assert!(emulator.everything().await.is_empty());
}
