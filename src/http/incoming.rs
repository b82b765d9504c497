//! The body of a request that the handler received.

use std::collections::VecDeque;

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;

use super::deadline::{Deadline, Limit};
use super::request::CallSettings;
use crate::callback;
use crate::error::{Code, Error, Failure, Stage};

/// Bytes of a piece where the stream lets its reader choose: workerd gives 4 KB at a time else.
const PIECE_BYTES: u32 = 65_536;

#[wasm_bindgen]
extern "C" {
    /// A stream of any class: adapters for Node give streams of their own.
    pub type StreamLike;
    #[wasm_bindgen(method, structural, catch, js_name = getReader)]
    fn get_reader(this: &StreamLike) -> Result<ReaderLike, JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = getReader)]
    fn get_reader_with(this: &StreamLike, options: &JsValue) -> Result<ReaderLike, JsValue>;

    /// A stream's reader.
    type ReaderLike;
    #[wasm_bindgen(method, structural, catch)]
    fn read(this: &ReaderLike) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, structural, catch, js_name = read)]
    fn read_into(this: &ReaderLike, view: &Uint8Array) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, structural, catch)]
    fn cancel(this: &ReaderLike) -> Result<JsValue, JsValue>;

    /// What a reader resolves to.
    type ReadResult;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn done(this: &ReadResult) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn value(this: &ReadResult) -> Result<JsValue, JsValue>;
}

/// How pieces are taken out of a stream.
enum Reader {
    /// As the stream has them.
    Default(ReaderLike),
    /// In pieces of [`PIECE_BYTES`]; the buffer of a piece that is no longer needed is filled again.
    Byob(ReaderLike, Option<Uint8Array>),
}

/// Reads a body once, piece by piece, up to a limit. Each piece must arrive within the stall limit.
pub struct Incoming {
    stage: Stage,
    call: CallSettings,
    reader: Reader,
    /// Pieces that were read to be inspected and are still to be passed on.
    peeked: VecDeque<Uint8Array>,
    received: u64,
    max_bytes: u64,
}

impl Incoming {
    /// Starts to read a body of at most `max_bytes`.
    ///
    /// # Errors
    ///
    /// What the platform throws, as for a body that was read already.
    pub fn new(
        stage: Stage,
        call: &CallSettings,
        body: &StreamLike,
        max_bytes: u64,
    ) -> Result<Self, JsValue> {
        Ok(Self {
            stage,
            call: call.clone(),
            reader: Reader::of(body)?,
            peeked: VecDeque::new(),
            received: 0,
            max_bytes,
        })
    }

    /// The first `count` bytes, or all if there are fewer. [`Incoming::next`] still gives them.
    ///
    /// # Errors
    ///
    /// As [`Incoming::next`].
    pub async fn peek(&mut self, count: usize) -> Result<Vec<u8>, Failure> {
        let mut head = Vec::new();
        while head.len() < count
            && let Some(piece) = self.read().await?
        {
            let wanted = u32::try_from(count - head.len()).unwrap_or(u32::MAX);
            head.extend(piece.subarray(0, wanted.min(piece.length())).to_vec());
            self.peeked.push_back(piece);
        }
        Ok(head)
    }

    /// The next piece, or `None` at the end.
    ///
    /// # Errors
    ///
    /// `file_too_large` beyond the limit; `network` where the stream breaks off; as
    /// [`Deadline::wait_for`].
    pub async fn next(&mut self) -> Result<Option<Uint8Array>, Failure> {
        match self.peeked.pop_front() {
            Some(piece) => Ok(Some(piece)),
            None => self.read().await,
        }
    }

    /// Gives the buffer of a piece back, whose bytes nobody needs any more. It would otherwise stay in
    /// memory until the garbage collector runs.
    pub fn recycle(&mut self, piece: &Uint8Array) {
        if let Reader::Byob(_, spare) = &mut self.reader {
            *spare = Some(Uint8Array::new(&piece.buffer()));
        }
    }

    /// The whole body.
    ///
    /// # Errors
    ///
    /// As [`Incoming::next`].
    pub async fn collect(mut self) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        while let Some(piece) = self.next().await? {
            bytes.extend(piece.to_vec());
        }
        Ok(bytes)
    }

    async fn read(&mut self) -> Result<Option<Uint8Array>, Failure> {
        // A guard for each piece: one promise that raced against all of them would keep them in memory
        // to the end. And the time until the next read is not the sender's.
        let deadline = Deadline::new(self.stage, &self.call)?;
        deadline.start(Limit::Stall, self.call.stall_timeout);
        let result = match self.reader.read() {
            Ok(result) => deadline.wait_for(&Promise::resolve(&result)).await?,
            Err(cause) => Err(cause),
        };
        let piece = result.and_then(|result| piece_of(&result.unchecked_into()));
        let Some(piece) = piece.map_err(|cause| self.broken(cause))? else {
            return Ok(None);
        };
        self.received += u64::from(piece.length());
        if self.received > self.max_bytes {
            let message = "the body is longer than allowed";
            return Err(Error::new(self.stage, Code::FileTooLarge, message).into());
        }
        Ok(Some(piece))
    }

    fn broken(&self, cause: JsValue) -> Failure {
        let error = Error::new(self.stage, Code::Network, "the request's body broke off");
        error.with_cause(cause).into()
    }
}

/// The bytes of a read, `None` at the end.
fn piece_of(result: &ReadResult) -> Result<Option<Uint8Array>, JsValue> {
    if result.done()? {
        return Ok(None);
    }
    result.value()?.dyn_into().map(Some)
}

impl Reader {
    fn of(body: &StreamLike) -> Result<Self, JsValue> {
        let options = js_sys::Object::new();
        js_sys::Reflect::set(&options, &"mode".into(), &"byob".into())?;
        match body.get_reader_with(&options) {
            Ok(reader) => Ok(Self::Byob(reader, None)),
            Err(_) => body.get_reader().map(Self::Default),
        }
    }

    fn read(&mut self) -> Result<JsValue, JsValue> {
        match self {
            Self::Default(reader) => reader.read(),
            Self::Byob(reader, spare) => {
                let view = spare.take();
                reader.read_into(&view.unwrap_or_else(|| Uint8Array::new_with_length(PIECE_BYTES)))
            }
        }
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        let (Reader::Default(reader) | Reader::Byob(reader, _)) = &self.reader;
        if let Ok(cancelled) = reader.cancel() {
            callback::ignore(&cancelled);
        }
    }
}
