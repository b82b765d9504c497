//! The check of files whose first and last bytes do not tell whether they are whole, by the parsers of
//! `prepareMedia`. The package's entries load these when such a file comes.

use divar_media::{Format, MediaType};
use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::Blob;

use crate::callback;
use crate::error::{Code, Error, Failure, Stage};
use crate::http::Deadline;

#[wasm_bindgen]
extern "C" {
    /// `Validation` of `pkg/src/prepare/validate.ts`: a MIME type, or a code and a message.
    type Validation;
    #[wasm_bindgen(method, getter, structural)]
    fn mime(this: &Validation) -> Option<String>;
    #[wasm_bindgen(method, getter, structural)]
    fn code(this: &Validation) -> Option<String>;
    #[wasm_bindgen(method, getter, structural)]
    fn message(this: &Validation) -> Option<String>;
}

/// `Validate` of `pkg/src/prepare/validate.ts`.
pub struct Validator(pub Function);

impl Validator {
    /// The format that a file is sent in, or why Divar does not take it. `None` where the parsers cannot be
    /// loaded, as in a service worker: a file is not refused for that.
    ///
    /// # Errors
    ///
    /// What ended the wait.
    pub async fn validate(
        &self,
        file: &Blob,
        media_type: Option<MediaType>,
        deadline: &Deadline,
    ) -> Result<Option<Result<Format, Error>>, Failure> {
        let media_type = media_type.map(|it| JsValue::from_str(it.name()));
        let arguments = Array::of3(
            file,
            &media_type.unwrap_or_default(),
            &deadline.signal().into(),
        );
        let Ok(promise) = self.0.apply(&JsValue::UNDEFINED, &arguments) else {
            return Ok(None);
        };
        callback::ignore(&promise);
        let answer = deadline.wait_for(&Promise::resolve(&promise)).await?;
        Ok(answer
            .ok()
            .and_then(|answer| outcome(answer.unchecked_ref())))
    }
}

fn outcome(validation: &Validation) -> Option<Result<Format, Error>> {
    if let Some(mime) = validation.mime() {
        return Format::from_mime(&mime).map(Ok);
    }
    let code = Code::from_name(&validation.code()?)?;
    let message = validation.message().unwrap_or_default();
    Some(Err(Error::new(Stage::Upload, code, &message)))
}
