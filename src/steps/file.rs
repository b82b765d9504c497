//! The file that the caller chose, and whether Divar takes it.

mod look;

use wasm_bindgen::prelude::*;
use web_sys::Blob;

use divar_media::accepted::{Format, MediaType};
use look::Look;

use crate::contract::answer::digits;
use crate::error::{Code, Error, Failure, Stage};
use crate::net::body::Body;
use crate::net::call::Call;

/// A file as the caller gave it. It is a handle: its bytes stay where they are.
pub struct Chosen {
    /// The file.
    pub blob: Blob,
    /// Its size in bytes.
    pub size: f64,
    /// Its name, or nothing.
    pub name: String,
    /// Its declared MIME type, or nothing.
    pub mime: String,
    /// What it is sent as, or `None` for what its content is.
    pub media_type: Option<MediaType>,
    /// The largest size to try, in bytes, where it is not the type's own.
    pub max_bytes: Option<u64>,
}

/// How the file travels.
#[derive(Clone, Copy)]
pub enum Encoding {
    /// As the field `file` of a form, with a name.
    Multipart,
    /// As the bare body.
    Binary,
}

/// A file that Divar takes.
pub struct Accepted {
    /// What it is sent as.
    pub media_type: MediaType,
    /// The name to send it under.
    pub name: String,
    body: Blob,
}

impl Chosen {
    /// Looks at the size, at what the first bytes say it is, and at whether the
    /// last ones are its end.
    ///
    /// # Errors
    ///
    /// `file_empty`, `unsupported_format`, `file_too_large`, `file_damaged`,
    /// `file_unreadable`; as [`Gate::settled`](crate::net::gate::Gate::settled).
    pub async fn check(&self, call: &Call) -> Result<Accepted, Failure> {
        if self.bytes() == 0 {
            return Err(refuse(Code::FileEmpty, &["the file is empty"]).into());
        }
        if let Some(known) = self.media_type {
            self.check_size(known)?;
        }
        let look = Look::at(&self.blob, self.bytes(), call).await?;
        let (media_type, format) = self.recognise(look.head()?)?;
        self.check_size(media_type)?;
        look.whole().await?;
        Ok(Accepted {
            media_type,
            body: self.typed_as(format).map_err(unreadable)?,
            name: format.file_name(media_type, &self.name),
        })
    }

    fn bytes(&self) -> u64 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a file's size is a whole number, and formatting an f64 would weigh 15 KB"
        )]
        let bytes = self.size as u64;
        bytes
    }

    fn check_size(&self, media_type: MediaType) -> Result<(), Error> {
        let bytes = self.bytes();
        let most = self.max_bytes.unwrap_or_else(|| media_type.max_bytes());
        if bytes <= most {
            return Ok(());
        }
        let (bytes, most) = (digits(bytes), digits(most));
        let words = [
            "the file has ",
            &bytes,
            " bytes; at most ",
            &most,
            " are taken",
        ];
        Err(refuse(Code::FileTooLarge, &words))
    }

    fn recognise(&self, head: &[u8]) -> Result<(MediaType, Format), Error> {
        let mime = &self.mime;
        let essence = mime.bytes().position(|byte| byte == b';');
        let mime = mime
            .get(..essence.unwrap_or(mime.len()))
            .unwrap_or_default();
        let mime = mime.trim_ascii();
        let Some(known) = self.media_type else {
            return MediaType::of(head, &self.name, mime).ok_or_else(|| {
                let words = ["the file is of no format that Divar takes"];
                refuse(Code::UnsupportedFormat, &words)
            });
        };
        let format = Format::of(known, head, &self.name, mime).ok_or_else(|| {
            let words = &[
                "the type ",
                known.name(),
                " takes ",
                known.formats(),
                ", and the file is none of these",
            ];
            refuse(Code::UnsupportedFormat, words)
        })?;
        Ok((known, format))
    }

    /// The file with the MIME type of what it is. One that has it goes as it
    /// is: Chromium sends a file from its disk twice as fast as a slice of the
    /// same, which is how any other gets it, without copying a byte.
    fn typed_as(&self, format: Format) -> Result<Blob, JsValue> {
        if self.mime == format.mime() {
            return Ok(self.blob.clone());
        }
        self.blob
            .slice_with_f64_and_f64_and_content_type(0.0, self.size, format.mime())
    }
}

impl Accepted {
    /// The request's body; one for each try, since a form may be spent.
    #[must_use]
    pub fn body(&self, encoding: Encoding) -> Body {
        let file = self.body.clone();
        match encoding {
            Encoding::Binary => Body::Bare(file),
            Encoding::Multipart => Body::Form {
                file,
                name: self.name.clone(),
            },
        }
    }
}

fn unreadable(cause: JsValue) -> Failure {
    let error = refuse(Code::FileUnreadable, &["the file could not be read"]);
    error.caused_by(cause).into()
}

fn refuse(code: Code, words: &[&str]) -> Error {
    Error::new(Stage::Upload, code, words)
}
