//! Transfer functions: from a channel's coded value to linear light, both from 0 to 1.

/// A parametric curve (ICC.1:2022, 10.18): `(a·x + b)^g + e` from `d` on, and `c·x + f` below.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Parametric {
    pub g: f32,
    pub a: f32,
    pub b: f32,
    pub c: f32,
    pub d: f32,
    pub e: f32,
    pub f: f32,
}

/// The curve of sRGB (IEC 61966-2-1).
pub const SRGB: Parametric = Parametric {
    g: 2.4,
    a: 1.0 / 1.055,
    b: 0.055 / 1.055,
    c: 1.0 / 12.92,
    d: 0.040_45,
    e: 0.0,
    f: 0.0,
};

impl Parametric {
    /// A power function.
    pub const fn gamma(g: f32) -> Self {
        Self {
            g,
            a: 1.0,
            b: 0.0,
            c: 0.0,
            d: 0.0,
            e: 0.0,
            f: 0.0,
        }
    }

    fn linear(&self, coded: f32) -> f32 {
        if coded >= self.d {
            (self.a * coded + self.b).max(0.0).powf(self.g) + self.e
        } else {
            self.c * coded + self.f
        }
    }
}

/// The linear light of each 8-bit value.
pub struct Linear([f32; 256]);

impl Linear {
    pub fn parametric(curve: &Parametric) -> Self {
        Self::of(|coded| curve.linear(coded))
    }

    /// A curve through samples at equal distances, from 0 to 65535.
    pub fn sampled(samples: &[u16]) -> Self {
        Self::of(|coded| interpolated(samples, coded))
    }

    pub fn at(&self, value: u8) -> f32 {
        self.0.get(usize::from(value)).copied().unwrap_or_default()
    }

    fn of(linear: impl Fn(f32) -> f32) -> Self {
        let mut value = 0_u8;
        Self([(); 256].map(|()| {
            let light = linear(f32::from(value) / 255.0).clamp(0.0, 1.0);
            value = value.wrapping_add(1);
            light
        }))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a table has at most 65,536 samples, and the position lies within it"
)]
fn interpolated(samples: &[u16], coded: f32) -> f32 {
    let position = coded * samples.len().saturating_sub(1) as f32;
    let index = position as usize;
    let sample = |index: usize| samples.get(index).or(samples.last()).copied().unwrap_or(0);
    let [low, high] = [sample(index), sample(index + 1)].map(f32::from);
    (low + (high - low) * (position - index as f32)) / 65_535.0
}

/// The sRGB value of linear light, by table: a power function for each channel takes too long.
pub struct SrgbTable(Vec<u8>);

/// Steps of linear light. Two neighbours differ by less than half a level in the darkest tones, where
/// the curve is steepest.
const STEPS: u16 = 8191;

impl SrgbTable {
    pub fn new() -> Self {
        Self(
            (0..=STEPS)
                .map(|step| coded(f32::from(step) / f32::from(STEPS)))
                .collect(),
        )
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a cast saturates, and the light is clamped"
    )]
    pub fn at(&self, light: f32) -> u8 {
        let step = (light.clamp(0.0, 1.0) * f32::from(STEPS) + 0.5) as usize;
        self.0.get(step).copied().unwrap_or(u8::MAX)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value is from 0 to 255"
)]
fn coded(light: f32) -> u8 {
    let value = if light <= 0.003_130_8 {
        light * 12.92
    } else {
        1.055 * light.powf(1.0 / 2.4) - 0.055
    };
    (value * 255.0 + 0.5) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn srgb_comes_back_unchanged() {
        let (linear, table) = (Linear::parametric(&SRGB), SrgbTable::new());
        for value in 0..=u8::MAX {
            assert_eq!(table.at(linear.at(value)), value);
        }
    }

    #[test]
    fn interpolates_between_samples() {
        let linear = Linear::sampled(&[0, 65_535]);
        assert!((linear.at(51) - 0.2).abs() < 1e-4);
        let stepped = Linear::sampled(&[0, 0, 65_535]);
        assert!(stepped.at(127).abs() < 1e-4);
        assert!((stepped.at(255) - 1.0).abs() < 1e-4);
    }

    #[test]
    fn a_curve_without_samples_is_black() {
        assert!(Linear::sampled(&[]).at(200).abs() < f32::EPSILON);
    }
}
