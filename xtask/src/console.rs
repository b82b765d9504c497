//! What the terminal shows: one line when a step begins, one when it ends and how long it took.

use std::fmt::Display;
use std::io::IsTerminal;
use std::time::{Duration, Instant};

use anyhow::Result;

/// Runs `work` between a line that says what is being done and a line that says how long it took.
pub fn step<T>(what: impl Display, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("{} {what} …", paint("36", "▸"));
    let start = Instant::now();
    let result = work();
    let took = seconds(start.elapsed());
    match &result {
        Ok(_) => println!("{} done in {took}", paint("32", "✓")),
        Err(_) => println!("{} failed after {took}: {what}", paint("31", "✗")),
    }
    result
}

/// A line beside the steps: something found, chosen or left out.
pub fn note(text: impl Display) {
    println!("  {text}");
}

/// A line that separates one part of the output from the next.
pub fn heading(text: impl Display) {
    println!("\n{}", paint("1", &format!("── {text} ──")));
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

/// `text` in an ANSI colour or weight, where somebody looks at a terminal.
pub fn paint(code: &str, text: &str) -> String {
    if coloured() {
        format!("\x1b[{code}m{text}\x1b[0m")
    } else {
        text.to_owned()
    }
}

/// Whether colours are wanted: on a terminal, unless `NO_COLOR` is set (<https://no-color.org>).
pub fn coloured() -> bool {
    std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_seconds_and_minutes() {
        assert_eq!(seconds(Duration::from_millis(12_340)), "12.3 s");
        assert_eq!(seconds(Duration::from_secs(125)), "2 min 5 s");
    }
}
