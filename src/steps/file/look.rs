//! Reading the few bytes of a file that tell what it is and whether it is whole.

use divar_media::signature::HEAD_BYTES;
use divar_media::whole::{self, TAIL_BYTES};
use divar_media::{Known, Need, Stop};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::Blob;

use super::{refuse, unreadable};
use crate::error::{Code, Failure, Stage};
use crate::net::call::Call;
use crate::net::gate::{Deadline, Gate};

/// More than a film of 64 boxes takes, besides its ends.
const ALLOWANCE: u64 = 16_384;

/// A file that is being looked at.
pub struct Look<'a> {
    blob: &'a Blob,
    call: &'a Call,
    known: Known,
}

impl<'a> Look<'a> {
    /// Reads the two ends of a file, both at once.
    ///
    /// # Errors
    ///
    /// `file_unreadable`; as [`Gate::settled`].
    pub async fn at(blob: &'a Blob, size: u64, call: &'a Call) -> Result<Self, Failure> {
        let known = Known::new(size, HEAD_BYTES, ALLOWANCE);
        let mut look = Self { blob, call, known };
        let head = (HEAD_BYTES as u64).min(size);
        let tail = size.saturating_sub(TAIL_BYTES as u64);
        let parts = [look.slice(0, head)?, look.slice(tail, size)?];
        let ends = Blob::new_with_blob_sequence(&Array::from_iter(parts)).map_err(unreadable)?;
        let mut bytes = look.read(&ends).await?;
        let split = HEAD_BYTES.min(bytes.len());
        let rest = bytes.split_off(split);
        look.known.add(0, bytes);
        look.known.add(tail, rest);
        Ok(look)
    }

    /// The file's first bytes.
    ///
    /// # Errors
    ///
    /// `file_unreadable` for a file that was shortened meanwhile.
    pub fn head(&self) -> Result<&[u8], Failure> {
        let length =
            usize::try_from(self.known.size()).map_or(HEAD_BYTES, |size| size.min(HEAD_BYTES));
        self.known
            .get(0, length)
            .map_err(|_| unreadable(JsValue::UNDEFINED))
    }

    /// Looks whether the file is all there.
    ///
    /// # Errors
    ///
    /// `file_damaged`, `file_unreadable`; as [`Gate::settled`].
    pub async fn whole(mut self) -> Result<(), Failure> {
        loop {
            match whole::check(&self.known) {
                Err(Stop::Need(Need { at, length })) => {
                    let slice = self.slice(at, at.saturating_add(length as u64))?;
                    let bytes = self.read(&slice).await?;
                    if bytes.len() != length {
                        return Err(unreadable(JsValue::UNDEFINED));
                    }
                    self.known.add(at, bytes);
                }
                Err(Stop::Truncated) => {
                    let words = ["the file is cut off: it ends before its content does"];
                    return Err(refuse(Code::FileDamaged, &words).into());
                }
                _ => return Ok(()),
            }
        }
    }

    fn slice(&self, from: u64, to: u64) -> Result<Blob, Failure> {
        #[expect(clippy::cast_precision_loss, reason = "they came from an f64")]
        let (from, to) = (from as f64, to as f64);
        self.blob
            .slice_with_f64_and_f64(from, to)
            .map_err(unreadable)
    }

    /// A disk can be slow, or a file still in a cloud: this wait has a limit as
    /// any other.
    async fn read(&self, slice: &Blob) -> Result<Vec<u8>, Failure> {
        let gate = Gate::new(Stage::Upload, self.call);
        gate.phase().begin(Deadline::Stall, self.call.stall);
        let buffer = gate
            .settled(slice.array_buffer())
            .await?
            .map_err(unreadable)?;
        Ok(Uint8Array::new(buffer.unchecked_ref::<ArrayBuffer>()).to_vec())
    }
}
