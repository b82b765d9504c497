//! The addresses of Divar's routes, and of an app's own routes that lead to them.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

#[cfg(feature = "server")]
use super::message::Target;
use divar_media::MediaType;

/// Divar's chat host, which takes uploads.
pub const CHAT_HOST: &str = "https://chat.divar.ir";

/// Divar's open API, which mints tokens and takes messages.
#[cfg(feature = "server")]
pub const OPEN_API: &str = "https://open-api.divar.ir";

/// The last part of an app's own route that gives upload tokens.
pub const TOKEN: &str = "token";
/// The last part of an app's own route that takes messages.
pub const MESSAGES: &str = "messages";
/// The part of an app's own route, and of Divar's, that takes files; a media type follows it.
pub const UPLOAD: &str = "upload";

/// Everything but the unreserved characters of RFC 3986, section 2.3. Divar's ids look like
/// `6Gq+m/D7=`.
const PATH_SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

fn encoded(segment: &str) -> String {
    utf8_percent_encode(segment, PATH_SEGMENT).collect()
}

/// Divar's route that takes a file of this type.
#[must_use]
pub fn upload(chat_host: &str, media_type: MediaType) -> String {
    [chat_host, "/", UPLOAD, "/", media_type.name()].concat()
}

/// An app's own route that gives upload tokens.
#[must_use]
pub fn endpoint_token(endpoint: &str) -> String {
    [endpoint, "/", TOKEN].concat()
}

/// An app's own route that takes messages.
#[must_use]
pub fn endpoint_messages(endpoint: &str) -> String {
    [endpoint, "/", MESSAGES].concat()
}

/// An app's own route that takes a file as the bare body, with its name in the query.
#[must_use]
pub fn endpoint_upload(endpoint: &str, media_type: MediaType, file_name: &str) -> String {
    [&upload(endpoint, media_type), "?name=", &encoded(file_name)].concat()
}

/// Divar's route that mints an upload token.
#[cfg(feature = "server")]
#[must_use]
pub fn mint_token(open_api: &str) -> String {
    [open_api, "/experimental/open-platform/chat/upload"].concat()
}

/// Divar's route that takes a message for the conversation or user with this id.
#[cfg(feature = "server")]
#[must_use]
pub fn send_message(open_api: &str, target: Target, id: &str) -> String {
    let prefix = match target {
        Target::Chatbot => "/v1/open-platform/chat/bot/conversations/",
        Target::User => "/v1/open-platform/chat/bot/users/",
        Target::Conversation => "/v2/open-platform/conversations/",
    };
    [open_api, prefix, &encoded(id), "/messages"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_ids_as_one_path_segment() {
        assert_eq!(
            send_message("https://x", Target::Chatbot, "6Gq+m/D7="),
            "https://x/v1/open-platform/chat/bot/conversations/6Gq%2Bm%2FD7%3D/messages"
        );
        assert_eq!(
            send_message("https://x", Target::Conversation, "a"),
            "https://x/v2/open-platform/conversations/a/messages"
        );
    }

    #[test]
    fn encodes_every_character_that_a_url_parser_would_change() {
        let url = endpoint_upload("/divar", MediaType::Image, "Ali's \"عکس\" (1)*.jpg");
        let expected =
            "/divar/upload/image?name=Ali%27s%20%22%D8%B9%DA%A9%D8%B3%22%20%281%29%2A.jpg";
        assert_eq!(url, expected);
    }
}
