//! Reading the few bytes of a file that tell what it is and whether it is whole.

use divar_media::signature::HEAD_BYTES;
use divar_media::whole::{self, TAIL_BYTES};
use divar_media::{Known, Need, Stop};
use wasm_bindgen::prelude::*;
use web_sys::Blob;

use super::{refuse, unreadable};
use crate::error::{Code, Failure, Stage};
use crate::net::call::Call;
use crate::net::gate::{Deadline, Gate};
use crate::task::Running;

#[wasm_bindgen(module = "/pkg/platform/values.js")]
extern "C" {
    fn read(file: &Blob, from: f64, to: f64, from2: f64, to2: f64) -> JsValue;
    fn bytes(buffer: &JsValue) -> Vec<u8>;
}

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
        let mut bytes = look.read([0, head], [tail, size]).await?;
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
                    let end = at.saturating_add(length as u64);
                    let bytes = self.read([at, end], [end, end]).await?;
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

    /// Reads two parts, one after the other. A disk can be slow, or a file still
    /// in a cloud: this wait has a limit as any other.
    fn read(&self, first: [u64; 2], second: [u64; 2]) -> Running<'_, Vec<u8>> {
        Box::pin(async move {
            let gate = Gate::new(Stage::Upload, self.call);
            gate.begin(Deadline::Stall, self.call.stall);
            #[expect(clippy::cast_precision_loss, reason = "they came from an f64")]
            let [from, to, from2, to2] =
                [first[0], first[1], second[0], second[1]].map(|at| at as f64);
            let buffer = read(self.blob, from, to, from2, to2);
            let buffer = gate.settled(&buffer).await?;
            Ok(bytes(&buffer.map_err(unreadable)?))
        })
    }
}
