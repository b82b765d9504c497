//! What takes a stream's pieces out of it.

use std::cell::Cell;

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{ReadableStream, ReadableStreamByobReader, ReadableStreamDefaultReader};

/// Bytes in a large piece.
const LARGE: u32 = 65_536;

/// A stream's only reader.
pub enum Reader {
    /// Takes pieces as they come: from workerd, 4 KB at a time.
    AsTheyCome(ReadableStreamDefaultReader),
    /// Has large pieces filled, the last one again if it was given back.
    Large(ReadableStreamByobReader, Cell<Option<Uint8Array>>),
}

impl Reader {
    /// For what is short.
    ///
    /// # Errors
    ///
    /// What the platform throws, as for a body that was read already.
    pub fn short(stream: &ReadableStream) -> Result<Self, JsValue> {
        ReadableStreamDefaultReader::new(stream).map(Self::AsTheyCome)
    }

    /// For what is long: in large pieces, from a stream that lets its reader say so.
    ///
    /// # Errors
    ///
    /// As [`Reader::short`].
    pub fn long(stream: &ReadableStream) -> Result<Self, JsValue> {
        let large = ReadableStreamByobReader::new(stream);
        large
            .map(|reader| Self::Large(reader, Cell::default()))
            .or_else(|_| Self::short(stream))
    }

    /// Takes the next piece.
    pub fn read(&self) -> Promise {
        match self {
            Self::AsTheyCome(reader) => reader.read(),
            Self::Large(reader, spare) => {
                let room = spare.take();
                let room = room.unwrap_or_else(|| Uint8Array::new_with_length(LARGE));
                reader.read_with_array_buffer_view(&room)
            }
        }
    }

    /// Gives back a piece that nobody needs any more, to be filled again: it would
    /// else lie about until the garbage collector comes.
    pub fn give_back(&self, piece: &Uint8Array) {
        if let Self::Large(_, spare) = self {
            spare.set(Some(Uint8Array::new(&piece.buffer())));
        }
    }

    /// Wants no more of it.
    pub fn cancel(&self) -> Promise {
        match self {
            Self::AsTheyCome(reader) => reader.cancel(),
            Self::Large(reader, _) => reader.cancel(),
        }
    }
}
