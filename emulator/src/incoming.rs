//! The two encodings of an upload: a form with one field `file`, or the bare file.

use std::sync::Arc;

use axum::http::{HeaderMap, header};
use bytes::Bytes;
use http_body_util::{BodyDataStream, BodyExt};
use multer::{Field, Multipart};

use crate::{
    disposition::Disposition,
    format::Format,
    inbound::Inbound,
    journal::{Record, text},
    media::MediaType,
    status::Status,
};

/// A file on its way in.
pub struct Incoming {
    source: Source,
    name: Option<String>,
    content_type: Option<String>,
    body: Inbound,
}

enum Source {
    Form {
        form: Multipart<'static>,
        field: Option<Box<Field<'static>>>,
    },
    Bare(Inbound),
}

impl Incoming {
    /// Reads as far as the file's first byte, and notes in `record` what stands before it.
    ///
    /// # Errors
    ///
    /// 400 for a form that is not the one Divar takes.
    pub async fn open(
        body: Inbound,
        headers: &HeaderMap,
        record: &Arc<Record>,
    ) -> Result<Self, Status> {
        let content_type = header_text(headers, header::CONTENT_TYPE.as_str());
        let is_form = content_type
            .as_deref()
            .is_some_and(|value| value.to_ascii_lowercase().starts_with("multipart/"));
        if is_form {
            return Self::open_form(body, content_type.unwrap_or_default(), record).await;
        }
        record.note(|upload| {
            upload.encoding = "binary";
            upload.content_type.clone_from(&content_type);
        });
        Ok(Self {
            source: Source::Bare(body.clone()),
            name: None,
            content_type,
            body,
        })
    }

    async fn open_form(
        body: Inbound,
        content_type: String,
        record: &Arc<Record>,
    ) -> Result<Self, Status> {
        record.note(|upload| upload.encoding = "multipart");
        let boundary = multer::parse_boundary(content_type).map_err(|error| bad_form(&error))?;
        let mut form = Multipart::new(BodyDataStream::new(body.clone()), boundary);
        let field = next_field(&mut form)
            .await?
            .ok_or_else(|| Status::invalid("the form has no field: Divar takes one named file"))?;
        let raw = header_text(field.headers(), header::CONTENT_DISPOSITION.as_str());
        let disposition = Disposition::parse(raw.as_deref().unwrap_or_default());
        record.note(|upload| {
            upload.content_disposition = raw;
            upload.content_type = header_text(field.headers(), header::CONTENT_TYPE.as_str());
            upload.field.clone_from(&disposition.name);
            upload.file_name.clone_from(&disposition.file_name);
        });
        if disposition.name.as_deref() != Some("file") {
            return Err(Status::invalid("the form's field must be named file"));
        }
        let name = disposition.file_name.filter(|name| !name.is_empty());
        Ok(Self {
            source: Source::Form {
                form,
                field: Some(Box::new(field)),
            },
            name: Some(name.ok_or_else(|| Status::invalid("the form's file has no name"))?),
            content_type: None,
            body,
        })
    }

    /// The format that the name promises, or for a bare file its content type; `None` for a bare
    /// file whose content type says nothing about it.
    ///
    /// # Errors
    ///
    /// 400 when `kind` does not take what is promised.
    pub fn promise(&self, kind: MediaType) -> Result<Option<Format>, Status> {
        let (promise, what) = match (&self.name, &self.content_type) {
            (Some(name), _) => (Format::of_name(name), "file name"),
            (None, Some(declared)) if !is_generic(declared) => {
                (Format::of_content_type(declared), "content type")
            }
            _ => return Ok(None),
        };
        match promise {
            Some(format) if kind.formats().contains(&format) => Ok(promise),
            _ => Err(Status::invalid(format!(
                "the {what} is not that of one of {}",
                kind.formats_in_words()
            ))),
        }
    }

    /// The file's next piece; `None` after its last.
    ///
    /// # Errors
    ///
    /// 400 when the body breaks off.
    pub async fn piece(&mut self) -> Result<Option<Bytes>, Status> {
        match &mut self.source {
            Source::Form { field: None, .. } => Ok(None),
            Source::Form {
                field: Some(field), ..
            } => field.chunk().await.map_err(|error| bad_form(&error)),
            Source::Bare(body) => match body.frame().await {
                Some(Ok(frame)) => Ok(Some(frame.into_data().unwrap_or_default())),
                Some(Err(_)) => Err(cut_off()),
                None => Ok(None),
            },
        }
    }

    /// Reads the body to its end, so that nothing is accepted of a body that breaks off; comes
    /// back with the file's name.
    ///
    /// # Errors
    ///
    /// 400 for a second field, or a body that breaks off.
    pub async fn finish(mut self) -> Result<Option<String>, Status> {
        if let Source::Form { form, field } = &mut self.source {
            field.take();
            if next_field(form).await?.is_some() {
                return Err(Status::invalid(
                    "the form has a second field: Divar takes one, named file",
                ));
            }
        }
        self.body.finish().await.map_err(|_| cut_off())?;
        Ok(self.name)
    }
}

/// Whether a content type says nothing about a file: `application/octet-stream`, and what
/// `curl --data-binary @file` adds by itself.
fn is_generic(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    [
        "application/octet-stream",
        "application/x-www-form-urlencoded",
    ]
    .iter()
    .any(|generic| essence.eq_ignore_ascii_case(generic))
}

async fn next_field(form: &mut Multipart<'static>) -> Result<Option<Field<'static>>, Status> {
    form.next_field().await.map_err(|error| bad_form(&error))
}

fn bad_form(error: &multer::Error) -> Status {
    Status::invalid(format!("the form cannot be read: {error}"))
}

fn cut_off() -> Status {
    Status::invalid("the body broke off before its end")
}

fn header_text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).map(|value| text(value.as_bytes()))
}
