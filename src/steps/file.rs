//! The file that the caller chose: whether Divar takes it, and whether all of it is there.

use divar_media::upload_check::{
    HEAD_BYTES, Label, MovieCheck, Rejected, accept, check, deciding_part, needs_validation,
};
use divar_media::{Format, MediaType, ParseError};
use web_sys::Blob;

use super::file_reader::{FileReader, exact, unreadable};
use super::validation::Validator;
use crate::decimal::decimal;
use crate::error::{Code, Error, Failure, Stage};
use crate::http::CallSettings;

/// A file as it was chosen. It is a handle: its bytes stay where they are.
pub struct ChosenFile {
    /// The handle.
    pub blob: Blob,
    /// Its size in bytes.
    pub size: u64,
    /// Its name, or nothing.
    pub name: String,
    /// Its declared MIME type without parameters, or nothing.
    pub mime: String,
    /// What it is sent as; by its content where that is not given.
    pub media_type: Option<MediaType>,
    /// The largest size to send, in bytes; the media type's limit where that is not given.
    pub max_bytes: Option<u64>,
    /// What checks it where its first and last bytes do not tell enough, if the runtime can load that.
    pub validator: Option<Validator>,
}

/// What the first and last bytes of a file tell.
struct FirstCheck {
    outcome: Result<(MediaType, Format), Error>,
    /// Whether only all of it tells if Divar takes it.
    is_uncertain: bool,
}

/// A file that Divar takes.
pub struct AcceptedFile {
    /// The handle, with the MIME type of its content.
    pub blob: Blob,
    /// What it is sent as.
    pub media_type: MediaType,
    /// The name it is sent under, with the extension of its content.
    pub name: String,
}

impl ChosenFile {
    /// Checks the size and then the content, of which small slices are read.
    ///
    /// # Errors
    ///
    /// `file_empty`, `file_too_large`, `unsupported_format`, `file_damaged`, `file_unreadable`.
    pub async fn check(&self, call: &CallSettings) -> Result<AcceptedFile, Failure> {
        if self.size == 0 {
            return Err(self.empty_or_gone(call).await);
        }
        if let Some(media_type) = self.media_type {
            self.check_size(media_type)?;
        }
        let reader = FileReader::new(&self.blob, self.size, call)?;
        let FirstCheck {
            outcome,
            is_uncertain,
        } = self.check_ends(&reader).await?;
        let validated = match &self.validator {
            Some(validator) if is_uncertain => {
                let (blob, media_type) = (&self.blob, self.media_type);
                validator
                    .validate(blob, media_type, &reader.deadline)
                    .await?
            }
            _ => None,
        };
        let (media_type, format) = match validated {
            Some(format) => self.accepted(accept(Some(format?), self.media_type))?,
            None => outcome?,
        };
        self.check_size(media_type)?;
        Ok(AcceptedFile {
            blob: self.with_type(format.mime())?,
            media_type,
            name: format.file_name(media_type, &self.name),
        })
    }

    /// Checks the first and last bytes, and a movie's boxes.
    async fn check_ends(&self, reader: &FileReader<'_>) -> Result<FirstCheck, Failure> {
        let head = reader.read(0..self.size.min(HEAD_BYTES as u64)).await?;
        let part = reader.read(deciding_part(&head, self.size)).await?;
        let mut first = FirstCheck {
            outcome: self.recognise(&head, &part, self.media_type),
            is_uncertain: needs_validation(&head, &part, self.size),
        };
        if matches!(first.outcome, Ok((MediaType::Video | MediaType::Voice, _))) {
            let mut movie = MovieCheck::new(self.size, self.media_type);
            movie.add(0, head.clone());
            if let Some(by_content) = self.check_movie(reader, &mut movie).await? {
                first.outcome = self.recognise(&head, &part, Some(by_content));
            }
            first.is_uncertain = movie.has_fragments();
        }
        Ok(first)
    }

    /// Checks that the file can still be read: it may have been changed or removed while it was sent,
    /// which looks like a broken connection.
    ///
    /// # Errors
    ///
    /// `file_unreadable`.
    pub async fn ensure_readable(&self, call: &CallSettings) -> Result<(), Failure> {
        let reader = FileReader::new(&self.blob, self.size, call)?;
        reader.read_slice(0..1).await?;
        reader.read_slice(self.size - 1..self.size).await.map(drop)
    }

    /// The error of a file without bytes. Chromium gives a file that was removed the size 0.
    async fn empty_or_gone(&self, call: &CallSettings) -> Failure {
        let reader = match FileReader::new(&self.blob, self.size, call) {
            Ok(reader) => reader,
            Err(failure) => return failure,
        };
        match reader.read_all().await {
            Ok(_) => Error::new(Stage::Upload, Code::FileEmpty, "the file is empty").into(),
            Err(failure) => failure,
        }
    }

    fn check_size(&self, media_type: MediaType) -> Result<(), Error> {
        let most = self.max_bytes.unwrap_or_else(|| media_type.max_bytes());
        if self.size <= most {
            return Ok(());
        }
        let (size, most) = (decimal(exact(self.size)), decimal(exact(most)));
        let words = [
            "the file has ",
            &size,
            " bytes; at most ",
            &most,
            " are taken",
        ];
        Err(Error::new(
            Stage::Upload,
            Code::FileTooLarge,
            words.concat(),
        ))
    }

    fn recognise(
        &self,
        head: &[u8],
        part: &[u8],
        wanted: Option<MediaType>,
    ) -> Result<(MediaType, Format), Error> {
        let label = Label {
            name: &self.name,
            mime: &self.mime,
        };
        self.accepted(check(head, part, self.size, label, wanted))
    }

    fn accepted(
        &self,
        checked: Result<(MediaType, Format), Rejected>,
    ) -> Result<(MediaType, Format), Error> {
        checked.map_err(|rejected| self.rejected(rejected))
    }

    fn rejected(&self, rejected: Rejected) -> Error {
        let refuse = |message: &str| Error::new(Stage::Upload, Code::UnsupportedFormat, message);
        let damaged = |message: &str| Error::new(Stage::Upload, Code::FileDamaged, message);
        match (rejected, self.media_type) {
            (Rejected::Truncated, _) => {
                damaged("the file is cut off: it ends before its content does")
            }
            (Rejected::Malformed(words), _) => damaged(&["the file is damaged: ", words].concat()),
            (Rejected::UnsupportedFormat(Some(words)), _) => {
                refuse(&["the file is not taken: ", words].concat())
            }
            (_, Some(media_type)) => {
                let (name, formats) = (media_type.name(), media_type.formats());
                let words = [
                    "the type ",
                    name,
                    " takes ",
                    formats,
                    ", and the file is none of these",
                ];
                refuse(&words.concat())
            }
            (_, None) => refuse("the file is of no format that Divar takes"),
        }
    }

    /// Whether a video or a voice note can be played, by its boxes, and which of the two it is.
    async fn check_movie(
        &self,
        reader: &FileReader<'_>,
        check: &mut MovieCheck,
    ) -> Result<Option<MediaType>, Failure> {
        loop {
            let range = match check.run() {
                Ok(by_content) => return Ok(by_content),
                Err(ParseError::Incomplete(range)) => range,
                Err(error) => return Err(self.rejected(error.into()).into()),
            };
            let end = range.offset + range.length as u64;
            check.add(range.offset, reader.read(range.offset..end).await?);
        }
    }

    /// The file with this MIME type. One that has it is taken as it is: Chromium sends a file from the
    /// disk twice as fast as a slice of it.
    fn with_type(&self, mime: &str) -> Result<Blob, Error> {
        if self.blob.type_() == mime {
            return Ok(self.blob.clone());
        }
        let whole = self
            .blob
            .slice_with_f64_and_f64_and_content_type(0.0, exact(self.size), mime);
        whole.map_err(unreadable)
    }
}
