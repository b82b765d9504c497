//! Servers that tests and the demo talk to: started, waited for, and ended with us.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::console;
use crate::process::{Group, pause, tail};
use crate::setup::target_folder;

/// A running server; it ends when this is dropped.
pub struct Server {
    name: &'static str,
    group: Group,
    log: PathBuf,
    /// `http://127.0.0.1:PORT`
    pub url: String,
}

impl Server {
    /// Starts `command` and waits until it answers `path` on `port` with success.
    pub fn start(
        name: &'static str,
        mut command: Command,
        port: u16,
        path: &str,
        limit: Duration,
    ) -> Result<Self> {
        let folder = target_folder()?.join("logs");
        fs::create_dir_all(&folder)?;
        let log = folder.join(format!("{name}-{port}.log"));
        let file = File::create(&log)?;
        command.stdout(file.try_clone()?).stderr(file);
        let group = Group::spawn(&mut command)?;
        let url = format!("http://127.0.0.1:{port}");
        let mut server = Self {
            name,
            group,
            log,
            url,
        };
        server.wait(port, path, limit)?;
        Ok(server)
    }

    fn wait(&mut self, port: u16, path: &str, limit: Duration) -> Result<()> {
        let start = Instant::now();
        while !answers(port, path) {
            self.check()?;
            if start.elapsed() > limit {
                bail!(
                    "the {} did not answer {}{path} within {}. It said last:\n{}",
                    self.name,
                    self.url,
                    console::seconds(limit),
                    self.last_words()
                );
            }
            pause()?;
        }
        Ok(())
    }

    /// Fails when the server has ended.
    pub fn check(&mut self) -> Result<()> {
        match self.group.ended()? {
            None => Ok(()),
            Some(status) => {
                bail!(
                    "the {} ended with {status}. It said last:\n{}",
                    self.name,
                    self.last_words()
                )
            }
        }
    }

    fn last_words(&self) -> String {
        let text = fs::read(&self.log).unwrap_or_default();
        tail(&String::from_utf8_lossy(&text))
    }
}

/// Whether somebody answers `GET path` with a status of success.
fn answers(port: u16, path: &str) -> bool {
    get(port, path).is_ok_and(|head| head.starts_with(b"HTTP/1.1 2"))
}

fn get(port: u16, path: &str) -> std::io::Result<[u8; 10]> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_millis(500))?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
    )?;
    let mut head = [0; 10];
    stream.read_exact(&mut head)?;
    // To close with bytes unread would look like a reset to the server.
    std::io::copy(&mut stream, &mut std::io::sink())?;
    Ok(head)
}

/// `wanted`, or a free port when it is taken.
pub fn free_port(wanted: u16) -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, wanted))
        .or_else(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
        .context("there is no free port on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_gives_another_one() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let wanted = taken.local_addr().unwrap().port();
        assert_ne!(free_port(wanted).unwrap(), wanted);
    }

    #[test]
    fn a_server_that_ends_before_it_answers_is_told_with_its_last_words() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo the disk is full; exit 7"]);
        let port = free_port(0).unwrap();
        let result = Server::start("test-server", command, port, "/", Duration::from_secs(20));
        let error = result.err().unwrap().to_string();
        assert!(
            error.contains("exit status: 7") && error.contains("the disk is full"),
            "{error}"
        );
    }
}
