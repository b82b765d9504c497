//! What takes a stream's pieces out of it.

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{ReadableStream, ReadableStreamByobReader, ReadableStreamDefaultReader};

/// Bytes in a large piece.
const LARGE: u32 = 65_536;

/// A stream's only reader.
pub enum Reader {
    /// Takes pieces as they come: from workerd, 4 KB at a time.
    AsTheyCome(ReadableStreamDefaultReader),
    /// Has large pieces filled.
    Large(ReadableStreamByobReader),
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
        let large = ReadableStreamByobReader::new(stream).map(Self::Large);
        large.or_else(|_| Self::short(stream))
    }

    /// Takes the next piece.
    pub fn read(&self) -> Promise {
        match self {
            Self::AsTheyCome(reader) => reader.read(),
            Self::Large(reader) => {
                reader.read_with_array_buffer_view(&Uint8Array::new_with_length(LARGE))
            }
        }
    }

    /// Wants no more of it.
    pub fn cancel(&self) -> Promise {
        match self {
            Self::AsTheyCome(reader) => reader.cancel(),
            Self::Large(reader) => reader.cancel(),
        }
    }
}
