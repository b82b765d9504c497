//! More upload tokens than the emulator keeps. In a process of its own, whose memory is measured.
#![cfg(target_os = "linux")]

use std::net::SocketAddr;

use divar_emulator::{Config, start};
use divar_emulator_client::Client;
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const KEY: &str = "a-made-up-key";
/// The limits that the emulator's README states.
const MAX_TOKENS: usize = 100_000;
const MAX_REQUESTS: usize = 20_000;
/// Minted beyond the limit.
const MORE: usize = 10_000;

#[tokio::test]
async fn a_hundred_thousand_tokens_are_kept_in_bounded_memory() {
    let emulator = start(Config {
        listen: "127.0.0.1:0".to_owned(),
        api_key: KEY.to_owned(),
        ..Config::default()
    })
    .await
    .expect("a free port");
    let mut connection = Connection::open(emulator.address()).await;
    let before = peak_memory();

    connection.mint(MORE - 1).await;
    let newest_forgotten = connection.mint_one().await;
    let oldest_kept = connection.mint_one().await;
    connection.mint(MAX_TOKENS - MORE - 1).await;
    let with_all = peak_memory();
    connection.mint(MORE).await;
    let beyond = peak_memory();

    // Tokens and requests may take 32 MB each.
    assert!(with_all - before < 64_000_000, "{before}, {with_all}");
    // Without a limit these tokens and requests would take 12 MB.
    assert!(beyond - with_all < 3_000_000, "{with_all}, {beyond}");

    let client = Client::new(format!("http://{}", emulator.address()));
    let requests = client.requests().await.expect("the requests");
    let kept = requests.entries.len();
    assert!((1_000..=MAX_REQUESTS).contains(&kept), "{kept}");
    assert_eq!(requests.dropped, (MAX_TOKENS + MORE - kept) as u64);

    // A known token is refused for the empty file.
    for (token, status) in [(newest_forgotten, 401), (oldest_kept, 400)] {
        let request = client.http.post(client.url("/upload/image"));
        let answer = request.bearer_auth(token).send().await;
        assert_eq!(answer.expect("an answer").status(), status);
    }
}

/// A connection on which requests do not wait for the answers to those before them.
struct Connection {
    socket: TcpStream,
}

impl Connection {
    /// Requests that are sent at once.
    const AT_ONCE: usize = 100;

    async fn open(address: SocketAddr) -> Self {
        let socket = TcpStream::connect(address).await.expect("a connection");
        Self { socket }
    }

    async fn send(&mut self, requests: usize) {
        let request = format!(
            "POST /experimental/open-platform/chat/upload HTTP/1.1\r\nHost: localhost\r\n\
             x-api-key: {KEY}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}"
        );
        let requests = request.repeat(requests);
        let sent = self.socket.write_all(requests.as_bytes()).await;
        sent.expect("the requests are sent");
    }

    /// Mints a token.
    async fn mint_one(&mut self) -> String {
        let (_, token) = self.answer().await;
        token
    }

    /// Sends one request; how long its answer is, and the token.
    async fn answer(&mut self) -> (usize, String) {
        self.send(1).await;
        let mut answer = Vec::new();
        while !answer.ends_with(b"}") {
            let read = self.socket.read_buf(&mut answer).await;
            assert_ne!(read.expect("an answer"), 0);
        }
        let text = String::from_utf8(answer).expect("UTF-8");
        assert!(text.starts_with("HTTP/1.1 200 "), "{text}");
        let (_, body) = text.split_once("\r\n\r\n").expect("a body");
        let body: Value = serde_json::from_str(body).expect("JSON");
        let token = body["token"].as_str().expect("a token").to_owned();
        (text.len(), token)
    }

    /// Mints this many tokens.
    async fn mint(&mut self, count: usize) {
        // All answers are equally long.
        let (length, _) = self.answer().await;
        let mut left = count - 1;
        while left > 0 {
            let requests = left.min(Self::AT_ONCE);
            self.send(requests).await;
            let mut answers = vec![0; length * requests];
            let read = self.socket.read_exact(&mut answers).await;
            read.expect("the answers");
            for answer in answers.chunks(length) {
                assert!(answer.starts_with(b"HTTP/1.1 200 ") && answer.ends_with(b"\"}"));
            }
            left -= requests;
        }
    }
}

/// The most memory that this process has had, in bytes.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("its status");
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|peak| peak.trim().strip_suffix(" kB"))
        .expect("its peak");
    peak.parse::<u64>().expect("a number") * 1024
}
