//! Child processes: each in a process group that ends with its owner, and no wait without a limit.

use std::io::{Read, Seek};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;

use crate::console::seconds;

const POLL: Duration = Duration::from_millis(25);
/// How long processes have to end after SIGTERM.
const GRACE: Duration = Duration::from_secs(4);
/// How many lines an error quotes.
const QUOTED: usize = 80;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);
static WHOLE: AtomicBool = AtomicBool::new(false);

/// A [`Command`] of a line as xshell splits it: no shell reads the words, nor the values of `{variables}`.
macro_rules! cmd {
    ($line:literal) => {{
        let shell = xshell::Shell::new()?;
        std::process::Command::from(xshell::cmd!(shell, $line))
    }};
}
pub(crate) use cmd;

/// Makes Ctrl-C (and a request to end) stop the command that is being waited for, so that its children
/// and temporary files are removed as after a failure. A second Ctrl-C ends the program at once.
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

/// Whether a command's output is shown in one piece at its end, since others run at the same time.
pub fn show_outputs_whole(whole: bool) {
    WHOLE.store(whole, Ordering::SeqCst);
}

/// Waits for one turn of a polling loop; fails when Ctrl-C was pressed.
pub fn pause() -> Result<()> {
    if interrupted() {
        bail!("stopped by Ctrl-C");
    }
    std::thread::sleep(POLL);
    Ok(())
}

/// A child and its descendants. All are ended when this is dropped.
pub struct Group(Child);

impl Group {
    /// Starts `command` without standard input, at the head of a new process group.
    pub fn spawn(command: &mut Command) -> Result<Self> {
        command.stdin(Stdio::null()).process_group(0);
        let child = command.spawn();
        let child = child.with_context(|| format!("could not start `{}`", describe(command)))?;
        Ok(Self(child))
    }

    /// How the child ended, if it has.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.0.try_wait()?)
    }

    /// How the child ended. Its descendants are ended then, and after `limit` the child, too.
    fn wait(mut self, name: &str, limit: Duration) -> Result<ExitStatus> {
        let start = Instant::now();
        loop {
            if let Some(status) = self.ended()? {
                return Ok(status);
            }
            if start.elapsed() > limit {
                bail!(
                    "`{name}` took longer than {} and was stopped",
                    seconds(limit)
                );
            }
            pause()?;
        }
    }

    fn signal(&self, signal: impl Into<Option<Signal>>) -> bool {
        i32::try_from(self.0.id()).is_ok_and(|id| killpg(Pid::from_raw(id), signal).is_ok())
    }

    /// Whether a process of the group is left: cargo ends at once, and its children end later.
    fn has_members(&mut self) -> bool {
        // A child that has ended counts until it is waited for.
        let _ = self.0.try_wait();
        self.signal(None)
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.signal(Signal::SIGTERM);
        let start = Instant::now();
        while self.has_members() && start.elapsed() < GRACE {
            std::thread::sleep(POLL);
        }
        self.signal(Signal::SIGKILL);
        let _ = self.0.wait();
    }
}

/// How a command ended.
pub struct Ended {
    pub status: ExitStatus,
    /// Standard output and standard error, in the order in which they were written.
    pub output: String,
}

/// Runs a command and shows its output; fails when its exit status is not zero.
pub fn shown(mut command: Command, limit: Duration) -> Result<()> {
    let name = describe(&command);
    let status = if WHOLE.load(Ordering::SeqCst) {
        command.env("CARGO_TERM_COLOR", "always");
        let (ended, output) = captured(command, limit)?;
        anstream::print!("{output}");
        ended
    } else {
        Group::spawn(&mut command)?.wait(&name, limit)
    }?;
    ensure!(status.success(), "`{name}` ended with {status}");
    Ok(())
}

/// Runs a command and returns its output; a failure quotes the last lines.
pub fn quiet(command: Command, limit: Duration) -> Result<String> {
    let name = describe(&command);
    let Ended { status, output } = kept(command, limit)?;
    ensure!(
        status.success(),
        "`{name}` ended with {status}. Its last lines:\n{}",
        tail(&output)
    );
    Ok(output)
}

/// Runs a command and returns its output, whatever its exit status is.
pub fn kept(command: Command, limit: Duration) -> Result<Ended> {
    let (ended, output) = captured(command, limit)?;
    match ended {
        Ok(status) => Ok(Ended { status, output }),
        Err(error) => bail!("{error}. Its last lines:\n{}", tail(&output)),
    }
}

/// Runs a command, and returns how it ended and all that it wrote.
fn captured(mut command: Command, limit: Duration) -> Result<(Result<ExitStatus>, String)> {
    // A file and no pipe: a process that is left behind and keeps it open cannot make this one wait.
    let mut file = tempfile::Builder::new()
        .append(true)
        .tempfile()?
        .into_file();
    command.stdout(file.try_clone()?).stderr(file.try_clone()?);
    let ended = Group::spawn(&mut command)?.wait(&describe(&command), limit);
    let mut output = Vec::new();
    file.rewind()?;
    file.read_to_end(&mut output)?;
    Ok((ended, String::from_utf8_lossy(&output).into_owned()))
}

/// The last lines of `output`, indented.
pub fn tail(output: &str) -> String {
    let lines: Vec<_> = output.lines().map(|line| format!("  │ {line}")).collect();
    lines[lines.len().saturating_sub(QUOTED)..].join("\n")
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

    fn shell(script: &str) -> Result<Command> {
        Ok(cmd!("sh -c {script}"))
    }

    #[test]
    fn failure_quotes_the_output() -> Result<()> {
        let command = shell("echo out; echo err >&2; exit 3")?;
        let error = quiet(command, Duration::from_secs(10)).unwrap_err();
        let text = error.to_string();
        assert!(text.contains("exit status: 3"), "{text}");
        assert!(text.contains("│ out") && text.contains("│ err"), "{text}");
        Ok(())
    }

    #[test]
    fn command_over_its_limit_is_stopped_with_its_descendants() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let pid_file = folder.path().join("pid");
        let command = shell(&format!(
            "sleep 600 & echo $! > {}; wait",
            pid_file.display()
        ))?;
        let error = quiet(command, Duration::from_millis(300)).unwrap_err();
        assert!(error.to_string().contains("took longer than 0.3 s"));
        let pid = std::fs::read_to_string(pid_file)?;
        // A process that ended but was not waited for yet is a zombie, "Z".
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.trim()));
        assert!(!stat.is_ok_and(|stat| !stat.contains(") Z ")));
        Ok(())
    }

    #[test]
    fn members_of_the_group_may_tidy_up_after_its_head_has_ended() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let mut command = shell(
            "(trap 'sleep 0.2; touch tidied; exit' TERM; touch ready; while :; do sleep 0.02; done) & \
             exec sleep 600",
        )?;
        // The shell names there the processes that it saw ending.
        command.current_dir(folder.path()).stderr(Stdio::null());
        let group = Group::spawn(&mut command)?;
        while !folder.path().join("ready").exists() {
            pause()?;
        }
        drop(group);
        assert!(folder.path().join("tidied").exists());
        Ok(())
    }
}
