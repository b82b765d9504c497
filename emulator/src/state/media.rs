//! Uploaded files.

use std::{
    io,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use crate::{
    limits::Charge,
    media::{format::Format, media_type::MediaType},
};

/// An uploaded file.
#[derive(Debug)]
pub struct Media {
    /// Its media token.
    pub token: String,
    /// The type it was uploaded as.
    pub kind: MediaType,
    /// Its format.
    pub format: Format,
    /// Its name; a bare file has none.
    pub name: Option<String>,
    /// Bytes.
    pub size: u64,
    /// SHA-256 in lower-case hex.
    pub sha256: String,
    /// Width and height in pixels, of a picture whose header has them.
    pub pixels: Option<(usize, usize)>,
    /// Where it is on disk.
    pub path: PathBuf,
    /// The bytes that the file takes on disk; `None` once it is deleted.
    pub charge: Mutex<Option<Charge>>,
}

impl Media {
    /// Deletes the file and gives its bytes back. One that is gone already is no error.
    pub fn delete(&self) {
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                tracing::warn!("{} could not be deleted: {error}", self.path.display());
            }
            _ => {}
        }
        self.charge
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
    }

    /// The file's URL for a client that reached the emulator at `base`
    /// (scheme, host and the space's prefix).
    pub fn link(&self, base: &str) -> String {
        format!("{base}/__emulator/files/{}", self.token)
    }

    /// Its name, or one made of its token and extension.
    pub fn display_name(&self) -> String {
        self.name
            .clone()
            .unwrap_or_else(|| format!("{}.{}", self.token, self.format.extension()))
    }
}
