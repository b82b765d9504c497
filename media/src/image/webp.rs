//! WebP (RFC 9649): a RIFF file of chunks.

use crate::formats::Format;
use crate::image::exif::ExifReader;
use crate::image::xmp;
use crate::reader::Reader;
use crate::report::{Inspection, Private};
use crate::sparse_file::{ParseError, SparseFile};

/// Most chunks that are read.
const MOST_CHUNKS: u32 = 1024;

/// Where the first chunk begins (RFC 9649, 2.4).
const FIRST: u64 = 12;

/// Reads a WebP.
#[derive(Debug, Default)]
pub(crate) struct WebPReader {
    at: u64,
    chunks: u32,
    exif: Option<(ExifReader, u64)>,
    exif_seen: bool,
}

impl Reader for WebPReader {
    fn read(&mut self, file: &SparseFile, report: &mut Inspection) -> Result<(), ParseError> {
        report.format = Format::WebP;
        let riff = u32::from_le_bytes(file.array(4)?);
        let end = u64::from(riff).saturating_add(8);
        self.at = self.at.max(FIRST);
        while self.at < end.min(file.size()) {
            self.chunk(file, report)?;
        }
        if end > file.size() {
            return Err(ParseError::Truncated);
        }
        // A chunk of odd length is padded, the outermost too (2.3).
        if end.next_multiple_of(2) < file.size() {
            report.tells(Private::Trailing);
        }
        Ok(())
    }
}

impl WebPReader {
    fn chunk(&mut self, file: &SparseFile, report: &mut Inspection) -> Result<(), ParseError> {
        if let Some((exif, next)) = &mut self.exif {
            let exif = exif.read(file)?;
            if !std::mem::replace(&mut self.exif_seen, true) {
                report.orientation = exif.orientation;
            }
            report.tells_all(&exif.private);
            self.at = *next;
            self.exif = None;
            return Ok(());
        }
        if self.chunks >= MOST_CHUNKS {
            return Err(ParseError::LimitExceeded);
        }
        let [a, b, c, d, length @ ..] = file.array::<8>(self.at)?;
        let data = self.at.saturating_add(8);
        let to = data.saturating_add(u32::from_le_bytes(length).into());
        if to > file.size() {
            return Err(ParseError::Truncated);
        }
        let next = to.saturating_add(to % 2);
        match &[a, b, c, d] {
            b"VP8X" => extended(file, data, report)?,
            b"VP8 " => lossy(file.array(data)?, report)?,
            b"VP8L" => lossless(file.array(data)?, report)?,
            b"ALPH" => report.alpha = true,
            b"ANMF" => frame(file, data, to, report)?,
            b"ANIM" | b"ICCP" => {}
            b"EXIF" => {
                // Some write the name that JPEG has before it.
                let behind = data.saturating_add(6);
                let named = behind <= to && file.array(data)? == *b"Exif\0\0";
                let from = if named { behind } else { data };
                self.exif = Some((ExifReader::new(from, to), next));
                return Ok(());
            }
            b"XMP " => report.tells_all(&xmp::categories(file, data, to)?),
            _ => report.tells(Private::Other),
        }
        self.chunks = self.chunks.saturating_add(1);
        self.at = next;
        Ok(())
    }
}

/// Reads the extended header (2.7.1): flags, and the canvas' size less one.
fn extended(file: &SparseFile, data: u64, report: &mut Inspection) -> Result<(), ParseError> {
    let [flags, _, _, _, w0, w1, w2, h0, h1, h2] = file.array(data)?;
    report.animated = flags & 2 != 0;
    report.alpha = flags & 0x10 != 0;
    report.width = Some(uint24([w0, w1, w2]).saturating_add(1));
    report.height = Some(uint24([h0, h1, h2]).saturating_add(1));
    Ok(())
}

const fn uint24([a, b, c]: [u8; 3]) -> u32 {
    u32::from_le_bytes([a, b, c, 0])
}

/// Reads a frame of an animation (2.7.1.3): its place and size, and the chunk of
/// its picture, which has a size of its own.
fn frame(file: &SparseFile, data: u64, to: u64, report: &mut Inspection) -> Result<(), ParseError> {
    const HEADER: u64 = 16;
    report.animated = true;
    let [x0, x1, x2, y0, y1, y2, w0, w1, w2, h0, h1, h2] = file.array(data)?;
    let end = |from, size| {
        uint24(from)
            .saturating_mul(2)
            .saturating_add(uint24(size))
            .saturating_add(1)
    };
    report.has_frame(
        end([x0, x1, x2], [w0, w1, w2]),
        end([y0, y1, y2], [h0, h1, h2]),
    );
    let mut at = data.saturating_add(HEADER);
    // An alpha chunk may come before the picture's.
    for _ in 0..2 {
        if at.saturating_add(18) > to {
            break;
        }
        let [a, b, c, d, length @ ..] = file.array::<8>(at)?;
        let body = at.saturating_add(8);
        match &[a, b, c, d] {
            b"VP8 " => lossy(file.array(body)?, report)?,
            b"VP8L" => lossless(file.array(body)?, report)?,
            _ => {}
        }
        at = body.saturating_add(u64::from(u32::from_le_bytes(length)).next_multiple_of(2));
    }
    Ok(())
}

/// Reads a lossy frame's header (RFC 6386, 9.1): its start code, and sizes of 14
/// bits below those of a scale.
fn lossy(header: [u8; 10], report: &mut Inspection) -> Result<(), ParseError> {
    let [_, _, _, 0x9d, 0x01, 0x2a, w, x, h, y] = header else {
        return Err(ParseError::Malformed("a WebP frame without its start code"));
    };
    let size = |bytes| u32::from(u16::from_le_bytes(bytes) & 0x3fff);
    picture(size([w, x]), size([h, y]), report);
    Ok(())
}

/// Reads a lossless frame's header (RFC 9649, 3.4): its signature, sizes less one
/// in 14 bits each, and a bit for transparency.
fn lossless(header: [u8; 5], report: &mut Inspection) -> Result<(), ParseError> {
    let [0x2f, a, b, c, d] = header else {
        return Err(ParseError::Malformed("a WebP frame without its signature"));
    };
    let bits = u32::from_le_bytes([a, b, c, d]);
    let size = |bits: u32| (bits & 0x3fff).saturating_add(1);
    picture(size(bits), size(bits >> 14), report);
    report.alpha |= bits >> 28 & 1 == 1;
    Ok(())
}

fn picture(width: u32, height: u32, report: &mut Inspection) {
    report.has_frame(width, height);
    report.width = report.width.or(Some(width));
    report.height = report.height.or(Some(height));
}
