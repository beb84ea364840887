use std::sync::LazyLock;

/// Linear light of the whole sRGB codes, and the last one again.
static LINEAR: LazyLock<[f32; 257]> = LazyLock::new(|| std::array::from_fn(|code| exact(code.min(255) as f32)));

fn exact(code: f32) -> f32 {
    let code = code / 255.0;
    if code <= 0.040_45 { code / 12.92 } else { ((code + 0.055) / 1.055).powf(2.4) }
}

/// Linear light, 0–1, of an sRGB code of 0–255 (IEC 61966-2-1), interpolated between whole codes.
///
/// ```
/// use kyclint::pixels::linear_light;
/// assert_eq!([linear_light(0.0), linear_light(255.0)], [0.0, 1.0]);
/// assert!((linear_light(188.0) - 0.503).abs() < 0.001);
/// ```
#[must_use]
#[inline]
pub fn linear_light(code: f32) -> f32 {
    let code = code.clamp(0.0, 255.0);
    let whole = code as usize;
    let (low, high) = (LINEAR[whole], LINEAR[whole + 1]);
    low + (high - low) * (code - whole as f32)
}

/// The sRGB code, 0–255, of linear light.
///
/// ```
/// use kyclint::pixels::srgb_code;
/// assert!((srgb_code(1.0) - 255.0).abs() < 1e-3 && (srgb_code(0.503) - 188.0).abs() < 0.1);
/// ```
#[must_use]
pub fn srgb_code(light: f32) -> f32 {
    let light = light.clamp(0.0, 1.0);
    255.0 * if light <= 0.003_130_8 { 12.92 * light } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 }
}
