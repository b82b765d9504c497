//! Uploading a file.

use wasm_bindgen::JsValue;

use crate::contract::route;
use crate::error::{Code, Stage};
use crate::js;
use crate::net::answer::Failed;
#[cfg(feature = "secret")]
use crate::net::stream;
use crate::task::{Phase, Task, Way};
use crate::work::Work;

/// The limit of an answer where none is given, in milliseconds.
pub const ANSWER: f64 = 60_000.0;

/// The form's only field (contract, step 2).
pub const FIELD: &str = "file";

/// What goes with a file to Divar.
pub const HEADERS: &str = "Authorization: {authScheme} {uploadToken}\nAccept: */*";

/// The same with the token that the caller gave.
const HEADERS_GIVEN: &str = "Authorization: {authScheme} {token}\nAccept: */*";

impl Task {
    /// Uploads the file, with the token that was got for it.
    pub(crate) fn upload(&mut self) -> JsValue {
        self.work.tell(Stage::Upload);
        let is_bare = js::is(&self.work, "encoding", "binary");
        let (url, headers) = match self.way {
            Way::Relay => (route::ENDPOINT_UPLOAD, "Accept: */*"),
            Way::Given => (route::UPLOAD, HEADERS_GIVEN),
            Way::Asked | Way::Minted => (route::UPLOAD, HEADERS),
        };
        let field = if is_bare || self.way == Way::Relay {
            ""
        } else {
            FIELD
        };
        #[cfg(feature = "secret")]
        if stream::is_here() && js::has(&self.work, "onProgress") {
            let effect = stream::upload(self.work.clone(), url, headers, field);
            return self.then(Phase::Answer, effect.into());
        }
        let effect = self.work.upload(url, headers, field, ANSWER);
        self.then(Phase::Answer, effect)
    }

    /// Keeps the media token. What is wrong is given.
    pub(crate) fn uploaded(&self, outcome: &JsValue) -> Option<Failed> {
        self.work.gone();
        media(&self.work, outcome)
    }
}

/// Keeps the media token. One that came with anything but a good `status` stays in the error: what
/// was given is not lost.
pub fn media(work: &Work, outcome: &JsValue) -> Option<Failed> {
    let has_id = work.keep("mediaToken", outcome, "id");
    let (code, words) = if !work.keep("status", outcome, "status") {
        (Code::MissingField, "the answer has no status")
    } else if !js::is(work, "status", "ok") {
        (Code::NotOk, "the upload's status is {status}")
    } else if has_id {
        return None;
    } else {
        (Code::MissingField, "the answer has no id")
    };
    Some(Failed::fault(work, Stage::Upload, code, words, outcome))
}
