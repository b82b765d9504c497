//! Exif blocks.

/// What a block is to say. Text in it is [`SECRET`].
#[derive(Clone, Copy, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a part that may be there"
)]
pub struct Exif {
    /// Whether its numbers begin with their highest byte.
    pub big_endian: bool,
    /// Which way up the picture is.
    pub orientation: Option<u16>,
    /// Whether it says who made the camera.
    pub device: bool,
    /// Whether it says when the picture was taken.
    pub time: bool,
    /// Whether it says where.
    pub location: bool,
    /// Whether it has a thumbnail.
    pub thumbnail: bool,
}

/// A text in all metadata made here, for which tests search.
pub const SECRET: &[u8] = b"SECRET!";

/// A directory's entry: tag, type, count, and the value's bytes.
type Entry = (u16, u16, u32, Vec<u8>);

impl Exif {
    /// The block, from its TIFF header on.
    #[must_use]
    pub fn tiff(self) -> Vec<u8> {
        let mut tiff = self.header();
        let mut first = Vec::new();
        if self.device {
            first.push((0x010f, 2, 8, [SECRET, b"\0"].concat()));
        }
        if let Some(orientation) = self.orientation {
            first.push((0x0112, 3, 1, self.short(orientation)));
        }
        for (wanted, tag, entry) in [
            (self.time, 0x8769, (0x9003, 2, 8, [SECRET, b"\0"].concat())),
            (
                self.location,
                0x8825,
                (0x0002, 2, 8, [SECRET, b"\0"].concat()),
            ),
        ] {
            if wanted {
                let at = self.long(tiff.len());
                self.directory(&mut tiff, vec![entry], 0);
                first.push((tag, 4, 1, at));
            }
        }
        let mut next = 0;
        if self.thumbnail {
            next = tiff.len();
            let entries = vec![(0x0201, 2, 8, [SECRET, b"\0"].concat())];
            self.directory(&mut tiff, entries, 0);
        }
        let at = self.long(tiff.len());
        tiff[4..8].copy_from_slice(&at);
        self.directory(&mut tiff, first, next);
        tiff
    }

    fn header(self) -> Vec<u8> {
        let mark = if self.big_endian { b"MM\0*" } else { b"II*\0" };
        [&mark[..], &[0; 4]].concat()
    }

    /// Appends a directory, and behind it the values that do not fit into it.
    fn directory(self, tiff: &mut Vec<u8>, entries: Vec<Entry>, next: usize) {
        let count = u16::try_from(entries.len()).expect("a few entries");
        let mut values_at = tiff.len() + 2 + 12 * entries.len() + 4;
        let mut values = Vec::new();
        tiff.extend(self.short(count));
        for (tag, kind, count, mut value) in entries {
            tiff.extend([self.short(tag), self.short(kind)].concat());
            tiff.extend(self.long(count as usize));
            if value.len() > 4 {
                let at = self.long(values_at);
                values_at += value.len();
                values.extend(std::mem::replace(&mut value, at));
            }
            value.resize(4, 0);
            tiff.extend(value);
        }
        tiff.extend(self.long(next));
        tiff.extend(values);
    }

    fn short(self, number: u16) -> Vec<u8> {
        if self.big_endian {
            number.to_be_bytes().to_vec()
        } else {
            number.to_le_bytes().to_vec()
        }
    }

    fn long(self, number: usize) -> Vec<u8> {
        let number = u32::try_from(number).expect("a small block");
        if self.big_endian {
            number.to_be_bytes().to_vec()
        } else {
            number.to_le_bytes().to_vec()
        }
    }
}
