//! Requests whose body is a stream that this side feeds, where the runtime supports that. It takes a
//! piece when the one before was sent, and so shows how many bytes were.

use std::pin::pin;
use std::rc::Rc;

use futures_util::future::{Either, select};
use js_sys::{Array, Function, Math, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, RequestInit, TransformStream, WritableStreamDefaultWriter};

use super::answer::Answer;
use super::body::{Body, FIELD};
use super::deadline::{Deadline, Limit};
use super::fetch;
use super::incoming::Incoming;
use super::multipart::Frame;
use super::progress::Progress;
use super::request::{CallSettings, Request, RequestHead};
use crate::callback;
use crate::decimal::decimal;
use crate::error::{Code, Error, Failure, Stage};

/// Bytes in one piece of a file. A link of 16 KB/s takes four seconds for it, well within the stall
/// limit.
const PIECE_BYTES: f64 = 65_536.0;

/// Sends the file of a request and reports its progress; `None` where there is no file in it.
///
/// # Errors
///
/// As [`upload`](super::transport::upload), and `file_unreadable`.
pub fn upload<'a>(
    request: &'a Request,
    call: &'a CallSettings,
    progress: &Rc<Progress>,
) -> Option<impl Future<Output = Result<Answer, Failure>> + 'a> {
    let (file, frame) = match &request.body {
        Body::Form { file, name } => (file, Frame::form(&boundary(), FIELD, name, &file.type_())),
        Body::File(file) => (file, Frame::bare(file.type_())),
        Body::Json(_) => return None,
    };
    let size = request.body.file_bytes();
    let source = Source::Local(LocalFile {
        file: file.clone(),
        sent: 0.0,
        progress: Rc::clone(progress),
    });
    Some(send(&request.head, call, source, frame, Some(size)))
}

/// Passes a file on as the field of a form while it is received. It cannot be sent twice.
///
/// # Errors
///
/// As [`send`](super::transport::send), and as [`Incoming::next`].
pub async fn relay(
    head: &RequestHead,
    call: &CallSettings,
    file: Incoming,
    size: Option<u64>,
    name: &str,
    mime: &str,
) -> Result<Answer, Failure> {
    let frame = Frame::form(&boundary(), FIELD, name, mime);
    send(head, call, Source::Incoming(file), frame, size).await
}

/// Sends under a stall limit that each piece renews, and then under the limit of the answer.
async fn send(
    head: &RequestHead,
    call: &CallSettings,
    source: Source,
    frame: Frame,
    file_bytes: Option<u64>,
) -> Result<Answer, Failure> {
    let deadline = Deadline::new(head.stage, call)?;
    let size = file_bytes.map(|file| (frame.head.len() + frame.tail.len()) as u64 + file);
    let impossible = |cause| head.impossible(cause);
    let mut feed = Feed::new(&deadline, call, source, size).map_err(impossible)?;
    let init = fetch::init(head, &deadline).map_err(impossible)?;
    feed.attach(&init, &frame, size).map_err(impossible)?;
    deadline.start(Limit::Stall, call.stall_timeout);
    let promise = fetch::start(head, call, &init);
    let answered = pin!(fetch::answered(head.stage, &promise, &deadline));
    match select(pin!(feed.run(&frame)), answered).await {
        Either::Left((Ok(()), answered)) => answered.await,
        Either::Left((Err(failure), _)) => {
            callback::ignore(&promise);
            Err(failure)
        }
        Either::Right((answer, _)) => answer,
    }
}

/// Where the file's bytes come from.
enum Source {
    /// A file that lies here.
    Local(LocalFile),
    /// A body that is being received.
    Incoming(Incoming),
}

struct LocalFile {
    file: Blob,
    sent: f64,
    progress: Rc<Progress>,
}

impl Source {
    async fn next(&mut self, stage: Stage) -> Result<Option<Uint8Array>, Failure> {
        match self {
            Self::Local(file) => file.next(stage).await,
            Self::Incoming(incoming) => incoming.next().await,
        }
    }

    /// The runtime took the whole body.
    fn finished(&self) {
        if let Self::Local(file) = self {
            file.progress.sent();
        }
    }

    /// The runtime took a piece.
    fn taken(&mut self, piece: &Uint8Array, is_sent: bool) {
        match self {
            Self::Local(file) => file.taken(),
            Self::Incoming(incoming) if is_sent => incoming.recycle(piece),
            Self::Incoming(_) => {}
        }
    }
}

impl LocalFile {
    async fn next(&mut self, stage: Stage) -> Result<Option<Uint8Array>, Failure> {
        let size = self.file.size();
        if self.sent >= size {
            return Ok(None);
        }
        let end = (self.sent + PIECE_BYTES).min(size);
        let piece = read_slice(&self.file, self.sent, end).await;
        self.sent = end;
        piece.map(Some).map_err(|cause| {
            let error = Error::new(stage, Code::FileUnreadable, "the file could not be read");
            error.with_cause(cause).into()
        })
    }

    fn taken(&self) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a file's size is a whole number"
        )]
        self.progress.moved(self.sent as u64);
    }
}

async fn read_slice(file: &Blob, start: f64, end: f64) -> Result<Uint8Array, JsValue> {
    let slice = file.slice_with_f64_and_f64(start, end)?;
    let buffer = JsFuture::from(slice.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer))
}

/// Feeds a body, piece by piece, into the stream that the runtime sends.
struct Feed<'a> {
    deadline: &'a Deadline,
    call: &'a CallSettings,
    source: Source,
    size: Option<u64>,
    stream: TransformStream,
    writer: WritableStreamDefaultWriter,
    /// Whether what the runtime took was sent, so that its memory is free again.
    sends_what_it_takes: bool,
}

impl<'a> Feed<'a> {
    fn new(
        deadline: &'a Deadline,
        call: &'a CallSettings,
        source: Source,
        size: Option<u64>,
    ) -> Result<Self, JsValue> {
        let stream = transform_stream(size)?;
        Ok(Self {
            deadline,
            call,
            source,
            size,
            writer: stream.writable().get_writer()?,
            stream,
            sends_what_it_takes: workerd_class(IDENTITY_TRANSFORM).is_some(),
        })
    }

    /// Makes the stream the body of a request.
    fn attach(&self, init: &RequestInit, frame: &Frame, size: Option<u64>) -> Result<(), JsValue> {
        let headers: web_sys::Headers = init.get_headers().unchecked_into();
        headers.set("Content-Type", &frame.content_type)?;
        if let Some(size) = size {
            #[expect(clippy::cast_precision_loss, reason = "a file's size is exact in f64")]
            let size = size as f64;
            // Runtimes that ignore it send the body in chunks.
            headers.set("Content-Length", &decimal(size))?;
        }
        init.set_body(&self.stream.readable());
        Reflect::set(init, &"duplex".into(), &"half".into())?;
        Ok(())
    }

    async fn run(&mut self, frame: &Frame) -> Result<(), Failure> {
        if self.write(&frame.head.as_bytes().into()).await
            && self.feed_file().await?
            && self.write(&frame.tail.as_bytes().into()).await
            && JsFuture::from(self.writer.close()).await.is_ok()
        {
            let timeout = self
                .call
                .upload_answer_timeout(self.size.unwrap_or_default());
            self.deadline.start(Limit::Answer, timeout);
            self.source.finished();
        }
        Ok(())
    }

    /// Whether the runtime took the whole file.
    async fn feed_file(&mut self) -> Result<bool, Failure> {
        while let Some(piece) = self.source.next(Stage::Upload).await? {
            if !self.write(&piece).await {
                return Ok(false);
            }
            self.source.taken(&piece, self.sends_what_it_takes);
        }
        Ok(true)
    }

    /// Whether the runtime took the bytes. Where it does not, its answer says why.
    async fn write(&self, bytes: &Uint8Array) -> bool {
        // An empty piece ends a body that is sent in chunks.
        if bytes.length() == 0 {
            return true;
        }
        let is_taken = JsFuture::from(self.writer.write_with_chunk(bytes))
            .await
            .is_ok();
        if is_taken {
            self.deadline.start(Limit::Stall, self.call.stall_timeout);
        }
        is_taken
    }
}

impl Drop for Feed<'_> {
    fn drop(&mut self) {
        // A request that was answered before its last byte would stay open.
        callback::ignore(&self.writer.abort());
    }
}

/// workerd's own streams take a piece when its bytes were sent.
const IDENTITY_TRANSFORM: &str = "IdentityTransformStream";
/// The same of a known length, which the request then has as its `Content-Length`.
const FIXED_LENGTH: &str = "FixedLengthStream";

fn workerd_class(name: &str) -> Option<Function> {
    let class = Reflect::get(&js_sys::global(), &name.into());
    class.ok()?.dyn_into().ok()
}

/// A stream that is read as fast as the body is sent.
fn transform_stream(size: Option<u64>) -> Result<TransformStream, JsValue> {
    let (name, arguments) = match size {
        Some(size) => (FIXED_LENGTH, Array::of1(&size.into())),
        None => (IDENTITY_TRANSFORM, Array::new()),
    };
    match workerd_class(name) {
        Some(class) => Ok(Reflect::construct(&class, &arguments)?.unchecked_into()),
        None => TransformStream::new(),
    }
}

/// Too many random digits for a file to hold them by chance.
fn boundary() -> String {
    let digits = || {
        let number = js_sys::Number::from(Math::random()).to_string_with_radix(36);
        String::from(number.unwrap_or_default()).replace('.', "")
    };
    ["divar", &digits(), &digits()].concat()
}
