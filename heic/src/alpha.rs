//! Transparency.

/// Divides the colours by the opacity they were multiplied with: a canvas takes them undivided.
pub fn unpremultiply(pixels: &mut [[u8; 4]]) {
    for [red, green, blue, alpha] in pixels {
        let alpha = u16::from(*alpha);
        for channel in [red, green, blue] {
            let value = (u16::from(*channel) * 255 + alpha / 2)
                .checked_div(alpha)
                .unwrap_or(0);
            *channel = u8::try_from(value).unwrap_or(u8::MAX);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divides_by_the_opacity() {
        let mut pixels = [
            [64, 128, 0, 128],
            [255, 0, 0, 255],
            [9, 9, 9, 0],
            [200, 0, 0, 100],
        ];
        unpremultiply(&mut pixels);
        let expected = [
            [128, 255, 0, 128],
            [255, 0, 0, 255],
            [0, 0, 0, 0],
            [255, 0, 0, 100],
        ];
        assert_eq!(pixels, expected);
    }
}
