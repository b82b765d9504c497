//! The body of a request that this side got.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::prelude::*;

use super::gate::Gate;
use super::reader::Reader;
use crate::error::{Code, Error, Failure, Stage};
use crate::js;
use crate::work::Work;

/// Reads a stream once, piece by piece, and no further than a limit. A piece must
/// come within the stall limit.
pub struct Incoming {
    stage: Stage,
    work: Work,
    reader: Reader,
    /// What was read to be looked at, and is still to be sent.
    seen: RefCell<VecDeque<Uint8Array>>,
    read: Cell<u64>,
    most: u64,
}

impl Incoming {
    /// Begins to read; `most` is how many bytes may come.
    #[must_use]
    pub fn new(stage: Stage, work: &Work, reader: Reader, most: u64) -> Self {
        Self {
            stage,
            work: work.clone(),
            reader,
            seen: RefCell::default(),
            read: Cell::new(0),
            most,
        }
    }

    /// The first bytes, at least `count` of them unless there are fewer. They are
    /// still given by [`Incoming::next`].
    ///
    /// # Errors
    ///
    /// As [`Incoming::next`].
    pub async fn head(&self, count: usize) -> Result<Vec<u8>, Failure> {
        let mut head = Vec::new();
        let mut pieces = VecDeque::new();
        while head.len() < count
            && let Some(piece) = self.read().await?
        {
            let wanted = u32::try_from(count - head.len()).unwrap_or(u32::MAX);
            head.extend(piece.subarray(0, wanted.min(piece.length())).to_vec());
            pieces.push_back(piece);
        }
        self.seen.replace(pieces);
        Ok(head)
    }

    /// The next piece, or `None` at the end.
    ///
    /// # Errors
    ///
    /// `file_too_large` beyond the limit; `network` where the stream breaks off.
    pub async fn next(&self) -> Result<Option<Uint8Array>, Failure> {
        let seen = self.seen.borrow_mut().pop_front();
        match seen {
            Some(piece) => Ok(Some(piece)),
            None => self.read().await,
        }
    }

    /// Gives a piece back whose bytes nobody needs any more.
    pub fn give_back(&self, piece: &Uint8Array) {
        self.reader.give_back(piece);
    }

    /// All of it, for what is short.
    ///
    /// # Errors
    ///
    /// As [`Incoming::next`].
    pub async fn whole(self) -> Result<Vec<u8>, Failure> {
        let mut bytes = Vec::new();
        while let Some(piece) = self.read().await? {
            bytes.extend(piece.to_vec());
        }
        Ok(bytes)
    }

    async fn read(&self) -> Result<Option<Uint8Array>, Failure> {
        let broken = |cause| {
            let words = "the body broke off on its way here";
            Failure::from(Error::of(self.stage, Code::Network, words, &cause))
        };
        // A gate for each piece: one promise that raced against them all would hold
        // them all until the end. And the time until the next read is not the sender's.
        let gate = Gate::new(&self.work);
        gate.begin_stall();
        let outcome = gate.settled(&self.reader.read()).await?.map_err(broken)?;
        if js::number(&outcome, "done") > 0.0 {
            return Ok(None);
        }
        let piece: Uint8Array = js::get(&outcome, "value").dyn_into().map_err(broken)?;
        let read = self.read.get() + u64::from(piece.length());
        self.read.set(read);
        if read > self.most {
            let words = "the body is longer than is taken";
            return Err(Error::new(self.stage, Code::FileTooLarge, words).into());
        }
        Ok(Some(piece))
    }
}

impl Drop for Incoming {
    fn drop(&mut self) {
        // What is left need not come. Whatever becomes of this, nobody has to hear of it.
        let ended = Array::of1(&self.reader.cancel());
        let _ = Promise::all_settled(&ended);
    }
}
