//! Writing an upload to disk; it is never whole in memory.

use std::{io, path::PathBuf};

use sha2::{Digest, Sha256};
use tempfile::{NamedTempFile, TempPath};
use tokio::{fs::File, io::AsyncWriteExt};

use crate::{app::App, limits::Charge, routes::upload::reader::UploadReader, status::Status};

/// A file that was received whole; deleted on drop unless it is persisted.
pub struct ReceivedFile {
    /// Its temporary path.
    pub path: TempPath,
    /// Bytes.
    pub size: u64,
    /// SHA-256 in lower-case hex.
    pub sha256: String,
    /// The bytes that it takes on disk.
    pub charge: Option<Charge>,
}

impl ReceivedFile {
    /// Writes an upload to `folder` while it is read.
    ///
    /// # Errors
    ///
    /// 413 as soon as it is larger than `max_size` bytes, 400 when it is empty or breaks off, 500
    /// when the disk fails.
    pub async fn write(
        reader: &mut UploadReader,
        app: &App,
        max_size: u64,
    ) -> Result<Self, Status> {
        let (file, path) = NamedTempFile::with_prefix_in("incoming-", &app.files)
            .map_err(|error| disk_error(&error))?
            .into_parts();
        let mut file = File::from_std(file);
        let mut hash = Sha256::new();
        let mut size = 0;
        let mut charge = app.media.reserve(0).ok_or_else(disk_full)?;
        while let Some(piece) = reader.next_piece().await? {
            size += piece.len() as u64;
            if size > max_size {
                return Err(Status::too_large(format!(
                    "the file is larger than {max_size} bytes"
                )));
            }
            if !app.media.grow(&mut charge, piece.len() as u64) {
                return Err(disk_full());
            }
            hash.update(&piece);
            file.write_all(&piece)
                .await
                .map_err(|error| disk_error(&error))?;
        }
        if size == 0 {
            return Err(Status::invalid("the file is empty"));
        }
        file.flush().await.map_err(|error| disk_error(&error))?;
        Ok(Self {
            path,
            size,
            sha256: hex::encode(hash.finalize()),
            charge: Some(charge),
        })
    }

    /// Keeps the file as `name` in its folder.
    ///
    /// # Errors
    ///
    /// 500 when the disk fails.
    pub fn persist_as(self, name: &str) -> Result<PathBuf, Status> {
        let path = self.path.with_file_name(name);
        self.path
            .persist(&path)
            .map_err(|error| disk_error(&error.error))?;
        Ok(path)
    }
}

/// HTTP 500 for a failure of the emulator's own disk.
pub fn disk_error(error: &io::Error) -> Status {
    Status::internal(format!("the file could not be stored: {error}"))
}

fn disk_full() -> Status {
    Status::internal("the uploads that are being received take all the disk that they may")
}
