//! Reading a chosen file.

use std::cell::OnceCell;
use std::ops::Range;

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::Blob;

use crate::callback;
use crate::error::{Code, Error, Failure, Stage};
use crate::http::{CallSettings, Deadline, Limit};

/// A file of at most this many bytes is read at once: Chromium takes longer to make a slice of a file
/// than to read so much.
const SMALL_BYTES: u64 = 256 * 1024;

/// Reads parts of a file, each within the stall limit.
pub struct FileReader<'a> {
    file: &'a Blob,
    size: u64,
    /// What ends the reading.
    pub deadline: Deadline,
    /// The bytes of a small file.
    whole: OnceCell<Uint8Array>,
}

impl<'a> FileReader<'a> {
    /// A reader of a file of `size` bytes.
    ///
    /// # Errors
    ///
    /// What has ended the call already.
    pub fn new(file: &'a Blob, size: u64, call: &CallSettings) -> Result<Self, Failure> {
        let deadline = Deadline::new(Stage::Upload, call)?;
        // Disks can be slow.
        deadline.start(Limit::Stall, call.stall_timeout);
        Ok(Self {
            file,
            size,
            deadline,
            whole: OnceCell::new(),
        })
    }

    /// The bytes of a range.
    ///
    /// # Errors
    ///
    /// `file_unreadable`, or what ended the wait.
    pub async fn read(&self, range: Range<u64>) -> Result<Vec<u8>, Failure> {
        if range.is_empty() {
            return Ok(Vec::new());
        }
        if self.size > SMALL_BYTES {
            return self.read_slice(range).await;
        }
        let whole = self.read_all().await?;
        let offset = |at| u32::try_from(at).unwrap_or(u32::MAX);
        let part = whole.subarray(offset(range.start), offset(range.end));
        Ok(part.to_vec())
    }

    /// All bytes; they stay outside of the module's memory.
    ///
    /// # Errors
    ///
    /// As [`FileReader::read`].
    pub async fn read_all(&self) -> Result<Uint8Array, Failure> {
        if let Some(whole) = self.whole.get() {
            return Ok(whole.clone());
        }
        let promise = self.file.array_buffer();
        let bytes = self.wait(&promise, self.size).await?;
        Ok(self.whole.get_or_init(|| bytes).clone())
    }

    /// The bytes of a range, which are read even where all are known.
    ///
    /// # Errors
    ///
    /// As [`FileReader::read`].
    pub async fn read_slice(&self, range: Range<u64>) -> Result<Vec<u8>, Failure> {
        let slice = self
            .file
            .slice_with_f64_and_f64(exact(range.start), exact(range.end));
        let promise = slice.map_err(unreadable)?.array_buffer();
        let bytes = self.wait(&promise, range.end - range.start).await?;
        Ok(bytes.to_vec())
    }

    /// The bytes of a read, which are as many as were asked for: a file can be cut while it is read.
    async fn wait(&self, promise: &Promise, length: u64) -> Result<Uint8Array, Failure> {
        // Nobody waits for it any more once the call has ended.
        callback::ignore(promise);
        let buffer = self.deadline.wait_for(promise).await?;
        let bytes = Uint8Array::new(&buffer.map_err(unreadable)?);
        if u64::from(bytes.length()) == length {
            Ok(bytes)
        } else {
            Err(unreadable(JsValue::UNDEFINED).into())
        }
    }
}

/// The error of a file that cannot be read, with the platform's exception.
pub fn unreadable(cause: JsValue) -> Error {
    let error = Error::new(
        Stage::Upload,
        Code::FileUnreadable,
        "the file could not be read",
    );
    error.with_cause(cause)
}

/// An offset in a file, or its size, for JavaScript.
#[expect(
    clippy::cast_precision_loss,
    reason = "sizes of files are exact in f64"
)]
pub const fn exact(offset: u64) -> f64 {
    offset as f64
}
