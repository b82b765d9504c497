//! ICC profiles that consist of a matrix and three curves, as those of cameras do (ICC.1:2022, 8.4.3),
//! and those of one curve for pictures in grey (8.4.5).

use crate::curve::{Linear, Parametric};

/// A profile of one of these kinds.
pub struct Profile {
    /// Red, green and blue in XYZ under D50: the columns of the matrix. None for grey.
    pub primaries: Option<[[f32; 3]; 3]>,
    pub curves: [Linear; 3],
}

/// The header's size, in bytes (7.2).
const HEADER: usize = 128;
/// More tags than any profile has.
const MOST_TAGS: u32 = 100;
/// The most samples of a curve: its coded values have 16 bits.
const MOST_SAMPLES: u32 = 65_536;

/// Reads a profile; nothing if it is damaged or of another kind.
pub fn read(profile: &[u8]) -> Option<Profile> {
    match profile.get(16..20)? {
        b"RGB " => Some(Profile {
            primaries: Some([
                xyz(tag(profile, *b"rXYZ")?)?,
                xyz(tag(profile, *b"gXYZ")?)?,
                xyz(tag(profile, *b"bXYZ")?)?,
            ]),
            curves: [
                curve(tag(profile, *b"rTRC")?)?,
                curve(tag(profile, *b"gTRC")?)?,
                curve(tag(profile, *b"bTRC")?)?,
            ],
        }),
        b"GRAY" => {
            let grey = tag(profile, *b"kTRC")?;
            Some(Profile {
                primaries: None,
                curves: [curve(grey)?, curve(grey)?, curve(grey)?],
            })
        }
        _ => None,
    }
}

/// The data of a tag (7.3).
fn tag(profile: &[u8], name: [u8; 4]) -> Option<&[u8]> {
    let count = u32_at(profile, HEADER)?.min(MOST_TAGS) as usize;
    let table = profile.get(HEADER + 4..)?;
    let entry = table
        .chunks_exact(12)
        .take(count)
        .find(|entry| entry.starts_with(&name))?;
    let (from, size) = (u32_at(entry, 4)? as usize, u32_at(entry, 8)? as usize);
    profile.get(from..from.checked_add(size)?)
}

/// `XYZType` (10.31).
fn xyz(data: &[u8]) -> Option<[f32; 3]> {
    if !data.starts_with(b"XYZ ") {
        return None;
    }
    Some([fixed_at(data, 8)?, fixed_at(data, 12)?, fixed_at(data, 16)?])
}

/// `curveType` (10.6) and `parametricCurveType` (10.18).
fn curve(data: &[u8]) -> Option<Linear> {
    match data.get(..4)? {
        b"curv" => match u32_at(data, 8)? {
            0 => Some(Linear::parametric(&Parametric::gamma(1.0))),
            1 => {
                let gamma = f32::from(u16_at(data, 12)?) / 256.0;
                Some(Linear::parametric(&Parametric::gamma(gamma)))
            }
            count => {
                let bytes = data
                    .get(12..)?
                    .get(..count.min(MOST_SAMPLES) as usize * 2)?;
                let samples: Vec<u16> = bytes
                    .as_chunks()
                    .0
                    .iter()
                    .map(|&two| u16::from_be_bytes(two))
                    .collect();
                Some(Linear::sampled(&samples))
            }
        },
        b"para" => Some(Linear::parametric(&parametric(data)?)),
        _ => None,
    }
}

/// The parameters of the five kinds (10.18, table 68).
fn parametric(data: &[u8]) -> Option<Parametric> {
    let parameter = |index: usize| fixed_at(data, 12 + index * 4);
    let gamma = Parametric::gamma(parameter(0)?);
    let kind = u16_at(data, 8)?;
    if kind == 0 {
        return Some(gamma);
    }
    let scaled = Parametric {
        a: parameter(1)?,
        b: parameter(2)?,
        ..gamma
    };
    match kind {
        1 | 2 => {
            let offset = if kind == 2 { parameter(3)? } else { 0.0 };
            Some(Parametric {
                d: -scaled.b / scaled.a,
                e: offset,
                f: offset,
                ..scaled
            })
        }
        3 | 4 => {
            let (e, f) = if kind == 4 {
                (parameter(5)?, parameter(6)?)
            } else {
                (0.0, 0.0)
            };
            Some(Parametric {
                c: parameter(3)?,
                d: parameter(4)?,
                e,
                f,
                ..scaled
            })
        }
        _ => None,
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// `s15Fixed16Number` (4.6).
#[expect(
    clippy::cast_precision_loss,
    reason = "24 bits are enough for a colour"
)]
fn fixed_at(bytes: &[u8], at: usize) -> Option<f32> {
    Some(u32_at(bytes, at)?.cast_signed() as f32 / 65_536.0)
}
