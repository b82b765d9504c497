//! The terminal: a line when a step begins, and one when it ends with the time that it took. A terminal that
//! wants no colours, or is closed, is no reason to stop.

use std::fmt::Display;
use std::io::stdout;
use std::time::{Duration, Instant};

use anstream::{AutoStream, ColorChoice, println};
use anyhow::Result;

/// Shows a line.
pub fn line(text: impl Display) {
    println!("{text}");
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
pub fn heading(text: &str) {
    line(format!("\n{}", paint("1", &format!("── {text} ──"))));
}

/// A time such as `12.3 s`.
pub fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

/// `text` in an ANSI colour or weight, for the functions above.
pub fn paint(code: &str, text: &str) -> String {
    format!("\x1b[{code}m{text}\x1b[0m")
}

/// Whether the terminal wants colours.
pub fn coloured() -> bool {
    AutoStream::choice(&stdout()) != ColorChoice::Never
}
