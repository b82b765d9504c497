//! `sendMediaMessage`.

use crate::calls::check_media_handler;
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::emulator::{Emulator, KEY, eval, failed, from_js, get, header, js, set, text};

const ID: &str = "6Gq+m/D7=";

#[wasm_bindgen_test]
async fn a_chatbot_message_carries_the_key_and_no_consent() {
    let emulator = Emulator::new();
    let media = emulator.picture().await;
    let sent = emulator
        .send(&media, json!({"target": "chatbot", "conversationId": ID}))
        .await;
    assert_eq!(text(&sent.expect("a message"), "conversationId"), ID);

    let request = &emulator.received("message").await[0];
    let path = request["path"].as_str().expect("a path");
    let expected = "/v1/open-platform/chat/bot/conversations/6Gq%2Bm%2FD7%3D/messages";
    assert!(path.ends_with(expected), "{path}");
    assert_eq!(
        request["body"],
        json!({"media_token": media, "text_message": ""})
    );
    assert_eq!(header(request, "x-api-key"), Some(KEY));
    assert_eq!(header(request, "authorization"), None);
    assert_eq!(header(request, "content-type"), Some("application/json"));
    assert_eq!(emulator.messages().await[0]["target_id"], ID);
}

#[wasm_bindgen_test]
async fn a_message_to_a_user_answers_with_the_conversation() {
    let emulator = Emulator::new();
    let media = emulator.picture().await;
    let options = json!({"target": "user", "userId": ID, "accessToken": "consent"});
    let sent = emulator.send(&media, options).await.expect("a message");
    assert!(!text(&sent, "conversationId").is_empty());

    let request = &emulator.received("message").await[0];
    let path = request["path"].as_str().expect("a path");
    assert!(path.ends_with("/v1/open-platform/chat/bot/users/6Gq%2Bm%2FD7%3D/messages"));
    assert_eq!(
        request["body"],
        json!({"media_token": media, "text_message": ""})
    );
    assert_eq!(header(request, "x-api-key"), Some(KEY));
    assert_eq!(header(request, "authorization"), Some("Bearer consent"));
}

#[wasm_bindgen_test]
async fn a_message_between_users_has_its_own_text_field_and_buttons() {
    let emulator = Emulator::new();
    let media = emulator.picture().await;
    let grid = json!({"rows": [{"buttons": [
        {"action": {"open_post_page": {"post_token": "AJIEWcw"}}, "caption": "آگهی", "icon": "ADD"}
    ]}]});
    let options = json!({
        "target": "conversation", "conversationId": ID, "accessToken": "consent",
        "senderButtons": grid, "receiverButtons": {"rows": []},
    });
    let sent = emulator.send(&media, options).await.expect("a message");
    assert_eq!(text(&sent, "conversationId"), ID);

    let request = &emulator.received("message").await[0];
    let path = request["path"].as_str().expect("a path");
    assert!(path.ends_with("/v2/open-platform/conversations/6Gq%2Bm%2FD7%3D/messages"));
    let body = json!({
        "media_token": media, "message": "",
        "sender_buttons": grid, "receiver_buttons": {"rows": []},
    });
    assert_eq!(request["body"], body);
    assert_eq!(header(request, "authorization"), Some("Bearer consent"));
}

/// What the answer to a message makes of the call.
async fn answered(answer: Value, options: Value) -> (Emulator, Result<JsValue, JsValue>) {
    let emulator = Emulator::new();
    let body = json!({"text": answer.to_string()});
    emulator.fault(json!({"on": "message", "body": body})).await;
    let sent = emulator.send("m", options).await;
    (emulator, sent)
}

/// Options for each target, and the id that a message's answer may leave out.
fn targets() -> [(Value, Option<&'static str>); 3] {
    [
        (json!({"target": "chatbot", "conversationId": ID}), Some(ID)),
        (
            json!({"target": "conversation", "conversationId": ID, "accessToken": "t"}),
            Some(ID),
        ),
        (
            json!({"target": "user", "userId": ID, "accessToken": "t"}),
            None,
        ),
    ]
}

#[wasm_bindgen_test]
async fn a_message_answered_with_200_is_delivered_whatever_fields_the_answer_has() {
    for (options, id) in targets() {
        for answer in [json!({}), json!({"conversation_id": 7}), json!([])] {
            let (_, sent) = answered(answer, options.clone()).await;
            let sent = sent.expect("a delivered message");
            let expected = id.map_or(json!({}), |id| json!({"conversationId": id}));
            assert_eq!(from_js(&sent), expected, "{options}");
        }
        let (_, sent) = answered(json!({"conversation_id": "d"}), options).await;
        let sent = sent.expect("a delivered message");
        assert_eq!(from_js(&sent), json!({"conversationId": "d"}));
    }
}

#[wasm_bindgen_test]
async fn the_status_in_an_answer_to_a_message_counts_as_an_http_status() {
    let options = || json!({"target": "conversation", "conversationId": ID, "accessToken": "t"});
    for status in [0, 200, 202, 299] {
        let (_, sent) = answered(json!({"status": status, "message": "OK"}), options()).await;
        assert_eq!(text(&sent.expect("a message"), "conversationId"), ID);
    }
    for (status, code, retryable, unknown) in [
        (400, "rejected", false, false),
        (401, "unauthorized", false, false),
        (403, "forbidden", false, false),
        (404, "not_found", false, false),
        (412, "rejected", false, false),
        (429, "rate_limited", true, false),
        (500, "server_error", false, true),
    ] {
        let answer = json!({"status": status, "message": "in words"});
        let (emulator, sent) = answered(answer, options()).await;
        let error = failed(sent, "message", code);
        assert_eq!(get(&error, "status"), status);
        assert_eq!(get(&error, "retryable"), retryable, "{status}");
        assert_eq!(get(&error, "deliveryUnknown"), unknown, "{status}");
        assert_eq!(text(&error, "mediaToken"), "m");
        assert!(text(&error, "message").contains("in words"));
        assert_eq!(emulator.received("message").await.len(), 1);
    }
    let blocked = json!({"status": 412, "code": 9, "message": "no"});
    let (_, sent) = answered(blocked, options()).await;
    failed(sent, "message", "recipient_restricted");
}

#[wasm_bindgen_test]
async fn a_chatbot_message_carries_an_access_token_if_there_is_one() {
    let emulator = Emulator::new();
    let media = emulator.picture().await;
    let options = json!({"target": "chatbot", "conversationId": ID, "accessToken": "consent"});
    emulator.send(&media, options).await.expect("a message");
    let request = &emulator.received("message").await[0];
    assert_eq!(header(request, "authorization"), Some("Bearer consent"));
    assert_eq!(header(request, "x-api-key"), Some(KEY));

    let options = json!({"target": "chatbot", "conversationId": ID, "accessToken": "a\nb"});
    let outcome = emulator.send(&media, options).await;
    failed(outcome, "message", "invalid_argument");
    assert_eq!(emulator.received("message").await.len(), 1);
}

#[wasm_bindgen_test]
async fn a_blocked_recipient_has_a_code_of_its_own() {
    let emulator = Emulator::new();
    let media = emulator.picture().await;
    emulator.set(json!({"blocked": [ID]})).await;
    let outcome = emulator
        .send(&media, json!({"target": "chatbot", "conversationId": ID}))
        .await;
    let error = failed(outcome, "message", "recipient_restricted");
    assert_eq!(get(&error, "status"), 412);
    assert_eq!(get(&error, "divarCode"), 9);
    assert_eq!(get(&error, "deliveryUnknown"), false);
    assert_eq!(text(&error, "mediaToken"), media);
}

#[wasm_bindgen_test]
async fn a_message_with_a_lost_answer_says_that_delivery_is_unknown() {
    let emulator = Emulator::new();
    let media = emulator.picture().await;
    emulator
        .fault(json!({"on": "message", "reset_accepted": {}}))
        .await;
    let outcome = emulator
        .send(&media, json!({"target": "chatbot", "conversationId": ID}))
        .await;
    let error = failed(outcome, "message", "network");
    assert_eq!(get(&error, "deliveryUnknown"), true);
    assert_eq!(get(&error, "retryable"), false);
    assert_eq!(text(&error, "mediaToken"), media);
    // It was delivered indeed, and once.
    assert_eq!(emulator.messages().await.len(), 1);
}

#[wasm_bindgen_test]
async fn a_message_that_was_refused_for_now_is_retryable() {
    let emulator = Emulator::new();
    let media = emulator.picture().await;
    emulator
        .fault(json!({"on": "message", "status": {"status": 429}}))
        .await;
    let options = json!({"target": "chatbot", "conversationId": ID});
    let error = failed(
        emulator.send(&media, options.clone()).await,
        "message",
        "rate_limited",
    );
    assert_eq!(get(&error, "deliveryUnknown"), false);
    assert_eq!(get(&error, "retryable"), true);
    emulator
        .send(&media, options)
        .await
        .expect("the second try");
}

#[wasm_bindgen_test]
async fn an_unknown_media_token_is_rejected_and_stays_in_the_error() {
    let emulator = Emulator::new();
    let options = json!({"target": "chatbot", "conversationId": ID});
    let error = failed(
        emulator.send("no-such-media", options).await,
        "message",
        "rejected",
    );
    assert_eq!(get(&error, "status"), 400);
    assert_eq!(get(&error, "divarCode"), 3);
    assert_eq!(text(&error, "mediaToken"), "no-such-media");
}

#[wasm_bindgen_test]
async fn a_message_that_cannot_be_sent_is_refused_with_its_token() {
    let emulator = Emulator::new();
    let (key, base) = (KEY, &emulator.base);
    let cases = [
        json!({"apiKey": key, "openApiUrl": base, "conversationId": ID}),
        json!({"apiKey": key, "openApiUrl": base, "target": "group", "conversationId": ID}),
        json!({"apiKey": key, "openApiUrl": base, "target": "chatbot"}),
        json!({"apiKey": key, "openApiUrl": base, "target": "chatbot", "conversationId": ""}),
        json!({"apiKey": key, "openApiUrl": base, "target": "chatbot", "conversationId": ".."}),
        json!({"apiKey": key, "openApiUrl": base, "target": "user", "userId": ID}),
        json!({"apiKey": key, "openApiUrl": base, "target": "conversation", "conversationId": ID}),
        json!({"openApiUrl": base, "target": "chatbot", "conversationId": ID}),
    ];
    for mut options in cases {
        options["dangerouslyAllowBrowser"] = json!(true);
        let outcome = crate::calls::send_media_message("m".into(), js(&options)).await;
        let error = failed(outcome, "message", "invalid_argument");
        assert_eq!(text(&error, "mediaToken"), "m", "{options}");
    }
    assert!(emulator.everything().await.is_empty());
}

#[wasm_bindgen_test]
async fn a_page_does_not_send_the_key_by_accident() {
    let emulator = Emulator::new();
    let guarded =
        json!({"target": "chatbot", "conversationId": ID, "dangerouslyAllowBrowser": false});
    let error = failed(emulator.send("m", guarded).await, "message", "key_in_page");
    assert_eq!(text(&error, "mediaToken"), "m");
    let handler = js(&json!({"apiKey": KEY}));
    set(&handler, "authorize", &eval("() => ({})"));
    let outcome = check_media_handler(handler).map(|()| JsValue::UNDEFINED);
    failed(outcome, "token", "key_in_page");
    assert!(emulator.everything().await.is_empty());
}

#[wasm_bindgen_test]
async fn data_that_json_cannot_carry_is_refused_before_anything_is_sent() {
    let emulator = Emulator::new();
    for data in [
        "{ n: 1n }",
        "(() => { const a = {}; a.a = a; return a; })()",
        "undefined",
        "() => 1",
        "Symbol('s')",
        "{ toJSON() { return undefined; } }",
        "{ toJSON() { throw new Error('mine'); } }",
        "new Proxy({}, { get() { throw new Error('mine'); } })",
    ] {
        let options = eval(&format!(
            "{{ dangerouslyAllowBrowser: true, apiKey: '{KEY}', openApiUrl: '{}', target: 'chatbot', conversationId: 'c', \
               buttons: {{ rows: [{{ buttons: [{{ caption: 'c', \
               action: {{ open_server_link: {{ data: {data} }} }} }}] }}] }} }}",
            emulator.base
        ));
        let outcome = crate::calls::send_media_message("m".into(), options).await;
        let error = failed(outcome, "message", "invalid_argument");
        assert_eq!(get(&error, "deliveryUnknown"), false);
    }
    assert!(emulator.everything().await.is_empty());
}
