//! sRGB bytes and linear light.

use std::sync::OnceLock;

/// A colour as sRGB bytes, red, green, blue.
pub(super) type Rgb = [u8; 3];

const STEPS: usize = 8192;

fn tables() -> &'static ([f32; 256], Vec<u8>) {
    static TABLES: OnceLock<([f32; 256], Vec<u8>)> = OnceLock::new();
    TABLES.get_or_init(|| {
        let mut linear = [0.0; 256];
        for (code, value) in linear.iter_mut().enumerate() {
            *value = decode(code as f32 / 255.0);
        }
        let encoded = (0..=STEPS).map(|i| (encode(i as f32 / STEPS as f32) * 255.0 + 0.5) as u8).collect();
        (linear, encoded)
    })
}

/// The linear light of every sRGB byte, `[0, 1]`.
pub(super) fn linear_of_byte() -> &'static [f32; 256] {
    &tables().0
}

/// The sRGB byte of linear light; what lies outside `[0, 1]` is clipped.
pub(super) fn byte_of_linear(value: f32) -> u8 {
    tables().1[(value.clamp(0.0, 1.0) * STEPS as f32 + 0.5) as usize]
}

/// sRGB electro-optical transfer function (IEC 61966-2-1).
pub(super) fn decode(v: f32) -> f32 {
    if v <= 0.04045 { v / 12.92 } else { libm::powf((v + 0.055) / 1.055, 2.4) }
}

/// Inverse of [`decode`].
pub(super) fn encode(v: f32) -> f32 {
    if v <= 0.003_130_8 { v * 12.92 } else { 1.055 * libm::powf(v, 1.0 / 2.4) - 0.055 }
}

pub(super) fn linear(colour: Rgb) -> [f32; 3] {
    colour.map(|code| linear_of_byte()[usize::from(code)])
}

/// Between two colours, `t` of the second, mixed as bytes.
pub(super) fn mix(a: Rgb, b: Rgb, t: f32) -> Rgb {
    let t = t.clamp(0.0, 1.0);
    [0, 1, 2].map(|i| (f32::from(a[i]) * (1.0 - t) + f32::from(b[i]) * t + 0.5) as u8)
}

/// A colour by hue (turns), saturation and value, each `[0, 1]`.
pub(super) fn hsv(hue: f32, saturation: f32, value: f32) -> Rgb {
    [5.0, 3.0, 1.0].map(|n| {
        let k = (n + hue * 6.0) % 6.0;
        let v = value - value * saturation * k.min(4.0 - k).clamp(0.0, 1.0);
        (v * 255.0 + 0.5) as u8
    })
}

#[cfg(test)]
mod tests {
    use super::{byte_of_linear, hsv, linear_of_byte};

    #[test]
    fn every_byte_survives_the_way_to_light_and_back() {
        for code in 0..=255_u8 {
            let back = byte_of_linear(linear_of_byte()[usize::from(code)]);
            assert!(back.abs_diff(code) <= 1, "{code} became {back}");
        }
    }

    #[test]
    fn hue_zero_is_red() {
        assert_eq!(hsv(0.0, 1.0, 1.0), [255, 0, 0]);
        assert_eq!(hsv(1.0 / 3.0, 1.0, 1.0), [0, 255, 0]);
    }
}
