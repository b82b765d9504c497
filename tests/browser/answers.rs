//! Every kind of answer that is none, at each stage.

use crate::calls::{get_upload_token, upload_media};
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::emulator::{Emulator, eval, failed, from_js, get, jpeg, js, set, text};

/// An upload that meets this fault.
async fn upload(act: Value) -> Result<JsValue, JsValue> {
    let emulator = Emulator::new();
    let token = emulator.token().await;
    let mut fault = act;
    fault["on"] = json!("upload");
    emulator.fault(fault).await;
    emulator
        .upload_with(&token, &jpeg("a.jpg"), "image", json!({}))
        .await
}

fn status(status: u16, body: &str) -> Value {
    json!({"status": {"status": status, "body": body}})
}

fn raw(text: &str) -> Value {
    json!({"body": {"text": text}})
}

#[wasm_bindgen_test]
async fn each_status_has_its_code_and_its_retryability() {
    let cases = [
        (400, "rejected", false),
        (401, "unauthorized", false),
        (403, "forbidden", false),
        (404, "not_found", false),
        (408, "rejected", true),
        (409, "rejected", false),
        (413, "file_too_large", false),
        (415, "unsupported_format", false),
        (425, "rejected", true),
        (429, "rate_limited", true),
        (500, "server_error", true),
        (501, "server_error", false),
        (503, "server_error", true),
    ];
    for (number, code, retryable) in cases {
        for body in ["status", "json", "empty"] {
            let error = failed(upload(status(number, body)).await, "upload", code);
            assert_eq!(get(&error, "status"), number);
            assert_eq!(get(&error, "retryable"), retryable, "{number}");
            assert_eq!(get(&error, "divarCode").is_undefined(), body != "status");
        }
    }
}

#[wasm_bindgen_test]
async fn divars_message_is_kept_for_the_developer() {
    let act = json!({"body": {"status": 400, "text": r#"{"code":3,"message":"no such thing","details":[]}"#}});
    let error = failed(upload(act).await, "upload", "rejected");
    assert_eq!(text(&error, "message"), "HTTP 400: no such thing");
    assert_eq!(get(&error, "divarCode"), 3);
}

#[wasm_bindgen_test]
async fn a_page_from_the_cdn_is_told_from_divars_own_refusal() {
    for number in [200, 502, 503] {
        let error = failed(
            upload(status(number, "html")).await,
            "upload",
            "html_answer",
        );
        assert_eq!(get(&error, "status"), number);
        assert_eq!(get(&error, "retryable"), number != 200);
    }
}

#[wasm_bindgen_test]
async fn the_status_of_an_html_page_decides_unless_it_is_2xx_or_5xx() {
    let cases = [
        (400, "rejected", false),
        (401, "unauthorized", false),
        (403, "forbidden", false),
        (404, "not_found", false),
        (413, "file_too_large", false),
        (415, "unsupported_format", false),
        (429, "rate_limited", true),
        (500, "html_answer", true),
        (504, "html_answer", true),
    ];
    for (number, code, retryable) in cases {
        let error = failed(upload(status(number, "html")).await, "upload", code);
        assert_eq!(get(&error, "status"), number);
        assert_eq!(get(&error, "retryable"), retryable, "{number}");
    }
}

#[wasm_bindgen_test]
async fn renews_the_token_after_a_401_with_an_html_page() {
    let emulator = Emulator::new();
    let fault = json!({"on": "upload", "status": {"status": 401, "body": "html"}});
    emulator.fault(fault).await;
    let (first, second) = (emulator.token().await, emulator.token().await);
    let options = js(&json!({"chatUrl": emulator.base, "retries": 0}));
    let tokens = eval(&format!(
        "(() => {{ const all = ['{first}', '{second}']; return () => all.shift(); }})()"
    ));
    set(&options, "token", &tokens);
    let uploaded = upload_media(jpeg("a.jpg"), "image".into(), options).await;
    uploaded.expect("the second token serves");
    assert_eq!(emulator.received("upload").await.len(), 2);
}

#[wasm_bindgen_test]
async fn reads_json_whatever_its_content_type_says() {
    let html = |text: &str| json!({"body": {"content_type": "text/html", "text": text}});
    let uploaded = upload(html(r#"{"id":"m","status":"ok"}"#)).await;
    assert_eq!(text(&uploaded.expect("an upload"), "id"), "m");

    let emulator = Emulator::new();
    let on = |stage: &str, mut fault: Value| {
        fault["on"] = json!(stage);
        fault
    };
    emulator.fault(on("token", html(r#"{"token":"t"}"#))).await;
    assert_eq!(emulator.token().await, "t");
    emulator
        .fault(on("message", html(r#" {"conversation_id":"d"}"#)))
        .await;
    let options = json!({"target": "chatbot", "conversationId": "c"});
    let sent = emulator.send("m", options).await.expect("a message");
    assert_eq!(text(&sent, "conversationId"), "d");

    let refusal = r#"{"code":9,"message":"blocked","details":[]}"#;
    let fault = json!({"body": {"status": 412, "content_type": "text/html", "text": refusal}});
    let error = failed(upload(fault).await, "upload", "recipient_restricted");
    assert_eq!(get(&error, "divarCode"), 9);
}

#[wasm_bindgen_test]
async fn keeps_the_details_of_a_refusal() {
    let details = json!([{"@type": "quota", "limit": "minute", "left": 0}, "and more"]);
    let body = json!({"code": 8, "message": "slow down", "details": details});
    let fault = json!({"body": {"status": 429, "text": body.to_string()}});
    let error = failed(upload(fault).await, "upload", "rate_limited");
    assert_eq!(from_js(&get(&error, "details")), details);

    let error = failed(upload(raw("{}")).await, "upload", "missing_field");
    assert!(get(&error, "details").is_undefined());
}

#[wasm_bindgen_test]
async fn rejects_a_success_without_a_media_token() {
    let cases = [
        (raw(""), "empty_answer"),
        (raw(r#"{"id":"m","sta"#), "malformed_answer"),
        (raw("ok"), "malformed_answer"),
        (raw("{}"), "missing_field"),
        (raw("null"), "missing_field"),
        (raw("[1]"), "missing_field"),
        (raw(r#"{"id":7,"status":"ok"}"#), "missing_field"),
        (raw(r#"{"id":"","status":"ok"}"#), "missing_field"),
        (raw(r#"{"status":"ok"}"#), "missing_field"),
    ];
    for (act, code) in cases {
        let error = failed(upload(act).await, "upload", code);
        assert_eq!(get(&error, "status"), 200);
        assert!(get(&error, "mediaToken").is_undefined());
    }
}

#[wasm_bindgen_test]
async fn a_media_token_without_a_good_status_is_kept() {
    let error = failed(
        upload(raw(r#"{"id":"m","status":"pending"}"#)).await,
        "upload",
        "not_ok",
    );
    assert_eq!(text(&error, "mediaToken"), "m");
    let error = failed(
        upload(raw(r#"{"id":"m"}"#)).await,
        "upload",
        "missing_field",
    );
    assert_eq!(text(&error, "mediaToken"), "m");
}

#[wasm_bindgen_test]
async fn a_redirect_is_not_followed() {
    for number in [302, 307] {
        let error = failed(upload(status(number, "empty")).await, "upload", "rejected");
        assert!(text(&error, "message").contains("redirect"));
    }
}

#[wasm_bindgen_test]
async fn a_broken_connection_is_a_network_failure() {
    for act in [
        json!({"reset_request": {"after": 0}}),
        json!({"reset_accepted": {}}),
        json!({"reset_response": {"after": 3}}),
    ] {
        let error = failed(upload(act).await, "upload", "network");
        assert!(get(&error, "status").is_undefined());
        assert_eq!(get(&error, "retryable"), true);
    }
}

#[wasm_bindgen_test]
async fn a_dead_host_is_a_network_failure_at_every_stage() {
    // Port 9 (discard) is on the browsers' list of ports never to call.
    let dead = "http://127.0.0.1:9";
    let options = json!({
        "apiKey": "k", "openApiUrl": dead, "dangerouslyAllowBrowser": true, "retries": 0,
    });
    failed(get_upload_token(js(&options)).await, "token", "network");

    let options = js(&json!({"token": "t", "chatUrl": dead, "retries": 0}));
    let outcome = upload_media(jpeg("a.jpg"), "image".into(), options).await;
    failed(outcome, "upload", "network");

    let options = json!({
        "apiKey": "k", "openApiUrl": dead, "target": "chatbot", "conversationId": "c",
        "dangerouslyAllowBrowser": true,
    });
    let outcome = crate::calls::send_media_message("m".into(), js(&options)).await;
    let error = failed(outcome, "message", "network");
    assert_eq!(text(&error, "mediaToken"), "m");
}

#[wasm_bindgen_test]
async fn the_token_step_checks_answers_likewise() {
    let cases = [
        (status(503, "html"), "html_answer"),
        (status(503, "empty"), "server_error"),
        (raw(""), "empty_answer"),
        (raw("{"), "malformed_answer"),
        (raw(r#"{"token":null}"#), "missing_field"),
    ];
    for (act, code) in cases {
        let emulator = Emulator::new();
        let mut fault = act;
        fault["on"] = json!("token");
        emulator.fault(fault).await;
        failed(
            get_upload_token(js(&emulator.key_options())).await,
            "token",
            code,
        );
    }
}

#[wasm_bindgen_test]
async fn the_message_step_checks_answers_likewise() {
    let cases = [
        (status(503, "html"), "html_answer", true),
        (status(500, "status"), "server_error", true),
        (raw("{"), "malformed_answer", true),
        (status(403, "status"), "forbidden", false),
        (status(404, "html"), "not_found", false),
    ];
    for (act, code, unknown) in cases {
        let emulator = Emulator::new();
        let media = emulator.picture().await;
        let mut fault = act;
        fault["on"] = json!("message");
        emulator.fault(fault).await;
        let options = json!({"target": "chatbot", "conversationId": "c"});
        let error = failed(emulator.send(&media, options).await, "message", code);
        assert_eq!(get(&error, "deliveryUnknown"), unknown, "{code}");
        assert_eq!(text(&error, "mediaToken"), media);
    }
}

#[wasm_bindgen_test]
async fn a_message_answered_with_an_empty_success_is_delivered() {
    let emulator = Emulator::new();
    let media = emulator.picture().await;
    let mut fault = raw("");
    fault["on"] = json!("message");
    emulator.fault(fault).await;
    let options = json!({"target": "chatbot", "conversationId": "c"});
    let sent = emulator.send(&media, options).await;
    let sent = sent.expect("a delivered message");
    assert_eq!(text(&sent, "conversationId"), "c");
}

#[wasm_bindgen_test]
async fn a_fetch_that_misbehaves_is_a_failure_and_not_a_hang() {
    let real = get(&js_sys::global(), "fetch");
    let put = |fetch: &JsValue| js_sys::Reflect::set(&js_sys::global(), &"fetch".into(), fetch);
    for replacement in [
        "async () => undefined",
        "async () => ({ ok: true, json: async () => ({ token: 't' }) })",
        "async () => ({ status: 200, headers: {}, text: async () => '{}' })",
        "() => ({})",
        "async () => { throw 'no Error'; }",
        "async () => { throw undefined; }",
        "() => { throw new Error('at once'); }",
        "undefined",
    ] {
        put(&eval(replacement)).expect("a page's fetch can be replaced");
        let options = json!({"apiKey": "k", "dangerouslyAllowBrowser": true, "retries": 0});
        let outcome = get_upload_token(js(&options)).await;
        put(&real).expect("and put back");
        failed(outcome, "token", "network");
    }
}

#[wasm_bindgen_test]
async fn accepts_a_mock_of_fetch() {
    let real = get(&js_sys::global(), "fetch");
    let put = |fetch: &JsValue| js_sys::Reflect::set(&js_sys::global(), &"fetch".into(), fetch);
    let replacement = "async () => ({ \
        ok: true, status: 200, headers: new Map(), text: async () => '{\"token\":\"t\"}' })";
    put(&eval(replacement)).expect("a page's fetch can be replaced");
    let options = json!({"apiKey": "k", "dangerouslyAllowBrowser": true, "retries": 0});
    let outcome = get_upload_token(js(&options)).await;
    put(&real).expect("and put back");
    assert_eq!(outcome.expect("a token"), "t");
}
