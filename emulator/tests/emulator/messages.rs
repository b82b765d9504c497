use serde_json::{Value, json};

use crate::support::{Emulator, KEY, png, refused, sha256};

const BOT: &str = "/v1/open-platform/chat/bot/conversations/c1/messages";
const USER: &str = "/v1/open-platform/chat/bot/users/u1/messages";
const BETWEEN: &str = "/v2/open-platform/conversations/c2/messages";

/// The three targets with the name of their text field.
const TARGETS: [(&str, &str); 3] = [
    (BOT, "text_message"),
    (USER, "text_message"),
    (BETWEEN, "message"),
];

#[tokio::test]
async fn each_target_takes_media_and_has_an_answer_of_its_own() {
    let emulator = Emulator::start().await;
    let media = emulator.media("image", "a.png", &png()).await;
    let mut answers = Vec::new();
    for (route, text) in TARGETS {
        let body = json!({ text: "", "media_token": media });
        let answer = emulator.post(route, &body).send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{route}");
        answers.push(answer.json::<Value>().await.expect("JSON"));
    }
    assert_eq!(answers[0], json!({ "conversation_id": "c1" }));
    assert!(
        answers[1]["conversation_id"]
            .as_str()
            .is_some_and(|id| !id.is_empty())
    );
    assert!(answers[2]["status"].is_i64() && answers[2]["message"].is_string());

    let messages = emulator.messages().await;
    let targets: Vec<_> = messages
        .iter()
        .map(|message| (&message["target"], &message["target_id"]))
        .collect();
    assert_eq!(
        targets,
        [
            (&json!("bot_conversation"), &json!("c1")),
            (&json!("bot_user"), &json!("u1")),
            (&json!("conversation"), &json!("c2"))
        ]
    );
    for message in &messages {
        assert_eq!(message["media"]["media_token"], media);
        assert_eq!(message["media"]["type"], "image");
        assert_eq!(message["media"]["name"], "a.png");
        assert_eq!(message["media"]["size"], png().len());
        assert_eq!(message["media"]["sha256"], sha256(&png()));
    }
    assert_eq!(
        messages[0]["body"],
        json!({ "text_message": "", "media_token": media })
    );
}

#[tokio::test]
async fn the_bare_media_object_and_a_type_field_are_accepted() {
    let emulator = Emulator::start().await;
    let media = emulator.media("image", "a.png", &png()).await;
    for (route, _) in TARGETS {
        let body = json!({ "media_token": media, "type": "TEXT" });
        let answer = emulator.post(route, &body).send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{route}");
    }
}

#[tokio::test]
async fn a_text_alone_is_a_message() {
    let emulator = Emulator::start().await;
    for (route, text) in TARGETS {
        for body in [
            json!({ text: "سلام" }),
            json!({ text: "سلام", "media_token": "" }),
            json!({ text: "سلام", "media_token": null }),
        ] {
            let answer = emulator.post(route, &body).send().await.expect("an answer");
            assert_eq!(answer.status(), 200, "{route} {body}");
        }
    }
    assert_eq!(emulator.messages().await.len(), 9);
}

#[tokio::test]
async fn bodies_that_are_no_message_are_refused() {
    let emulator = Emulator::start().await;
    let media = emulator.media("image", "a.png", &png()).await;
    for (route, text) in TARGETS {
        for body in [
            json!({ text: "سلام", "media_token": media }),
            json!({}),
            json!({ text: "", "media_token": "" }),
            json!({ "media_token": "unknown" }),
            json!({ "media_token": 7 }),
            json!({ text: ["سلام"] }),
            json!({ "mediaToken": media }),
            json!([media]),
            json!(["سلام", null, null, null, null]),
            json!(media),
        ] {
            let answer = emulator.post(route, &body).send().await.expect("an answer");
            assert_eq!(answer.status(), 400, "{route} {body}");
            refused(answer, 400, 3).await;
        }
    }
    assert_eq!(emulator.messages().await.len(), 0);
}

#[tokio::test]
async fn rejects_the_fields_of_another_target() {
    let emulator = Emulator::start().await;
    for (route, body) in [
        (BOT, json!({ "message": "سلام" })),
        (BETWEEN, json!({ "text_message": "سلام" })),
        (BOT, json!({ "text_message": "سلام", "sender_buttons": {} })),
        (BETWEEN, json!({ "message": "سلام", "buttons": {} })),
    ] {
        let answer = emulator.post(route, &body).send().await.expect("an answer");
        refused(answer, 400, 3).await;
    }
}

#[tokio::test]
async fn a_key_is_needed_everywhere_and_an_access_token_for_two_targets() {
    let emulator = Emulator::start().await;
    let body = json!({ "text_message": "سلام" });
    let between = json!({ "message": "سلام" });
    for (route, body, without) in [
        (BOT, &body, 200),
        (USER, &body, 401),
        (BETWEEN, &between, 401),
    ] {
        let url = emulator.url(route);
        let no_key = emulator.http.post(&url).bearer_auth("a").json(body);
        refused(no_key.send().await.expect("an answer"), 401, 16).await;
        for authorization in [None, Some("Bearer "), Some("Basic abc")] {
            let mut no_token = emulator.http.post(&url).header("x-api-key", KEY).json(body);
            if let Some(value) = authorization {
                no_token = no_token.header("authorization", value);
            }
            let answer = no_token.send().await.expect("an answer");
            assert_eq!(answer.status(), without, "{route} {authorization:?}");
        }
    }
}

/// Divar had them until 2025-12, and its SDKs still do.
#[tokio::test]
async fn old_routes_are_not_found() {
    let emulator = Emulator::start().await;
    for route in [
        "/experimental/open-platform/chat/bot/conversations/c1/messages",
        "/experimental/open-platform/chat/bot/users/u1/messages",
    ] {
        let body = json!({ "text_message": "سلام" });
        let answer = emulator.post(route, &body).send().await;
        refused(answer.expect("an answer"), 404, 5).await;
    }
}

#[tokio::test]
async fn ids_are_percent_decoded_slash_included() {
    let emulator = Emulator::start().await;
    for route in [
        "/v1/open-platform/chat/bot/conversations/6Gq%2Bm%2FD7%3D/messages",
        "/v1/open-platform/chat/bot/conversations/6Gq+m%2FD7=/messages",
    ] {
        let body = json!({ "text_message": "سلام" });
        let answer = emulator.post(route, &body).send().await.expect("an answer");
        let answer: Value = answer.json().await.expect("JSON");
        assert_eq!(answer["conversation_id"], "6Gq+m/D7=");
    }
    for message in emulator.messages().await {
        assert_eq!(message["target_id"], "6Gq+m/D7=");
    }
}

#[tokio::test]
async fn an_id_that_is_empty_or_not_utf8_or_split_by_a_bare_slash_is_refused() {
    let emulator = Emulator::start().await;
    let body = json!({ "text_message": "سلام" });
    for id in ["", "%FF"] {
        let route = format!("/v1/open-platform/chat/bot/users/{id}/messages");
        let answer = emulator
            .post(&route, &body)
            .send()
            .await
            .expect("an answer");
        refused(answer, 400, 3).await;
    }
    let route = "/v1/open-platform/chat/bot/users/6Gq+m/D7=/messages";
    let answer = emulator.post(route, &body).send().await.expect("an answer");
    refused(answer, 404, 5).await;
}

#[tokio::test]
async fn a_user_has_one_conversation_and_another_user_another() {
    let emulator = Emulator::start().await;
    let conversation = async |user: &str| -> Value {
        let route = format!("/v1/open-platform/chat/bot/users/{user}/messages");
        let body = json!({ "text_message": "سلام" });
        let answer = emulator
            .post(&route, &body)
            .send()
            .await
            .expect("an answer");
        answer.json::<Value>().await.expect("JSON")["conversation_id"].clone()
    };
    let first = conversation("ali").await;
    assert_eq!(conversation("ali").await, first);
    assert_ne!(conversation("sara").await, first);
}

#[tokio::test]
async fn a_blocked_recipient_has_divars_published_error() {
    let emulator = Emulator::start().await;
    emulator.set(json!({ "blocked": ["c1", "u1", "c2"] })).await;
    for (route, text) in TARGETS {
        let answer = emulator
            .post(route, &json!({ text: "سلام" }))
            .send()
            .await
            .expect("an answer");
        let message = refused(answer, 412, 9).await;
        assert_eq!(
            message,
            "message delivery failed due to recipient's restriction"
        );
    }
    assert_eq!(emulator.messages().await.len(), 0);
}

/// Divar's own SDKs send both ids in the body of both bot routes.
#[tokio::test]
async fn ids_in_a_bots_body_are_taken_where_they_agree_with_the_path() {
    let emulator = Emulator::start().await;
    for (route, ids, status) in [
        (
            BOT,
            json!({ "conversation_id": "c1", "user_id": "u9" }),
            200,
        ),
        (BOT, json!({ "conversation_id": "", "user_id": null }), 200),
        (BOT, json!({ "user_id": "u9" }), 200),
        (BOT, json!({ "conversation_id": "c2" }), 400),
        (BOT, json!({ "conversation_id": 1 }), 400),
        (
            USER,
            json!({ "user_id": "u1", "conversation_id": "c9" }),
            200,
        ),
        (USER, json!({ "user_id": "" }), 200),
        (USER, json!({ "user_id": "u2" }), 400),
        (
            USER,
            json!({ "user_id": "u2", "conversation_id": "u1" }),
            400,
        ),
    ] {
        let mut body = ids.clone();
        body["text_message"] = "سلام".into();
        let answer = emulator.post(route, &body).send().await.expect("an answer");
        assert_eq!(answer.status(), status, "{route} {ids}");
    }
    for field in ["user_id", "conversation_id"] {
        let body = json!({ "message": "سلام", field: "c2" });
        let answer = emulator.post(BETWEEN, &body).send().await;
        refused(answer.expect("an answer"), 400, 3).await;
    }
}

/// Divar's API description demands a token for this route, its prose does not.
#[tokio::test]
async fn a_chatbot_conversation_takes_an_access_token_too() {
    let emulator = Emulator::start().await;
    let url = emulator.url(BOT);
    let body = json!({ "text_message": "سلام" });
    let bare = || {
        emulator
            .http
            .post(&url)
            .header("x-api-key", KEY)
            .json(&body)
    };
    for request in [bare(), bare().bearer_auth("an-access-token")] {
        assert_eq!(request.send().await.expect("an answer").status(), 200);
    }
}

#[tokio::test]
async fn unknown_icons_are_refused_unless_the_settings_allow_them() {
    let emulator = Emulator::start().await;
    let of = |icon: Value| json!({ "rows": [{ "buttons": [{ "action": { "open_post_page": { "post_token": "a" } }, "icon": icon }] }] });
    for icon in ["ADD", "REAL_ESTATE", "PASSKEY", "CAT_HOME_KITCHEN"] {
        assert!(accepts(&emulator, &of(icon.into())).await, "{icon}");
    }
    assert!(accepts(&emulator, &of(Value::Null)).await);
    let unknown = ["REAL_STATE", "add", "", "ADD\n", "UNKNOWN"];
    for icon in unknown {
        assert!(!accepts(&emulator, &of(icon.into())).await, "{icon}");
    }
    emulator.set(json!({ "allow_unknown_icons": true })).await;
    for icon in unknown {
        assert!(accepts(&emulator, &of(icon.into())).await, "{icon}");
    }
    assert!(!accepts(&emulator, &of(7.into())).await);
}

fn grid(rows: usize, buttons: usize) -> Value {
    let button = json!({ "action": { "open_direct_link": "https://example.com/" }, "caption": "برو", "icon": "ADD" });
    json!({ "rows": vec![json!({ "buttons": vec![button; buttons] }); rows] })
}

/// Sends a grid in every field that takes one; whether all agree that it is accepted.
async fn accepts(emulator: &Emulator, grid: &Value) -> bool {
    let mut statuses = Vec::new();
    for (route, text, field) in [
        (BOT, "text_message", "buttons"),
        (USER, "text_message", "buttons"),
        (BETWEEN, "message", "sender_buttons"),
        (BETWEEN, "message", "receiver_buttons"),
    ] {
        let body = json!({ text: "سلام", field: grid });
        let answer = emulator.post(route, &body).send().await.expect("an answer");
        statuses.push(answer.status().as_u16());
    }
    assert!(
        statuses == [200; 4] || statuses == [400; 4],
        "{statuses:?} for {grid}"
    );
    statuses[0] == 200
}

#[tokio::test]
async fn a_grid_has_at_most_three_rows_of_three() {
    let emulator = Emulator::start().await;
    assert!(accepts(&emulator, &grid(3, 3)).await);
    assert!(!accepts(&emulator, &grid(4, 1)).await);
    assert!(!accepts(&emulator, &grid(1, 4)).await);
}

#[tokio::test]
async fn a_button_has_exactly_one_action_of_the_five() {
    let emulator = Emulator::start().await;
    let of = |action: Value| json!({ "rows": [{ "buttons": [{ "action": action, "caption": "برو" }] }] });
    for action in [
        json!({ "open_direct_link": "https://example.com/" }),
        json!({ "open_server_link": { "data": { "id": 1 } } }),
        json!({ "get_dynamic_action": { "data": {} } }),
        json!({ "open_post_page": { "post_token": "AJIEWcw" } }),
        json!({ "open_post_manage_page": { "post_token": "AJIEWcw" } }),
    ] {
        assert!(accepts(&emulator, &of(action)).await);
    }
    for action in [
        Value::Null,
        json!({}),
        json!({ "open_direct_link": "https://example.com/", "open_post_page": { "post_token": "a" } }),
        json!({ "open_direct_link": "no address" }),
        json!({ "open_direct_link": 7 }),
        json!({ "open_server_link": { "data": "text" } }),
        json!({ "open_post_page": {} }),
        json!({ "open_post_manage_page": { "post_token": "" } }),
        json!({ "open_door": {} }),
    ] {
        assert!(!accepts(&emulator, &of(action)).await);
    }
}

#[tokio::test]
async fn a_grid_of_the_wrong_shape_is_refused() {
    let emulator = Emulator::start().await;
    for grid in [
        json!([]),
        json!({ "rows": {} }),
        json!({ "rows": [[]] }),
        json!({ "rows": [[[]]] }),
        json!([null]),
        json!({ "rows": [{ "buttons": [{ "caption": 7 }] }] }),
        json!({ "rows": [{ "buttons": [{ "action": { "open_post_page": { "post_token": "a" } }, "icon": 7 }] }] }),
    ] {
        assert!(!accepts(&emulator, &grid).await);
    }
}
