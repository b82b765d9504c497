//! How deep JSON is nested. Pure.

/// The deepest nesting that is taken. A message with the data of its buttons needs some ten levels.
const MAX_DEPTH: usize = 64;

/// Whether objects and arrays are nested deeper than [`MAX_DEPTH`].
#[must_use]
pub fn is_too_deep(json: &str) -> bool {
    let (mut depth, mut is_in_string, mut is_escaped) = (0_usize, false, false);
    for byte in json.bytes() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if is_in_string => is_escaped = true,
            b'"' => is_in_string = !is_in_string,
            _ if is_in_string => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(depth: usize) -> String {
        ["[".repeat(depth), "]".repeat(depth)].concat()
    }

    #[test]
    fn takes_ordinary_nesting_and_refuses_deeper() {
        assert!(!is_too_deep(&nested(64)));
        assert!(is_too_deep(&nested(65)));
        assert!(is_too_deep(&nested(5000)));
    }

    #[test]
    fn ignores_brackets_in_strings() {
        let text = [r#"{"a":"\""#, &"[".repeat(100), r#""}"#].concat();
        assert!(!is_too_deep(&text));
    }

    #[test]
    fn counts_siblings_once() {
        assert!(!is_too_deep(&"[]".repeat(1000)));
    }
}
