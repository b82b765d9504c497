//! What a request carries.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, FormData};

use crate::platform;

/// The form's only field, by Divar's document.
pub const FIELD: &str = "file";

/// A request's body. A file in it is a handle: its bytes stay where they are.
pub enum Body {
    /// JSON as text.
    Json(String),
    /// A file as the bare body.
    File(Blob),
    /// A file as the only field of a form.
    Form {
        /// The file.
        file: Blob,
        /// The name that the form gives it.
        name: String,
    },
}

impl Body {
    /// The file in it.
    #[must_use]
    pub const fn file(&self) -> Option<&Blob> {
        match self {
            Self::Json(_) => None,
            Self::File(file) | Self::Form { file, .. } => Some(file),
        }
    }

    /// The bytes of the file in it; 0 for JSON, which is short.
    #[must_use]
    pub fn file_bytes(&self) -> u64 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a file's size is a whole number"
        )]
        self.file().map_or(0, |file| file.size() as u64)
    }

    /// As `fetch` and `XMLHttpRequest` take it.
    ///
    /// # Errors
    ///
    /// What the platform throws.
    pub fn to_js(&self) -> Result<JsValue, JsValue> {
        Ok(match self {
            // A `Blob` is read as it is sent, and so only once.
            Self::Json(text) if platform::is_deno() => {
                Blob::new_with_str_sequence(&Array::of1(&text.into()))?.into()
            }
            Self::Json(text) => text.into(),
            Self::File(file) => file.into(),
            Self::Form { file, name } => {
                let form = FormData::new()?;
                form.append_with_blob_and_filename(FIELD, file, name)?;
                form.into()
            }
        })
    }
}
