//! What JavaScript calls.

use wasm_bindgen::prelude::*;

use crate::failure::Failure;
use crate::picture::{self, Picture};

/// A decoded picture in the module's memory.
#[wasm_bindgen(js_name = HeicPicture)]
pub struct HeicPicture(Picture);

/// Decodes a file whose picture has at most `max_pixels` pixels.
///
/// # Errors
///
/// As [`picture::decode`] says.
#[wasm_bindgen(js_name = decodeHeic)]
#[expect(
    clippy::needless_pass_by_value,
    reason = "wasm-bindgen hands the copy in the module's memory over"
)]
pub fn decode_heic(bytes: Vec<u8>, max_pixels: u32) -> Result<HeicPicture, Failure> {
    picture::decode(&bytes, max_pixels).map(HeicPicture)
}

#[wasm_bindgen(js_class = HeicPicture)]
impl HeicPicture {
    /// In pixels.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn width(&self) -> u32 {
        self.0.width
    }

    /// In pixels.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn height(&self) -> u32 {
        self.0.height
    }

    /// Whether the file has no transparency for the picture.
    #[wasm_bindgen(getter, js_name = isOpaque)]
    #[must_use]
    pub fn is_opaque(&self) -> bool {
        self.0.is_opaque
    }

    /// The pixels of `count` rows from row `first` on, as `ImageData` takes them.
    #[must_use]
    pub fn rows(&self, first: u32, count: u32) -> Vec<u8> {
        let row = self.0.width as usize * 4;
        let rows = self.0.rgba.get(first as usize * row..);
        let rows = rows.and_then(|rows| rows.get(..count as usize * row));
        rows.unwrap_or_default().to_vec()
    }
}
