use bytes::Bytes;
use futures_util::stream;
use reqwest::Body;
use serde_json::{Value, json};

use crate::support::{Emulator, FORM_TYPE, form, iso, png, refused, sha256};

#[tokio::test]
async fn both_schemes_and_both_encodings_are_accepted() {
    let emulator = Emulator::start().await;
    for scheme in ["Bearer", "Basic"] {
        for (content_type, body) in [
            (FORM_TYPE, form("file", Some("a.png"), &png())),
            ("image/png", png()),
        ] {
            let token = emulator.mint().await;
            let request = emulator
                .http
                .post(emulator.url("/upload/image"))
                .header("authorization", format!("{scheme} {token}"))
                .header("content-type", content_type)
                .body(body);
            let answer = request.send().await.expect("an answer");
            assert_eq!(answer.status(), 200, "{scheme}, {content_type}");
        }
    }
    let encodings: Vec<_> = uploads(&emulator)
        .await
        .iter()
        .map(|upload| upload["encoding"].clone())
        .collect();
    assert_eq!(encodings, ["multipart", "binary", "multipart", "binary"]);
    for upload in uploads(&emulator).await {
        assert_eq!(upload["sha256"], sha256(&png()));
    }
}

/// What was noted about each upload.
async fn uploads(emulator: &Emulator) -> Vec<Value> {
    let requests = emulator.requests().await;
    requests
        .into_iter()
        .filter(|request| request["route"] == "upload")
        .map(|request| request["upload"].clone())
        .collect()
}

async fn send_binary(
    emulator: &Emulator,
    content_type: Option<&str>,
    body: Vec<u8>,
) -> reqwest::Response {
    let token = emulator.mint().await;
    let mut request = emulator
        .http
        .post(emulator.url("/upload/image"))
        .bearer_auth(token)
        .body(body);
    if let Some(content_type) = content_type {
        request = request.header("content-type", content_type);
    }
    request.send().await.expect("an answer")
}

#[tokio::test]
async fn a_bare_file_without_a_declared_type_is_recognised_by_its_content() {
    let emulator = Emulator::start().await;
    for content_type in [
        None,
        Some("application/octet-stream"),
        Some("Application/Octet-Stream; charset=binary"),
        // What `curl --data-binary @file` adds.
        Some("application/x-www-form-urlencoded"),
    ] {
        assert_eq!(
            send_binary(&emulator, content_type, png()).await.status(),
            200
        );
        refused(
            send_binary(&emulator, content_type, b"GIF89a".to_vec()).await,
            400,
            3,
        )
        .await;
    }
}

#[tokio::test]
async fn a_bare_file_of_another_declared_type_is_refused() {
    let emulator = Emulator::start().await;
    for content_type in ["image/jpeg", "image/webp", "text/plain"] {
        refused(
            send_binary(&emulator, Some(content_type), png()).await,
            400,
            3,
        )
        .await;
    }
}

#[tokio::test]
async fn an_unknown_media_type_is_not_found_and_spends_no_token() {
    let emulator = Emulator::start().await;
    let token = emulator.mint().await;
    let good = form("file", Some("a.png"), &png());
    for kind in ["picture", "Image", "images"] {
        refused(emulator.upload_form(kind, &token, &good).await, 404, 5).await;
    }
    assert_eq!(
        emulator.upload_form("image", &token, &good).await.status(),
        200
    );
}

#[tokio::test]
async fn a_form_must_have_exactly_one_field_named_file_with_a_file_name() {
    let emulator = Emulator::start().await;
    let first = form("file", Some("a.png"), &png());
    let twice = [
        first.strip_suffix(b"--\r\n").expect("a form"),
        b"\r\n",
        &first[9..],
    ]
    .concat();
    let forms = [
        ("wrong field", form("media", Some("a.png"), &png())),
        ("no file name", form("file", None, &png())),
        ("empty file name", form("file", Some(""), &png())),
        ("two fields", twice),
        ("no field", b"--XoXoX--\r\n".to_vec()),
        ("not a form", png()),
        ("no end", first[..first.len() - 9].to_vec()),
        ("empty file", form("file", Some("a.png"), b"")),
    ];
    for (what, form) in forms {
        let token = emulator.mint().await;
        let answer = emulator.upload_form("image", &token, &form).await;
        assert_eq!(answer.status(), 400, "{what}");
        refused(answer, 400, 3).await;
    }
}

#[tokio::test]
async fn a_form_without_a_boundary_is_refused() {
    let emulator = Emulator::start().await;
    let answer = send_binary(
        &emulator,
        Some("multipart/form-data"),
        form("file", Some("a.png"), &png()),
    )
    .await;
    refused(answer, 400, 3).await;
}

#[tokio::test]
async fn records_names_raw_and_decoded() {
    let emulator = Emulator::start().await;
    let written = "عکس %22۱%22%0D%0A 100% a\\b.png";
    assert_eq!(
        emulator.upload("image", written, &png()).await.status(),
        200
    );
    let upload = uploads(&emulator).await.remove(0);
    assert_eq!(upload["field"], "file");
    assert_eq!(upload["file_name"], "عکس \"۱\"\r\n 100% a\\b.png");
    let raw = format!("form-data; name=\"file\"; filename=\"{written}\"");
    assert_eq!(upload["content_disposition"], raw);
    assert_eq!(upload["content_type"], "application/octet-stream");
    assert_eq!(upload["bytes"], png().len());
}

/// As .NET's `MultipartFormDataContent` writes a Persian name.
#[tokio::test]
async fn extended_file_name_wins_over_an_encoded_word() {
    let emulator = Emulator::start().await;
    let written = "=?utf-8?B?2LnaqdizLnBuZw==?=\"; filename*=\"utf-8''%D8%B9%DA%A9%D8%B3.png";
    let media = emulator.media("image", written, &png()).await;
    assert_eq!(uploads(&emulator).await[0]["file_name"], "عکس.png");
    let body = json!({ "text_message": "", "media_token": media });
    let route = "/v1/open-platform/chat/bot/conversations/c/messages";
    let answer = emulator.post(route, &body).send().await;
    assert_eq!(answer.expect("an answer").status(), 200);
    assert_eq!(emulator.messages().await[0]["media"]["name"], "عکس.png");
}

#[tokio::test]
async fn a_name_that_is_not_utf8_breaks_nothing() {
    let emulator = Emulator::start().await;
    let mut form = form("file", Some("a?.png"), &png());
    let at = form
        .iter()
        .position(|byte| *byte == b'?')
        .expect("the name");
    form[at] = 0xff;
    let token = emulator.mint().await;
    assert_eq!(
        emulator.upload_form("image", &token, &form).await.status(),
        200
    );
    assert_eq!(uploads(&emulator).await[0]["file_name"], "a\u{fffd}.png");
}

#[tokio::test]
async fn the_limits_are_decimal_megabytes_to_the_byte() {
    let emulator = Emulator::start().await;
    let mut picture = png();
    picture.resize(5_000_000, 0);
    let mut document = b"%PDF-1.7\n".to_vec();
    document.resize(5_000_000, 0);
    for (kind, name, mut content) in [
        ("image", "a.png", picture),
        ("file", "a.pdf", document),
        ("voice", "a.m4a", iso(*b"M4A ", 1_500_000)),
    ] {
        assert_eq!(
            emulator.upload(kind, name, &content).await.status(),
            200,
            "{kind}"
        );
        content.push(0);
        refused(emulator.upload(kind, name, &content).await, 413, 3).await;
    }
}

#[tokio::test]
async fn a_megabyte_can_be_set_to_the_larger_one() {
    let emulator = Emulator::start().await;
    emulator.set(json!({ "megabyte": 1_048_576 })).await;
    let largest = iso(*b"M4A ", 1_572_864);
    assert_eq!(
        emulator.upload("voice", "a.m4a", &largest).await.status(),
        200
    );
    let larger = iso(*b"M4A ", 1_572_865);
    refused(emulator.upload("voice", "a.m4a", &larger).await, 413, 3).await;
}

/// An MP4 of `size` bytes that is never whole in memory.
fn video(size: usize) -> Body {
    const PIECE: usize = 100_000;
    let first = Bytes::from(iso(*b"isom", PIECE));
    let zeros = Bytes::from(vec![0; PIECE]);
    let rest = (1..size / PIECE).map(move |_| zeros.clone());
    let end = Bytes::from(vec![0; size % PIECE]);
    let pieces = std::iter::once(first).chain(rest).chain([end]);
    Body::wrap_stream(stream::iter(pieces.map(Ok::<_, std::convert::Infallible>)))
}

async fn send_video(emulator: &Emulator, size: usize) -> reqwest::Response {
    let token = emulator.mint().await;
    emulator
        .http
        .post(emulator.url("/upload/video"))
        .bearer_auth(token)
        .header("content-type", "video/mp4")
        .body(video(size))
        .send()
        .await
        .expect("an answer")
}

#[tokio::test]
async fn a_chunked_video_of_50_megabytes_is_accepted_and_one_byte_more_is_not() {
    let emulator = Emulator::start().await;
    assert_eq!(send_video(&emulator, 50_000_000).await.status(), 200);
    refused(send_video(&emulator, 50_000_001).await, 413, 3).await;
}
