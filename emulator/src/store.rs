//! Uploaded files on disk, never whole in memory.

use std::{
    io,
    path::{Path, PathBuf},
};

use bytes::Bytes;
use sha2::{Digest, Sha256};
use tempfile::{NamedTempFile, TempPath};
use tokio::{fs::File, io::AsyncWriteExt};

use crate::{incoming::Incoming, status::Status};

/// A file that has come in whole; deleted on drop until it is kept.
pub struct Stored {
    /// Where it lies for now.
    pub path: TempPath,
    /// Bytes.
    pub size: u64,
    /// SHA-256 in lower-case hex.
    pub sha256: String,
}

/// Writes a file to `folder` as it comes in.
///
/// # Errors
///
/// 413 as soon as it is larger than `largest` bytes, 400 when it is empty or breaks off.
pub async fn save(incoming: &mut Incoming, folder: &Path, largest: u64) -> Result<Stored, Status> {
    let (file, path) = NamedTempFile::with_prefix_in("incoming-", folder)
        .map_err(|error| failed(&error))?
        .into_parts();
    let mut file = File::from_std(file);
    let mut hash = Sha256::new();
    let mut size = 0;
    while let Some(piece) = incoming.piece().await? {
        size += piece.len() as u64;
        if size > largest {
            return Err(Status::too_large(format!(
                "the file is larger than {largest} bytes"
            )));
        }
        hash.update(&piece);
        file.write_all(&piece)
            .await
            .map_err(|error| failed(&error))?;
    }
    if size == 0 {
        return Err(Status::invalid("the file is empty"));
    }
    file.flush().await.map_err(|error| failed(&error))?;
    Ok(Stored {
        path,
        size,
        sha256: format!("{:x}", Bytes::copy_from_slice(&hash.finalize())),
    })
}

impl Stored {
    /// Keeps the file under `name` in its folder.
    ///
    /// # Errors
    ///
    /// 500 when the disk does not take it.
    pub fn keep_as(self, name: &str) -> Result<PathBuf, Status> {
        let path = self.path.with_file_name(name);
        self.path
            .persist(&path)
            .map_err(|error| failed(&error.error))?;
        Ok(path)
    }
}

/// Deletes a file that nobody wants any more; one that is gone already is no loss.
pub fn delete(path: &Path) {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            tracing::warn!("{} is left over: {error}", path.display());
        }
        _ => {}
    }
}

/// The emulator's own disk failed.
pub fn failed(error: &io::Error) -> Status {
    Status::internal(format!("the file could not be kept: {error}"))
}
