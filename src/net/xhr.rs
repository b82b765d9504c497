//! Requests by `XMLHttpRequest`, which alone shows in browsers how many bytes
//! have gone, and takes less of the processor for a small file than `fetch`.
//!
//! It follows redirects, which no option prevents; only uploads go by it, which
//! carry a token and never the key, and an answer from elsewhere is refused.

use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::{FormData, ProgressEvent, XmlHttpRequest};

use super::abort;
use super::answer::{Answer, Raw};
use super::call::Call;
use super::gate::{Deadline, Gate, no_answer};
use super::progress::Progress;
use super::request::Post;
use crate::error::Failure;
use crate::js;

/// As `fetch` shows a redirect that it did not follow.
const REDIRECTED: u16 = 0;

/// Whether this platform has it.
pub fn is_here() -> bool {
    js::get(&js_sys::global(), "XMLHttpRequest").is_ok_and(|class| class.is_function())
}

/// Sends, with a stall limit that each byte renews until the last one has gone,
/// and then the limit of the answer.
///
/// # Errors
///
/// As [`Post::send`], and `stalled`.
pub async fn send(post: Post<'_>, progress: Option<&Rc<Progress>>) -> Result<Answer, Failure> {
    abort::check(post.call.signal.as_ref())?;
    let stage = post.stage;
    let gate = Gate::new(stage, post.call);
    let impossible = |cause| post.impossible(cause);
    let sending = Sending::open(&post, &gate, progress).map_err(impossible)?;
    gate.phase().begin(Deadline::Stall, post.call.stall);
    let body = post.body.value().map_err(impossible)?;
    // Whatever the body is: a form or a blob, JavaScript has one `send` for both.
    let body = body.unchecked_ref::<FormData>();
    sending
        .xhr
        .send_with_opt_form_data(Some(body))
        .map_err(impossible)?;
    gate.wait(sending.over.clone()).await?;
    let raw = sending.raw(post.url).ok_or_else(|| no_answer(stage))?;
    Ok(Answer::read(stage, &raw)?)
}

/// A request under way. When it goes, the request is ended first, and then the
/// function that listens to it is freed: nothing calls that any more.
struct Sending {
    xhr: XmlHttpRequest,
    over: Promise,
    _listener: Closure<dyn FnMut(ProgressEvent)>,
}

impl Sending {
    fn open(post: &Post, gate: &Gate, progress: Option<&Rc<Progress>>) -> Result<Self, JsValue> {
        let xhr = XmlHttpRequest::new()?;
        xhr.open("POST", post.url)?;
        for (name, value) in post.headers {
            xhr.set_request_header(name, value)?;
        }
        let mut done = JsValue::UNDEFINED;
        let over = Promise::new(&mut |resolve, _| done = resolve.into());
        let listener = listener(post.call, gate, progress, done.unchecked_into());
        let upload = xhr.upload()?;
        let function = listener.as_ref().unchecked_ref();
        upload.add_event_listener_with_callback("progress", function)?;
        upload.add_event_listener_with_callback("load", function)?;
        xhr.add_event_listener_with_callback("loadend", function)?;
        Ok(Self {
            xhr,
            over,
            _listener: listener,
        })
    }

    /// The answer, or `None` where there was none.
    fn raw(&self, url: &str) -> Option<Raw> {
        let xhr = &self.xhr;
        let status = xhr.status().ok().filter(|status| *status > 0)?;
        let redirected = xhr.response_url() != url;
        let header = |name| {
            xhr.get_response_header(name)
                .ok()
                .flatten()
                .unwrap_or_default()
        };
        Some(Raw {
            status: if redirected { REDIRECTED } else { status },
            content_type: header("content-type"),
            retry_after: header("retry-after"),
            text: xhr.response_text().ok().flatten().unwrap_or_default(),
        })
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        let _ = self.xhr.abort();
    }
}

/// One function for all events: the upload's `progress` and `load`, and the
/// `loadend` with which every request ends, well or not.
fn listener(
    call: &Call,
    gate: &Gate,
    progress: Option<&Rc<Progress>>,
    done: Function,
) -> Closure<dyn FnMut(ProgressEvent)> {
    let (phase, progress) = (Rc::clone(gate.phase()), progress.cloned());
    let (stall, answer) = (call.stall, call.answer);
    Closure::new(move |event: ProgressEvent| match event.type_().as_str() {
        // Firefox keeps the upload's `load` back until the answer begins.
        "progress" if event.loaded() < event.total() => {
            phase.begin(Deadline::Stall, stall);
            if let Some(progress) = &progress {
                progress.moved(event.loaded(), event.total());
            }
        }
        "progress" | "load" => {
            phase.begin(Deadline::Answer, answer);
            if let Some(progress) = &progress {
                progress.gone();
            }
        }
        _ => {
            let _ = done.call0(&JsValue::UNDEFINED);
        }
    })
}
