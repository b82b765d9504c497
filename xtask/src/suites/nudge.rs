//! What keeps the HTTP server of wasm-bindgen's test runner going.
//!
//! It gives a connection to a thread that it believes to be idle, and may give two connections to
//! the same one. The second then waits until a browser closes the first, which takes Firefox two
//! minutes and Chromium five. Each further connection makes a thread look for those that wait.

use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

const EVERY: Duration = Duration::from_millis(500);

/// Connects to a port twice a second until it is dropped.
pub struct Nudge {
    until: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Nudge {
    /// Begins with it. Nobody has to listen at `port` yet.
    pub fn start(port: u16) -> Self {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let (until, dropped) = channel();
        let thread = std::thread::spawn(move || {
            while dropped.recv_timeout(EVERY) == Err(RecvTimeoutError::Timeout) {
                // It fails before the server is there and after it went.
                let _ = TcpStream::connect_timeout(&address, EVERY);
            }
        });
        Self {
            until: Some(until),
            thread: Some(thread),
        }
    }
}

impl Drop for Nudge {
    fn drop(&mut self) {
        drop(self.until.take());
        if let Some(thread) = self.thread.take() {
            // It has nothing to say.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn it_comes_again_and_again_and_ends_when_dropped() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let nudge = Nudge::start(listener.local_addr().unwrap().port());
        listener.accept().unwrap();
        listener.accept().unwrap();
        drop(nudge);
        listener.set_nonblocking(true).unwrap();
        while listener.accept().is_ok() {}
    }
}
