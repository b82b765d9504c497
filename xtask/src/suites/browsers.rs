//! The crate's own tests in three browser engines, against the emulator.

use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use anyhow::Result;

use super::{LIMIT, Report};
use crate::emulator::{NO_KEEP_ALIVE, Profile};
use crate::process::{cmd, shown};
use crate::server::free_port;
use crate::setup::{for_wasm, target_folder, tools};

/// Seconds that the tests of one file have in one browser.
const FILE_LIMIT: &str = "300";
/// The address is compiled into the tests: while it stays the same, they are not compiled again.
const EMULATOR_PORT: u16 = 9311;
/// How often the workaround connects.
const INTERVAL: Duration = Duration::from_millis(500);

pub fn run(report: &mut Report) -> Result<()> {
    let emulator = Profile::Debug.start(EMULATOR_PORT, NO_KEEP_ALIVE)?;
    for (what, browser) in [
        ("Chromium", &["--chrome"][..]),
        ("Firefox", &["--firefox"]),
        // WebKit is driven as Safari is; it needs a display, if only a virtual one.
        (
            "WebKit",
            &["--safari", "--safaridriver", "/usr/bin/WebKitWebDriver"],
        ),
    ] {
        let port = free_port(0)?;
        let command = cmd!(
            "xvfb-run --auto-servernum wasm-pack test --mode no-install --headless {browser...}"
        );
        let mut command = for_wasm(command, &[tools::GECKODRIVER])?;
        command.env("CARGO_TARGET_DIR", target_folder()?.join("wasm-tests"));
        command.env("WASM_BINDGEN_TEST_TIMEOUT", FILE_LIMIT);
        command.env("WASM_BINDGEN_TEST_ADDRESS", format!("127.0.0.1:{port}"));
        // WebKit's sandbox does not start for root, nor in most containers.
        command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
        let command = emulator.env(command);
        report.step(what, || with_connections_to(port, || shown(command, LIMIT)));
    }
    Ok(())
}

/// Connects to `port` twice a second while `work` runs.
///
/// The HTTP server of wasm-bindgen's test runner gives a connection to a thread that it believes to be
/// idle, and may give two connections to the same one. The second then waits until a browser closes the
/// first, which takes Firefox two minutes and Chromium five. Each further connection makes a thread look
/// for those that wait.
fn with_connections_to<T>(port: u16, work: impl FnOnce() -> T) -> T {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    thread::scope(|scope| {
        let (ended, end) = channel::<()>();
        scope.spawn(move || {
            while end.recv_timeout(INTERVAL) == Err(RecvTimeoutError::Timeout) {
                // It fails before the server listens and after its end.
                let _ = TcpStream::connect_timeout(&address, INTERVAL);
            }
        });
        let result = work();
        drop(ended);
        result
    })
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn connects_repeatedly_while_the_work_runs() -> Result<()> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        with_connections_to(listener.local_addr()?.port(), || {
            listener.accept()?;
            listener.accept()
        })?;
        Ok(())
    }
}
