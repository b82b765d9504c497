//! Pictures that are not made of boxes, and the metadata blocks in pictures.

pub(crate) mod exif;
pub(crate) mod gif;
pub(crate) mod jpeg;
pub(crate) mod png;
pub(crate) mod stripped;
pub(crate) mod webp;
pub(crate) mod xmp;
