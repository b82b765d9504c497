//! MP3 (ISO/IEC 11172-3 and 13818-3): an ID3 tag, then frames of MPEG audio.

mod id3;

use crate::bytes::Cursor;
use crate::detect::unparsed_format;
use crate::formats::Format;
use crate::reader::Reader;
use crate::report::{Inspection, TrackKind, seconds};
use crate::sparse_file::{ParseError, SparseFile};

/// How far behind the tag the first frame may lie: some writers pad more than they say.
const SEARCHED: usize = 4096;

/// Reads an MP3.
#[derive(Debug, Default)]
pub(crate) struct Mp3Reader {
    tag: id3::TagReader,
    /// Where the sound begins, behind the tag.
    sound: Option<u64>,
}

impl Reader for Mp3Reader {
    fn read(&mut self, file: &SparseFile, report: &mut Inspection) -> Result<(), ParseError> {
        report.format = Format::Mp3;
        let sound = match self.sound {
            Some(sound) => sound,
            None => *self.sound.insert(self.tag.read(file, report)?),
        };
        read_sound(file, sound, report)
    }
}

fn read_sound(file: &SparseFile, sound: u64, report: &mut Inspection) -> Result<(), ParseError> {
    let length = file
        .size()
        .checked_sub(sound)
        .ok_or(ParseError::Truncated)?;
    let length = usize::try_from(length).unwrap_or(SEARCHED).min(SEARCHED);
    if length < 4 {
        return Err(ParseError::Truncated);
    }
    let bytes = file.get(sound, length)?;
    let Some((skipped, frame)) = first_frame(bytes) else {
        // AAC and FLAC may have an ID3 tag in front too.
        report.set_unparsed(unparsed_format(bytes).unwrap_or_default());
        return Ok(());
    };
    let from = sound.saturating_add(skipped as u64);
    let to = id3::end_of_sound(file, report)?;
    report.add_track(TrackKind::Audio, b"mp3");
    let bytes = bytes.get(skipped..).unwrap_or_default();
    let counted = Counted::of(bytes, &frame);
    report.truncated = counted
        .bytes
        .is_some_and(|said| from.saturating_add(u64::from(said)) > file.size());
    report.duration = match counted.frames {
        Some(frames) => seconds(u64::from(frames).saturating_mul(frame.samples), frame.rate),
        None => seconds(to.saturating_sub(from), frame.bytes_a_second),
    };
    Ok(())
}

/// A frame's header (ISO/IEC 11172-3, 2.4.1.3 and 2.4.2.3).
struct Frame {
    samples: u64,
    /// Samples a second.
    rate: u64,
    bytes_a_second: u64,
    /// Of the whole frame, in bytes.
    length: usize,
    /// How many bytes lie between its header and its sound.
    side_info: usize,
}

impl Frame {
    fn of(header: [u8; 4]) -> Option<Self> {
        /// Thousands of bits a second.
        const MPEG1: [u16; 14] = [
            32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320,
        ];
        const MPEG2: [u16; 14] = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
        const LAYER_3: u8 = 0b10;
        let [0xff, second, third, fourth] = header else {
            return None;
        };
        if second & 0xe6 != 0xe0 | LAYER_3 {
            return None;
        }
        let (samples, shift, rates) = match second >> 3 & 3 {
            3 => (1152, 0, MPEG1),
            2 => (576, 1, MPEG2),
            0 => (576, 2, MPEG2),
            _ => return None,
        };
        let rate = [44_100_u64, 48_000, 32_000].get(usize::from(third >> 2 & 3))? >> shift;
        // The first of the table is of index 1: 0 leaves the rate open.
        let rate_index = usize::from(third >> 4).checked_sub(1)?;
        let bytes_a_second = u64::from(*rates.get(rate_index)?).saturating_mul(125);
        let body = bytes_a_second.saturating_mul(samples).checked_div(rate)?;
        let length = body.saturating_add(u64::from(third >> 1 & 1));
        let mono = fourth >> 6 == 3;
        let side_info = match (samples, mono) {
            (1152, false) => 32,
            (1152, true) | (_, false) => 17,
            (_, true) => 9,
        };
        Some(Self {
            samples,
            rate,
            bytes_a_second,
            length: usize::try_from(length).ok()?,
            side_info,
        })
    }
}

/// The first frame and where it begins: one that another follows, as far as can be seen.
fn first_frame(bytes: &[u8]) -> Option<(usize, Frame)> {
    bytes.windows(4).enumerate().find_map(|(at, window)| {
        let frame = Frame::of(window.try_into().ok()?)?;
        let next = bytes.get(at.checked_add(frame.length)?..);
        match next {
            Some([0xff, second, ..]) if second & 0xe0 == 0xe0 => Some((at, frame)),
            Some([_, _, ..]) => None,
            _ => Some((at, frame)),
        }
    })
}

/// What an encoder writes into the first frame, without sound: `Xing` or `Info`
/// of LAME, or `VBRI` of Fraunhofer.
#[derive(Default)]
struct Counted {
    frames: Option<u32>,
    bytes: Option<u32>,
}

impl Counted {
    fn of(bytes: &[u8], frame: &Frame) -> Self {
        let number = |at| Cursor::at(bytes, at).u32_be();
        let word = |at| Cursor::at(bytes, at).array::<4>();
        let xing = frame.side_info.saturating_add(4);
        if let Some(b"Xing" | b"Info") = word(xing).as_ref() {
            let flags = number(xing.saturating_add(4)).unwrap_or(0);
            // Frames come first, then bytes; a flag says whether each is there.
            let frames = number(xing.saturating_add(8)).filter(|_| flags & 1 != 0);
            let bytes = number(xing.saturating_add(12)).filter(|_| flags & 3 == 3);
            return Self { frames, bytes };
        }
        if word(36) == Some(*b"VBRI") {
            return Self {
                bytes: number(46),
                frames: number(50),
            };
        }
        Self::default()
    }
}
