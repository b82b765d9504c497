//! Removes the metadata of a PNG, without touching the picture's bytes.

use super::chunk::{Chunk, FIRST};
use crate::formats::Format;
use crate::image::exif;
use crate::image::stripped::StrippedImage;
use crate::plan::Plan;
use crate::report::Private;
use crate::sparse_file::{ParseError, SparseFile};

/// Removes the metadata of one file.
#[derive(Debug, Default)]
pub struct Strip {
    at: u64,
    data_seen: bool,
    kept: StrippedImage,
}

impl Strip {
    /// Reads on as far as the bytes allow.
    ///
    /// # Errors
    ///
    /// Any [`ParseError`].
    pub fn run(&mut self, file: &mut SparseFile) -> Result<Plan, ParseError> {
        if self.at == 0 {
            self.begin(file)?;
        }
        loop {
            file.forget_before(self.at);
            let chunk = Chunk::open(file, self.at)?;
            self.take(file, &chunk)?;
            self.at = chunk.to;
            if chunk.kind == *b"IEND" {
                break;
            }
        }
        if !self.data_seen {
            return Err(ParseError::Malformed("a PNG without a picture"));
        }
        if self.at < file.size() {
            self.kept.removed(Private::Trailing);
        }
        std::mem::take(&mut self.kept).finish(Format::Png, orientation)
    }

    fn begin(&mut self, file: &SparseFile) -> Result<(), ParseError> {
        if file.array(0)? != *b"\x89PNG\r\n\x1a\n" {
            return Err(ParseError::Malformed("no PNG"));
        }
        self.at = FIRST;
        self.kept.keep_in_header(0, FIRST)
    }

    /// Keeps or removes a chunk.
    fn take(&mut self, file: &SparseFile, chunk: &Chunk) -> Result<(), ParseError> {
        let Chunk { from, to, .. } = *chunk;
        match &chunk.kind {
            b"IHDR" => self.kept.keep_in_header(from, to),
            b"eXIf" => {
                // The whole block first, so that reading its parts needs no more bytes.
                let exif = chunk.exif().read(file)?;
                if self.data_seen {
                    // Browsers read it in front of the picture alone.
                    self.kept.removed(Private::Exif);
                    self.kept.removed_all(&exif.private);
                    Ok(())
                } else {
                    self.kept.exif(&exif, from, to)
                }
            }
            _ if chunk.is_kept() => {
                self.data_seen |= chunk.kind == *b"IDAT";
                self.kept.keep(from, to)
            }
            _ => {
                self.kept.removed_all(&chunk.categories(file)?);
                Ok(())
            }
        }
    }
}

/// The chunk with the orientation and nothing else.
fn orientation(orientation: u8) -> Vec<u8> {
    let tiff = exif::minimal(orientation);
    let length = u32::try_from(tiff.len()).unwrap_or_default().to_be_bytes();
    let crc = crc32(b"eXIf".iter().chain(&tiff)).to_be_bytes();
    [&length[..], b"eXIf", &tiff, &crc].concat()
}

/// The CRC of a chunk (PNG third edition, 5.5), bit by bit for so few bytes.
fn crc32<'a>(bytes: impl Iterator<Item = &'a u8>) -> u32 {
    const POLYNOMIAL: u32 = 0xedb8_8320;
    !bytes.fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (POLYNOMIAL & (crc & 1).wrapping_neg())
        })
    })
}
