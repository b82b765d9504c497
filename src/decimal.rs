//! Numbers in messages.

/// A whole number in decimal digits. Rust's own formatting adds a kilobyte to a page wherever it is first
/// used.
#[must_use]
pub fn decimal(number: f64) -> String {
    let text = js_sys::Number::from(number).to_string_with_radix(10);
    text.map_or_else(|_| String::new(), String::from)
}
