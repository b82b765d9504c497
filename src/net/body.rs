//! What a request carries.

use js_sys::Math;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, FormData};

use super::multipart::{self, Frame};

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
}

impl Body {
    /// How many bytes that is, about; nothing for JSON, which is short.
    pub fn size(&self) -> f64 {
        self.file().map_or(0.0, Blob::size)
    }

    /// The file in it.
    pub fn file(&self) -> Option<&Blob> {
        match self {
            Self::Json(_) => None,
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
            Self::Json(text) => text.clone(),
            Self::Bare(file) => file.into(),
            Self::Form { file, name } => {
                let form = FormData::new()?;
                form.append_with_blob_and_filename(FIELD, file, name)?;
                form.into()
            }
        })
    }

    /// What goes around the file where the body is written by hand.
    pub fn frame(&self) -> Frame {
        let mime = self.file().map(Blob::type_).unwrap_or_default();
        match self {
            Self::Form { name, .. } => multipart::frame(&boundary(), FIELD, name, &mime),
            _ => Frame {
                content_type: mime,
                head: String::new(),
                tail: String::new(),
            },
        }
    }
}

/// Too many digits for a file to hold them by chance.
fn boundary() -> String {
    let digits = || {
        let number = js_sys::Number::from(Math::random()).to_string_with_radix(36);
        String::from(number.unwrap_or_default()).replace('.', "")
    };
    ["divar", &digits(), &digits()].concat()
}
