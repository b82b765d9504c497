//! What Divar takes: media types, file formats and sizes.

pub mod content;
pub mod format;
pub mod media_type;
