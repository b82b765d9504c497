//! GIF (`GIF89a` specification): a logical screen, images and extensions.

use crate::formats::Format;
use crate::reader::Reader;
use crate::report::{Inspection, Private};
use crate::sparse_file::{ParseError, SparseFile};

/// How many bytes are read at a time, counted from the file's first byte: image
/// data are sub-blocks of at most 255 bytes, which are walked one by one.
const PAGE: u64 = 16 * 1024;

/// Most sub-blocks that are walked.
const MOST_BLOCKS: u32 = 4096;

/// The block labels (`GIF89a`, appendix A).
const TRAILER: u8 = 0x3b;
const IMAGE: u8 = 0x2c;
const EXTENSION: u8 = 0x21;
const GRAPHIC_CONTROL: u8 = 0xf9;
const COMMENT: u8 = 0xfe;
const APPLICATION: u8 = 0xff;

/// Reads a GIF.
#[derive(Debug, Default)]
pub(crate) struct GifReader {
    at: u64,
    blocks: u32,
    images: u32,
    repeats: bool,
    in_data: bool,
    in_image: bool,
}

impl Reader for GifReader {
    fn read(&mut self, file: &SparseFile, report: &mut Inspection) -> Result<(), ParseError> {
        report.format = Format::Gif;
        if self.at == 0 {
            // The logical screen (GIF89a, 18).
            let [_, _, _, _, _, _, w, x, h, y, packed] = file.array::<11>(0)?;
            report.width = Some(u16::from_le_bytes([w, x]).into());
            report.height = Some(u16::from_le_bytes([h, y]).into());
            self.at = 13_u64.saturating_add(table(packed));
        }
        match self.walk(file, report) {
            Err(ParseError::LimitExceeded) => {
                // One that is repeated most likely has more than one image.
                report.animated |= self.repeats;
                Ok(())
            }
            // The first image is complete: decoders show it.
            Err(ParseError::Truncated | ParseError::Malformed(_)) if self.images > 0 => Ok(()),
            outcome => outcome,
        }
    }
}

impl GifReader {
    fn walk(&mut self, file: &SparseFile, report: &mut Inspection) -> Result<(), ParseError> {
        loop {
            if self.in_data {
                self.data(file)?;
                continue;
            }
            if std::mem::take(&mut self.in_image) {
                self.images = self.images.saturating_add(1);
            }
            match byte(file, self.at)? {
                TRAILER => break,
                EXTENSION => self.extension(file, report)?,
                IMAGE => self.image(file, report)?,
                _ => return Err(ParseError::Malformed("a GIF block of no known kind")),
            }
            self.in_data = true;
        }
        if self.at.saturating_add(1) < file.size() {
            report.tells(Private::Trailing);
        }
        Ok(())
    }

    /// Reads an image descriptor (`GIF89a`, 20); behind it come a colour table, the
    /// size of the codes and the data.
    fn image(&mut self, file: &SparseFile, report: &mut Inspection) -> Result<(), ParseError> {
        let [_, l0, l1, t0, t1, w0, w1, h0, h1, packed] = file.array::<10>(self.at)?;
        let sum = |from: [u8; 2], size: [u8; 2]| {
            u32::from(u16::from_le_bytes(from)).saturating_add(u16::from_le_bytes(size).into())
        };
        report.has_frame(sum([l0, l1], [w0, w1]), sum([t0, t1], [h0, h1]));
        report.animated = self.images > 0;
        self.at = self.at.saturating_add(11).saturating_add(table(packed));
        self.in_image = true;
        Ok(())
    }

    /// Reads the label of an extension (`GIF89a`, 23 to 26), and what follows it.
    fn extension(&mut self, file: &SparseFile, report: &mut Inspection) -> Result<(), ParseError> {
        let behind = self.at.saturating_add(2);
        match byte(file, self.at.saturating_add(1))? {
            GRAPHIC_CONTROL => {
                let [_, flags] = file.array(behind)?;
                report.alpha |= flags & 1 == 1;
            }
            COMMENT => report.tells(Private::Text),
            APPLICATION => match &file.array::<12>(behind)? {
                b"\x0bNETSCAPE2.0" | b"\x0bANIMEXTS1.0" => self.repeats = true,
                b"\x0bICCRGBG1012" => {}
                b"\x0bXMP DataXMP" => report.tells(Private::Xmp),
                _ => report.tells(Private::Other),
            },
            _ => {}
        }
        self.at = behind;
        Ok(())
    }

    /// Walks one sub-block (`GIF89a`, 15 and 16).
    fn data(&mut self, file: &SparseFile) -> Result<(), ParseError> {
        if self.blocks >= MOST_BLOCKS {
            return Err(ParseError::LimitExceeded);
        }
        let length = byte(file, self.at)?;
        let end = self.at.saturating_add(1).saturating_add(length.into());
        if end > file.size() {
            return Err(ParseError::Truncated);
        }
        self.at = end;
        self.blocks = self.blocks.saturating_add(1);
        self.in_data = length != 0;
        Ok(())
    }
}

/// Bytes of the colour table that these flags announce (`GIF89a`, 18 and 20).
const fn table(packed: u8) -> u64 {
    if packed & 0x80 == 0 {
        0
    } else {
        6 << (packed & 7)
    }
}

fn byte(file: &SparseFile, at: u64) -> Result<u8, ParseError> {
    let page = at.wrapping_sub(at % PAGE);
    let length = file.size().saturating_sub(page).min(PAGE);
    let bytes = file.get(page, usize::try_from(length).unwrap_or_default())?;
    let index = usize::try_from(at % PAGE).unwrap_or_default();
    bytes.get(index).copied().ok_or(ParseError::Truncated)
}
