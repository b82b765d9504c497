//! The program in a terminal.

use std::{
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    thread::{self, JoinHandle},
};

use serde_json::{Value, json};

use crate::support::{Emulator, KEY, form, iso, png};

const PROGRAM: &str = env!("CARGO_BIN_EXE_divar-emulator");

pub struct Program {
    child: Child,
    stdout: BufReader<ChildStdout>,
    greeting: String,
    /// What it writes to stderr, which is read while it runs: with a full pipe it would wait.
    log: JoinHandle<String>,
}

impl Program {
    pub fn start(arguments: &[&str]) -> Self {
        Self::start_in(&std::env::temp_dir(), arguments)
    }

    /// Starts it with another folder for its temporary files.
    fn start_in(temporary: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(PROGRAM)
            .env("TMPDIR", temporary)
            .args(["--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let stderr = child.stderr.take().expect("a pipe");
        let log = thread::spawn(|| std::io::read_to_string(stderr).expect("text"));
        let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut greeting = String::new();
        while !greeting.contains("Ctrl-C") {
            assert_ne!(
                stdout.read_line(&mut greeting).expect("text"),
                0,
                "{greeting}"
            );
        }
        Self {
            child,
            stdout,
            greeting,
            log,
        }
    }

    /// Where it says that it listens.
    pub fn base(&self) -> String {
        let (_, rest) = self
            .greeting
            .split_once("The emulator listens on ")
            .expect("an address");
        rest.lines().next().expect("an address").to_owned()
    }

    /// The most memory that it has had, in bytes.
    #[cfg(target_os = "linux")]
    pub fn peak_memory(&self) -> u64 {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(path).expect("its status");
        let peak = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .expect("its peak");
        let kilobytes: u64 = peak
            .trim()
            .trim_end_matches(" kB")
            .parse()
            .expect("a number");
        kilobytes * 1024
    }

    /// Asks it to stop; what it wrote to stderr.
    pub fn stop(mut self) -> String {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .arg(id)
                .status()
                .expect("kill")
                .success()
        );
        let log = self.log.join().expect("its log");
        self.stdout
            .read_to_string(&mut String::new())
            .expect("text");
        let end = self.child.wait().expect("an end");
        assert!(end.success(), "{end}: {log}");
        log
    }
}

#[tokio::test]
async fn greeting_has_the_options_in_force() {
    let program = Program::start(&[
        "--api-key",
        KEY,
        "--megabyte",
        "1048576",
        "--token-ttl",
        "60",
        "--token-uses",
        "2",
        "--allow-unknown-icons",
    ]);
    for part in [
        KEY,
        "1048576 bytes",
        "2 upload(s), 60 s",
        "/upload/",
        "/__emulator/",
    ] {
        assert!(
            program.greeting.contains(part),
            "{part} in {}",
            program.greeting
        );
    }
    let emulator = Emulator::at(program.base());
    let settings: Value = emulator.settings().await;
    assert_eq!(
        settings,
        json!({ "token_ttl_ms": 60_000, "token_uses": 2, "megabyte": 1_048_576, "blocked": [], "allow_unknown_icons": true })
    );
    emulator.media("image", "a.png", &png()).await;
    program.stop();
}

#[tokio::test]
async fn allows_the_origins_of_its_options() {
    let program = Program::start(&[
        "--allow-origin",
        "https://one.example",
        "--allow-origin",
        "null",
    ]);
    let emulator = Emulator::at(program.base());
    for (origin, status) in [
        ("https://one.example", 200),
        ("null", 200),
        ("https://two.example", 403),
    ] {
        let request = emulator
            .get("/__emulator/requests")
            .header("origin", origin);
        let answer = request.send().await.expect("an answer");
        assert_eq!(answer.status(), status, "{origin}");
    }
    program.stop();
}

#[tokio::test]
async fn log_has_one_line_for_each_request_and_no_secret() {
    let program = Program::start(&["--api-key", KEY]);
    let emulator = Emulator::at(program.base());
    let token = emulator.mint().await;
    let good = form("file", Some("a.png"), &png());
    emulator.upload_form("image", &token, &good).await;
    emulator.upload_form("image", &token, &good).await;
    emulator
        .get(&format!("/nowhere?key={KEY}"))
        .send()
        .await
        .expect("an answer");
    let media = emulator.media("image", "a.png", &png()).await;
    emulator.file(&media).await.expect("an answer");
    emulator.requests().await;
    let log = program.stop();
    assert_eq!(log.lines().count(), 6, "{log}");
    assert!(log.contains("POST /upload/image 401 "), "{log}");
    assert!(log.contains("the upload token is spent"), "{log}");
    for secret in [KEY, &token, &media] {
        assert!(!log.contains(secret), "{log}");
    }
}

#[tokio::test]
async fn files_are_deleted_at_the_end_unless_a_folder_was_given() {
    let temporary = tempfile::tempdir().expect("a folder");
    let count = || {
        std::fs::read_dir(temporary.path())
            .expect("a folder")
            .count()
    };
    let program = Program::start_in(temporary.path(), &["--api-key", KEY]);
    Emulator::at(program.base())
        .media("image", "a.png", &png())
        .await;
    assert_eq!(count(), 1);
    program.stop();
    assert_eq!(count(), 0);

    let given = temporary.path().join("given");
    let program = Program::start(&["--api-key", KEY, "--files", given.to_str().expect("a name")]);
    Emulator::at(program.base())
        .media("image", "a.png", &png())
        .await;
    program.stop();
    assert_eq!(std::fs::read_dir(given).expect("a folder").count(), 1);
}

#[tokio::test]
async fn address_in_use_is_one_sentence_with_the_option_to_change() {
    let emulator = Emulator::start().await;
    let output = Command::new(PROGRAM)
        .args(["--listen", &emulator.address()])
        .output()
        .expect("the program starts");
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(
        said.contains("is in use") && said.contains("--listen"),
        "{said}"
    );
}

#[test]
fn rejects_options_out_of_range() {
    for arguments in [
        ["--megabyte", "5"],
        ["--token-uses", "0"],
        ["--api-key", ""],
        ["--listen", "nowhere"],
        ["--files", "/dev/null/x"],
        ["--allow-origin", "*"],
        ["--disk-limit", "much"],
    ] {
        let port = ["--listen", "127.0.0.1:0"];
        let all = if arguments[0] == "--listen" {
            arguments.to_vec()
        } else {
            [port, arguments].concat()
        };
        let output = Command::new(PROGRAM)
            .args(all)
            .output()
            .expect("the program starts");
        assert!(!output.status.success(), "{arguments:?}");
        assert!(!output.stderr.is_empty(), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_video_of_50_megabytes_is_never_whole_in_memory() {
    let program = Program::start(&["--api-key", KEY]);
    let emulator = Emulator::at(program.base());
    emulator.media("image", "a.png", &png()).await;
    let before = program.peak_memory();
    emulator
        .media("video", "a.mp4", &iso(*b"isom", 50_000_000))
        .await;
    let grown = program.peak_memory() - before;
    assert!(grown < 10_000_000, "{grown} bytes more");
    program.stop();
}
