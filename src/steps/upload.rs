//! Uploading a file.

use js_sys::{ArrayBuffer, Uint8Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Blob, FormData, Url};

use crate::contract::media::{Format, HEAD_BYTES, MediaType};
use crate::contract::route;
use crate::error::{Code, Error, Failure, Stage};
use crate::net::address;
use crate::net::answer::Answer;
use crate::net::request::Post;

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
    /// The upload token.
    pub token: String,
    /// Divar's chat host.
    pub base: Url,
    /// The word before the token.
    pub scheme: Scheme,
    /// How the file travels.
    pub encoding: Encoding,
    /// The caller's signal.
    pub signal: Option<AbortSignal>,
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
        crate::net::abort::check(self.signal.as_ref())?;
        self.check_size()?;
        let format = self.format().await?;
        let url = address::below(&self.base, &route::upload(self.media_type));
        let authorization = match self.scheme {
            Scheme::Bearer => ["Bearer ", &self.token].concat(),
            Scheme::Basic => ["Basic ", &self.token].concat(),
        };
        let signal = self.signal.as_ref();
        let post = Post {
            stage: Stage::Upload,
            url: &url,
            headers: &[("Authorization", &authorization), ("Accept", "*/*")],
            body: self.body(format)?,
            signal,
        };
        let response = post.send().await?;
        let answer = Answer::read(Stage::Upload, response, signal).await?;
        Ok(media(&answer)?)
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

    async fn format(&self) -> Result<Format, Error> {
        let head = head(&self.blob).await.map_err(|cause| {
            refuse(Code::FileUnreadable, &["the file could not be read"]).caused_by(cause)
        })?;
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
        })
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

/// The file's first bytes.
async fn head(blob: &Blob) -> Result<Vec<u8>, JsValue> {
    #[expect(clippy::cast_precision_loss, reason = "16 has none to lose")]
    let slice = blob.slice_with_f64_and_f64(0.0, HEAD_BYTES as f64)?;
    let buffer = JsFuture::from(slice.array_buffer()).await?;
    Ok(Uint8Array::new(buffer.unchecked_ref::<ArrayBuffer>()).to_vec())
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
