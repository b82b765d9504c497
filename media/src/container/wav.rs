//! WAV (Multimedia Programming Interface and Data Specifications 1.0): chunks, of
//! which `fmt ` says how the sound is stored and `data` how long it is.

use crate::formats::Format;
use crate::reader::Reader;
use crate::report::{Inspection, Private, TrackKind, seconds};
use crate::sparse_file::{ParseError, SparseFile};

/// More chunks than any recorder writes.
const MOST_CHUNKS: u32 = 64;

/// What is left as a size by a writer that could not go back to it.
const NEVER_SET: u32 = u32::MAX;

/// Reads a WAV.
#[derive(Debug, Default)]
pub(crate) struct WavReader {
    at: u64,
    chunks: u32,
    bytes_a_second: u32,
}

impl Reader for WavReader {
    fn read(&mut self, file: &SparseFile, report: &mut Inspection) -> Result<(), ParseError> {
        report.format = Format::Wav;
        let said = u32::from_le_bytes(file.array(4)?);
        let streamed = said == 0 || said == NEVER_SET;
        let end = if streamed {
            file.size()
        } else {
            u64::from(said).saturating_add(8)
        };
        report.truncated = end > file.size();
        // The last chunk may have a byte of padding that the size leaves out.
        if file.size() > end.saturating_add(1) {
            report.tells(Private::Trailing);
        }
        self.at = self.at.max(12);
        while self.chunks < MOST_CHUNKS {
            let Some((id, length)) = chunk(file, self.at, end.min(file.size()))? else {
                return Ok(());
            };
            let body = self.at.saturating_add(8);
            let to = body.saturating_add(u64::from(length));
            match &id {
                b"fmt " => self.bytes_a_second = sound(file, body, report)?,
                b"data" => {
                    let unset = length == NEVER_SET || (streamed && length == 0);
                    let to = if unset { file.size() } else { to };
                    report.truncated |= to > file.size();
                    let there = to.min(file.size()).saturating_sub(body);
                    report.duration = seconds(there, u64::from(self.bytes_a_second));
                    if unset {
                        return Ok(());
                    }
                }
                b"LIST" if file.array(body)? == *b"INFO" => {
                    info(file, body.saturating_add(4), to, report)?;
                }
                b"bext" | b"iXML" => report.tells_all(&[Private::Text, Private::Device]),
                b"_PMX" => report.tells(Private::Xmp),
                b"id3 " | b"ID3 " => report.tells(Private::Text),
                _ => {}
            }
            self.at = to.saturating_add(to & 1);
            self.chunks = self.chunks.saturating_add(1);
        }
        Err(ParseError::LimitExceeded)
    }
}

/// The name and length of the chunk at `at`, or nothing where there is no room for one.
fn chunk(file: &SparseFile, at: u64, end: u64) -> Result<Option<([u8; 4], u32)>, ParseError> {
    if at.saturating_add(8) > end {
        return Ok(None);
    }
    let length = file.array(at.saturating_add(4))?;
    Ok(Some((file.array(at)?, u32::from_le_bytes(length))))
}

/// Notes the codec, and tells how many bytes make a second.
fn sound(file: &SparseFile, at: u64, report: &mut Inspection) -> Result<u32, ParseError> {
    const EXTENSIBLE: u16 = 0xfffe;
    let mut tag = u16::from_le_bytes(file.array(at)?);
    if tag == EXTENSIBLE {
        tag = u16::from_le_bytes(file.array(at.saturating_add(24))?);
    }
    let codec: &[u8] = match tag {
        1 => b"pcm",
        2 | 0x11 => b"adpcm",
        3 => b"float",
        6 => b"alaw",
        7 => b"ulaw",
        0x31 => b"gsm",
        0x55 => b"mp3",
        _ => b"unknown",
    };
    let bytes_a_second = u32::from_le_bytes(file.array(at.saturating_add(8))?);
    report.add_track(TrackKind::Audio, codec);
    Ok(bytes_a_second)
}

fn info(
    file: &SparseFile,
    mut at: u64,
    end: u64,
    report: &mut Inspection,
) -> Result<(), ParseError> {
    for _ in 0..MOST_CHUNKS {
        let Some((id, length)) = chunk(file, at, end)? else {
            return Ok(());
        };
        report.tells(match &id {
            b"ISFT" | b"ITCH" => Private::Device,
            b"ICRD" | b"IDIT" => Private::Time,
            _ => Private::Text,
        });
        at = at.saturating_add(8).saturating_add(u64::from(length));
        at = at.saturating_add(at & 1);
    }
    Err(ParseError::LimitExceeded)
}
