//! Takes the metadata out of a PNG, its picture's bytes untouched.

use super::chunk::{Chunk, FIRST};
use crate::exif;
use crate::inspection::{Kind, Private};
use crate::known::{Known, Stop};
use crate::rewrite::Plan;
use crate::turned::Turned;

/// Takes the metadata out.
#[derive(Debug, Default)]
pub struct Strip {
    at: u64,
    data_seen: bool,
    kept: Turned,
}

impl Strip {
    /// Goes on as far as what is known allows.
    ///
    /// # Errors
    ///
    /// Any [`Stop`].
    pub fn run(&mut self, known: &mut Known) -> Result<Plan, Stop> {
        if self.at == 0 {
            self.begin(known)?;
        }
        loop {
            known.forget_before(self.at);
            let chunk = Chunk::open(known, self.at)?;
            self.take(known, &chunk)?;
            self.at = chunk.to;
            if chunk.kind == *b"IEND" {
                break;
            }
        }
        if !self.data_seen {
            return Err(Stop::Malformed("a PNG without a picture"));
        }
        if self.at < known.size() {
            self.kept.took_out(Private::Trailing);
        }
        std::mem::take(&mut self.kept).finish(Kind::Png, orientation)
    }

    fn begin(&mut self, known: &Known) -> Result<(), Stop> {
        if known.array(0)? != *b"\x89PNG\r\n\x1a\n" {
            return Err(Stop::Malformed("no PNG"));
        }
        self.at = FIRST;
        self.kept.keep_early(0, FIRST)
    }

    /// Keeps a chunk, or notes that it is taken out.
    fn take(&mut self, known: &Known, chunk: &Chunk) -> Result<(), Stop> {
        let Chunk { from, to, .. } = *chunk;
        match &chunk.kind {
            b"IHDR" => self.kept.keep_early(from, to),
            b"eXIf" => self.kept.exif(chunk.exif(known)?, from, to),
            _ if chunk.is_needed() => {
                self.data_seen |= chunk.kind == *b"IDAT";
                self.kept.keep(from, to)
            }
            _ => {
                self.kept.took_out_all(chunk.told(known)?);
                Ok(())
            }
        }
    }
}

/// The chunk that says which way up the picture is, and nothing else.
fn orientation(turned: u8) -> Vec<u8> {
    let tiff = exif::bare(turned);
    let length = u32::try_from(tiff.len()).unwrap_or_default().to_be_bytes();
    let crc = crc32(b"eXIf".iter().chain(&tiff)).to_be_bytes();
    [&length[..], b"eXIf", &tiff, &crc].concat()
}

/// The CRC that ends a chunk. Of so few bytes it is counted bit by bit.
fn crc32<'a>(bytes: impl Iterator<Item = &'a u8>) -> u32 {
    const POLYNOMIAL: u32 = 0xedb8_8320;
    !bytes.fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (POLYNOMIAL & (crc & 1).wrapping_neg())
        })
    })
}
