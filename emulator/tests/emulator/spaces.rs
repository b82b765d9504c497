use divar_emulator::Config;
use serde_json::{Value, json};
use tokio::{io::AsyncWriteExt, time::timeout};

use crate::{
    socket::{before_silence, send, upload_head},
    support::{Emulator, TIMEOUT, TOKEN, form, png, refused},
};

#[tokio::test]
async fn spaces_share_nothing_but_the_key() {
    let emulator = Emulator::start().await;
    let one = emulator.space("one");
    let media = one.media("image", "a.png", &png()).await;
    let left = one.mint().await;
    one.set(json!({ "token_uses": 7 })).await;
    one.script(json!([{ "on": "message", "status": { "status": 503 } }]))
        .await;

    for other in [&emulator, &emulator.space("two")] {
        let stranger = other
            .upload_form("image", &left, &form("file", Some("a.png"), &png()))
            .await;
        refused(stranger, 401, 16).await;
        let route = "/v1/open-platform/chat/bot/conversations/c/messages";
        let unknown = other
            .post(route, &json!({ "media_token": media }))
            .send()
            .await
            .expect("an answer");
        refused(unknown, 400, 3).await;
        let settings: Value = other.settings().await;
        assert_eq!(settings["token_uses"], 1);
        assert_eq!(other.requests().await.len(), 2);
        let file = other.file(&media).await.expect("an answer");
        refused(file, 404, 5).await;
    }
    assert_eq!(one.requests().await.len(), 3);
}

#[tokio::test]
async fn records_the_raw_path_and_links_into_the_space() {
    let emulator = Emulator::start().await;
    let space = emulator.space("s-1");
    let media = space.media("image", "a.png", &png()).await;
    let route = "/v1/open-platform/chat/bot/conversations/c/messages";
    space
        .post(
            &format!("{route}?a=b%20c"),
            &json!({ "media_token": media }),
        )
        .send()
        .await
        .expect("an answer");
    let paths: Vec<_> = space
        .requests()
        .await
        .iter()
        .map(|request| request["path"].clone())
        .collect();
    assert_eq!(
        paths,
        [
            format!("/@s-1{TOKEN}"),
            "/@s-1/upload/image".to_owned(),
            format!("/@s-1{route}?a=b%20c")
        ]
    );
    let link = space.messages().await[0]["media"]["link"]
        .as_str()
        .expect("a link")
        .to_owned();
    assert_eq!(link, space.url(&format!("/__emulator/files/{media}")));
    let served = emulator.http.get(link).send().await.expect("an answer");
    assert_eq!(served.bytes().await.expect("bytes"), png());
}

#[tokio::test]
async fn forgetting_a_space_leaves_the_others_alone() {
    let emulator = Emulator::start().await;
    let kept = emulator.mint().await;
    let space = emulator.space("gone");
    let media = space.media("image", "a.png", &png()).await;
    space.set(json!({ "token_uses": 7 })).await;
    space.forget().await;

    assert_eq!(space.requests().await.len(), 0);
    let settings: Value = space.settings().await;
    assert_eq!(settings["token_uses"], 1);
    let file = space.file(&media).await.expect("an answer");
    refused(file, 404, 5).await;

    let answer = emulator
        .upload_form("image", &kept, &form("file", Some("a.png"), &png()))
        .await;
    assert_eq!(answer.status(), 200);
}

#[tokio::test]
async fn a_thousand_spaces_work_side_by_side() {
    let emulator = Emulator::start().await;
    for n in 0..1000 {
        let answer = emulator
            .post(&format!("/@{n}{TOKEN}"), &json!({}))
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), 200);
    }
    assert_eq!(emulator.space("999").requests().await.len(), 1);
}

#[tokio::test]
async fn rejects_a_space_without_a_name() {
    let emulator = Emulator::start().await;
    let answer = emulator
        .post(&format!("/@{TOKEN}"), &json!({}))
        .send()
        .await
        .expect("an answer");
    refused(answer, 404, 5).await;
}

#[tokio::test]
async fn an_upload_that_outlives_its_space_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let emulator = Emulator::with(Config {
        files: Some(folder.path().to_owned()),
        ..Config::default()
    })
    .await;
    let form = form("file", Some("a.png"), &png());
    let (begin, end) = form.split_at(40);
    let head = upload_head(&emulator.mint().await, form.len());
    let mut socket = send(&emulator, &head, begin).await;
    // The token is spent by the time that the first bytes have been read.
    let read = async {
        while emulator.requests_so_far().await.last().expect("the mint")["body_bytes"]
            != begin.len()
        {
            tokio::task::yield_now().await;
        }
    };
    timeout(TIMEOUT, read).await.expect("the bytes are read");
    emulator.forget().await;
    socket.write_all(end).await.expect("the rest is sent");
    let answer = before_silence(&mut socket).await;
    assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
    let kept = std::fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(kept, 0);
}
