//! The body of a request that the handler received.

use std::collections::VecDeque;

use js_sys::{Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::JsValue;

use super::deadline::{Deadline, Limit};
use super::request::CallSettings;
use super::stream_like::{ReaderLike, StreamLike, piece_of};
use crate::callback;
use crate::error::{Code, Error, Failure, Stage};

/// Bytes of a piece where the stream lets its reader choose: workerd gives 4 KB at a time else.
const PIECE_BYTES: u32 = 65_536;

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
    /// Starts to read a file of at most `max_bytes`, in large pieces where the stream allows it.
    ///
    /// # Errors
    ///
    /// What the platform throws, as for a body that was read already.
    pub fn file(
        stage: Stage,
        call: &CallSettings,
        body: &StreamLike,
        max_bytes: u64,
    ) -> Result<Self, JsValue> {
        let reader = match Reader::byob(body) {
            Ok(reader) => reader,
            Err(_) => Reader::Default(body.get_reader()?),
        };
        Ok(Self::new(stage, call, reader, max_bytes))
    }

    /// Starts to read a text of at most `max_bytes`, in the stream's own pieces.
    ///
    /// # Errors
    ///
    /// As [`Incoming::file`].
    pub fn text(
        stage: Stage,
        call: &CallSettings,
        body: &StreamLike,
        max_bytes: u64,
    ) -> Result<Self, JsValue> {
        let reader = Reader::Default(body.get_reader()?);
        Ok(Self::new(stage, call, reader, max_bytes))
    }

    fn new(stage: Stage, call: &CallSettings, reader: Reader, max_bytes: u64) -> Self {
        Self {
            stage,
            call: call.clone(),
            reader,
            peeked: VecDeque::new(),
            received: 0,
            max_bytes,
        }
    }

    /// The first `count` bytes, or all if there are fewer. [`Incoming::next`] still gives them.
    ///
    /// # Errors
    ///
    /// As [`Incoming::next`].
    pub async fn peek(&mut self, count: usize) -> Result<Vec<u8>, Failure> {
        let mut head: Vec<u8> = self.peeked.iter().flat_map(Uint8Array::to_vec).collect();
        while head.len() < count
            && let Some(piece) = self.read().await?
        {
            head.extend(piece.to_vec());
            self.peeked.push_back(piece);
        }
        head.truncate(count);
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
        let piece = result.and_then(piece_of);
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

impl Reader {
    fn byob(body: &StreamLike) -> Result<Self, JsValue> {
        let options = Object::new();
        Reflect::set(&options, &"mode".into(), &"byob".into())?;
        let reader = body.get_reader_with(&options)?;
        Ok(Self::Byob(reader, None))
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
