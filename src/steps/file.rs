//! The file that the caller chose: whether Divar takes it, and whether it is whole.

use divar_media::accepted::{Format, MediaType};
use divar_media::signature::HEAD_BYTES;
use divar_media::whole::{self, BOX_BYTES, Look, MOST_BOXES, TAIL_BYTES};
use wasm_bindgen::prelude::*;

use crate::error::{Code, Stage};
use crate::js;
use crate::options::upload::named_type;
use crate::task::{Effect, Over, Phase, Task};

impl Task {
    /// Looks at the file's size, and then at its two ends, both at once.
    pub(crate) fn open(&mut self) -> Effect {
        let size = self.size();
        if size == 0 {
            return self.refuse(Code::FileEmpty, "the file is empty");
        }
        if let Some(known) = named_type(&self.work) {
            self.check_size(known)?;
        }
        let [head, tail] = self.ends();
        Ok(self.look(Phase::Ends, [0, head], [size.saturating_sub(tail), size]))
    }

    /// Recognises the file.
    pub(crate) fn saw_ends(&mut self, outcome: &JsValue) -> Effect {
        let [head, tail] = self.ends();
        let mut buffer = [0; HEAD_BYTES + TAIL_BYTES];
        let bytes = self.seen(outcome, &mut buffer, head.saturating_add(tail))?;
        let head = usize::try_from(head).unwrap_or(HEAD_BYTES);
        let (head, tail) = bytes.split_at_checked(head).unwrap_or((bytes, &[]));
        let (media_type, format) = self.recognise(head)?;
        js::set_text(&self.work, "type", media_type.name());
        self.check_size(media_type)?;
        self.work.retype(format.mime());
        if let Some(is_wrong) = format.misnamed(&self.work) {
            self.work.rename(format.extension(), is_wrong);
        }
        self.go_on(whole::ends(head, tail, self.size()))
    }

    /// Looks on, at the next of a film's boxes.
    pub(crate) fn saw_more(&mut self, outcome: &JsValue) -> Effect {
        let (size, at) = (self.size(), whole_number(js::number(&self.work, "box")));
        let mut buffer = [0; BOX_BYTES];
        let length = size.saturating_sub(at).min(BOX_BYTES as u64);
        let bytes = self.seen(outcome, &mut buffer, length)?;
        self.turns = self.turns.saturating_add(1);
        if self.turns > MOST_BOXES {
            return Ok(self.begin_step(Stage::Upload));
        }
        self.go_on(whole::after_box(at, bytes, size))
    }

    /// Looks on, or begins to upload the file.
    fn go_on(&mut self, look: Look) -> Effect {
        match look {
            Look::Whole => Ok(self.begin_step(Stage::Upload)),
            Look::Cut => {
                let words = "the file is cut off: it ends before its content does";
                self.refuse(Code::FileDamaged, words)
            }
            Look::On(at) => {
                #[expect(clippy::cast_precision_loss, reason = "it lies in the file")]
                js::set_number(&self.work, "box", at as f64);
                let end = self.size().min(at.saturating_add(BOX_BYTES as u64));
                Ok(self.look(Phase::More, [at, end], [end, end]))
            }
        }
    }

    fn recognise(&self, head: &[u8]) -> Result<(MediaType, Format), Over> {
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

    fn check_size(&self, media_type: MediaType) -> Result<(), Over> {
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

    fn look(&mut self, phase: Phase, first: [u64; 2], second: [u64; 2]) -> JsValue {
        #[expect(clippy::cast_precision_loss, reason = "they came from an f64")]
        let [from, to, from2, to2] = [first[0], first[1], second[0], second[1]].map(|at| at as f64);
        let effect = self.work.look(from, to, from2, to2);
        self.then(phase, effect)
    }

    /// What was read, which must be so many bytes: a file can be made shorter meanwhile.
    fn seen<'a>(
        &self,
        outcome: &JsValue,
        buffer: &'a mut [u8],
        length: u64,
    ) -> Result<&'a [u8], Over> {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let bytes = buffer.get_mut(..length).unwrap_or_default();
        if js::copy(outcome, bytes) {
            return Ok(bytes);
        }
        Err(self.refused(Code::FileUnreadable, "the file could not be read"))
    }

    /// How many of the first and of the last bytes are looked at.
    fn ends(&self) -> [u64; 2] {
        let size = self.size();
        [HEAD_BYTES, TAIL_BYTES].map(|most| size.min(most as u64))
    }

    fn size(&self) -> u64 {
        whole_number(js::number(&self.work, "size"))
    }

    fn refuse(&self, code: Code, words: &str) -> Effect {
        Err(self.refused(code, words))
    }

    fn refused(&self, code: Code, words: &str) -> Over {
        self.work.fail_for_good(code, words);
        Over
    }
}

/// A file's size, or a place in it.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a file's size is a whole number"
)]
const fn whole_number(number: f64) -> u64 {
    number as u64
}
