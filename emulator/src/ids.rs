//! Opaque ids: upload tokens, media tokens, message and conversation ids.

use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use sha2::{Digest, Sha256};

/// An upload token: standard base64, as Divar's are.
pub fn upload_token() -> String {
    BASE64_STANDARD.encode(rand::random::<[u8; 32]>())
}

/// A media token; safe in a URL.
pub fn media_token() -> String {
    BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 18]>())
}

/// A message's id.
pub fn message_id() -> String {
    BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 12]>())
}

/// The conversation between the chatbot and a user: always the same one for the same user.
pub fn conversation_of(user: &str) -> String {
    let digest = Sha256::digest(format!("conversation with {user}"));
    BASE64_STANDARD.encode(&digest[..8])
}
