//! What a space holds: tokens, files, messages, and the record of every request.

pub mod media;
pub mod message;
pub mod record;
pub mod space;
pub mod tokens;
