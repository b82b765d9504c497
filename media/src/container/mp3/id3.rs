//! ID3 tags in front of the sound (ID3 2.4.0) and tags behind it (`ID3v1`, `APEv2`).

use crate::bytes::Cursor;
use crate::report::{Inspection, Private};
use crate::sparse_file::{ParseError, SparseFile};

/// More frames than taggers write.
const MOST_FRAMES: u32 = 128;

/// Reads the tag at the beginning of a file.
#[derive(Debug, Default)]
pub(super) struct TagReader {
    tag: Option<Tag>,
    /// Where the next frame is, and how many were read.
    at: u64,
    frames: u32,
}

/// The tag's header (ID3 2.4.0, 3.1).
#[derive(Clone, Copy, Debug)]
struct Tag {
    version: u8,
    frames_end: u64,
    end: u64,
}

impl TagReader {
    /// Notes what the tag contains, and tells where it ends; 0 where there is none.
    pub(super) fn read(
        &mut self,
        file: &SparseFile,
        report: &mut Inspection,
    ) -> Result<u64, ParseError> {
        let tag = match self.tag {
            Some(tag) => tag,
            None => match self.header(file)? {
                Some(tag) => *self.tag.insert(tag),
                None => return Ok(0),
            },
        };
        while self.frames < MOST_FRAMES {
            let Some((name, end)) = frame(file, self.at, tag)? else {
                break;
            };
            report.tells(category(&name));
            self.at = end;
            self.frames = self.frames.saturating_add(1);
        }
        Ok(tag.end)
    }

    fn header(&mut self, file: &SparseFile) -> Result<Option<Tag>, ParseError> {
        let [b'I', b'D', b'3', version, _, flags, size @ ..] = file.array::<10>(0)? else {
            return Ok(None);
        };
        let frames_end = u64::from(seven_bits(size)).saturating_add(10);
        let footer = if flags & 0x10 != 0 { 10 } else { 0 };
        let end = frames_end.saturating_add(footer);
        if end > file.size() {
            return Err(ParseError::Truncated);
        }
        let extended = if flags & 0x40 != 0 {
            extended_header(file, version)?
        } else {
            0
        };
        self.at = extended.saturating_add(10);
        Ok(Some(Tag {
            version,
            frames_end,
            end,
        }))
    }
}

/// Four bytes of which each has seven bits, so that none looks like a frame of sound.
fn seven_bits(bytes: [u8; 4]) -> u32 {
    bytes
        .into_iter()
        .fold(0, |sum, byte| sum << 7 | u32::from(byte & 0x7f))
}

fn extended_header(file: &SparseFile, version: u8) -> Result<u64, ParseError> {
    let size = file.array(10)?;
    Ok(match version {
        3 => u64::from(u32::from_be_bytes(size)).saturating_add(4),
        4 => u64::from(seven_bits(size)),
        _ => 0,
    })
}

/// The name of the frame at `at`, and where it ends (ID3 2.4.0, 4; 2.3.0, 3.3;
/// 2.2.0, 3.2). `None` where padding or the tag's end comes.
fn frame(file: &SparseFile, at: u64, tag: Tag) -> Result<Option<(Vec<u8>, u64)>, ParseError> {
    let (name, header) = if tag.version == 2 { (3, 6) } else { (4, 10) };
    let body = at.saturating_add(header as u64);
    if body > tag.frames_end {
        return Ok(None);
    }
    let bytes = file.get(at, header)?;
    let size = match (tag.version, bytes) {
        (_, [0, ..]) => return Ok(None),
        (2, [_, _, _, high, middle, low]) => u32::from_be_bytes([0, *high, *middle, *low]),
        (4, [_, _, _, _, s0, s1, s2, s3, ..]) => seven_bits([*s0, *s1, *s2, *s3]),
        (_, [_, _, _, _, s0, s1, s2, s3, ..]) => u32::from_be_bytes([*s0, *s1, *s2, *s3]),
        _ => return Ok(None),
    };
    let name = bytes.get(..name).unwrap_or_default().to_vec();
    Ok(Some((name, body.saturating_add(size.into()))))
}

fn category(name: &[u8]) -> Private {
    match name {
        b"APIC" | b"PIC" => Private::Thumbnail,
        b"TSSE" | b"TENC" | b"TSS" | b"TEN" => Private::Device,
        b"TDRC" | b"TDEN" | b"TDTG" | b"TYER" | b"TDAT" | b"TIME" | b"TYE" => Private::Time,
        [b'T' | b'W', ..] | b"COMM" | b"COM" | b"USLT" | b"ULT" | b"SYLT" => Private::Text,
        _ => Private::Other,
    }
}

/// Where the tags behind the sound begin. What they contain is not read.
pub fn end_of_sound(file: &SparseFile, report: &mut Inspection) -> Result<u64, ParseError> {
    const ID3V1: usize = 128;
    const APE_FOOTER: usize = 32;
    let (at, mut tail) = file.tail(ID3V1.saturating_add(APE_FOOTER))?;
    let mut end = file.size();
    if let Some((before, tag)) = tail.split_last_chunk::<ID3V1>()
        && tag.starts_with(b"TAG")
    {
        report.tells(Private::Text);
        tail = before;
        end = at.saturating_add(before.len() as u64);
    }
    if let Some((_, footer)) = tail.split_last_chunk::<APE_FOOTER>()
        && footer.starts_with(b"APETAGEX")
        && let Some(size) = Cursor::at(footer, 12).u32_le()
    {
        report.tells(Private::Text);
        end = end.saturating_sub(size.into());
    }
    Ok(end)
}
