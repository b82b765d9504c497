use serde_json::{Value, json};

use crate::support::{Emulator, KEY, iso, png, refused};

async fn read(emulator: &Emulator, id: &str) -> Value {
    let path = format!("/v1/open-platform/chat/conversations/{id}");
    let request = emulator
        .get(&path)
        .header("x-api-key", KEY)
        .bearer_auth("an-access-token");
    let answer = request.send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    answer.json().await.expect("JSON")
}

#[tokio::test]
async fn a_conversation_shows_every_kind_of_message_in_order() {
    let emulator = Emulator::start().await;
    let route = "/v1/open-platform/chat/bot/conversations/6Gq%2Bm%2FD7%3D/messages";
    let files = [
        ("image", "a.png", png()),
        ("video", "a.mp4", iso(*b"isom", 64)),
        ("voice", "a.m4a", iso(*b"M4A ", 48)),
        ("file", "قرارداد.pdf", b"%PDF-1.4\n".to_vec()),
    ];
    for (kind, name, content) in &files {
        let media = emulator.media(kind, name, content).await;
        emulator
            .post(route, &json!({ "media_token": media }))
            .send()
            .await
            .expect("an answer");
    }
    emulator
        .post(route, &json!({ "text_message": "سلام" }))
        .send()
        .await
        .expect("an answer");

    let answer = read(&emulator, "6Gq%2Bm%2FD7%3D").await;
    assert_eq!(
        answer["conversation"],
        json!({ "id": "6Gq+m/D7=", "type": "BOT" })
    );
    let messages = answer["messages"].as_array().expect("a list");
    let types: Vec<_> = messages
        .iter()
        .map(|message| message["type"].as_str().expect("a type"))
        .collect();
    assert_eq!(types, ["IMAGE", "VIDEO", "VOICE", "FILE", "TEXT"]);
    for (message, (kind, _, content)) in messages.iter().zip(&files) {
        let data = &message[format!("{kind}_data")];
        assert_eq!(data["size_bytes"], content.len().to_string());
        let link = data["link"].as_str().expect("a link");
        let served = emulator
            .http
            .get(link)
            .send()
            .await
            .expect("an answer")
            .bytes()
            .await
            .expect("bytes");
        assert_eq!(served, *content);
        assert_eq!(
            message["sender"],
            json!({ "side": "SELLER", "type": "BOT" })
        );
        let sent = message["sent_at"].as_str().expect("a time");
        assert!(humantime::parse_rfc3339(sent).is_ok(), "{sent}");
    }
    assert_eq!(messages[0]["image_data"]["width_px"], 3);
    assert_eq!(messages[0]["image_data"]["height_px"], 2);
    assert_eq!(messages[3]["file_data"]["name"], "قرارداد.pdf");
    assert_eq!(messages[4]["text"], "سلام");
}

#[tokio::test]
async fn conversations_are_separate_and_a_new_one_is_empty() {
    let emulator = Emulator::start().await;
    let route = "/v2/open-platform/conversations/c1/messages";
    emulator
        .post(route, &json!({ "message": "سلام" }))
        .send()
        .await
        .expect("an answer");
    let between = read(&emulator, "c1").await;
    assert_eq!(between["conversation"]["type"], "POST");
    assert_eq!(between["messages"][0]["sender"]["type"], "HUMAN");
    assert_eq!(read(&emulator, "c2").await["messages"], json!([]));
}

#[tokio::test]
async fn a_message_to_a_user_is_in_the_conversation_that_the_answer_names() {
    let emulator = Emulator::start().await;
    let route = "/v1/open-platform/chat/bot/users/u1/messages";
    let answer = emulator
        .post(route, &json!({ "text_message": "سلام" }))
        .send()
        .await
        .expect("an answer");
    let answer: Value = answer.json().await.expect("JSON");
    let id = answer["conversation_id"].as_str().expect("an id");
    let encoded = id
        .replace('+', "%2B")
        .replace('/', "%2F")
        .replace('=', "%3D");
    assert_eq!(
        read(&emulator, &encoded).await["messages"][0]["text"],
        "سلام"
    );
}

#[tokio::test]
async fn reading_needs_the_key_and_an_access_token() {
    let emulator = Emulator::start().await;
    let path = "/v1/open-platform/chat/conversations/c1";
    let no_key = emulator
        .get(path)
        .bearer_auth("a")
        .send()
        .await
        .expect("an answer");
    refused(no_key, 401, 16).await;
    let no_token = emulator
        .get(path)
        .header("x-api-key", KEY)
        .send()
        .await
        .expect("an answer");
    refused(no_token, 401, 16).await;
}
