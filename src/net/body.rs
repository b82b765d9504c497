//! What a request carries.

#[cfg(feature = "secret")]
use js_sys::{Array, Math};
use wasm_bindgen::prelude::*;
use web_sys::Blob;

#[cfg(feature = "secret")]
use super::incoming::Incoming;
#[cfg(feature = "secret")]
use super::multipart::{self, Frame};
#[cfg(feature = "secret")]
use crate::js;

#[wasm_bindgen(module = "/pkg/platform/request.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn form(name: &str, file: &Blob, file_name: &str) -> Result<JsValue, JsValue>;
}

/// The form's only field (contract, step 2).
const FIELD: &str = "file";

/// A request's body. A file in it is a handle: its bytes stay where they are.
pub enum Body {
    /// JSON, already written.
    Json(JsValue),
    /// A file as the bare body.
    Bare(Blob),
    /// A file as the field of a form.
    Form {
        /// The file.
        file: Blob,
        /// The name that the form gives it.
        name: String,
    },
    /// A file that is still coming in, as the field of a form. It cannot be sent
    /// twice.
    #[cfg(feature = "secret")]
    Relayed {
        /// The file.
        file: Incoming,
        /// Its size in bytes, where that was told.
        size: Option<f64>,
        /// The name that the form gives it.
        name: String,
        /// Its MIME type.
        mime: &'static str,
    },
}

impl Body {
    /// How many bytes that is, about; nothing for JSON, which is short, and for
    /// what is not known.
    pub fn size(&self) -> f64 {
        self.file_size().unwrap_or_default()
    }

    /// The bytes of the file in it, where they are known.
    pub fn file_size(&self) -> Option<f64> {
        match self {
            #[cfg(feature = "secret")]
            Self::Relayed { size, .. } => *size,
            _ => self.file().map(Blob::size),
        }
    }

    /// The file in it.
    pub fn file(&self) -> Option<&Blob> {
        match self {
            Self::Json(_) => None,
            #[cfg(feature = "secret")]
            Self::Relayed { .. } => None,
            Self::Bare(file) | Self::Form { file, .. } => Some(file),
        }
    }

    /// As `fetch` and `XMLHttpRequest` take it.
    ///
    /// # Errors
    ///
    /// What the platform throws.
    pub fn value(&self) -> Result<JsValue, JsValue> {
        Ok(match self {
            #[cfg(feature = "secret")]
            Self::Json(text) if text_is_repeated() => {
                Blob::new_with_str_sequence(&Array::of1(text))?.into()
            }
            Self::Json(text) => text.clone(),
            // Only a stream can carry it.
            #[cfg(feature = "secret")]
            Self::Relayed { .. } => JsValue::UNDEFINED,
            Self::Bare(file) => file.into(),
            Self::Form { file, name } => form(FIELD, file, name)?,
        })
    }

    /// What goes around the file where the body is written by hand.
    #[cfg(feature = "secret")]
    pub fn frame(&self) -> Frame {
        let mime = self.file().map(Blob::type_).unwrap_or_default();
        match self {
            Self::Form { name, .. } => multipart::frame(&boundary(), FIELD, name, &mime),
            #[cfg(feature = "secret")]
            Self::Relayed { name, mime, .. } => multipart::frame(&boundary(), FIELD, name, mime),
            _ => Frame {
                content_type: mime,
                head: String::new(),
                tail: String::new(),
            },
        }
    }
}

/// Deno by itself sends a text again whose kept connection was reset, a message
/// too. A `Blob` it reads as it sends it, and so only once. Elsewhere the two are
/// the same, save in a made-up page whose `Blob` is none to Node's `fetch`.
#[cfg(feature = "secret")]
fn text_is_repeated() -> bool {
    js::get(&js_sys::global(), "Deno").is_ok_and(|deno| deno.is_object())
}

/// Too many digits for a file to hold them by chance.
#[cfg(feature = "secret")]
fn boundary() -> String {
    let digits = || {
        let number = js_sys::Number::from(Math::random()).to_string_with_radix(36);
        String::from(number.unwrap_or_default()).replace('.', "")
    };
    ["divar", &digits(), &digits()].concat()
}
