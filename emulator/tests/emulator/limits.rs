//! What the emulator keeps is bounded.

use divar_emulator::Config;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;

use crate::{
    socket::{chunk, rest, send, upload_head},
    support::{Emulator, KEY, form, iso, png, refused},
};

const BOT: &str = "/v1/open-platform/chat/bot/conversations/c/messages";
const MEGABYTE: usize = 1_000_000;

async fn ask(emulator: &Emulator, what: &str) -> (Value, usize) {
    let answer = emulator.get(&format!("/__emulator/{what}")).send().await;
    let text = answer.expect("an answer").text().await.expect("text");
    (serde_json::from_str(&text).expect("JSON"), text.len())
}

#[tokio::test]
async fn the_oldest_requests_are_dropped_in_all_spaces() {
    let emulator = Emulator::start().await;
    let first = emulator.space("first");
    first.mint().await;
    let body = vec![b'x'; MEGABYTE];
    for _ in 0..40 {
        let request = emulator.http.post(emulator.url("/own")).body(body.clone());
        request.send().await.expect("an answer");
    }
    let (list, size) = ask(&emulator, "requests").await;
    assert!(size < 33 * MEGABYTE, "{size}");
    let requests = list["requests"].as_array().expect("a list");
    assert!(requests.len() > 20, "{}", requests.len());
    assert_eq!(list["dropped"], 40 - requests.len());
    assert_eq!(requests[0]["id"], 41 - requests.len());
    let newest = requests.last().expect("a request");
    assert_eq!(newest["id"], 40);
    assert_eq!(newest["body"].as_str().map(str::len), Some(MEGABYTE));
    let (list, _) = ask(&first, "requests").await;
    assert_eq!(list, json!({ "requests": [], "dropped": 1 }));
}

#[tokio::test]
async fn large_heads_and_scripted_answers_count_too() {
    let emulator = Emulator::start().await;
    let large = "x".repeat(100_000);
    for _ in 0..100 {
        let request = emulator.get("/own").header("x-large", &large);
        request.send().await.expect("an answer");
    }
    let text = "x".repeat(900_000);
    for _ in 0..30 {
        emulator
            .script(json!([{ "on": "other", "body": { "text": text } }]))
            .await;
        emulator.get("/own").send().await.expect("an answer");
    }
    let (list, size) = ask(&emulator, "requests").await;
    assert!(size < 33 * MEGABYTE, "{size}");
    let requests = list["requests"].as_array().expect("a list");
    assert_eq!(list["dropped"], 130 - requests.len());
    // Without the heads all answers, and without the answers all heads, would have been kept.
    assert!((31..130).contains(&requests.len()), "{}", requests.len());
    let newest = requests.last().expect("a request");
    assert_eq!(newest["fault"]["body"]["text"], text);
}

#[tokio::test]
async fn the_oldest_messages_are_dropped() {
    let emulator = Emulator::start().await;
    for n in 0..40 {
        let body = json!({ "text_message": format!("{n}{}", "x".repeat(900_000)) });
        let answer = emulator.post(BOT, &body).send().await.expect("an answer");
        assert_eq!(answer.status(), 200);
    }
    let (list, size) = ask(&emulator, "messages").await;
    assert!(size < 33 * MEGABYTE, "{size}");
    let messages = list["messages"].as_array().expect("a list");
    assert!(messages.len() > 10, "{}", messages.len());
    assert_eq!(list["dropped"], 40 - messages.len());
    let newest = messages.last().expect("a message")["body"]["text_message"].as_str();
    assert!(newest.is_some_and(|text| text.starts_with("39x")));
}

#[tokio::test]
async fn the_oldest_files_are_deleted_beyond_the_disk_limit() {
    let folder = tempfile::tempdir().expect("a folder");
    let emulator = Emulator::with(Config {
        files: Some(folder.path().to_owned()),
        disk_limit: 100_000,
        ..Config::default()
    })
    .await;
    let video = iso(*b"isom", 40_000);
    let mut media = Vec::new();
    for space in ["a", "b", "c"] {
        let space = emulator.space(space);
        let token = space.media("video", "a.mp4", &video).await;
        media.push((space, token));
    }
    let kept = std::fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(kept, 2);
    for ((space, token), status) in media.iter().zip([400, 200, 200]) {
        let body = json!({ "media_token": token });
        let answer = space.post(BOT, &body).send().await.expect("an answer");
        assert_eq!(answer.status(), status);
    }
    // Forgetting a space gives its bytes back.
    for (space, _) in &media {
        space.forget().await;
    }
    for _ in 0..2 {
        media[0].0.media("video", "a.mp4", &video).await;
    }
    let kept = std::fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(kept, 2);
    // One that is larger than all of it leaves nothing.
    let larger = iso(*b"isom", 100_001);
    refused(emulator.upload("video", "a.mp4", &larger).await, 500, 13).await;
    let kept = std::fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(kept, 0);
    emulator.media("video", "a.mp4", &video).await;
}

#[tokio::test]
async fn the_first_space_is_forgotten_beyond_ten_thousand() {
    let emulator = Emulator::start().await;
    emulator.set(json!({ "token_uses": 7 })).await;
    for space in ["first", "second"] {
        emulator.space(space).set(json!({ "token_uses": 7 })).await;
    }
    for n in 0..9_999 {
        let answer = emulator
            .get(&format!("/@{n}/__emulator/faults"))
            .send()
            .await;
        assert_eq!(answer.expect("an answer").status(), 200);
    }
    assert_eq!(emulator.settings().await["token_uses"], 7);
    assert_eq!(emulator.space("second").settings().await["token_uses"], 7);
    assert_eq!(emulator.space("first").settings().await["token_uses"], 1);
}

#[tokio::test]
async fn a_space_has_a_name_of_at_most_200_bytes() {
    let emulator = Emulator::start().await;
    emulator.space(&"x".repeat(200)).mint().await;
    let longer = format!("/@{}/__emulator/requests", "x".repeat(201));
    let answer = emulator.get(&longer).send().await.expect("an answer");
    refused(answer, 400, 3).await;
}

#[tokio::test]
async fn queued_faults_and_settings_are_bounded_together() {
    let emulator = Emulator::start().await;
    let faults = json!([{ "on": "other", "body": { "text": "x".repeat(900_000) } }]);
    let mut taken = 0;
    let answer = loop {
        let space = emulator.space(&taken.to_string());
        let answer = space.add_faults(&faults).await.expect("an answer");
        if answer.status() != 200 {
            break answer;
        }
        taken += 1;
        assert!(taken < 40);
    };
    refused(answer, 413, 3).await;
    let settings = json!({ "blocked": vec!["x".repeat(900); 1000] });
    let answer = emulator.change_settings(&settings).await;
    refused(answer.expect("an answer"), 413, 3).await;
    let cleared = emulator.space("0").clear_faults().await;
    assert_eq!(cleared.expect("an answer").status(), 204);
    emulator.set(settings).await;
}

/// multer alone reads the head of a part into memory, however long it is.
#[tokio::test]
async fn rejects_a_form_with_too_many_bytes_outside_of_its_file() {
    let emulator = Emulator::start().await;
    let good = form("file", Some("a.png"), &png());
    let (boundary, part) = good.split_at(9);
    let filler = vec![b'x'; 1000];
    for (what, begin) in [
        ("before the first boundary", b"x".to_vec()),
        ("in the head of the file", [boundary, b"X-Large: "].concat()),
        (
            "in the head of a second field",
            [&good[..good.len() - 4], b"\r\nX-Large: "].concat(),
        ),
        ("in the file's name", [boundary, &part[..60]].concat()),
        ("behind the form", good.clone()),
    ] {
        let head = upload_head(&emulator.mint().await, 0).replace(
            "Content-Length: 0",
            "Transfer-Encoding: chunked\r\nConnection: close",
        );
        let mut socket = send(&emulator, &head, &chunk(&begin)).await;
        for _ in 0..1000 {
            let written = socket.write_all(&chunk(&filler)).await;
            written.unwrap_or_else(|error| panic!("{what}: {error}"));
        }
        socket
            .write_all(b"0\r\n\r\n")
            .await
            .expect("the end is sent");
        let (answer, _) = rest(&mut socket).await;
        assert!(answer.starts_with("HTTP/1.1 400 "), "{what}: {answer}");
    }
}

#[tokio::test]
async fn a_long_name_within_the_limit_is_taken() {
    let emulator = Emulator::start().await;
    let name = format!("{}.png", "x".repeat(10_000));
    emulator.media("image", &name, &png()).await;
    let name = format!("{}.png", "x".repeat(20_000));
    refused(emulator.upload("image", &name, &png()).await, 400, 3).await;
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn three_hundred_bodies_of_a_megabyte_do_not_stay_in_memory() {
    let program = crate::binary::Program::start(&["--api-key", KEY]);
    let emulator = Emulator::at(program.base());
    emulator.mint().await;
    let before = program.peak_memory();
    // As many as possible of the values that take the most memory once they are parsed.
    let body = format!("[{}0]", "0,".repeat(499_000));
    for n in 0..300 {
        let path = if n % 10 == 0 { BOT } else { "/own" };
        let request = emulator
            .http
            .post(emulator.url(path))
            .header("x-api-key", KEY)
            .header("content-type", "application/json");
        request.body(body.clone()).send().await.expect("an answer");
    }
    let grown = program.peak_memory() - before;
    assert!(grown < 60_000_000, "{grown} bytes more");
    program.stop();
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn connections_beyond_480_wait_for_one_to_end() {
    let program = crate::binary::Program::start(&["--api-key", KEY]);
    let address = program.base().replace("http://", "");
    let connect = async || {
        let mut socket = tokio::net::TcpStream::connect(&address)
            .await
            .expect("a connection");
        let request = b"GET /__emulator/ HTTP/1.1\r\nHost: localhost\r\n\r\n";
        socket.write_all(request).await.expect("a request");
        socket
    };
    let mut open = Vec::new();
    for _ in 0..480 {
        let mut socket = connect().await;
        crate::socket::first_byte(&mut socket)
            .await
            .expect("an answer");
        open.push(socket);
    }
    let mut waiting = connect().await;
    assert!(crate::socket::first_byte(&mut waiting).await.is_none());
    drop(open.pop());
    let mut answer = Vec::new();
    let read = tokio::io::AsyncReadExt::read_buf(&mut waiting, &mut answer);
    let read = tokio::time::timeout(crate::support::TIMEOUT, read).await;
    assert!(read.expect("an answer").expect("bytes") > 0);
    drop(waiting);
    program.stop();
}
