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

/// Whether requests may go to this address: https, or plain http to the
/// machine itself (an emulator). `protocol` and `hostname` are as the URL
/// standard writes them, `https:` and `[::1]`.
#[must_use]
pub fn is_allowed_base(protocol: &str, hostname: &str) -> bool {
    match protocol {
        "https:" => true,
        "http:" => is_loopback(hostname),
        _ => false,
    }
}

fn is_loopback(hostname: &str) -> bool {
    hostname == "localhost"
        || hostname.ends_with(".localhost")
        || hostname == "[::1]"
        || hostname
            .parse::<std::net::Ipv4Addr>()
            .is_ok_and(|ip| ip.is_loopback())
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
        for host in [
            "localhost",
            "a.localhost",
            "127.0.0.1",
            "127.8.9.1",
            "[::1]",
        ] {
            assert!(is_allowed_base("http:", host), "{host}");
        }
        for host in [
            "chat.divar.ir",
            "128.0.0.1",
            "127.0.0.1.evil.ir",
            "localhost.ir",
            "[::2]",
            "",
        ] {
            assert!(!is_allowed_base("http:", host), "{host}");
        }
        assert!(is_allowed_base("https:", "chat.divar.ir"));
        assert!(!is_allowed_base("ftp:", "localhost"));
        assert!(!is_allowed_base("file:", ""));
    }

    #[test]
    fn a_header_value_has_no_break_and_no_letter_beyond_ascii() {
        assert!(is_header_value("YWJj+/="));
        for value in ["", "a b", "a\nb", "کلید", "é", "a\u{7f}"] {
            assert!(!is_header_value(value), "{value:?}");
        }
    }
}
