//! Which way a request is sent.

use std::rc::Rc;

use super::answer::Answer;
use super::deadline::{Deadline, Limit};
use super::progress::Progress;
use super::request::{CallSettings, Request};
#[cfg(feature = "server")]
use super::stream;
use super::{fetch, xhr};
use crate::error::Failure;
use crate::platform;

/// Sends a request by `fetch` and reads the answer.
///
/// # Errors
///
/// What the answer says, the limit that passed, `network` where there is no answer, or the signal's own
/// reason.
pub async fn send(request: &Request, call: &CallSettings) -> Result<Answer, Failure> {
    let deadline = Deadline::new(request.head.stage, call)?;
    let timeout = match request.body.file_bytes() {
        0 => call.answer_timeout,
        bytes => call.unseen_upload_timeout(bytes),
    };
    deadline.start(Limit::Answer, timeout);
    fetch::send(request, call, &deadline).await
}

/// Sends a file of which the caller wants to see how much was sent: by `XMLHttpRequest` in browsers,
/// since `fetch` shows no byte moving; elsewhere as a counted stream.
///
/// # Errors
///
/// As [`send`], and `stalled`.
pub async fn upload(
    request: &Request,
    call: &CallSettings,
    progress: &Rc<Progress>,
) -> Result<Answer, Failure> {
    if call.fetch.is_none() && platform::has_xml_http_request() {
        return xhr::send(request, call, progress).await;
    }
    #[cfg(feature = "server")]
    if platform::streams_request_bodies() {
        return match stream::upload(request, call, progress) {
            Some(upload) => upload.await,
            None => send(request, call).await,
        };
    }
    progress.moved(0);
    let answer = send(request, call).await?;
    progress.sent();
    Ok(answer)
}
