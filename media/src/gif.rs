//! GIF.

use crate::inspection::{Inspection, Kind, Private};
use crate::known::{Known, Stop};

/// How much is read at a time, counted from the file's begin: its data come in
/// blocks of at most 255 bytes, which have to be gone through one by one.
const PAGE: u64 = 16 * 1024;

/// Most blocks that are looked at.
const MOST_BLOCKS: u32 = 4096;

const TRAILER: u8 = 0x3b;

/// Looks into one.
///
/// # Errors
///
/// Any [`Stop`].
pub fn inspect(known: &Known, found: &mut Inspection) -> Result<(), Stop> {
    found.format = Kind::Gif;
    let [_, _, _, _, _, _, w, x, h, y, packed] = known.array::<11>(0)?;
    found.width = Some(u16::from_le_bytes([w, x]).into());
    found.height = Some(u16::from_le_bytes([h, y]).into());
    // Looked at first: there may be no allowance left for it later.
    let [last] = known.array(known.size().saturating_sub(1))?;
    let mut walk = Walk {
        known,
        at: 13,
        blocks: 0,
        repeats: false,
    };
    walk.skip_table(packed);
    match walk.blocks(found) {
        Err(Stop::Bound) => {
            // One that is to be repeated has, most likely, more than one image.
            found.animated |= walk.repeats;
            if last == TRAILER {
                Ok(())
            } else {
                Err(Stop::Truncated)
            }
        }
        outcome => outcome,
    }
}

struct Walk<'a> {
    known: &'a Known,
    at: u64,
    blocks: u32,
    repeats: bool,
}

impl Walk<'_> {
    fn blocks(&mut self, found: &mut Inspection) -> Result<(), Stop> {
        let mut images = 0_u32;
        loop {
            match self.byte()? {
                TRAILER => break,
                0x21 => self.extension(found)?,
                0x2c => {
                    images = images.saturating_add(1);
                    found.animated = images > 1;
                    self.image()?;
                }
                _ => return Err(Stop::Malformed("a GIF block of no known kind")),
            }
        }
        if self.at < self.known.size() {
            found.tells(Private::Trailing);
        }
        Ok(())
    }

    /// Goes over an image: nine bytes of which the last tells of its colours, a
    /// byte, and its data.
    fn image(&mut self) -> Result<(), Stop> {
        self.skip(8);
        let packed = self.byte()?;
        self.skip_table(packed);
        self.skip(1);
        self.data()
    }

    fn extension(&mut self, found: &mut Inspection) -> Result<(), Stop> {
        match self.byte()? {
            0xf9 => {
                // The bits stand behind the block's length.
                let [_, bits] = self.peek()?;
                found.alpha |= bits & 1 == 1;
            }
            0xfe => found.tells(Private::Text),
            0xff => match &self.peek::<12>()? {
                b"\x0bNETSCAPE2.0" | b"\x0bANIMEXTS1.0" => self.repeats = true,
                b"\x0bICCRGBG1012" => {}
                b"\x0bXMP DataXMP" => found.tells(Private::Xmp),
                _ => found.tells(Private::Other),
            },
            _ => {}
        }
        self.data()
    }

    /// Goes over blocks up to an empty one.
    fn data(&mut self) -> Result<(), Stop> {
        loop {
            self.blocks = self.blocks.saturating_add(1);
            if self.blocks > MOST_BLOCKS {
                return Err(Stop::Bound);
            }
            match self.byte()? {
                0 => return Ok(()),
                length => self.skip(length.into()),
            }
        }
    }

    /// Goes over a colour table, if these bits say that there is one.
    fn skip_table(&mut self, packed: u8) {
        if packed & 0x80 != 0 {
            self.skip(6 << (packed & 7));
        }
    }

    const fn skip(&mut self, count: u64) {
        self.at = self.at.saturating_add(count);
    }

    fn byte(&mut self) -> Result<u8, Stop> {
        let page = self.at.wrapping_sub(self.at % PAGE);
        let length = self.known.size().saturating_sub(page).min(PAGE);
        let bytes = self
            .known
            .get(page, usize::try_from(length).unwrap_or_default())?;
        let place = usize::try_from(self.at % PAGE).unwrap_or_default();
        self.skip(1);
        bytes.get(place).copied().ok_or(Stop::Truncated)
    }

    fn peek<const N: usize>(&self) -> Result<[u8; N], Stop> {
        self.known.array(self.at)
    }
}
