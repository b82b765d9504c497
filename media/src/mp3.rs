//! MP3: an ID3 tag, then frames of MPEG audio that each say their own length.

mod id3;

use crate::inspection::{Inspection, Kind, TrackKind, seconds};
use crate::known::{Known, Stop};

/// How far behind the tag the first frame may lie: some writers pad more than they say.
const SEARCHED: usize = 4096;

/// Looks into one.
///
/// # Errors
///
/// Any [`Stop`].
pub fn inspect(known: &Known, found: &mut Inspection) -> Result<(), Stop> {
    found.format = Kind::Mp3;
    let sound = id3::inspect(known, found)?;
    let length = known.size().checked_sub(sound).ok_or(Stop::Truncated)?;
    let length = usize::try_from(length).unwrap_or(SEARCHED).min(SEARCHED);
    if length < 4 {
        return Err(Stop::Truncated);
    }
    let bytes = known.get(sound, length)?;
    let Some((skipped, frame)) = first_frame(bytes) else {
        // AAC and FLAC may have an ID3 tag in front too.
        found.format = Kind::Unknown;
        return Ok(());
    };
    found.has_track(TrackKind::Audio, b"mp3");
    let from = sound.saturating_add(skipped as u64);
    let to = id3::end_of_sound(known, found)?;
    let bytes = bytes.get(skipped..).unwrap_or_default();
    let counted = Counted::of(bytes, &frame);
    found.truncated = counted
        .bytes
        .is_some_and(|said| from.saturating_add(u64::from(said)) > known.size());
    found.duration = match counted.frames {
        Some(frames) => seconds(u64::from(frames).saturating_mul(frame.samples), frame.rate),
        None => seconds(to.saturating_sub(from), frame.bytes_a_second),
    };
    Ok(())
}

/// What a frame's header says.
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

/// What the first frame says of all, where it is not sound but a list.
#[derive(Default)]
struct Counted {
    frames: Option<u32>,
    bytes: Option<u32>,
}

impl Counted {
    fn of(bytes: &[u8], frame: &Frame) -> Self {
        let number = |at: usize| Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?));
        let word = |at: usize| bytes.get(at..).and_then(<[u8]>::first_chunk::<4>);
        let xing = frame.side_info.saturating_add(4);
        if let Some(b"Xing" | b"Info") = word(xing) {
            let flags = number(xing.saturating_add(4)).unwrap_or(0);
            // Frames come first, then bytes; a flag says whether each is there.
            let frames = number(xing.saturating_add(8)).filter(|_| flags & 1 != 0);
            let bytes = number(xing.saturating_add(12)).filter(|_| flags & 3 == 3);
            return Self { frames, bytes };
        }
        if word(36) == Some(b"VBRI") {
            return Self {
                bytes: number(46),
                frames: number(50),
            };
        }
        Self::default()
    }
}
