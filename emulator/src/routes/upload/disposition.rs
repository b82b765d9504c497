//! `Content-Disposition` of a form's part. multer does not read `filename*`, and takes names that
//! differ from what was sent.

use percent_encoding::percent_decode_str;

/// The two names of a part, decoded.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Disposition {
    /// The field's name.
    pub name: Option<String>,
    /// The file's name.
    pub file_name: Option<String>,
}

impl Disposition {
    /// Reads a header's value. `filename*` wins over `filename` (RFC 6266, section 4.3): .NET sends
    /// an encoded word in the latter beside the right name in the former.
    pub fn parse(value: &str) -> Self {
        let mut names = Self::default();
        let mut extended = None;
        let mut rest = value.split_once(';').map_or("", |(_, rest)| rest);
        while let Some((key, after)) = rest.split_once('=') {
            let (value, after) = take_value(after);
            match key.trim().to_ascii_lowercase().as_str() {
                "name" => names.name = Some(unescape(value)),
                "filename" => names.file_name = Some(unescape(value)),
                "filename*" => extended = decode_extended(value),
                _ => {}
            }
            rest = after.split_once(';').map_or("", |(_, rest)| rest);
        }
        names.file_name = extended.or(names.file_name);
        names
    }
}

/// A parameter's value, without its quotes, and what follows it.
fn take_value(text: &str) -> (&str, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(';').unwrap_or(text.len());
        let (value, after) = text.split_at(end);
        return (value.trim(), after);
    };
    let mut escaped = false;
    for (at, character) in quoted.char_indices() {
        match character {
            '"' if !escaped => return (&quoted[..at], &quoted[at + 1..]),
            // An escape only before a quote: browsers send a backslash unescaped.
            '\\' => escaped = quoted[at + 1..].starts_with('"'),
            _ => escaped = false,
        }
    }
    (quoted, "")
}

/// Browsers escape a quote and a line break as `%22`, `%0D`, `%0A`, and nothing else (HTML standard,
/// "multipart/form-data encoding algorithm"); older clients write a quote as `\"`.
fn unescape(value: &str) -> String {
    value
        .replace("\\\"", "\"")
        .replace("%22", "\"")
        .replace("%0D", "\r")
        .replace("%0A", "\n")
}

/// `UTF-8''%D8%A7.png` (RFC 8187); `None` for another charset, so that `filename` counts.
fn decode_extended(value: &str) -> Option<String> {
    let (charset, rest) = value.split_once('\'')?;
    let (_, encoded) = rest.split_once('\'')?;
    charset
        .eq_ignore_ascii_case("utf-8")
        .then(|| percent_decode_str(encoded).decode_utf8_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::Disposition;

    fn file_name(value: &str) -> Option<String> {
        Disposition::parse(value).file_name
    }

    #[test]
    fn a_browsers_escapes_are_undone_and_its_percent_signs_kept() {
        let value = "form-data; name=\"file\"; filename=\"a%22b%0D%0Ac 100%.jpg\"";
        assert_eq!(file_name(value).as_deref(), Some("a\"b\r\nc 100%.jpg"));
    }

    #[test]
    fn a_semicolon_or_an_equals_sign_inside_quotes_ends_nothing() {
        let value = "form-data; filename=\"a;name=b=c.png\"; name=\"file\"";
        let read = Disposition::parse(value);
        assert_eq!(read.file_name.as_deref(), Some("a;name=b=c.png"));
        assert_eq!(read.name.as_deref(), Some("file"));
    }

    #[test]
    fn an_escaped_quote_does_not_end_the_name_and_a_lone_backslash_stays() {
        assert_eq!(
            file_name("form-data; filename=\"a\\\"b\\c.png\"").as_deref(),
            Some("a\"b\\c.png")
        );
    }

    #[test]
    fn an_extended_name_is_decoded() {
        assert_eq!(
            file_name("form-data; name=file; filename*=utf-8''%D8%B9%DA%A9%D8%B3.png").as_deref(),
            Some("عکس.png")
        );
    }

    #[test]
    fn extended_name_wins_wherever_it_comes_and_an_unreadable_one_does_not() {
        let extended = "filename*=UTF-8''%D8%B9.png";
        for value in [
            format!("form-data; filename=\"=?utf-8?B?2Lk=?=\"; {extended}"),
            format!("form-data; {extended}; filename=\"=?utf-8?B?2Lk=?=\""),
        ] {
            assert_eq!(file_name(&value).as_deref(), Some("ع.png"));
        }
        let value = "form-data; filename=\"a.png\"; filename*=koi8-r''%C1.png";
        assert_eq!(file_name(value).as_deref(), Some("a.png"));
    }

    #[test]
    fn a_part_without_a_file_name_has_none() {
        assert_eq!(file_name("form-data; name=\"file\""), None);
    }
}
