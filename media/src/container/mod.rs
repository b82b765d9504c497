//! Containers of video and sound, and of the pictures that share one of them.

pub(crate) mod isobmff;
pub(crate) mod matroska;
pub(crate) mod mp3;
pub(crate) mod ogg;
pub(crate) mod wav;
