//! The bare socket, for tests in which bytes, stalls and resets matter.

use std::{io::ErrorKind, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::support::{Emulator, FORM_TYPE, KEY, TIMEOUT, TOKEN};

/// Long enough that an emulator that answers would have done so.
pub const SILENCE: Duration = Duration::from_millis(300);

/// A connection that has sent the head and the body of a request.
pub async fn send(emulator: &Emulator, head: &str, body: &[u8]) -> TcpStream {
    let mut socket = TcpStream::connect(emulator.address())
        .await
        .expect("a connection");
    socket.set_nodelay(true).expect("a socket");
    socket
        .write_all(head.as_bytes())
        .await
        .expect("the head is sent");
    for piece in body.chunks(10) {
        socket.write_all(piece).await.expect("the body is sent");
    }
    socket
}

pub fn mint_head(length: usize) -> String {
    format!(
        "POST {TOKEN} HTTP/1.1\r\nHost: emulator\r\nx-api-key: {KEY}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    )
}

pub fn upload_head(token: &str, length: usize) -> String {
    format!(
        "POST /upload/image HTTP/1.1\r\nHost: emulator\r\nAuthorization: Bearer {token}\r\nContent-Type: {FORM_TYPE}\r\nContent-Length: {length}\r\n\r\n"
    )
}

/// What comes until the connection ends, and how it ends.
pub async fn rest(socket: &mut TcpStream) -> (String, Result<(), ErrorKind>) {
    let mut read = Vec::new();
    let end = timeout(TIMEOUT, socket.read_to_end(&mut read))
        .await
        .expect("the connection ends");
    (
        String::from_utf8_lossy(&read).into_owned(),
        end.map(drop).map_err(|error| error.kind()),
    )
}

/// The first byte that comes; `None` before a silence.
pub async fn first_byte(socket: &mut TcpStream) -> Option<u8> {
    let read = timeout(SILENCE, socket.read_u8()).await.ok()?;
    Some(read.expect("no reset"))
}

/// What comes before a silence.
pub async fn before_silence(socket: &mut TcpStream) -> String {
    let mut read = Vec::new();
    let mut piece = [0; 1000];
    while let Ok(length) = timeout(SILENCE, socket.read(&mut piece)).await {
        let length = length.expect("no reset");
        assert_ne!(length, 0, "the connection is held, not closed");
        read.extend_from_slice(&piece[..length]);
    }
    String::from_utf8_lossy(&read).into_owned()
}

/// One chunk of a chunked body.
pub fn chunk(content: &[u8]) -> Vec<u8> {
    let size = format!("{:x}\r\n", content.len());
    [size.as_bytes(), content, b"\r\n"].concat()
}
