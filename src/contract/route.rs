//! Where the requests go.

#[cfg(feature = "secret")]
use super::message::Target;
use divar_media::accepted::MediaType;

/// The host that mints upload tokens and takes messages (secret side).
#[cfg(feature = "secret")]
pub const OPEN_API: &str = "https://open-api.divar.ir";

/// The host that takes files.
pub const CHAT: &str = "https://chat.divar.ir";

/// The path of the route that mints an upload token, on [`OPEN_API`].
#[cfg(feature = "secret")]
pub const TOKEN: &str = "/experimental/open-platform/chat/upload";

/// The path of an app's own token route, below its endpoint.
pub const ENDPOINT_TOKEN: &str = "/token";

/// The path of an app's own message route, below its endpoint.
pub const ENDPOINT_MESSAGES: &str = "/messages";

/// The path that takes a file of this type, on [`CHAT`].
#[must_use]
pub fn upload(media_type: MediaType) -> String {
    ["/upload/", media_type.name()].concat()
}

/// The path that takes a message for `target`, on [`OPEN_API`].
///
/// `id` is the conversation's or the user's, already percent-encoded: ids such
/// as `6Gq+m/D7=` occur.
#[cfg(feature = "secret")]
#[must_use]
pub fn message(target: Target, id: &str) -> String {
    let before = match target {
        Target::Chatbot => "/v1/open-platform/chat/bot/conversations/",
        Target::User => "/v1/open-platform/chat/bot/users/",
        Target::Conversation => "/v2/open-platform/conversations/",
    };
    [before, id, "/messages"].concat()
}

/// Whether `id` can stand as one segment of a path.
///
/// The dots are refused because every URL parser takes them, percent-encoded
/// too, for "here" and "one up", and would send the message somewhere else.
#[must_use]
pub fn is_segment(id: &str) -> bool {
    !matches!(id, "" | "." | "..")
}

/// An absolute address in the URL standard's own words, in parts.
#[derive(Clone, Copy)]
pub struct Address<'a> {
    whole: &'a str,
    /// Where the user or the host begins.
    host: usize,
    /// Where the path begins.
    path: usize,
}

impl<'a> Address<'a> {
    /// The parts of an address, or `None` where it names no host.
    #[must_use]
    pub fn of(whole: &'a str) -> Option<Self> {
        let bytes = whole.as_bytes();
        let host = bytes.iter().position(|byte| *byte == b':')? + 3;
        if !bytes.get(..host)?.ends_with(b"://") {
            return None;
        }
        let ends = |byte: &u8| matches!(byte, b'/' | b'?' | b'#');
        let after = bytes.get(host..)?.iter().position(ends);
        let path = after.map_or(whole.len(), |length| host + length);
        Some(Self { whole, host, path })
    }

    /// The scheme, the host and the port.
    #[must_use]
    pub fn origin(self) -> &'a str {
        self.whole.get(..self.path).unwrap_or_default()
    }

    /// Whether requests may go there: https, or plain http to the machine itself
    /// (an emulator).
    #[must_use]
    pub fn is_allowed(self) -> bool {
        let host = self.whole.get(self.host..self.path).unwrap_or_default();
        match self.whole.get(..self.host) {
            Some("https://") => true,
            Some("http://") => is_loopback(without_port(host)),
            _ => false,
        }
    }

    /// Whether there is no user before the host and nothing behind the path.
    #[must_use]
    pub fn is_bare(self) -> bool {
        let (before, after) = self.whole.as_bytes().split_at(self.path);
        !before.contains(&b'@') && !after.iter().any(|byte| matches!(byte, b'?' | b'#'))
    }
}

fn without_port(host: &str) -> &str {
    let digits = host.bytes().rev().take_while(u8::is_ascii_digit).count();
    let name = host.get(..host.len() - digits).unwrap_or_default();
    name.strip_suffix(':').unwrap_or(host)
}

/// The URL standard writes every IPv4 address with four numbers.
fn is_loopback(hostname: &str) -> bool {
    let is_number = |byte: u8| byte.is_ascii_digit() || byte == b'.';
    hostname == "localhost"
        || hostname.ends_with(".localhost")
        || hostname == "[::1]"
        || hostname.starts_with("127.") && hostname.bytes().all(is_number)
}

/// Whether `value` can be sent in a header as it is: visible ASCII, not empty.
/// Keys and tokens are opaque, but a line break or a letter outside Latin-1
/// makes the platform's own header code throw.
#[must_use]
pub fn is_header_value(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "secret")]
    #[test]
    fn each_target_has_its_own_path() {
        assert_eq!(
            message(Target::Chatbot, "c"),
            "/v1/open-platform/chat/bot/conversations/c/messages"
        );
        assert_eq!(
            message(Target::User, "u"),
            "/v1/open-platform/chat/bot/users/u/messages"
        );
        assert_eq!(
            message(Target::Conversation, "6Gq%2Bm%2FD7%3D"),
            "/v2/open-platform/conversations/6Gq%2Bm%2FD7%3D/messages"
        );
    }

    #[test]
    fn dot_segments_are_no_ids() {
        assert!(!is_segment(""));
        assert!(!is_segment("."));
        assert!(!is_segment(".."));
        assert!(is_segment("6Gq+m/D7="));
        assert!(is_segment("..."));
    }

    #[test]
    fn only_https_and_loopback_are_bases() {
        let is_allowed = |address: &str| Address::of(address).is_some_and(Address::is_allowed);
        for host in [
            "localhost",
            "a.localhost",
            "127.0.0.1",
            "127.8.9.1",
            "[::1]",
        ] {
            assert!(is_allowed(&["http://", host, "/a"].concat()), "{host}");
            assert!(is_allowed(&["http://", host, ":80"].concat()), "{host}");
        }
        for host in [
            "chat.divar.ir",
            "128.0.0.1",
            "127.0.0.1.evil.ir",
            "localhost.ir",
            "localhost:80@evil.ir",
            "evil.ir?.localhost",
            "[::2]",
            "",
        ] {
            assert!(!is_allowed(&["http://", host, "/a"].concat()), "{host}");
        }
        assert!(is_allowed("https://chat.divar.ir/"));
        for address in [
            "ftp://localhost/",
            "file:///",
            "data:,https://a",
            "javascript:a",
            "",
        ] {
            assert!(!is_allowed(address), "{address}");
        }
    }

    #[test]
    fn a_base_has_no_user_query_or_fragment() {
        let is_bare = |address: &str| Address::of(address).is_some_and(Address::is_bare);
        assert!(is_bare("https://a.ir/"));
        assert!(is_bare("https://a.ir/@1/b"));
        for address in [
            "https://u:p@a.ir/",
            "https://u@a.ir/",
            "https://a.ir/?b",
            "https://a.ir/#b",
        ] {
            assert!(!is_bare(address), "{address}");
        }
    }

    #[test]
    fn an_origin_ends_where_the_path_begins() {
        let origin = |address| Address::of(address).map(Address::origin);
        assert_eq!(origin("http://a.ir:8080/b/c"), Some("http://a.ir:8080"));
        assert_eq!(origin("https://a.ir?b"), Some("https://a.ir"));
        assert_eq!(origin("data:,x"), None);
    }

    #[test]
    fn a_header_value_has_no_break_and_no_letter_beyond_ascii() {
        assert!(is_header_value("YWJj+/="));
        for value in ["", "a b", "a\nb", "کلید", "é", "a\u{7f}"] {
            assert!(!is_header_value(value), "{value:?}");
        }
    }
}
