//! From the bytes of a file to pixels.

use heic_decoder::{ColorInfo, DecodedImage, RgbOptions};

use crate::alpha::unpremultiply;
use crate::colour::Colour;
use crate::failure::{Failure, FailureCode};

/// A decoded picture, upright, in sRGB.
pub struct Picture {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Red, green, blue and alpha of each pixel, row by row; the colours are not multiplied by alpha.
    pub rgba: Vec<u8>,
    /// Whether the file has no transparency for the picture.
    pub is_opaque: bool,
}

/// Decodes the primary picture of a file.
///
/// # Errors
///
/// When it has more than `max_pixels` pixels, is damaged, or uses a part of the format that is not
/// supported, such as HDR transfer functions.
pub fn decode(bytes: &[u8], max_pixels: u32) -> Result<Picture, Failure> {
    let info = heic_decoder::probe(bytes)?;
    let pixels = info.coded_width.saturating_mul(info.coded_height);
    if pixels as u64 > u64::from(max_pixels) {
        let message = "the picture has too many pixels";
        return Err(Failure::new(FailureCode::TooLarge, message));
    }
    let image = heic_decoder::decode(bytes)?;
    let coding = coding_of(&image);
    let colour = match &image.metadata.icc_profile {
        Some(profile) => Colour::of_icc(profile)?,
        None => Colour::of_coding(coding)?,
    };
    let options = RgbOptions {
        color: Some(coding),
        ..RgbOptions::default()
    };
    let is_opaque = image.alpha.is_none();
    let mut rgba = image.to_rgba8_with_options(&options)?;
    // The planes take more memory than the pixels.
    drop(image);
    let pixels = rgba.data.as_chunks_mut().0;
    if rgba.premultiplied {
        unpremultiply(pixels);
    }
    colour.convert_to_srgb(pixels);
    Ok(Picture {
        width: u32::try_from(rgba.width).unwrap_or(u32::MAX),
        height: u32::try_from(rgba.height).unwrap_or(u32::MAX),
        rgba: rgba.data,
        is_opaque,
    })
}

/// How the colours are coded (ITU-T H.273). What neither the file nor its HEVC stream says is sRGB with the
/// matrix of BT.601, as libheif has it, and the limited range (ITU-T H.265, E.3.1).
fn coding_of(image: &DecodedImage) -> ColorInfo {
    const UNSPECIFIED: u16 = 2;
    const BT_601: u16 = 6;
    let coding = image.color_info.unwrap_or(ColorInfo {
        color_primaries: UNSPECIFIED,
        transfer_characteristics: UNSPECIFIED,
        matrix_coefficients: UNSPECIFIED,
        full_range: false,
    });
    ColorInfo {
        matrix_coefficients: match coding.matrix_coefficients {
            UNSPECIFIED => BT_601,
            known => known,
        },
        ..coding
    }
}
