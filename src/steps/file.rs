//! The file that the caller chose: whether Divar takes it, and whether it is whole.

use divar_media::accepted::{Format, MediaType};
use divar_media::signature::HEAD_BYTES;
use divar_media::whole::{self, TAIL_BYTES};
use divar_media::{Known, Need, Stop};
use wasm_bindgen::prelude::*;

use crate::error::Code;
use crate::js;
use crate::options::upload::named_type;
use crate::task::{Phase, Task};

/// More than a film of 64 boxes takes, besides its ends.
const ALLOWANCE: u64 = 16_384;

/// What is known of a file that is being looked at.
pub struct Look {
    known: Known,
    /// What was asked for.
    need: Need,
    /// What it is, once that is known.
    format: Option<Format>,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            known: Known::new(0, 0, 0),
            need: Need { at: 0, length: 0 },
            format: None,
        }
    }
}

impl Task {
    /// Looks at the file's size, and then at its two ends, both at once.
    pub(crate) fn open(&mut self) -> Result<JsValue, JsValue> {
        let size = self.size();
        if size == 0 {
            return Err(self.refused(Code::FileEmpty, "the file is empty"));
        }
        if let Some(known) = named_type(&self.work) {
            self.check_size(known)?;
        }
        self.look.known = Known::new(size, HEAD_BYTES, ALLOWANCE);
        let head = (HEAD_BYTES as u64).min(size);
        Ok(self.read(Phase::Ends, [0, head], [self.tail(), size]))
    }

    /// Recognises the file.
    pub(crate) fn saw_ends(&mut self, outcome: &JsValue) -> Result<JsValue, JsValue> {
        let mut head = bytes(outcome);
        let tail = head.split_off(HEAD_BYTES.min(head.len()));
        let from = self.tail();
        let known = &mut self.look.known;
        let whole_head = known.size().min(HEAD_BYTES as u64);
        // It was shortened meanwhile.
        if (head.len() as u64) < whole_head {
            return Err(self.unreadable());
        }
        let (media_type, format) = self.recognise(&head)?;
        js::set_text(&self.work, "type", media_type.name());
        self.check_size(media_type)?;
        self.look.format = Some(format);
        let known = &mut self.look.known;
        known.add(0, head);
        known.add(from, tail);
        self.whole()
    }

    /// Looks on, at what it asked for.
    pub(crate) fn saw_more(&mut self, outcome: &JsValue) -> Result<JsValue, JsValue> {
        let bytes = bytes(outcome);
        let Need { at, length } = self.look.need;
        if bytes.len() != length {
            return Err(self.unreadable());
        }
        self.look.known.add(at, bytes);
        self.whole()
    }

    /// Looks whether the file is all there, and begins to upload it.
    fn whole(&mut self) -> Result<JsValue, JsValue> {
        match whole::check(&self.look.known) {
            Err(Stop::Need(need)) => {
                self.look.need = need;
                let end = need.at.saturating_add(need.length as u64);
                return Ok(self.read(Phase::More, [need.at, end], [end, end]));
            }
            Err(Stop::Truncated) => {
                let words = "the file is cut off: it ends before its content does";
                return Err(self.refused(Code::FileDamaged, words));
            }
            _ => {}
        }
        if let Some(format) = self.look.format {
            self.work.retype(format.mime());
            if let Some(is_wrong) = format.misnamed(&self.work) {
                self.work.rename(format.extension(), is_wrong);
            }
        }
        Ok(self.begin_step(crate::error::Stage::Upload))
    }

    fn recognise(&self, head: &[u8]) -> Result<(MediaType, Format), JsValue> {
        let Some(known) = named_type(&self.work) else {
            return MediaType::of(head, &self.work).ok_or_else(|| {
                let words = "the file is of no format that Divar takes";
                self.refused(Code::UnsupportedFormat, words)
            });
        };
        let format = Format::of(known, head, &self.work).ok_or_else(|| {
            js::set_text(&self.work, "formats", known.formats());
            let words = "the type {type} takes {formats}, and the file is none of these";
            self.refused(Code::UnsupportedFormat, words)
        })?;
        Ok((known, format))
    }

    fn check_size(&self, media_type: MediaType) -> Result<(), JsValue> {
        let most = js::number(&self.work, "maxBytes");
        #[expect(clippy::cast_precision_loss, reason = "at most 50 MB")]
        let most = if most.is_nan() {
            media_type.max_bytes() as f64
        } else {
            most
        };
        if js::number(&self.work, "size") <= most {
            return Ok(());
        }
        js::set_number(&self.work, "most", most);
        let words = "the file has {size} bytes; at most {most} are taken";
        Err(self.refused(Code::FileTooLarge, words))
    }

    fn read(&mut self, phase: Phase, first: [u64; 2], second: [u64; 2]) -> JsValue {
        #[expect(clippy::cast_precision_loss, reason = "they came from an f64")]
        let [from, to, from2, to2] = [first[0], first[1], second[0], second[1]].map(|at| at as f64);
        let effect = self.work.look(from, to, from2, to2);
        self.then(phase, effect)
    }

    fn size(&self) -> u64 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a file's size is a whole number"
        )]
        let size = js::number(&self.work, "size") as u64;
        size
    }

    /// Where the file's last bytes begin.
    fn tail(&self) -> u64 {
        self.size().saturating_sub(TAIL_BYTES as u64)
    }

    fn unreadable(&self) -> JsValue {
        self.refused(Code::FileUnreadable, "the file could not be read")
    }

    fn refused(&self, code: Code, words: &str) -> JsValue {
        let nothing = JsValue::UNDEFINED;
        self.work.failed(code as u32, words, &nothing, false, false)
    }
}

/// What was read.
fn bytes(outcome: &JsValue) -> Vec<u8> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "some kilobytes that were asked for"
    )]
    let mut bytes = vec![0; js::number(outcome, "length") as usize];
    js::copy(outcome, &mut bytes);
    bytes
}
