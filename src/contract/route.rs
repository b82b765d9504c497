//! Where the requests go. What stands in braces is filled in from what the call carries, behind `%`
//! percent-encoded: ids such as `6Gq+m/D7=` occur.

#[cfg(feature = "secret")]
use super::message::Target;

/// Divar's route that mints an upload token (secret side).
#[cfg(feature = "secret")]
pub const TOKEN: &str = "{openApiUrl}/experimental/open-platform/chat/upload";

/// An app's own route that mints one.
pub const ENDPOINT_TOKEN: &str = "{endpoint}/token";

/// An app's own route that takes a message.
pub const ENDPOINT_MESSAGES: &str = "{endpoint}/messages";

/// Divar's route that takes a file of a type.
pub const UPLOAD: &str = "{chatUrl}/upload/{type}";

/// An app's own route that takes one.
pub const ENDPOINT_UPLOAD: &str = "{endpoint}/upload/{type}?name={%fileName}";

/// Divar's route that takes a message for `target`.
#[cfg(feature = "secret")]
#[must_use]
pub const fn message(target: Target) -> &'static str {
    match target {
        Target::Chatbot => {
            "{openApiUrl}/v1/open-platform/chat/bot/conversations/{%conversationId}/messages"
        }
        Target::User => "{openApiUrl}/v1/open-platform/chat/bot/users/{%userId}/messages",
        Target::Conversation => {
            "{openApiUrl}/v2/open-platform/conversations/{%conversationId}/messages"
        }
    }
}
