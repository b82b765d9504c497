//! Requests whose body is a stream that we feed, where there is no
//! `XMLHttpRequest`: the runtime takes a piece when the last one has gone, and
//! so shows how many have.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use js_sys::{Array, Function, Math, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, TransformStream, WritableStreamDefaultWriter};

use super::gate::Gate;
use super::incoming::Incoming;
use super::multipart::{self, Frame};
use crate::error::{Code, Error, Failure, Stage};
use crate::future::{self, Settled};
use crate::js;
use crate::steps::upload::{ANSWER, FIELD};
use crate::work::Work;

#[wasm_bindgen(module = "/pkg/platform/request.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn request(
        url: &str,
        headers: &JsValue,
        body: &JsValue,
        signal: &JsValue,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = byFetch)]
    fn by_fetch(given: &JsValue, request: &JsValue, init: &JsValue) -> JsValue;
}

#[wasm_bindgen(module = "/pkg/platform/progress.js")]
extern "C" {
    /// Tells the caller's function of the bytes of the file that have gone.
    type Progress;
    #[wasm_bindgen(method)]
    fn moved(this: &Progress, bytes: f64, of: f64);
    #[wasm_bindgen(method)]
    fn gone(this: &Progress);
}

/// Bytes in one piece. A link of 16 KB/s takes four seconds for it, well within
/// the stall limit.
const PIECE: f64 = 65_536.0;

/// Whether this runtime sends a body while it is being written. Browsers do so
/// over HTTP/2 only, or not at all: they are told by their `XMLHttpRequest`, and
/// their service workers, which have none, by the registration.
pub fn is_here() -> bool {
    let global = js_sys::global();
    let has = |name| js::get(&global, name).is_truthy();
    has("TransformStream") && !has("XMLHttpRequest") && !has("registration")
}

/// A file that is sent by a stream.
pub enum Body {
    /// One that lies here.
    Here {
        /// The file.
        file: Blob,
        /// The name that the form gives it, or `None` for the bare bytes.
        name: Option<String>,
    },
    /// One that is still coming in, as the field of a form. It cannot be sent twice.
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
    fn file_size(&self) -> Option<f64> {
        match self {
            Self::Here { file, .. } => Some(file.size()),
            Self::Relayed { size, .. } => *size,
        }
    }

    /// What goes around the file.
    fn frame(&self) -> Frame {
        match self {
            Self::Here {
                file,
                name: Some(name),
            } => multipart::frame(&boundary(), FIELD, name, &file.type_()),
            Self::Here { file, name: None } => Frame {
                content_type: file.type_(),
                head: String::new(),
                tail: String::new(),
            },
            Self::Relayed { name, mime, .. } => multipart::frame(&boundary(), FIELD, name, mime),
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

/// Sends the file of a call, in a form where a field is named, and promises what came of it.
pub fn upload(work: Work, url: &'static str, headers: &'static str, field: &str) -> Promise {
    let body = Body::Here {
        file: js::get(&work, "file").unchecked_into(),
        name: (!field.is_empty())
            .then(|| js::get(&work, "fileName").as_string().unwrap_or_default()),
    };
    future::run(async move { Ok(send(&work, url, headers, body).await?) })
}

/// Sends, with a stall limit that each piece renews until the last one has gone,
/// and then the limit of the answer. Gives what came of it.
///
/// # Errors
///
/// The signal's own reason, and what the file is refused for while it comes in.
pub async fn send(work: &Work, url: &str, headers: &str, body: Body) -> Result<JsValue, Failure> {
    let gate = Gate::new(work);
    let late = gate.late()?;
    if !late.is_undefined() {
        return Ok(late);
    }
    let impossible = |cause: JsValue| {
        let words = "the request could not be made";
        Failure::from(Error::of(
            Stage::Upload,
            Code::InvalidArgument,
            words,
            &cause,
        ))
    };
    let feed = Feed::new(work, &gate, body).map_err(impossible)?;
    let headers = work.headers(headers);
    let content_type = feed.frame.content_type.as_str();
    js::set_text(&headers, "Content-Type", content_type);
    if let Some(size) = feed.size {
        // For runtimes that heed it; others send the body in chunks.
        js::set_text(&headers, "Content-Length", &size.to_string());
    }
    let body = JsValue::UNDEFINED;
    let request =
        request(&work.filled(url), &headers, &body, &gate.signal()).map_err(impossible)?;
    gate.begin_stall();
    let answered = by_fetch(&js::get(work, "fetch"), &request, &feed.init);
    let answered = work.answered(&answered);
    beside(feed.run(), gate.outcome(&answered)).await
}

/// Runs `work` until `end` is there; its failure ends both.
async fn beside<T>(
    work: impl Future<Output = Result<(), Failure>>,
    end: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    let (mut work, mut end) = (pin!(work), pin!(end));
    let mut working = true;
    poll_fn(|context| {
        if working && let Poll::Ready(worked) = work.as_mut().poll(context) {
            working = false;
            if let Err(failure) = worked {
                return Poll::Ready(Err(failure));
            }
        }
        end.as_mut().poll(context)
    })
    .await
}

/// Feeds a body, piece by piece, into the stream that the runtime sends.
struct Feed<'a> {
    gate: &'a Gate,
    body: Body,
    progress: Option<Progress>,
    frame: Frame,
    /// The bytes of the whole body, where they are known.
    size: Option<u64>,
    writer: WritableStreamDefaultWriter,
    /// Whether what the runtime took has gone, and its memory is free again.
    hands_over: bool,
    /// What `fetch` takes beside the request.
    init: JsValue,
}

impl<'a> Feed<'a> {
    fn new(work: &Work, gate: &'a Gate, body: Body) -> Result<Self, JsValue> {
        let frame = body.frame();
        let size = body.file_size().map(|file| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a file's size is a whole number"
            )]
            let file = file as u64;
            (frame.head.len() + frame.tail.len()) as u64 + file
        });
        let stream = stream_of(size)?;
        let init = js::empty();
        js::set(&init, "body", &stream.readable());
        js::set_text(&init, "duplex", "half");
        let progress = work.progress();
        Ok(Self {
            gate,
            body,
            progress: (!progress.is_undefined()).then(|| progress.unchecked_into()),
            frame,
            size,
            writer: stream.writable().get_writer()?,
            hands_over: workerds_own(IDENTITY).is_some(),
            init,
        })
    }

    async fn run(&self) -> Result<(), Failure> {
        if self.write(&self.frame.head.as_bytes().into()).await
            && self.feed_file().await?
            && self.write(&self.frame.tail.as_bytes().into()).await
            && settled(self.writer.close()).await
        {
            self.gate.begin_answer(ANSWER);
            if let Some(progress) = &self.progress {
                progress.gone();
            }
        }
        Ok(())
    }

    /// Whether the whole file was taken.
    async fn feed_file(&self) -> Result<bool, Failure> {
        match &self.body {
            Body::Here { file, .. } => self.feed_blob(file).await,
            Body::Relayed { file, .. } => self.feed_incoming(file).await,
        }
    }

    async fn feed_blob(&self, file: &Blob) -> Result<bool, Failure> {
        let size = file.size();
        let mut sent = 0.0;
        while sent < size {
            let end = (sent + PIECE).min(size);
            let piece = read_piece(file, sent, end).await.map_err(|cause| {
                let words = "the file could not be read";
                Error::of(Stage::Upload, Code::FileUnreadable, words, &cause)
            })?;
            if !self.write(&piece).await {
                return Ok(false);
            }
            sent = end;
            if let Some(progress) = &self.progress {
                progress.moved(sent, size);
            }
        }
        Ok(true)
    }

    async fn feed_incoming(&self, file: &Incoming) -> Result<bool, Failure> {
        while let Some(piece) = file.next().await? {
            if !self.write(&piece).await {
                return Ok(false);
            }
            if self.hands_over {
                file.give_back(&piece);
            }
        }
        Ok(true)
    }

    /// Whether the runtime took it; where it does not, its answer tells why.
    async fn write(&self, bytes: &Uint8Array) -> bool {
        // An empty piece ends a body that is sent in chunks.
        if bytes.length() == 0 {
            return true;
        }
        let taken = settled(self.writer.write_with_chunk(bytes)).await;
        if taken {
            self.gate.begin_stall();
        }
        taken
    }
}

impl Drop for Feed<'_> {
    fn drop(&mut self) {
        // A request that was answered before its last byte would else stay open.
        // Whatever becomes of this, nobody has to hear of it.
        let ended = Array::of1(&self.writer.abort());
        let _ = Promise::all_settled(&ended);
    }
}

/// workerd's own kinds of stream take a piece when its bytes have gone on.
const IDENTITY: &str = "IdentityTransformStream";
/// As the other, and it knows its length, which the request then tells.
const FIXED_LENGTH: &str = "FixedLengthStream";

fn workerds_own(name: &str) -> Option<Function> {
    js::get(&js_sys::global(), name).dyn_into().ok()
}

/// A stream that is read as fast as the body is sent.
fn stream_of(size: Option<u64>) -> Result<TransformStream, JsValue> {
    let (name, arguments) = match size {
        Some(size) => (FIXED_LENGTH, Array::of1(&size.into())),
        None => (IDENTITY, Array::new()),
    };
    match workerds_own(name) {
        Some(class) => Ok(Reflect::construct(&class, &arguments)?.unchecked_into()),
        None => TransformStream::new(),
    }
}

async fn read_piece(file: &Blob, start: f64, end: f64) -> Result<Uint8Array, JsValue> {
    let slice = file.slice_with_f64_and_f64(start, end)?;
    let buffer = Settled::of(&slice.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer))
}

async fn settled(promise: Promise) -> bool {
    Settled::of(&promise).await.is_ok()
}
