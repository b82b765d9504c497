//! Requests whose body is a stream that we feed, where there is no
//! `XMLHttpRequest`: the runtime takes a piece when the last one has gone, and
//! so shows how many have.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, TransformStream, WritableStreamDefaultWriter};

use super::answer::Answer;
use super::body::Body;
use super::gate::{Deadline, Gate};
use super::incoming::Incoming;
use super::multipart::Frame;
use super::progress::Progress;
use super::request::Post;
use crate::error::{Code, Error, Failure};
use crate::js;
use crate::task::Settled;

/// Bytes in one piece. A link of 16 KB/s takes four seconds for it, well within
/// the stall limit.
const PIECE: f64 = 65_536.0;

/// Whether this runtime sends a body while it is being written. Browsers do so
/// over HTTP/2 only, or not at all: they are told by their `XMLHttpRequest`, and
/// their service workers, which have none, by the registration.
pub fn is_here() -> bool {
    let global = js_sys::global();
    let has = |name| js::get(&global, name).is_ok_and(|value| value.is_truthy());
    has("TransformStream") && !has("XMLHttpRequest") && !has("registration")
}

/// Sends, with a stall limit that each piece renews until the last one has gone,
/// and then the limit of the answer.
///
/// # Errors
///
/// As [`Post::send`]; `stalled`, `file_unreadable`, and what the file in the body
/// is refused for while it comes in.
pub async fn send(post: Post<'_>, progress: Option<&Progress>) -> Result<Answer, Failure> {
    let gate = Gate::new(post.stage, post.call);
    gate.check()?;
    let feed = Feed::new(&post, &gate, progress).map_err(|cause| post.impossible(cause))?;
    let content_type = feed.frame.content_type.as_str();
    js::put(&post.headers, "Content-Type", content_type.into());
    if let Some(size) = feed.size {
        // For runtimes that heed it; others send the body in chunks.
        js::put(&post.headers, "Content-Length", size.to_string().into());
    }
    let request = post.build(&gate, &JsValue::UNDEFINED);
    let request = request.map_err(|cause| post.impossible(cause))?;
    gate.begin(Deadline::Stall, post.call.stall);
    let answered = post.fetch(&request, &feed.init);
    beside(feed.run(), post.answered(&gate, &answered)).await
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
    post: &'a Post<'a>,
    gate: &'a Gate,
    progress: Option<&'a Progress>,
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
    fn new(
        post: &'a Post<'a>,
        gate: &'a Gate,
        progress: Option<&'a Progress>,
    ) -> Result<Self, JsValue> {
        let frame = post.body.frame();
        let size = post.body.file_size().map(|file| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a file's size is a whole number"
            )]
            let file = file as u64;
            (frame.head.len() + frame.tail.len()) as u64 + file
        });
        let stream = stream_of(size)?;
        let init = js::object(vec![
            ("body", stream.readable().into()),
            ("duplex", "half".into()),
        ]);
        Ok(Self {
            post,
            gate,
            progress,
            frame,
            size,
            writer: stream.writable().get_writer()?,
            hands_over: workerds_own(IDENTITY)?.is_some(),
            init,
        })
    }

    async fn run(&self) -> Result<(), Failure> {
        if self.write(&self.frame.head.as_bytes().into()).await
            && self.feed_file().await?
            && self.write(&self.frame.tail.as_bytes().into()).await
            && settled(self.writer.close()).await
        {
            self.gate.begin(Deadline::Answer, self.post.call.answer);
            if let Some(progress) = self.progress {
                progress.gone();
            }
        }
        Ok(())
    }

    /// Whether the whole file was taken.
    async fn feed_file(&self) -> Result<bool, Failure> {
        match &self.post.body {
            Body::Json(_) => Ok(true),
            Body::Bare(file) | Body::Form { file, .. } => self.feed_blob(file).await,
            Body::Relayed { file, .. } => self.feed_incoming(file).await,
        }
    }

    async fn feed_blob(&self, file: &Blob) -> Result<bool, Failure> {
        let size = file.size();
        let mut sent = 0.0;
        while sent < size {
            let end = (sent + PIECE).min(size);
            let piece = read_piece(file, sent, end).await.map_err(|cause| {
                let words = ["the file could not be read"];
                Error::new(self.post.stage, Code::FileUnreadable, &words).caused_by(cause)
            })?;
            if !self.write(&piece).await {
                return Ok(false);
            }
            sent = end;
            if let Some(progress) = self.progress {
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
            self.gate.begin(Deadline::Stall, self.post.call.stall);
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

fn workerds_own(name: &str) -> Result<Option<Function>, JsValue> {
    Ok(js::get(&js_sys::global(), name)?.dyn_into().ok())
}

/// A stream that is read as fast as the body is sent.
fn stream_of(size: Option<u64>) -> Result<TransformStream, JsValue> {
    let (name, arguments) = match size {
        Some(size) => (FIXED_LENGTH, Array::of1(&size.into())),
        None => (IDENTITY, Array::new()),
    };
    match workerds_own(name)? {
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
