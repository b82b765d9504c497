//! Uploading a file.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{ArrayBuffer, Function, Object, Promise, Reflect, Uint8Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, Blob, FormData, Url};

use crate::contract::media::{Format, HEAD_BYTES, MediaType};
use crate::contract::route;
use crate::error::{Code, Error, Failure, Stage};
use crate::net::abort;
use crate::net::address;
use crate::net::answer::Answer;
use crate::net::gate::{Deadline, Gate};
use crate::net::progress::Progress;
use crate::net::request::{Limits, Post};
use crate::net::retry::{self, Policy};

/// A file to be uploaded. It is a handle: its bytes stay where they are.
pub struct Upload {
    /// The file.
    pub blob: Blob,
    /// Its size in bytes.
    pub size: f64,
    /// Its name, or nothing.
    pub name: String,
    /// Its declared MIME type, or nothing.
    pub mime: String,
    /// What it is sent as.
    pub media_type: MediaType,
    /// The largest size to try, in bytes.
    pub max_bytes: u64,
    /// Where the upload token comes from.
    pub token: Token,
    /// Divar's chat host.
    pub base: Url,
    /// The word before the token.
    pub scheme: Scheme,
    /// How the file travels.
    pub encoding: Encoding,
    /// Who is told how far it is.
    pub progress: Option<Rc<Progress>>,
    /// How long one attempt may wait.
    pub limits: Limits,
    /// How often to try.
    pub policy: Policy,
    /// The caller's signal.
    pub signal: Option<AbortSignal>,
}

/// Where the upload token comes from.
pub enum Token {
    /// The caller has one.
    Text(String),
    /// The caller's function gets one, or promises it.
    Function(Function),
}

/// The word before the token in `Authorization`.
#[derive(Clone, Copy)]
pub enum Scheme {
    Bearer,
    Basic,
}

/// How the file travels.
#[derive(Clone, Copy)]
pub enum Encoding {
    /// As the field `file` of a form, with a name.
    Multipart,
    /// As the bare body.
    Binary,
}

/// A file that Divar has taken.
#[derive(Serialize)]
pub struct Media {
    /// The media token.
    pub id: String,
}

impl Upload {
    /// Checks the file, uploads it and reads the media token from the answer.
    ///
    /// # Errors
    ///
    /// `file_empty`, `file_too_large`, `unsupported_format` or
    /// `file_unreadable` before anything is sent; then whatever the answer
    /// tells, at the stage `upload`.
    pub async fn run(self) -> Result<Media, Failure> {
        let signal = self.signal.as_ref();
        abort::check(signal)?;
        self.check_size()?;
        let format = self.format().await?;
        let before = Cell::new(None);
        let attempt = async || {
            let outcome = self.attempt(format).await;
            if let Err(Failure::Error(error)) = &outcome
                && !error.is_unauthorized()
            {
                before.set(Some(error.clone()));
            }
            outcome
        };
        let outcome = retry::until_well(Stage::Upload, self.policy, signal, attempt).await;
        outcome.map_err(|failure| self.first_cause(failure, before.take()))
    }

    /// A token that the caller gave cannot be renewed: a 401 after another
    /// failure says only that the try before used it up, and that failure tells
    /// more.
    fn first_cause(&self, failure: Failure, before: Option<Error>) -> Failure {
        match (&self.token, failure, before) {
            (Token::Text(_), Failure::Error(error), Some(before)) if error.is_unauthorized() => {
                before.into()
            }
            (_, failure, _) => failure,
        }
    }

    /// Uploads with a token of its own; a 401 gets exactly one fresh token and
    /// one more try with the same file, where a function can give one.
    async fn attempt(&self, format: Format) -> Result<Media, Failure> {
        match (&self.token, self.send(format).await) {
            (Token::Function(_), Err(Failure::Error(error))) if error.is_unauthorized() => {
                self.send(format).await
            }
            (_, outcome) => outcome,
        }
    }

    async fn send(&self, format: Format) -> Result<Media, Failure> {
        let token = self.fresh_token().await?;
        let url = address::below(&self.base, &route::upload(self.media_type));
        let scheme = match self.scheme {
            Scheme::Bearer => "Bearer ",
            Scheme::Basic => "Basic ",
        };
        let authorization = [scheme, &token].concat();
        let post = Post {
            stage: Stage::Upload,
            url: &url,
            headers: &[("Authorization", &authorization), ("Accept", "*/*")],
            body: self.body(format)?,
            size: self.size,
            limits: self.limits,
            signal: self.signal.as_ref(),
        };
        let answer = match &self.progress {
            Some(progress) => post.send_telling(progress).await?,
            None => post.send().await?,
        };
        Ok(media(&answer)?)
    }

    async fn fresh_token(&self) -> Result<String, Failure> {
        let function = match &self.token {
            Token::Text(text) => return Ok(text.clone()),
            Token::Function(function) => function,
        };
        let gate = Gate::new(Stage::Upload, self.signal.as_ref(), self.limits.ends_at);
        let context = Object::new();
        if let Some(signal) = gate.signal() {
            let _ = Reflect::set(&context, &"signal".into(), &signal);
        }
        let promised = function
            .call1(&JsValue::UNDEFINED, &context)
            .map_err(Failure::Theirs)?;
        let given = gate.settled(Promise::resolve(&promised)).await?;
        let token = given.map_err(Failure::Theirs)?.as_string();
        token
            .filter(|token| route::is_header_value(token))
            .ok_or_else(|| {
                let words = ["token() gave no string that a header can carry"];
                refuse(Code::InvalidArgument, &words).into()
            })
    }

    fn check_size(&self) -> Result<(), Error> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a file's size is a whole number, and formatting an f64 would weigh 15 KB"
        )]
        let size = self.size as u64;
        if size == 0 {
            return Err(refuse(Code::FileEmpty, &["the file is empty"]));
        }
        if size > self.max_bytes {
            let (size, most) = (size.to_string(), self.max_bytes.to_string());
            let words = [
                "the file has ",
                &size,
                " bytes; at most ",
                &most,
                " are taken",
            ];
            return Err(refuse(Code::FileTooLarge, &words));
        }
        Ok(())
    }

    async fn format(&self) -> Result<Format, Failure> {
        let head = self.head().await?;
        let mime = self.mime.split(';').next().unwrap_or_default();
        Format::of(self.media_type, &head, &self.name, mime.trim()).ok_or_else(|| {
            let (name, formats) = (self.media_type.name(), self.media_type.formats());
            refuse(
                Code::UnsupportedFormat,
                &[
                    "the type ",
                    name,
                    " takes ",
                    formats,
                    ", and the file is none of these",
                ],
            )
            .into()
        })
    }

    /// The file's first bytes. A disk can be slow, or a file still in a cloud:
    /// this wait has a limit as any other.
    async fn head(&self) -> Result<Vec<u8>, Failure> {
        let unreadable = |cause| -> Failure {
            let error = refuse(Code::FileUnreadable, &["the file could not be read"]);
            error.caused_by(cause).into()
        };
        #[expect(clippy::cast_precision_loss, reason = "16 has none to lose")]
        let end = HEAD_BYTES as f64;
        let slice = self
            .blob
            .slice_with_f64_and_f64(0.0, end)
            .map_err(unreadable)?;
        let gate = Gate::new(Stage::Upload, self.signal.as_ref(), self.limits.ends_at);
        gate.phase().begin(Deadline::Stall, self.limits.stall);
        let buffer = gate
            .settled(slice.array_buffer())
            .await?
            .map_err(unreadable)?;
        Ok(Uint8Array::new(buffer.unchecked_ref::<ArrayBuffer>()).to_vec())
    }

    /// The request's body. A slice of the whole gives the file the MIME type of
    /// what it is, without copying a byte.
    fn body(&self, format: Format) -> Result<JsValue, Error> {
        let unreadable =
            |cause| refuse(Code::FileUnreadable, &["the file could not be sent"]).caused_by(cause);
        let blob = self
            .blob
            .slice_with_f64_and_f64_and_content_type(0.0, self.size, format.mime())
            .map_err(unreadable)?;
        match self.encoding {
            Encoding::Binary => Ok(blob.into()),
            Encoding::Multipart => {
                let name = format.file_name(self.media_type, &self.name);
                let form = FormData::new().map_err(unreadable)?;
                form.append_with_blob_and_filename("file", &blob, &name)
                    .map_err(unreadable)?;
                Ok(form.into())
            }
        }
    }
}

/// The media token. One that came with anything but a good `status` stays in
/// the error: what was given is not lost.
fn media(answer: &Answer) -> Result<Media, Error> {
    let outcome = answer.required("status").and_then(|status| {
        if status == "ok" {
            return answer.required("id");
        }
        Err(answer.fault(Code::NotOk, &["the upload's status is ", &status]))
    });
    match outcome {
        Ok(id) => Ok(Media { id }),
        Err(error) => Err(error.keeping(answer.text("id"))),
    }
}

fn refuse(code: Code, words: &[&str]) -> Error {
    Error::new(Stage::Upload, code, words)
}
