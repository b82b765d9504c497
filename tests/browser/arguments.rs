//! Arguments that no type definition allows: each is an error of ours, none is
//! a trap, and the calls after it work.

use crate::calls::{
    build_media_message, check_media_handler, get_upload_token, handle_media, send_media,
    send_media_message, upload_media,
};
use serde_json::json;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::emulator::{Emulator, eval, failed, failure, get, jpeg, js, text};

/// Values that are no argument of any of the functions.
const HOSTILE: &[&str] = &[
    "undefined",
    "null",
    "true",
    "NaN",
    "-1",
    "1n",
    "''",
    "'\\ud800'",
    "Symbol('s')",
    "() => 1",
    "[]",
    "new Proxy({}, { get() { throw new Error('mine'); } })",
    "(() => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; })()",
    "Object.create(null)",
    "Object.create(Blob.prototype)",
    "Object.create(File.prototype)",
    "new Proxy(new Blob(['x']), {})",
    "new Date(NaN)",
    "Promise.resolve(1)",
    "globalThis",
];

#[wasm_bindgen_test]
async fn no_first_argument_traps() {
    for source in HOSTILE {
        let value = || eval(source);
        failed(get_upload_token(value()).await, "token", "invalid_argument");
        let options = js(&json!({"token": "t"}));
        let uploaded = upload_media(value(), "image".into(), options).await;
        failed(uploaded, "upload", "invalid_argument");
        let options = js(&json!({
            "apiKey": "k", "dangerouslyAllowBrowser": true,
            "target": "chatbot", "conversationId": "..",
        }));
        let sent = send_media_message(value(), options).await;
        failed(sent, "message", "invalid_argument");
        if eval(source).as_string().is_none_or(|text| text.is_empty()) {
            let built = build_media_message(value(), JsValue::UNDEFINED);
            failed(built, "message", "invalid_argument");
        }
    }
}

#[wasm_bindgen_test]
async fn no_media_type_or_options_trap() {
    for source in HOSTILE {
        let value = || eval(source);
        let options = js(&json!({"token": "t"}));
        let uploaded = upload_media(jpeg("a.jpg"), value(), options).await;
        failed(uploaded, "upload", "invalid_argument");
        let uploaded = upload_media(jpeg("a.jpg"), "image".into(), value()).await;
        failed(uploaded, "upload", "invalid_argument");
        let sent = send_media_message("m".into(), value()).await;
        failed(sent, "message", "invalid_argument");
        if !value().is_undefined() && !value().is_null() {
            let built = build_media_message("m".into(), value());
            failed(built, "message", "invalid_argument");
        }
    }
}

/// Options that are right but for the one that is hostile.
fn options(rest: &str, name: &str, source: &str) -> JsValue {
    eval(&format!("{{ {rest}, '{name}': ({source}) }}"))
}

#[wasm_bindgen_test]
async fn no_option_of_the_token_traps() {
    let rest = "dangerouslyAllowBrowser: true";
    for source in HOSTILE {
        if *source != "'\\ud800'" {
            let outcome = get_upload_token(options(rest, "endpoint", source)).await;
            failed(outcome, "token", "invalid_argument");
        }
        let outcome = get_upload_token(options(rest, "apiKey", source)).await;
        failed(outcome, "token", "invalid_argument");
        if ["undefined", "null"].contains(source) {
            continue;
        }
        let rest = "dangerouslyAllowBrowser: true, apiKey: 'k'";
        for name in ["openApiUrl", "signal"] {
            let outcome = get_upload_token(options(rest, name, source)).await;
            failed(outcome, "token", "invalid_argument");
        }
    }
}

#[wasm_bindgen_test]
async fn no_option_of_the_upload_traps() {
    let names = [
        "token",
        "fileName",
        "chatUrl",
        "authScheme",
        "encoding",
        "maxBytes",
        "signal",
    ];
    for source in HOSTILE {
        for name in names {
            let optional = name != "token" && ["undefined", "null"].contains(source);
            let any_text = name == "fileName" && *source == "'\\ud800'";
            if optional || any_text {
                continue;
            }
            let options = options("token: 't', chatUrl: 'http://127.0.0.1:9'", name, source);
            let outcome = upload_media(jpeg("a.jpg"), "image".into(), options).await;
            failed(outcome, "upload", "invalid_argument");
        }
    }
}

#[wasm_bindgen_test]
async fn no_argument_of_the_whole_send_traps() {
    let rest = "endpoint: 'http://127.0.0.1:9', conversationId: 'c', retries: 0";
    for source in HOSTILE {
        let outcome = send_media(eval(source), eval(&format!("{{ {rest} }}"))).await;
        failed(outcome, "upload", "invalid_argument");
        let error = failure(send_media(jpeg("a.jpg"), eval(source)).await);
        assert_eq!(text(&error, "code"), "invalid_argument");
        for (name, stage) in [
            ("type", "upload"),
            ("token", "upload"),
            ("mediaToken", "message"),
            ("target", "message"),
            ("buttons", "message"),
            ("conversationId", "message"),
            ("onStage", "upload"),
            ("whenOffline", "token"),
        ] {
            let required = name == "conversationId";
            let absent = !required && ["undefined", "null"].contains(source);
            let fits = match name {
                "token" | "onStage" => *source == "() => 1",
                "conversationId" | "mediaToken" => *source == "'\\ud800'",
                _ => false,
            };
            if absent || fits {
                continue;
            }
            let outcome = send_media(jpeg("a.jpg"), options(rest, name, source)).await;
            failed(outcome, stage, "invalid_argument");
        }
    }
}

#[wasm_bindgen_test]
async fn no_argument_of_the_handler_traps() {
    let rest = "apiKey: 'k', dangerouslyAllowBrowser: true, authorize: () => null";
    for source in HOSTILE {
        let refused = check_media_handler(eval(source)).map(|()| JsValue::UNDEFINED);
        failed(refused, "token", "invalid_argument");
        let answered = handle_media(eval(source), eval(&format!("{{ {rest} }}"))).await;
        failed(answered, "token", "invalid_argument");
        for name in [
            "authorize",
            "allowedOrigins",
            "accessToken",
            "onError",
            "chatUrl",
            "fetch",
        ] {
            let required = name == "authorize";
            let absent = !required && ["undefined", "null"].contains(source);
            let fits = match name {
                "allowedOrigins" => *source == "[]",
                "chatUrl" => false,
                _ => *source == "() => 1",
            };
            if absent || fits {
                continue;
            }
            let refused = check_media_handler(options(rest, name, source));
            let refused = refused.map(|()| JsValue::UNDEFINED);
            failed(refused, "token", "invalid_argument");
        }
    }
}

#[wasm_bindgen_test]
async fn no_permission_or_body_traps_the_handler() {
    for source in HOSTILE {
        let options = format!(
            "{{ apiKey: 'k', dangerouslyAllowBrowser: true, relay: true, \
             authorize: () => ({{ types: ({source}), conversations: ({source}), users: ({source}) }}) }}"
        );
        for (path, body) in [
            (
                "messages",
                "JSON.stringify({ target: 'chatbot', conversation_id: 'c', media_token: 'm' })",
            ),
            ("upload/image", "'MZ'"),
        ] {
            let request = format!(
                "new Request('https://app.example/divar/{path}', {{ method: 'POST', body: {body}, \
                 headers: {{ 'Content-Type': 'application/json' }} }})"
            );
            let answer = handle_media(eval(&request), eval(&options)).await;
            let status = get(&answer.expect("an answer"), "status").as_f64();
            assert!(
                status.is_some_and(|status| status >= 400.0),
                "{source} {path}"
            );
        }
    }
}

#[wasm_bindgen_test]
async fn a_signal_that_only_pretends_is_refused() {
    for source in ["{ aborted: false }", "Object.create(AbortSignal.prototype)"] {
        let rest = "dangerouslyAllowBrowser: true, apiKey: 'k', openApiUrl: 'http://127.0.0.1:9'";
        let outcome = get_upload_token(options(rest, "signal", source)).await;
        failed(outcome, "token", "invalid_argument");
    }
}

#[wasm_bindgen_test]
async fn a_secret_that_no_header_can_carry_is_refused_and_not_quoted() {
    let secret = "se\r\ncret: ک";
    let given = js(&json!({"apiKey": secret, "dangerouslyAllowBrowser": true}));
    let error = failed(get_upload_token(given).await, "token", "invalid_argument");
    assert!(!text(&error, "message").contains("cret"));
    let given = js(&json!({"token": secret}));
    let outcome = upload_media(jpeg("a.jpg"), "image".into(), given).await;
    let error = failed(outcome, "upload", "invalid_argument");
    assert!(!text(&error, "message").contains("cret"));
}

#[wasm_bindgen_test]
async fn only_https_and_this_machine_are_base_addresses() {
    for base in [
        "http://chat.divar.ir",
        "ftp://127.0.0.1",
        "//chat.divar.ir",
        "chat.divar.ir",
        "https://",
        "https://user:secret@chat.divar.ir",
        "https://chat.divar.ir?a=b",
        "https://chat.divar.ir#a",
        "http://127.0.0.1.chat.divar.ir",
        "javascript:alert(1)",
        "data:,x",
    ] {
        let options = js(&json!({"token": "t", "chatUrl": base}));
        let outcome = upload_media(jpeg("a.jpg"), "image".into(), options).await;
        failed(outcome, "upload", "invalid_argument");
        let options =
            js(&json!({"apiKey": "k", "openApiUrl": base, "dangerouslyAllowBrowser": true}));
        failed(get_upload_token(options).await, "token", "invalid_argument");
    }
}

#[wasm_bindgen_test]
async fn a_base_address_may_be_a_url_object_with_a_path() {
    let emulator = Emulator::new();
    let token = emulator.token().await;
    let base = format!("new URL('{}/')", emulator.base);
    let given = options(&format!("token: '{token}'"), "chatUrl", &base);
    upload_media(jpeg("a.jpg"), "image".into(), given)
        .await
        .expect("an upload");
    assert_eq!(emulator.received("upload").await.len(), 1);
}

#[wasm_bindgen_test]
async fn takes_a_key_or_an_endpoint_and_not_both() {
    let both = js(&json!({"apiKey": "k", "endpoint": "/divar", "dangerouslyAllowBrowser": true}));
    failed(get_upload_token(both).await, "token", "invalid_argument");
}
