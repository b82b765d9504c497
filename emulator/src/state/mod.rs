//! What a space holds: tokens, files, messages, and the record of every request; and how much of
//! it is kept.

pub mod history;
pub mod media;
pub mod message;
pub mod record;
pub mod retention;
pub mod space;
pub mod tokens;
