//! Children: each in a process group of its own that ends with us, and no wait without a bound.

use std::io::{PipeReader, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use crate::console;

const POLL: Duration = Duration::from_millis(25);
const TIME_TO_END: Duration = Duration::from_secs(4);
const TAIL_LINES: usize = 80;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Makes Ctrl-C (and a request to end) stop whatever is being waited for, so that every child and
/// temporary file goes the way it goes after any other failure. A second Ctrl-C ends at once.
pub fn end_children_on_interrupt() -> Result<()> {
    ctrlc::set_handler(|| {
        if INTERRUPTED.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
    })
    .context("could not listen for Ctrl-C")
}

/// Whether Ctrl-C was pressed.
pub fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

/// Waits one beat of a polling loop; fails when Ctrl-C was pressed.
pub fn pause() -> Result<()> {
    if interrupted() {
        bail!("stopped by Ctrl-C");
    }
    std::thread::sleep(POLL);
    Ok(())
}

/// A child and its descendants, all ended when this is dropped.
pub struct Group {
    child: Child,
}

impl Group {
    /// Starts `command` without standard input, at the head of a new process group.
    pub fn spawn(command: &mut Command) -> Result<Self> {
        let name = describe(command);
        let child = command
            .stdin(Stdio::null())
            .process_group(0)
            .spawn()
            .with_context(|| format!("`{name}` could not be started"))?;
        Ok(Self { child })
    }

    /// How the child ended, if it has.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.child.try_wait()?)
    }

    fn signal(&self, signal: impl Into<Option<Signal>>) -> bool {
        i32::try_from(self.child.id()).is_ok_and(|id| killpg(Pid::from_raw(id), signal).is_ok())
    }

    /// Whether any process of the group is left: cargo ends at once, and what it runs has children of
    /// its own to end.
    fn has_members(&mut self) -> bool {
        // One that ended counts until it has been waited for.
        let _ = self.child.try_wait();
        self.signal(None)
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // The group may be gone already, which is what is wanted.
        self.signal(Signal::SIGTERM);
        let start = Instant::now();
        while self.has_members() && start.elapsed() < TIME_TO_END {
            std::thread::sleep(POLL);
        }
        self.signal(Signal::SIGKILL);
        let _ = self.child.wait();
    }
}

/// How a command ended and what it said.
pub struct Ended {
    name: String,
    status: ExitStatus,
    shown: bool,
    /// Standard output and standard error, in the order in which they came.
    pub output: String,
}

impl Ended {
    /// Whether it ended well.
    pub fn success(&self) -> bool {
        self.status.success()
    }

    /// The output, or an error that quotes its end when the user has not seen it yet.
    pub fn ensure(self) -> Result<String> {
        if self.success() {
            Ok(self.output)
        } else if self.shown {
            bail!("`{}` ended with {}", self.name, self.status)
        } else {
            let tail = tail(&self.output);
            bail!(
                "`{}` ended with {}. It said last:\n{tail}",
                self.name,
                self.status
            )
        }
    }
}

/// Runs a command whose output is kept and quoted only on failure.
pub fn quiet(command: Command, limit: Duration) -> Result<String> {
    kept(command, limit)?.ensure()
}

/// Runs a command whose output is not shown, and is returned however it ended.
pub fn kept(command: Command, limit: Duration) -> Result<Ended> {
    run(command, limit, false)
}

/// Runs a command whose output is shown as it comes, and is returned too, however it ended.
pub fn shown(command: Command, limit: Duration) -> Result<Ended> {
    run(command, limit, true)
}

fn run(mut command: Command, limit: Duration, show: bool) -> Result<Ended> {
    let name = describe(&command);
    let (reader, writer) = std::io::pipe()?;
    if show && console::coloured() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    command.stdout(writer.try_clone()?).stderr(writer);
    let mut group = Group::spawn(&mut command)?;
    // The command holds the pipe's writing ends: the reader would wait for them for ever.
    drop(command);
    let reading = std::thread::spawn(move || collect(reader, show));
    let status = wait(&mut group, limit);
    drop(group);
    let output = finish(reading)?;
    match status? {
        Some(status) => Ok(Ended {
            name,
            status,
            shown: show,
            output,
        }),
        None => bail!(
            "`{name}` took longer than {} and was stopped. It said last:\n{}",
            console::seconds(limit),
            tail(&output)
        ),
    }
}

fn wait(group: &mut Group, limit: Duration) -> Result<Option<ExitStatus>> {
    let start = Instant::now();
    while start.elapsed() < limit {
        if let Some(status) = group.ended()? {
            return Ok(Some(status));
        }
        pause()?;
    }
    Ok(None)
}

fn collect(mut reader: PipeReader, show: bool) -> Vec<u8> {
    let mut output = Vec::new();
    let mut buffer = [0; 8192];
    while let Ok(read @ 1..) = reader.read(&mut buffer) {
        output.extend_from_slice(&buffer[..read]);
        if show {
            let mut terminal = std::io::stdout().lock();
            let _ = terminal
                .write_all(&buffer[..read])
                .and_then(|()| terminal.flush());
        }
    }
    output
}

fn finish(reading: JoinHandle<Vec<u8>>) -> Result<String> {
    let start = Instant::now();
    while !reading.is_finished() {
        if start.elapsed() > TIME_TO_END {
            bail!("a child left a process behind that keeps its output open");
        }
        std::thread::sleep(POLL);
    }
    let output = reading.join().unwrap_or_default();
    Ok(String::from_utf8_lossy(&output).into_owned())
}

/// The last lines of `output`, indented.
pub fn tail(output: &str) -> String {
    let lines: Vec<_> = output.lines().collect();
    let from = lines.len().saturating_sub(TAIL_LINES);
    lines[from..]
        .iter()
        .map(|line| format!("  │ {line}"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// A command as a person would type it, without its environment.
pub fn describe(command: &Command) -> String {
    let program = command.get_program().to_string_lossy();
    let name = program.rsplit('/').next().unwrap_or(&program).to_owned();
    command.get_args().fold(name, |line, argument| {
        format!("{line} {}", argument.to_string_lossy())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_failure_quotes_what_the_command_said() {
        let error = quiet(
            shell("echo out; echo err >&2; exit 3"),
            Duration::from_secs(10),
        );
        let text = error.unwrap_err().to_string();
        assert!(text.contains("exit status: 3"), "{text}");
        assert!(text.contains("│ out") && text.contains("│ err"), "{text}");
    }

    #[test]
    fn a_command_that_never_ends_is_stopped_with_its_descendants() {
        let folder = tempfile::tempdir().unwrap();
        let pid_file = folder.path().join("pid");
        let script = format!("sleep 600 & echo $! > {}; wait", pid_file.display());
        let error = quiet(shell(&script), Duration::from_millis(300))
            .unwrap_err()
            .to_string();
        assert!(error.contains("took longer than 0.3 s"), "{error}");
        let pid: i32 = std::fs::read_to_string(pid_file)
            .unwrap()
            .trim()
            .parse()
            .unwrap();
        assert!(!alive(pid), "the grandchild outlived its group");
    }

    #[test]
    fn a_member_of_the_group_may_tidy_up_after_its_head_has_ended() {
        let folder = tempfile::tempdir().unwrap();
        let script = "(trap 'sleep 0.2; touch tidied; exit' TERM; touch ready; while :; do sleep 0.02; done) & \
             exec sleep 600";
        let mut command = shell(script);
        // The shell tells of what it saw ending.
        command.current_dir(folder.path()).stderr(Stdio::null());
        let group = Group::spawn(&mut command).unwrap();
        while !folder.path().join("ready").exists() {
            pause().unwrap();
        }
        drop(group);
        assert!(folder.path().join("tidied").exists());
    }

    /// A process that ended but that nobody has collected yet is not alive.
    fn alive(pid: i32) -> bool {
        std::fs::read_to_string(format!("/proc/{pid}/stat"))
            .is_ok_and(|stat| !stat.contains(") Z "))
    }
}
