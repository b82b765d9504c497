//! Documents.

pub(crate) mod ole;
pub(crate) mod ooxml;
pub(crate) mod pdf;
pub(crate) mod zip;
