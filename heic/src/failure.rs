//! Why a picture could not be decoded.

use heic_decoder::HeifError;
use wasm_bindgen::prelude::*;

/// The code of a [`Failure`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureCode {
    /// The file is cut off or contradicts its format.
    Damaged,
    /// The picture has more pixels than it may.
    TooLarge,
    /// The file uses a part of the format that the decoder does not know.
    Unsupported,
}

impl FailureCode {
    /// The code of the package's error.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Damaged => "file_damaged",
            Self::TooLarge => "file_too_large",
            Self::Unsupported => "cannot_convert",
        }
    }
}

/// Why a picture could not be decoded.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failure {
    code: FailureCode,
    message: &'static str,
}

impl Failure {
    pub(crate) const fn new(code: FailureCode, message: &'static str) -> Self {
        Self { code, message }
    }

    pub(crate) const fn unsupported(message: &'static str) -> Self {
        Self::new(FailureCode::Unsupported, message)
    }

    /// What kind of failure it is.
    #[must_use]
    pub const fn code(&self) -> FailureCode {
        self.code
    }
}

#[wasm_bindgen]
impl Failure {
    /// The code of the package's error.
    #[wasm_bindgen(getter, js_name = code)]
    #[must_use]
    pub fn code_name(&self) -> String {
        self.code.name().to_owned()
    }

    /// The reason, for the developer.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn message(&self) -> String {
        self.message.to_owned()
    }
}

impl From<HeifError> for Failure {
    fn from(error: HeifError) -> Self {
        let (code, message) = match error {
            HeifError::Truncated { .. } => (FailureCode::Damaged, "the file is cut off"),
            HeifError::MalformedBox(message)
            | HeifError::MalformedHevc(message)
            | HeifError::CabacDesync(message) => (FailureCode::Damaged, message),
            HeifError::LimitExceeded(message) => (FailureCode::TooLarge, message),
            HeifError::NotHeif(message) | HeifError::Unsupported(message) => {
                (FailureCode::Unsupported, message)
            }
        };
        Self { code, message }
    }
}
