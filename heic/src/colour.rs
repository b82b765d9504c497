//! Conversion to sRGB.

use heic_decoder::ColorInfo;

use crate::curve::{Linear, Parametric, SRGB, SrgbTable};
use crate::failure::Failure;
use crate::icc;

type Matrix = [[f32; 3]; 3];

/// From XYZ under D50, the colour space of ICC profiles, to linear sRGB: the inverse of the matrix in
/// the ICC's own sRGB profile.
const D50_TO_SRGB: Matrix = [
    [3.133_856, -1.616_867, -0.490_615],
    [-0.978_768, 1.916_142, 0.033_454],
    [0.071_945, -0.228_991, 1.405_243],
];

/// From the linear light of other primaries (ITU-T H.273, table 2) to that of sRGB.
const BT_470_BG: Matrix = [
    [1.044_043, -0.044_043, 0.0],
    [0.0, 1.0, 0.0],
    [0.0, 0.011_793, 0.988_207],
];
const SMPTE_170M: Matrix = [
    [0.939_542, 0.050_181, 0.010_277],
    [0.017_772, 0.965_793, 0.016_435],
    [-0.001_622, -0.004_37, 1.005_991],
];
const BT_2020: Matrix = [
    [1.660_491, -0.587_641, -0.072_85],
    [-0.124_551, 1.132_9, -0.008_349],
    [-0.018_151, -0.100_579, 1.118_73],
];
const DISPLAY_P3: Matrix = [
    [1.224_94, -0.224_94, 0.0],
    [-0.042_057, 1.042_057, 0.0],
    [-0.019_638, -0.078_636, 1.098_274],
];

/// The colour space of a picture.
pub enum Colour {
    Srgb,
    Other {
        curves: Box<[Linear; 3]>,
        /// None: the primaries of sRGB.
        to_srgb: Option<Matrix>,
    },
}

impl Colour {
    /// The colour space of an ICC profile.
    pub fn of_icc(profile: &[u8]) -> Result<Self, Failure> {
        let profile = icc::read(profile)
            .ok_or(Failure::unsupported("the colour profile is not supported"))?;
        Ok(Self::Other {
            curves: Box::new(profile.curves),
            to_srgb: profile
                .primaries
                .map(|columns| D50_TO_SRGB.map(|row| columns.map(|column| dot(row, column)))),
        })
    }

    /// The colour space that a file without a profile names by numbers (ITU-T H.273, 8.1 and 8.2).
    pub fn of_coding(coding: ColorInfo) -> Result<Self, Failure> {
        let curve = match coding.transfer_characteristics {
            // The curves of television are shown with that of sRGB, as browsers do.
            0..=2 | 6 | 13..=15 => SRGB,
            4 => Parametric::gamma(2.2),
            5 => Parametric::gamma(2.8),
            8 => Parametric::gamma(1.0),
            _ => return Err(Failure::unsupported("HDR pictures are not supported")),
        };
        let to_srgb = match coding.color_primaries {
            0..=2 => None,
            5 => Some(BT_470_BG),
            6 | 7 => Some(SMPTE_170M),
            9 => Some(BT_2020),
            12 => Some(DISPLAY_P3),
            _ => {
                return Err(Failure::unsupported(
                    "the colour primaries are not supported",
                ));
            }
        };
        if curve == SRGB && to_srgb.is_none() {
            return Ok(Self::Srgb);
        }
        let curves = Box::new([(); 3].map(|()| Linear::parametric(&curve)));
        Ok(Self::Other { curves, to_srgb })
    }

    /// Converts the colours in place. Those that sRGB lacks become the nearest in each channel.
    pub fn convert_to_srgb(&self, pixels: &mut [[u8; 4]]) {
        let Self::Other { curves, to_srgb } = self else {
            return;
        };
        let [reds, greens, blues] = &**curves;
        let table = SrgbTable::new();
        for [red, green, blue, _] in pixels {
            let linear = [reds.at(*red), greens.at(*green), blues.at(*blue)];
            let light = to_srgb.map_or(linear, |matrix| matrix.map(|row| dot(row, linear)));
            [*red, *green, *blue] = light.map(|channel| table.at(channel));
        }
    }
}

fn dot(row: [f32; 3], column: [f32; 3]) -> f32 {
    row.into_iter()
        .zip(column)
        .map(|(left, right)| left * right)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coding(color_primaries: u16, transfer_characteristics: u16) -> ColorInfo {
        ColorInfo {
            color_primaries,
            transfer_characteristics,
            ..ColorInfo::default()
        }
    }

    fn converted(colour: &Colour, pixel: [u8; 3]) -> [u8; 3] {
        let [red, green, blue] = pixel;
        let mut pixels = [[red, green, blue, 7]];
        colour.convert_to_srgb(&mut pixels);
        let [[red, green, blue, alpha]] = pixels;
        assert_eq!(alpha, 7);
        [red, green, blue]
    }

    #[test]
    fn white_and_grey_stay_what_they_are() {
        for primaries in [1, 2, 5, 6, 9, 12] {
            let colour = Colour::of_coding(coding(primaries, 13)).ok().unwrap();
            for value in [0, 1, 60, 128, 254, 255] {
                let [red, green, blue] = converted(&colour, [value; 3]);
                for channel in [red, green, blue] {
                    assert!(
                        channel.abs_diff(value) <= 1,
                        "{primaries}: {value} is {channel}"
                    );
                }
            }
        }
    }

    /// As the conversion of CSS Color 4 (10.2) makes it: `color(display-p3 0.8 0.2 0.2)`.
    #[test]
    fn display_p3_becomes_the_same_colour_in_srgb() {
        let colour = Colour::of_coding(coding(12, 13)).ok().unwrap();
        let converted = converted(&colour, [204, 51, 51]);
        for (channel, expected) in converted.into_iter().zip([222_u8, 24, 41]) {
            assert!(channel.abs_diff(expected) <= 1, "{converted:?}");
        }
    }

    #[test]
    fn hdr_is_refused() {
        for transfer in [16, 18] {
            assert!(Colour::of_coding(coding(9, transfer)).is_err());
        }
    }

    #[test]
    fn a_profile_that_cannot_be_read_is_refused() {
        assert!(Colour::of_icc(&[0; 200]).is_err());
        assert!(Colour::of_icc(b"").is_err());
    }
}
