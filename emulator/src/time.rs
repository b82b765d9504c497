//! Times as text.

use std::time::SystemTime;

/// `time` in RFC 3339, to the millisecond.
pub fn timestamp(time: SystemTime) -> String {
    humantime::format_rfc3339_millis(time).to_string()
}
