//! The terminal: a line when a step begins, and one when it ends with the time that it took.

use std::fmt::Display;
use std::io::{IsTerminal, Write, stdout};
use std::time::{Duration, Instant};

use anyhow::Result;

/// Writes to the terminal. One that is closed is no reason to stop.
pub fn write(text: &[u8]) {
    let mut terminal = stdout().lock();
    let _ = terminal.write_all(text).and_then(|()| terminal.flush());
}

/// Shows a line.
pub fn line(text: impl Display) {
    write(format!("{text}\n").as_bytes());
}

/// Runs `work` between a line that names it and a line with the time that it took.
pub fn step<T>(what: impl Display, work: impl FnOnce() -> Result<T>) -> Result<T> {
    line(format!("{} {what} …", paint("36", "▸")));
    let start = Instant::now();
    let result = work();
    let time = seconds(start.elapsed());
    match &result {
        Ok(_) => line(format!("{} {what}: {time}", paint("32", "✓"))),
        Err(_) => line(format!("{} {what}: failed after {time}", paint("31", "✗"))),
    }
    result
}

/// Shows a line beside the steps.
pub fn note(text: impl Display) {
    line(format!("  {text}"));
}

/// Shows a line that separates two parts of the output.
pub fn heading(text: impl Display) {
    line(format!("\n{}", paint("1", &format!("── {text} ──"))));
}

/// `12.3 s`, or `2 min 5 s` when it is longer than a minute.
pub fn seconds(time: Duration) -> String {
    let whole = time.as_secs();
    if whole < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {} s", whole / 60, whole % 60)
    }
}

/// `text` in an ANSI colour or weight, on a terminal that wants it.
pub fn paint(code: &str, text: &str) -> String {
    if coloured() {
        format!("\x1b[{code}m{text}\x1b[0m")
    } else {
        text.to_owned()
    }
}

/// Whether colours are wanted: on a terminal, unless `NO_COLOR` is set (<https://no-color.org>).
pub fn coloured() -> bool {
    stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_in_seconds_and_minutes() {
        assert_eq!(seconds(Duration::from_millis(12_340)), "12.3 s");
        assert_eq!(seconds(Duration::from_secs(125)), "2 min 5 s");
    }
}
