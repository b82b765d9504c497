//! The two encodings of an upload: a form with one field `file`, or the bare file.

use std::sync::Arc;

use axum::http::{HeaderMap, HeaderValue, header};
use bytes::Bytes;
use http_body_util::{BodyDataStream, BodyExt};
use multer::{Field, Multipart};

use crate::{
    connection::request_body::RequestBody,
    media::{format::Format, media_type::MediaType},
    routes::upload::{
        disposition::Disposition,
        form_body::{FormBody, HeadLimit, MAX_OVERHEAD},
    },
    state::record::RequestRecord,
    status::Status,
};

/// Reads the file of an upload.
pub struct UploadReader {
    source: Source,
    name: Option<String>,
    content_type: Option<String>,
    body: RequestBody,
}

enum Source {
    Form {
        form: Multipart<'static>,
        limit: HeadLimit,
        field: Option<Box<Field<'static>>>,
    },
    Bare(RequestBody),
}

impl UploadReader {
    /// Reads as far as the file's first byte, and records the headers before it.
    ///
    /// # Errors
    ///
    /// 400 for a form that is not the one Divar takes.
    pub async fn open(
        body: RequestBody,
        headers: &HeaderMap,
        record: &Arc<RequestRecord>,
    ) -> Result<Self, Status> {
        let content_type = header_string(headers, header::CONTENT_TYPE.as_str());
        let is_form = content_type
            .as_deref()
            .is_some_and(|value| value.to_ascii_lowercase().starts_with("multipart/"));
        if is_form {
            return Self::open_form(body, content_type.unwrap_or_default(), record).await;
        }
        record.update_upload(|upload| {
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
        body: RequestBody,
        content_type: String,
        record: &Arc<RequestRecord>,
    ) -> Result<Self, Status> {
        record.update_upload(|upload| upload.encoding = "multipart");
        let boundary = multer::parse_boundary(content_type).map_err(|error| form_error(&error))?;
        let limit = HeadLimit::new();
        let stream = BodyDataStream::new(FormBody::new(body.clone(), limit.clone()));
        let mut form = Multipart::new(stream, boundary);
        let field = next_field(&mut form)
            .await?
            .ok_or_else(|| Status::invalid("the form has no field: it needs one, named file"))?;
        let head: usize = field.headers().values().map(HeaderValue::len).sum();
        if head as u64 > MAX_OVERHEAD {
            return Err(Status::invalid("the head of the form's file is too large"));
        }
        limit.lift();
        let raw = header_string(field.headers(), header::CONTENT_DISPOSITION.as_str());
        let disposition = Disposition::parse(raw.as_deref().unwrap_or_default());
        record.update_upload(|upload| {
            upload.content_disposition = raw;
            upload.content_type = header_string(field.headers(), header::CONTENT_TYPE.as_str());
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
                limit,
                field: Some(Box::new(field)),
            },
            name: Some(name.ok_or_else(|| Status::invalid("the form's file has no name"))?),
            content_type: None,
            body,
        })
    }

    /// The format by the file name, or for a bare file by its content type; `None` for a bare file
    /// with a generic content type.
    ///
    /// # Errors
    ///
    /// 400 when `media_type` does not take that format.
    pub fn declared_format(&self, media_type: MediaType) -> Result<Option<Format>, Status> {
        let (format, source) = match (&self.name, &self.content_type) {
            (Some(name), _) => (Format::from_name(name), "file name"),
            (None, Some(declared)) if !is_generic(declared) => {
                (Format::from_content_type(declared), "content type")
            }
            _ => return Ok(None),
        };
        match format {
            Some(known) if media_type.formats().contains(&known) => Ok(format),
            _ => Err(Status::invalid(format!(
                "the {source} is not that of one of {}",
                media_type.formats_in_words()
            ))),
        }
    }

    /// The next bytes of the file; `None` at its end.
    ///
    /// # Errors
    ///
    /// 400 when the body breaks off.
    pub async fn next_piece(&mut self) -> Result<Option<Bytes>, Status> {
        match &mut self.source {
            Source::Form { field: None, .. } => Ok(None),
            Source::Form {
                field: Some(field), ..
            } => field.chunk().await.map_err(|error| form_error(&error)),
            Source::Bare(body) => match body.frame().await {
                Some(Ok(frame)) => Ok(Some(frame.into_data().unwrap_or_default())),
                Some(Err(_)) => Err(incomplete()),
                None => Ok(None),
            },
        }
    }

    /// Reads the body to its end, since a body that breaks off is not accepted. Returns the file's
    /// name.
    ///
    /// # Errors
    ///
    /// 400 for a second field, or a body that breaks off.
    pub async fn finish(mut self) -> Result<Option<String>, Status> {
        if let Source::Form { form, limit, field } = &mut self.source {
            field.take();
            limit.start();
            if next_field(form).await?.is_some() {
                return Err(Status::invalid(
                    "the form has a second field: only one is allowed, named file",
                ));
            }
        }
        self.body
            .finish(MAX_OVERHEAD)
            .await
            .map_err(|_| incomplete())?;
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
    form.next_field().await.map_err(|error| form_error(&error))
}

fn form_error(error: &multer::Error) -> Status {
    Status::invalid(format!("the form cannot be read: {error}"))
}

fn incomplete() -> Status {
    Status::invalid("the body broke off before its end")
}

fn header_string(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get(name)
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}
