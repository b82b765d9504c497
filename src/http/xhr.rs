//! Sending by `XMLHttpRequest`, which alone shows in browsers how many bytes were sent.
//!
//! It follows redirects, which no option prevents. So only uploads are sent by it, which carry an upload
//! token and never the key, and an answer from another address counts as a redirect that was refused.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::{ProgressEvent, Url, XmlHttpRequest};

use super::answer::{Answer, BodyText, RawAnswer, no_answer};
use super::body::Body;
use super::deadline::{Deadline, Limit};
use super::progress::Progress;
use super::request::{CallSettings, Redirects, Request, RequestHead};
use super::response::LONGEST_ANSWER;
use crate::error::Failure;
use crate::platform;

/// Sends an upload and reads the answer.
///
/// # Errors
///
/// As [`upload`](super::transport::upload).
pub async fn send(
    request: &Request,
    call: &CallSettings,
    progress: &Rc<Progress>,
) -> Result<Answer, Failure> {
    let deadline = Rc::new(Deadline::new(request.head.stage, call)?);
    let upload = Upload::start(request, call, progress, &deadline);
    let upload = upload.map_err(|cause| request.head.impossible(cause))?;
    let _ = deadline.wait_for(&upload.ended).await?;
    let raw = upload.answer(&request.head);
    let raw = raw.ok_or_else(|| no_answer(request.head.stage))?;
    progress.sent();
    Ok(Answer::read(request.head.stage, raw)?)
}

/// A request on its way. Dropping it aborts what has not ended.
struct Upload {
    xhr: XmlHttpRequest,
    /// The status of an answer that was too long: the request forgets it when it is aborted.
    too_long: Rc<Cell<Option<u16>>>,
    ended: Promise,
    _on_upload_progress: Closure<dyn FnMut(ProgressEvent)>,
    _on_upload_load: Closure<dyn FnMut()>,
    _on_progress: Closure<dyn FnMut(ProgressEvent)>,
}

impl Upload {
    fn start(
        request: &Request,
        call: &CallSettings,
        progress: &Rc<Progress>,
        deadline: &Rc<Deadline>,
    ) -> Result<Self, JsValue> {
        let xhr = XmlHttpRequest::new()?;
        xhr.open("POST", &request.head.url)?;
        for (name, value) in &request.head.headers {
            xhr.set_request_header(name, value)?;
        }
        let mut on_end = None;
        let ended = Promise::new(&mut |resolve, _| on_end = Some(resolve));
        xhr.set_onloadend(on_end.as_ref());

        let watch = Watch::new(request, call, progress, deadline);
        deadline.start(Limit::Answer, call.unseen_upload_timeout(watch.bytes));
        let sent = watch.clone();
        let on_upload_load = Closure::<dyn FnMut()>::new(move || sent.sent());
        let on_upload_progress =
            Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
                watch.moved(event.loaded(), event.total());
            });
        let too_long = Rc::new(Cell::new(None));
        let on_progress = abort_when_too_long(&xhr, &too_long);

        let upload = xhr.upload()?;
        upload.set_onprogress(Some(on_upload_progress.as_ref().unchecked_ref()));
        upload.set_onload(Some(on_upload_load.as_ref().unchecked_ref()));
        xhr.set_onprogress(Some(on_progress.as_ref().unchecked_ref()));
        let upload = Self {
            xhr,
            too_long,
            ended,
            _on_upload_progress: on_upload_progress,
            _on_upload_load: on_upload_load,
            _on_progress: on_progress,
        };
        upload.send(&request.body)?;
        Ok(upload)
    }

    fn send(&self, body: &Body) -> Result<(), JsValue> {
        match body {
            Body::File(file) => self.xhr.send_with_opt_blob(Some(file)),
            Body::Form { .. } => {
                let form = body.to_js()?;
                self.xhr.send_with_opt_form_data(Some(form.unchecked_ref()))
            }
            Body::Json(text) => self.xhr.send_with_opt_str(Some(text)),
        }
    }

    /// What was answered, if anything.
    fn answer(&self, head: &RequestHead) -> Option<RawAnswer> {
        if let Some(status) = self.too_long.get() {
            return Some(RawAnswer {
                status,
                content_type: String::new(),
                retry_after: None,
                text: BodyText::Unreadable,
            });
        }
        let status = self.xhr.status().ok().filter(|status| *status != 0)?;
        let is_own = is_answer_of(head, &self.xhr.response_url());
        let text = self.xhr.response_text().ok().flatten().unwrap_or_default();
        Some(RawAnswer {
            status: if is_own { status } else { 0 },
            content_type: self.header("content-type").unwrap_or_default(),
            retry_after: self.header("retry-after"),
            text: BodyText::Whole(text),
        })
    }

    /// A header, if it is shown: asking for one that CORS hides prints an error in the console.
    fn header(&self, name: &str) -> Option<String> {
        let shown = self.xhr.get_all_response_headers().ok()?;
        let mut windows = shown.as_bytes().windows(name.len());
        let is_shown = windows.any(|window| window.eq_ignore_ascii_case(name.as_bytes()));
        let value = is_shown.then(|| self.xhr.get_response_header(name).ok());
        value.flatten().flatten()
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        if let Ok(upload) = self.xhr.upload() {
            upload.set_onprogress(None);
            upload.set_onload(None);
        }
        self.xhr.set_onprogress(None);
        // Without effect once the answer is there.
        let _ = self.xhr.abort();
    }
}

/// Moves the limits along with the bytes.
#[derive(Clone)]
struct Watch {
    progress: Rc<Progress>,
    deadline: Rc<Deadline>,
    call: CallSettings,
    bytes: u64,
    /// Where a service worker passes the request on, events come late or not at all.
    sees_bytes_move: bool,
}

impl Watch {
    fn new(
        request: &Request,
        call: &CallSettings,
        progress: &Rc<Progress>,
        deadline: &Rc<Deadline>,
    ) -> Self {
        Self {
            progress: Rc::clone(progress),
            deadline: Rc::clone(deadline),
            call: call.clone(),
            bytes: request.body.file_bytes(),
            sees_bytes_move: !platform::has_service_worker_controller(),
        }
    }

    /// The stall limit starts with the first event: before it, the body may be on its way unseen.
    fn moved(&self, loaded: f64, total: f64) {
        // Firefox holds the upload's `load` back until the answer begins.
        if loaded >= total {
            return self.sent();
        }
        if self.sees_bytes_move {
            self.deadline.start(Limit::Stall, self.call.stall_timeout);
        }
        self.progress.moved_share(loaded, total);
    }

    fn sent(&self) {
        let timeout = self.call.upload_answer_timeout(self.bytes);
        self.deadline.start(Limit::Answer, timeout);
        self.progress.sent();
    }
}

fn abort_when_too_long(
    xhr: &XmlHttpRequest,
    too_long: &Rc<Cell<Option<u16>>>,
) -> Closure<dyn FnMut(ProgressEvent)> {
    let (xhr, too_long) = (xhr.clone(), Rc::clone(too_long));
    Closure::new(move |event: ProgressEvent| {
        #[expect(clippy::cast_precision_loss, reason = "a mebibyte is exact")]
        if event.loaded() > LONGEST_ANSWER as f64 {
            too_long.set(xhr.status().ok());
            let _ = xhr.abort();
        }
    })
}

/// Whether an answer from this address is one to the request, and not to a redirect of it.
fn is_answer_of(head: &RequestHead, response_url: &str) -> bool {
    let page = platform::location().map(|location| location.href());
    let asked = match page {
        Some(page) => Url::new_with_base(&head.url, &page),
        None => Url::new(&head.url),
    };
    let (Ok(asked), Ok(answered)) = (asked, Url::new(response_url)) else {
        return false;
    };
    match head.redirects {
        Redirects::Refused => asked.href() == answered.href(),
        Redirects::WithinOrigin => asked.origin() == answered.origin(),
    }
}
