//! Servers for tests and the demo: started, waited for, and ended when dropped.

use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use fs_err as fs;

use crate::console;
use crate::process::{Group, pause, tail};
use crate::setup::target_folder;

/// A running server.
pub struct Server {
    name: &'static str,
    group: Group,
    log: PathBuf,
    /// `http://127.0.0.1:PORT`
    pub url: String,
}

impl Server {
    /// Starts `command` and waits until `GET path` on `port` is answered with a status of success.
    pub fn start(
        name: &'static str,
        mut command: Command,
        (port, path): (u16, &str),
        limit: Duration,
    ) -> Result<Self> {
        let log = target_folder()?.join(format!("logs/{name}-{port}.log"));
        fs::create_dir_all(log.with_file_name(""))?;
        let file = fs::File::create(&log)?.into_file();
        command.stdout(file.try_clone()?).stderr(file);
        let mut server = Self {
            name,
            group: Group::spawn(&mut command)?,
            log,
            url: format!("http://127.0.0.1:{port}"),
        };
        let start = Instant::now();
        let address = format!("{}{path}", server.url);
        while !is_up(&address) {
            server.check()?;
            if start.elapsed() > limit {
                let limit = console::seconds(limit);
                let problem = format!("did not answer {address} within {limit}");
                return Err(server.problem(&problem));
            }
            pause()?;
        }
        Ok(server)
    }

    /// Fails when the server has ended.
    pub fn check(&mut self) -> Result<()> {
        match self.group.ended()? {
            None => Ok(()),
            Some(status) => Err(self.problem(&format!("ended with {status}"))),
        }
    }

    fn problem(&self, what: &str) -> anyhow::Error {
        let log = fs::read(&self.log).unwrap_or_default();
        let tail = tail(&String::from_utf8_lossy(&log));
        anyhow::anyhow!("the {} {what}. Its last lines:\n{tail}", self.name)
    }
}

fn is_up(address: &str) -> bool {
    let answer = minreq::get(address).with_timeout(10).send();
    answer.is_ok_and(|answer| (200..300).contains(&answer.status_code))
}

/// `wanted`, or a free port when it is taken.
pub fn free_port(wanted: u16) -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, wanted))
        .or_else(|_| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)));
    let listener = listener.context("there is no free port on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::cmd;

    #[test]
    fn taken_port_gives_another_one() -> Result<()> {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let wanted = taken.local_addr()?.port();
        assert_ne!(free_port(wanted)?, wanted);
        Ok(())
    }

    #[test]
    fn server_that_ends_early_is_an_error_with_its_last_lines() -> Result<()> {
        let command = cmd!("sh -c 'echo the disk is full; exit 7'");
        let port = free_port(0)?;
        let result = Server::start("test", command, (port, "/"), Duration::from_secs(20));
        let error = result.err().context("it started")?.to_string();
        assert!(error.contains("exit status: 7"), "{error}");
        assert!(error.contains("the disk is full"), "{error}");
        Ok(())
    }
}
