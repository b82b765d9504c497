//! `sendMedia`, over an app's own routes.

use crate::calls::{get_upload_token, send_media, upload_media};
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::emulator::{
    Emulator, JPEG, eval, failed, failure, file, from_js, get, header, jpeg, js, set, sha256, text,
};

/// The emulator with an app's two routes beside Divar's: what they answer is scripted.
struct App {
    divar: Emulator,
}

impl App {
    /// Its token route gives a token of Divar's, `tokens` times.
    async fn new(tokens: usize) -> Self {
        let app = Self {
            divar: Emulator::new(),
        };
        for _ in 0..tokens {
            let token = json!({"token": app.divar.token().await});
            app.answers(200, &token).await;
        }
        app
    }

    /// Its next answer.
    async fn answers(&self, status: u16, body: &Value) {
        let fault = json!({
            "on": "other",
            "body": {"text": body.to_string(), "status": status},
        });
        self.divar.fault(fault).await;
    }

    async fn send(&self, given: JsValue, more: Value) -> Result<JsValue, JsValue> {
        send_media(given, self.options(more)).await
    }

    fn options(&self, more: Value) -> JsValue {
        let Value::Object(more) = more else {
            panic!("options are an object");
        };
        let mut options = json!({
            "endpoint": format!("{}/divar", self.divar.base),
            "chatUrl": self.divar.base,
            "conversationId": "6Gq+m/D7=",
            "retries": 0,
        });
        options.as_object_mut().expect("options").extend(more);
        js(&options)
    }

    /// What its routes were asked.
    async fn asked(&self) -> Vec<Value> {
        self.divar.received("other").await
    }

    async fn uploads(&self) -> Vec<Value> {
        self.divar.received("upload").await
    }
}

#[wasm_bindgen_test]
async fn a_file_goes_through_all_three_steps() {
    let app = App::new(1).await;
    app.answers(200, &json!({"conversation_id": "c"})).await;
    let options = app.options(json!({"buttons": {"rows": []}}));
    let listener =
        eval("(() => { const all = []; return { all, onStage: (...a) => all.push(a) }; })()");
    set(&options, "onStage", &get(&listener, "onStage"));
    let sent = send_media(jpeg("a.jpg"), options).await.expect("a message");
    assert_eq!(from_js(&sent), json!({"conversationId": "c"}));

    let upload = &app.uploads().await[0];
    assert_eq!(upload["upload"]["sha256"], sha256(JPEG));
    let asked = app.asked().await;
    let path = |request: &Value| request["path"].as_str().unwrap_or_default().to_owned();
    assert!(path(&asked[0]).ends_with("/divar/token"));
    assert!(path(&asked[1]).ends_with("/divar/messages"));
    let stages = from_js(&get(&listener, "all"));
    let media_token = &stages[2][1];
    assert_eq!(
        stages,
        json!([["token", null], ["upload", null], ["message", media_token]])
    );
    assert_eq!(
        asked[1]["body"],
        json!({
            "target": "chatbot",
            "conversation_id": "6Gq+m/D7=",
            "media_token": media_token,
            "text_message": "",
            "buttons": {"rows": []},
        })
    );
}

#[wasm_bindgen_test]
async fn the_type_is_what_the_content_is_unless_it_is_named() {
    let app = App::new(1).await;
    app.answers(200, &json!({"conversation_id": "c"})).await;
    let pdf = || file("a.jpg", "image/jpeg", b"%PDF-1.7 and so on %%EOF");
    app.send(pdf(), json!({})).await.expect("a message");
    let path = app.uploads().await[0]["path"].to_string();
    assert!(path.ends_with("/upload/file\""), "{path}");

    let named = app.send(pdf(), json!({"type": "image"})).await;
    failed(named, "upload", "unsupported_format");
    let nothing = file("a.jpg", "image/jpeg", b"MZ");
    failed(
        app.send(nothing, json!({})).await,
        "upload",
        "unsupported_format",
    );
    let large = file("a.jpg", "", &[JPEG, &vec![0; 5_000_000]].concat());
    failed(app.send(large, json!({})).await, "upload", "file_too_large");
    // The file is looked at while its token is on its way: a token may have been asked for.
    assert_eq!(
        app.uploads().await.len(),
        1,
        "no byte of a refused file is sent"
    );
    let asked = app.asked().await;
    let is_message = |request: &&Value| {
        let path = request["path"].as_str();
        path.is_some_and(|path| path.ends_with("/divar/messages"))
    };
    assert_eq!(asked.iter().filter(is_message).count(), 1);
}

#[wasm_bindgen_test]
async fn refuses_buttons_that_divar_would_not_take_before_anything_is_sent() {
    let app = App::new(1).await;
    let emulator = Emulator::new();
    for action in [
        json!({"open_direct_link": "nonsense"}),
        json!({"open_server_link": {"data": [1]}}),
        json!({"get_dynamic_action": {"data": [1]}}),
    ] {
        let grid = json!({"rows": [{"buttons": [{"caption": "c", "action": action}]}]});
        let outcome = app.send(jpeg("a.jpg"), json!({"buttons": grid})).await;
        failed(outcome, "message", "invalid_argument");
        let options = json!({"target": "chatbot", "conversationId": "c", "buttons": grid});
        let outcome = emulator.send("m", options).await;
        failed(outcome, "message", "invalid_argument");
    }
    assert!(app.asked().await.is_empty());
    assert!(app.uploads().await.is_empty());
    assert!(emulator.everything().await.is_empty());
}

/// The app's own headers, as an object and as functions that give one.
const OWN_HEADERS: [&str; 3] = [
    "{ 'X-CSRF-Token': 'c', Authorization: 'Session s' }",
    "() => ({ 'X-CSRF-Token': 'c', Authorization: 'Session s' })",
    "async () => ({ 'X-CSRF-Token': 'c', Authorization: 'Session s' })",
];

fn has_own_headers(request: &Value) -> bool {
    header(request, "x-csrf-token") == Some("c")
        && header(request, "authorization") == Some("Session s")
}

#[wasm_bindgen_test]
async fn the_apps_headers_reach_its_endpoint_and_not_divar() {
    for headers in OWN_HEADERS {
        let app = App::new(1).await;
        app.answers(200, &json!({"conversation_id": "c"})).await;
        let options = app.options(json!({}));
        set(&options, "headers", &eval(headers));
        send_media(jpeg("a.jpg"), options).await.expect("a message");
        let asked = app.asked().await;
        assert_eq!(asked.len(), 2, "the token and the message");
        for request in &asked {
            assert!(has_own_headers(request), "{headers}");
            assert_eq!(header(request, "content-type"), Some("application/json"));
        }
        let upload = &app.uploads().await[0];
        assert_eq!(header(upload, "x-csrf-token"), None);
        let authorization = header(upload, "authorization").expect("the upload token");
        assert!(authorization.starts_with("Bearer "), "{authorization}");

        app.answers(200, &json!({"token": "t"})).await;
        let options = js(&json!({"endpoint": format!("{}/divar", app.divar.base)}));
        set(&options, "headers", &eval(headers));
        get_upload_token(options).await.expect("a token");
        assert!(has_own_headers(&app.asked().await[2]));
    }
}

#[wasm_bindgen_test]
async fn the_apps_headers_reach_its_relay_with_and_without_progress() {
    for headers in OWN_HEADERS {
        for progress in ["undefined", "() => {}"] {
            let app = App::new(0).await;
            app.answers(200, &json!({"id": "m", "status": "ok"})).await;
            let options = js(&json!({"endpoint": format!("{}/divar", app.divar.base)}));
            set(&options, "headers", &eval(headers));
            set(&options, "onProgress", &eval(progress));
            let uploaded = upload_media(jpeg("a.jpg"), "image".into(), options).await;
            uploaded.expect("an upload");
            let request = &app.asked().await[0];
            assert!(has_own_headers(request), "{headers} {progress}");
            assert_eq!(header(request, "content-type"), Some("image/jpeg"));
        }
    }
}

#[wasm_bindgen_test]
async fn the_apps_headers_replace_none_of_the_requests_own() {
    let app = App::new(1).await;
    app.answers(200, &json!({"conversation_id": "c"})).await;
    let options = app.options(json!({"headers": {"content-type": "text/plain"}}));
    send_media(jpeg("a.jpg"), options).await.expect("a message");
    for request in app.asked().await {
        assert_eq!(header(&request, "content-type"), Some("application/json"));
    }
    for progress in ["undefined", "() => {}"] {
        let app = App::new(0).await;
        app.answers(200, &json!({"id": "m", "status": "ok"})).await;
        let options = js(&json!({
            "endpoint": format!("{}/divar", app.divar.base),
            "headers": {"Content-Type": "application/json"},
        }));
        set(&options, "onProgress", &eval(progress));
        let uploaded = upload_media(jpeg("a.jpg"), "image".into(), options).await;
        uploaded.expect("an upload");
        let request = &app.asked().await[0];
        assert_eq!(header(request, "content-type"), Some("image/jpeg"));
    }
}

#[wasm_bindgen_test]
async fn headers_that_are_none_are_refused_and_not_quoted() {
    for headers in [
        "7",
        "'x'",
        "{ 'no name': 'secret' }",
        "{ a: 'sec\\nret' }",
        "() => 7",
        "() => ({ a: 'sec\\nret' })",
    ] {
        let app = App::new(0).await;
        let options = app.options(json!({}));
        set(&options, "headers", &eval(headers));
        let error = failure(send_media(jpeg("a.jpg"), options).await);
        assert_eq!(text(&error, "code"), "invalid_argument", "{headers}");
        assert!(!text(&error, "message").contains("secret"));
        assert!(app.asked().await.is_empty(), "{headers}");
    }
    let app = App::new(0).await;
    let options = app.options(json!({}));
    set(&options, "headers", &eval("() => { throw 'mine'; }"));
    let thrown = send_media(jpeg("a.jpg"), options).await;
    assert_eq!(thrown.expect_err("a failure"), "mine");
}

#[wasm_bindgen_test]
async fn relays_a_file_whatever_its_name_with_and_without_progress() {
    for name in [
        "Ali's photo.jpg",
        "a!b*c(d)'e'.jpg",
        "a&b=c?d#e%20f+g.jpg",
        "عکس خانهٔ من.jpg",
        "a\"b<c>d`e{f}g|h^i.jpg",
        "a;b:c@d,e$f~.jpg",
    ] {
        for progress in ["undefined", "() => {}"] {
            let app = App::new(0).await;
            app.answers(200, &json!({"id": "m", "status": "ok"})).await;
            let options = js(&json!({
                "endpoint": format!("{}/divar", app.divar.base),
                "retries": 0,
            }));
            set(&options, "onProgress", &eval(progress));
            let uploaded = upload_media(jpeg(name), "image".into(), options).await;
            assert_eq!(text(&uploaded.expect(name), "id"), "m");

            let request = &app.asked().await[0];
            let path = request["path"].as_str().expect("a path");
            let url = format!("https://app.example{path}");
            let url = web_sys::Url::new(&url).expect("an address");
            assert_eq!(url.search_params().get("name").as_deref(), Some(name));
        }
    }
}

#[wasm_bindgen_test]
async fn each_target_is_named_with_its_id() {
    for (options, body) in [
        (
            json!({"target": "user", "userId": "u"}),
            json!({"target": "user", "user_id": "u", "text_message": ""}),
        ),
        (
            json!({"target": "conversation"}),
            json!({"target": "conversation", "conversation_id": "6Gq+m/D7=", "message": ""}),
        ),
    ] {
        let app = App::new(0).await;
        app.answers(200, &json!({"conversation_id": "c"})).await;
        let mut options = options;
        options["mediaToken"] = json!("m");
        app.send(jpeg("a.jpg"), options).await.expect("a message");
        let mut body = body;
        body["media_token"] = json!("m");
        assert_eq!(app.asked().await[0]["body"], body);
    }
}

#[wasm_bindgen_test]
async fn a_lost_answer_is_not_asked_for_again_and_the_call_can_be_taken_up() {
    let app = App::new(1).await;
    let fault = json!({"on": "other", "reset_response": {"after": 0}});
    app.divar.fault(fault).await;
    let outcome = app.send(jpeg("a.jpg"), json!({"retries": 3})).await;
    let error = failed(outcome, "message", "network");
    assert_eq!(get(&error, "deliveryUnknown"), true);
    assert_eq!(get(&error, "retryable"), false);
    assert_eq!(app.asked().await.len(), 2, "the token and one message");
    let media_token = text(&error, "mediaToken");

    app.answers(200, &json!({"conversation_id": "c"})).await;
    let again = json!({"mediaToken": media_token});
    app.send(jpeg("a.jpg"), again).await.expect("a message");
    assert_eq!(app.uploads().await.len(), 1, "not uploaded again");
    let asked = app.asked().await;
    assert_eq!(asked.len(), 3);
    assert_eq!(asked[2]["body"]["media_token"], media_token);
}

#[wasm_bindgen_test]
async fn details_of_a_failure_from_the_apps_server_are_kept() {
    let app = App::new(0).await;
    let known = json!({"code": "recipient_restricted", "deliveryUnknown": false});
    app.answers(502, &known).await;
    let resume = || json!({"mediaToken": "m"});
    let error = failed(
        app.send(jpeg("a.jpg"), resume()).await,
        "message",
        "recipient_restricted",
    );
    assert_eq!(get(&error, "deliveryUnknown"), false);
    assert_eq!(text(&error, "mediaToken"), "m");

    app.answers(502, &json!({"code": "who knows"})).await;
    let outcome = app.send(jpeg("a.jpg"), resume()).await;
    let error = failed(outcome, "message", "server_error");
    assert_eq!(get(&error, "deliveryUnknown"), true);
}

#[wasm_bindgen_test]
async fn a_token_that_is_refused_ends_the_call_at_that_stage() {
    let app = App::new(0).await;
    app.answers(403, &json!({})).await;
    let outcome = app.send(jpeg("a.jpg"), json!({"retries": 3})).await;
    failed(outcome, "token", "forbidden");
    app.answers(503, &json!({})).await;
    app.answers(503, &json!({})).await;
    let outcome = app.send(jpeg("a.jpg"), json!({"retries": 1})).await;
    failed(outcome, "token", "server_error");
    assert_eq!(app.asked().await.len(), 3, "its tries are not multiplied");
    assert!(app.uploads().await.is_empty());
}

#[wasm_bindgen_test]
async fn a_401_of_the_upload_gets_one_fresh_token() {
    let app = App::new(2).await;
    app.answers(200, &json!({"conversation_id": "c"})).await;
    let fault = json!({"on": "upload", "status": {"status": 401}});
    app.divar.fault(fault).await;
    app.send(jpeg("a.jpg"), json!({})).await.expect("a message");
    assert_eq!(app.uploads().await.len(), 2);
}

#[wasm_bindgen_test]
async fn a_relayed_file_goes_to_the_apps_own_route_as_the_bare_body() {
    let taken = json!({"id": "m", "status": "ok"});
    let app = App::new(0).await;
    app.answers(200, &taken).await;
    let options = json!({"endpoint": format!("{}/divar", app.divar.base), "retries": 0});
    let uploaded = upload_media(jpeg("عکس ۱.jpg"), "image".into(), js(&options)).await;
    assert_eq!(text(&uploaded.expect("an upload"), "id"), "m");
    app.answers(200, &taken).await;
    app.answers(200, &json!({"conversation_id": "c"})).await;
    let relay = json!({"relay": true});
    app.send(jpeg("a.jpg"), relay).await.expect("a message");

    let asked = app.asked().await;
    let path = asked[0]["path"].as_str().expect("a path");
    assert!(path.contains("/divar/upload/image?name=%D8%B9"), "{path}");
    for upload in [&asked[0], &asked[1]] {
        assert_eq!(header(upload, "content-type"), Some("image/jpeg"));
        assert_eq!(header(upload, "authorization"), None);
        assert_eq!(upload["body_bytes"], JPEG.len());
    }
    assert_eq!(asked[2]["body"]["media_token"], "m");
    assert!(app.uploads().await.is_empty());
}

#[wasm_bindgen_test]
async fn takes_an_endpoint_or_a_token_and_not_both() {
    let both = js(&json!({"endpoint": "/divar", "token": "t"}));
    let outcome = upload_media(jpeg("a.jpg"), "image".into(), both).await;
    failed(outcome, "upload", "invalid_argument");
}
