//! Faults, over the bare socket where bytes and resets matter.

use std::{io::ErrorKind, time::Duration};

use divar_emulator::Config;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::{
    io::AsyncWriteExt,
    net::TcpStream,
    time::{Instant, timeout},
};

use crate::{
    socket::{SILENCE, before_silence, chunk, mint_head, rest, send, upload_head},
    support::{Emulator, TIMEOUT, TOKEN, form, png, refused},
};

async fn mint(emulator: &Emulator) -> reqwest::Response {
    emulator
        .post(TOKEN, &json!({}))
        .send()
        .await
        .expect("an answer")
}

#[tokio::test]
async fn a_scripted_status_has_four_bodies() {
    let emulator = Emulator::start().await;
    emulator
        .script(json!([
            { "status": { "status": 429, "retry_after": "120" } },
            { "status": { "status": 503, "body": "html", "retry_after": "Wed, 21 Oct 2026 07:28:00 GMT" } },
            { "status": { "status": 500, "body": "empty" } },
            { "status": { "status": 502, "body": "json" } },
        ]))
        .await;
    let limited = mint(&emulator).await;
    assert_eq!(limited.headers()["retry-after"], "120");
    refused(limited, 429, 8).await;

    let page = mint(&emulator).await;
    assert_eq!(page.status(), 503);
    assert_eq!(
        page.headers()["retry-after"],
        "Wed, 21 Oct 2026 07:28:00 GMT"
    );
    assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8");
    assert!(
        page.text()
            .await
            .expect("text")
            .starts_with("<!DOCTYPE html>")
    );

    let empty = mint(&emulator).await;
    assert_eq!(empty.status(), 500);
    assert!(empty.headers().get("retry-after").is_none());
    assert_eq!(empty.bytes().await.expect("bytes").len(), 0);

    let other = mint(&emulator).await;
    assert_eq!(other.status(), 502);
    let other: Value = other.json().await.expect("JSON");
    assert!(other.get("code").is_none() && other.is_object());

    assert_eq!(
        mint(&emulator).await.status(),
        200,
        "the script is at its end"
    );
}

#[tokio::test]
async fn rate_limits_answer_with_details_and_retry_after() {
    let emulator = Emulator::start().await;
    let details = json!([{ "@type": "type.example/QuotaFailure", "limit": "daily" }, 7]);
    emulator
        .script(json!([
            { "status": { "status": 429, "retry_after": "60", "details": details } },
            { "body": { "status": 429, "retry_after": "61", "text": "{}" } },
        ]))
        .await;
    let limited = mint(&emulator).await;
    assert_eq!(limited.status(), 429);
    assert_eq!(limited.headers()["retry-after"], "60");
    let body: Value = limited.json().await.expect("JSON");
    assert_eq!(body["code"], 8);
    assert_eq!(body["details"], details);
    let limited = mint(&emulator).await;
    assert_eq!(limited.status(), 429);
    assert_eq!(limited.headers()["retry-after"], "61");
}

/// Every route with the name that a fault has for it.
const ROUTES: [(&str, Method, &str); 7] = [
    ("token", Method::POST, TOKEN),
    ("upload", Method::POST, "/upload/image"),
    (
        "message",
        Method::POST,
        "/v1/open-platform/chat/bot/conversations/c/messages",
    ),
    (
        "message",
        Method::POST,
        "/v1/open-platform/chat/bot/users/u/messages",
    ),
    (
        "message",
        Method::POST,
        "/v2/open-platform/conversations/c/messages",
    ),
    (
        "conversation",
        Method::GET,
        "/v1/open-platform/chat/conversations/c",
    ),
    ("other", Method::POST, "/an/apps/own/route"),
];

#[tokio::test]
async fn any_route_answers_with_any_status_type_and_text() {
    let emulator = Emulator::start().await;
    let page = "<!DOCTYPE html><title>Refused</title>";
    let answers = [
        (200, "application/json", "{}"),
        (
            200,
            "application/json",
            r#"{"status":412,"message":"refused"}"#,
        ),
        (200, "text/html; charset=UTF-8", r#"{"token":"t","id":"m"}"#),
        (401, "text/html", page),
        (403, "text/html", page),
        (404, "text/html", page),
        (413, "text/html", page),
        (415, "text/html", page),
        (429, "text/html", page),
        (503, "text/plain", "busy"),
    ];
    for (route, method, path) in ROUTES {
        for (status, content_type, text) in answers {
            emulator
                .script(json!([{ "on": route, "body": { "status": status, "content_type": content_type, "text": text } }]))
                .await;
            let request = emulator.http.request(method.clone(), emulator.url(path));
            let answer = request.body("x").send().await.expect("an answer");
            assert_eq!(answer.status(), status, "{path}");
            assert_eq!(answer.headers()["content-type"], content_type, "{path}");
            assert_eq!(answer.text().await.expect("text"), text, "{path}");
        }
    }
    assert_eq!(emulator.messages().await.len(), 0);
}

#[tokio::test]
async fn any_status_can_have_a_page() {
    let emulator = Emulator::start().await;
    for status in [401, 403, 404, 413, 415, 429, 500] {
        emulator
            .script(json!([{ "status": { "status": status, "body": "html" } }]))
            .await;
        let answer = mint(&emulator).await;
        assert_eq!(answer.status(), status);
        assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
    }
}

#[tokio::test]
async fn a_scripted_body_is_sent_unchanged() {
    let emulator = Emulator::start().await;
    emulator
        .script(json!([
            { "body": { "text": "{\"token\":" } },
            { "body": { "status": 201, "content_type": "text/html", "text": "<p>" } },
        ]))
        .await;
    let cut = mint(&emulator).await;
    assert_eq!(cut.status(), 200);
    assert_eq!(cut.headers()["content-type"], "application/json");
    assert_eq!(cut.text().await.expect("text"), "{\"token\":");
    let page = mint(&emulator).await;
    assert_eq!(page.status(), 201);
    assert_eq!(page.headers()["content-type"], "text/html");
    assert_eq!(page.text().await.expect("text"), "<p>");
}

#[tokio::test]
async fn a_scripted_answer_accepts_nothing_and_spends_no_token() {
    let emulator = Emulator::start().await;
    let token = emulator.mint().await;
    emulator
        .script(
            json!([{ "status": { "status": 503 } }, { "on": "message", "body": { "text": "{}" } }]),
        )
        .await;
    let good = form("file", Some("a.png"), &png());
    assert_eq!(
        emulator.upload_form("image", &token, &good).await.status(),
        503
    );
    assert_eq!(
        emulator.upload_form("image", &token, &good).await.status(),
        200
    );
    let route = "/v1/open-platform/chat/bot/conversations/c/messages";
    emulator
        .post(route, &json!({ "text_message": "سلام" }))
        .send()
        .await
        .expect("an answer");
    assert_eq!(emulator.messages().await.len(), 0);
    let requests = emulator.requests().await;
    assert_eq!(requests[1]["fault"]["status"]["status"], 503);
    assert_eq!(requests[1]["body_bytes"], good.len());
    assert_eq!(requests[3]["body"], json!({ "text_message": "سلام" }));
}

#[tokio::test]
async fn faults_are_for_a_route_a_token_and_a_number_of_requests() {
    let emulator = Emulator::start().await;
    let (one, two) = (emulator.mint().await, emulator.mint().await);
    emulator
        .script(json!([
            { "on": "upload", "token": two, "status": { "status": 500 } },
            { "on": "conversation", "status": { "status": 500 } },
            { "on": "token", "times": 2, "status": { "status": 500 } },
        ]))
        .await;
    for status in [500, 500, 200] {
        assert_eq!(mint(&emulator).await.status(), status);
    }
    let good = form("file", Some("a.png"), &png());
    assert_eq!(
        emulator.upload_form("image", &one, &good).await.status(),
        200
    );
    assert_eq!(
        emulator.upload_form("image", &two, &good).await.status(),
        500
    );

    let pending = emulator.faults().await.expect("faults");
    assert_eq!(
        pending,
        [
            json!({ "on": "conversation", "times": 1, "status": { "status": 500, "body": "status" } })
        ]
    );
    let cleared = emulator.clear_faults().await.expect("an answer");
    assert_eq!(cleared.status(), 204);
    let read = emulator
        .get("/v1/open-platform/chat/conversations/c")
        .send()
        .await
        .expect("an answer");
    assert_eq!(
        read.status(),
        401,
        "the fault is gone, the real answer is back"
    );
}

#[tokio::test]
async fn a_fault_for_other_paths_leaves_divars_calls_alone() {
    let emulator = Emulator::start().await;
    emulator
        .script(json!([{ "on": "other", "body": { "text": "{}" } }]))
        .await;
    assert_eq!(mint(&emulator).await.status(), 200);
    let own_route = emulator.url("/divar/token");
    let pre_flight = emulator
        .http
        .request(Method::OPTIONS, &own_route)
        .send()
        .await;
    assert_eq!(pre_flight.expect("an answer").status(), 200);
    let answer = emulator
        .http
        .post(&own_route)
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.text().await.expect("a body"), "{}");
}

#[tokio::test]
async fn without_keep_alive_every_answer_closes_its_connection() {
    for (keep_alive, connection) in [(true, None), (false, Some("close"))] {
        let emulator = Emulator::with(Config {
            keep_alive,
            ..Config::default()
        })
        .await;
        let answer = mint(&emulator).await;
        let sent = answer.headers().get("connection");
        assert_eq!(sent.map(|value| value.to_str().expect("text")), connection);
    }
}

#[tokio::test]
async fn a_fault_for_any_call_leaves_other_paths_alone() {
    let emulator = Emulator::start().await;
    emulator
        .script(json!([{ "on": "any", "status": { "status": 500 } }]))
        .await;
    assert_eq!(
        emulator
            .get("/favicon.ico")
            .send()
            .await
            .expect("an answer")
            .status(),
        404
    );
    assert_eq!(mint(&emulator).await.status(), 500);
}

#[tokio::test]
async fn rejects_malformed_faults_and_adds_none() {
    let emulator = Emulator::start().await;
    for malformed in [
        json!({}),
        json!({ "reset_accepted": {}, "delay": { "ms": 1 } }),
        json!({ "on": "everything", "reset_accepted": {} }),
        json!({ "times": 0, "reset_accepted": {} }),
        json!({ "on": "message", "token": "t", "reset_accepted": {} }),
        json!({ "stats": { "status": 500 } }),
        json!({ "status": { "status": 500, "retry": "1" } }),
        json!({ "status": { "status": 99 } }),
        json!({ "status": { "status": 429, "body": "html", "details": [1] } }),
        json!({ "status": { "status": 429, "details": {} } }),
        json!({ "body": { "text": "", "retry_after": "1\n2" } }),
        json!({ "status": { "status": 500, "retry_after": "1\n2" } }),
        json!({ "body": { "status": 600, "text": "" } }),
        json!({ "delay": { "ms": 600_001 } }),
        json!({ "stall_request": { "after": -1 } }),
        json!({ "reset_accepted": { "after": 1 } }),
    ] {
        let faults = json!([{ "reset_accepted": {} }, malformed]);
        let answer = emulator.add_faults(&faults).await.expect("an answer");
        assert_eq!(answer.status(), 400, "{malformed}");
        assert!(!refused(answer, 400, 3).await.is_empty());
    }
    assert_eq!(mint(&emulator).await.status(), 200);
}

#[tokio::test]
async fn a_delay_comes_after_the_body_and_before_the_real_answer() {
    let emulator = Emulator::start().await;
    emulator.script(json!([{ "delay": { "ms": 200 } }])).await;
    let started = Instant::now();
    let answer = mint(&emulator).await;
    assert!(started.elapsed() >= Duration::from_millis(200));
    assert!(answer.json::<Value>().await.expect("JSON")["token"].is_string());
}

#[tokio::test]
async fn a_reset_after_n_bytes_of_the_request_is_a_reset_and_accepts_nothing() {
    let emulator = Emulator::start().await;
    let body = form("file", Some("a.png"), &png());
    for after in [0, 1, 25, body.len() - 1, body.len(), body.len() + 1000] {
        let token = emulator.mint().await;
        emulator
            .script(json!([{ "on": "upload", "reset_request": { "after": after } }]))
            .await;
        // The last piece stays unsent where the cut comes earlier, so that writing never fails.
        let mut socket = send(
            &emulator,
            &upload_head(&token, body.len()),
            &body[..after.min(body.len())],
        )
        .await;
        assert_eq!(
            rest(&mut socket).await,
            (String::new(), Err(ErrorKind::ConnectionReset)),
            "{after}"
        );
        let request = emulator.requests().await.pop().expect("the upload");
        assert_eq!(request["outcome"], "reset");
        assert_eq!(request["body_bytes"], after.min(body.len()));
        assert!(request["upload"]["sha256"].is_null());
    }
}

#[tokio::test]
async fn a_chunked_body_that_ends_before_the_cut_is_reset_at_its_end() {
    let emulator = Emulator::start().await;
    emulator
        .script(json!([{ "reset_request": { "after": 1000 } }]))
        .await;
    let head = mint_head(0).replace("Content-Length: 0", "Transfer-Encoding: chunked");
    let mut socket = send(&emulator, &head, b"1\r\n{\r\n1\r\n}\r\n0\r\n\r\n").await;
    assert_eq!(
        rest(&mut socket).await,
        (String::new(), Err(ErrorKind::ConnectionReset))
    );
    assert_eq!(emulator.requests().await[0]["body_bytes"], 2);
}

#[tokio::test]
async fn a_whole_form_in_a_body_that_never_ends_is_not_accepted() {
    let folder = tempfile::tempdir().expect("a folder");
    let emulator = Emulator::with(Config {
        files: Some(folder.path().to_owned()),
        ..Config::default()
    })
    .await;
    let form = form("file", Some("a.png"), &png());
    let chunked = upload_head(&emulator.mint().await, 0)
        .replace("Content-Length: 0", "Transfer-Encoding: chunked");
    let mut socket = send(&emulator, &chunked, &chunk(&form)).await;
    assert_eq!(before_silence(&mut socket).await, "");
    socket.shutdown().await.expect("a socket");
    let _however = rest(&mut socket).await;
    let request = emulator.requests().await.pop().expect("the upload");
    assert_eq!(request["outcome"], "client_gone");
    assert_eq!(request["body_bytes"], form.len());
    let kept = std::fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(kept, 0);
}

#[tokio::test]
async fn a_reset_inside_the_answer_comes_after_exactly_n_bytes() {
    let emulator = Emulator::start().await;
    for (after, seen) in [(0, ""), (1, "{"), (8, "{\"token\"")] {
        emulator
            .script(json!([{ "reset_response": { "after": after } }]))
            .await;
        let mut socket = send(&emulator, &mint_head(2), b"{}").await;
        let (read, end) = rest(&mut socket).await;
        assert_eq!(end, Err(ErrorKind::ConnectionReset));
        let (head, body) = read.split_once("\r\n\r\n").expect("a head");
        assert!(head.starts_with("HTTP/1.1 200 OK"), "{head}");
        assert!(head.contains("content-length: 56"), "{head}");
        assert_eq!(body, seen);
    }
    for request in emulator.requests().await {
        assert_eq!(request["outcome"], "reset");
    }
}

#[tokio::test]
async fn a_cut_beyond_the_answers_end_still_keeps_its_last_byte() {
    let emulator = Emulator::start().await;
    emulator
        .script(json!([{ "reset_response": { "after": 100_000 } }]))
        .await;
    let mut socket = send(&emulator, &mint_head(2), b"{}").await;
    let (read, end) = rest(&mut socket).await;
    assert_eq!(end, Err(ErrorKind::ConnectionReset));
    assert!(read.ends_with('"'), "{read}");
}

#[tokio::test]
async fn a_reset_after_acceptance_keeps_what_was_accepted() {
    let emulator = Emulator::start().await;
    emulator
        .script(json!([{ "on": "message", "reset_accepted": {} }]))
        .await;
    let body = r#"{"text_message":"hello"}"#;
    let head =
        mint_head(body.len()).replace(TOKEN, "/v1/open-platform/chat/bot/conversations/c/messages");
    let mut socket = send(&emulator, &head, body.as_bytes()).await;
    assert_eq!(
        rest(&mut socket).await,
        (String::new(), Err(ErrorKind::ConnectionReset))
    );
    let messages = emulator.messages().await;
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0]["body"]["text_message"], "hello");
    assert_eq!(emulator.requests().await[0]["outcome"], "reset");

    let token = emulator.mint().await;
    emulator
        .script(json!([{ "on": "upload", "reset_accepted": {} }]))
        .await;
    let body = form("file", Some("a.png"), &png());
    let mut socket = send(&emulator, &upload_head(&token, body.len()), &body).await;
    assert_eq!(
        rest(&mut socket).await,
        (String::new(), Err(ErrorKind::ConnectionReset))
    );
    let request = emulator.requests().await.pop().expect("the upload");
    assert_eq!(request["upload"]["bytes"], png().len());
}

#[tokio::test]
async fn a_stall_in_the_answer_sends_exactly_n_bytes_and_keeps_the_connection() {
    let emulator = Emulator::start().await;
    for (after, seen) in [(0, ""), (8, "{\"token\"")] {
        emulator
            .script(json!([{ "stall_response": { "after": after } }]))
            .await;
        let mut socket = send(&emulator, &mint_head(2), b"{}").await;
        let read = before_silence(&mut socket).await;
        let (head, body) = read.split_once("\r\n\r\n").expect("a head");
        assert!(head.starts_with("HTTP/1.1 200 OK"), "{head}");
        assert_eq!(body, seen);
        let request = emulator.requests().await.pop().expect("the request");
        assert_eq!(request["outcome"], "stalled");
    }
}

#[tokio::test]
async fn a_stall_in_the_request_reads_n_bytes_and_no_more() {
    let emulator = Emulator::start().await;
    let token = emulator.mint().await;
    emulator
        .script(json!([{ "on": "upload", "stall_request": { "after": 1000 } }]))
        .await;
    // More than the buffers of both kernels hold, so that the sender notices that nobody reads.
    let length = 40_000_000;
    let mut socket = send(&emulator, &upload_head(&token, length), b"").await;
    let zeros = vec![0; length];
    let sent = timeout(SILENCE * 4, socket.write_all(&zeros)).await;
    assert!(sent.is_err(), "the sender is held");
    let request = emulator.requests().await.pop().expect("the upload");
    assert_eq!(request["outcome"], "stalled");
    assert_eq!(request["body_bytes"], 1000);
}

#[tokio::test]
async fn a_stall_ends_when_the_client_disconnects_even_with_unread_bytes() {
    let emulator = Emulator::start().await;
    for (act, unread) in [
        ("stall_request", 0),
        ("stall_request", 50_000),
        ("stall_response", 0),
    ] {
        emulator.script(json!([{ act: { "after": 1 } }])).await;
        let mut socket = send(&emulator, &mint_head(2 + unread), b"{}").await;
        socket
            .write_all(&vec![b' '; unread])
            .await
            .expect("the kernel takes it");
        before_silence(&mut socket).await;
        // Closing one direction is enough, and this side still sees that the other closes, too.
        socket.shutdown().await.expect("a socket");
        let _however = rest(&mut socket).await;
    }
}

#[tokio::test]
async fn records_a_disconnected_client_with_the_bytes_it_sent() {
    let emulator = Emulator::start().await;
    let token = emulator.mint().await;
    let body = form("file", Some("a.png"), &png());
    let socket = send(&emulator, &upload_head(&token, body.len()), &body[..30]).await;
    drop(socket);
    let upload = async {
        loop {
            // The connection may not have been accepted yet.
            let mut requests = emulator.requests().await;
            if requests.len() == 2 {
                break requests.pop().expect("the upload");
            }
            tokio::task::yield_now().await;
        }
    };
    let request = timeout(TIMEOUT, upload).await.expect("the upload");
    assert_eq!(request["outcome"], "client_gone");
    assert_eq!(request["body_bytes"], 30);
}

#[tokio::test]
async fn a_fault_does_not_reach_the_next_request_on_the_same_connection() {
    let emulator = Emulator::start().await;
    emulator
        .script(json!([{ "status": { "status": 503 } }, { "delay": { "ms": 1 } }]))
        .await;
    let mut socket = TcpStream::connect(emulator.address())
        .await
        .expect("a connection");
    for status in ["503", "200", "200"] {
        let request = mint_head(2) + "{}";
        socket
            .write_all(request.as_bytes())
            .await
            .expect("the request is sent");
        let read = before_silence(&mut socket).await;
        assert!(read.starts_with(&format!("HTTP/1.1 {status} ")), "{read}");
    }
}
