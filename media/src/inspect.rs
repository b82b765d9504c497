//! What a file is: its first bytes choose the parser that reads it.

#[cfg(feature = "movies")]
use crate::container::{isobmff, matroska, mp3, ogg, wav};
use crate::detect::{self, Container, PDF_HEAD_BYTES};
use crate::document::{ole, pdf, zip};
use crate::formats::MediaType;
use crate::image::{gif, jpeg, png, webp};
use crate::reader::Reader;
use crate::report::{Inspection, TrackKind};
use crate::sparse_file::{ParseError, Progress, SparseFile};

/// How many bytes of a file are read to inspect it, at most.
pub const MAX_BYTES: u64 = 256 * 1024;

/// How many bytes are read at a time, where the file has them.
const READ_AHEAD: usize = 2048;

/// The inspection of one file: what it is, whether it is whole, and which personal
/// metadata it has.
pub struct Inspector {
    file: SparseFile,
    reader: Option<Box<dyn Reader>>,
    report: Inspection,
}

// Not derived: the parsers behind the trait would each bring their own.
impl std::fmt::Debug for Inspector {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut fields = formatter.debug_struct("Inspector");
        fields.field("file", &self.file).finish_non_exhaustive()
    }
}

impl Inspector {
    /// Inspects a file of `size` bytes, of which at most [`MAX_BYTES`] are read.
    #[must_use]
    pub fn new(size: u64) -> Self {
        Self::with(SparseFile::new(size, READ_AHEAD, MAX_BYTES))
    }

    /// Inspects a file that is read with other limits.
    #[must_use]
    pub fn with(file: SparseFile) -> Self {
        Self {
            file,
            reader: None,
            report: Inspection::default(),
        }
    }

    /// Adds bytes that were asked for.
    pub fn add(&mut self, offset: u64, bytes: Vec<u8>) {
        self.file.add(offset, bytes);
    }

    /// Adds the content of DEFLATE data that was asked for.
    pub fn add_inflated(&mut self, bytes: Vec<u8>) {
        self.file.add_inflated(bytes);
    }

    /// The file, with what was read of it.
    #[must_use]
    pub const fn file(&self) -> &SparseFile {
        &self.file
    }

    /// Reads on as far as the bytes allow. A damaged file gets all that could be
    /// read of it, and the damage.
    pub fn run(&mut self) -> Progress<Inspection> {
        match self.read() {
            Err(ParseError::Incomplete(range)) => return Progress::Need(range),
            Err(ParseError::Truncated) => self.report.truncated = true,
            Err(ParseError::Malformed(words)) => self.report.malformed = Some(words),
            Err(ParseError::Unsupported(words)) => self.report.unsupported = Some(words),
            Err(ParseError::LimitExceeded) | Ok(()) => {}
        }
        let mut report = std::mem::take(&mut self.report);
        let accepted = report.format.accepted_as();
        // A video in a container for voice notes is neither.
        let is_video = report.has_track(TrackKind::Video);
        report.media_type = accepted
            .filter(|it| *it != MediaType::Voice || !is_video)
            .filter(|_| report.unsupported.is_none());
        Progress::Done(report)
    }

    fn read(&mut self) -> Result<(), ParseError> {
        let reader = match &mut self.reader {
            Some(reader) => reader,
            none => {
                let head = self.file.get_up_to(0, PDF_HEAD_BYTES)?;
                let container = Container::of(head, self.file.size());
                let Some(reader) = container.and_then(reader) else {
                    if let Some(format) = detect::unparsed_format(head) {
                        self.report.set_unparsed(format);
                    }
                    return Ok(());
                };
                none.insert(reader)
            }
        };
        reader.read(&self.file, &mut self.report)
    }
}

/// The parser of a container, if this build has it.
fn reader(container: Container) -> Option<Box<dyn Reader>> {
    Some(match container {
        Container::Png => Box::<png::PngReader>::default(),
        Container::Jpeg => Box::<jpeg::JpegReader>::default(),
        Container::Pdf => Box::<pdf::PdfReader>::default(),
        Container::Zip => Box::<zip::ZipReader>::default(),
        Container::Ole => Box::<ole::OleReader>::default(),
        Container::Gif => Box::<gif::GifReader>::default(),
        Container::WebP => Box::<webp::WebPReader>::default(),
        _ => return movie_reader(container),
    })
}

/// The parser of a container of movies or sound.
#[cfg(feature = "movies")]
fn movie_reader(container: Container) -> Option<Box<dyn Reader>> {
    Some(match container {
        Container::IsoBmff => Box::<isobmff::MovieReader>::default(),
        Container::Wav => Box::<wav::WavReader>::default(),
        Container::Ogg => Box::<ogg::OggReader>::default(),
        Container::Mp3 => Box::<mp3::Mp3Reader>::default(),
        Container::Matroska => Box::<matroska::MatroskaReader>::default(),
        _ => return None,
    })
}

#[cfg(not(feature = "movies"))]
fn movie_reader(_: Container) -> Option<Box<dyn Reader>> {
    None
}

/// Inspects a file that is wholly in memory, without inflating anything: for tests and fuzzers.
#[must_use]
pub fn inspect_bytes(bytes: &[u8]) -> Inspection {
    let mut inspector = Inspector::new(bytes.len() as u64);
    loop {
        let range = match inspector.run() {
            Progress::Done(report) => return report,
            Progress::Need(range) if range.deflated => continue,
            Progress::Need(range) => range,
        };
        let part = usize::try_from(range.offset)
            .ok()
            .and_then(|from| bytes.get(from..)?.get(..range.length));
        match part {
            Some(part) => inspector.add(range.offset, part.to_vec()),
            None => return Inspection::default(),
        }
    }
}
