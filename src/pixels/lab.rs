use super::linear::linear_light;

/// A colour of CIELAB under D65: lightness 0–100, green to red, blue to yellow.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Lab {
    /// Lightness, 0 black to 100 white.
    pub l: f32,
    /// Green (negative) to red.
    pub a: f32,
    /// Blue (negative) to yellow.
    pub b: f32,
}

impl Lab {
    /// CIELAB (CIE 15:2004, D65) of an sRGB colour (IEC 61966-2-1) given as luma, blue and red difference of BT.601 full
    /// range, 0–255.
    ///
    /// ```
    /// let white = kyclint::pixels::Lab::of_ycbcr([255.0, 128.0, 128.0]);
    /// assert!((white.l - 100.0).abs() < 0.01 && white.a.abs() < 0.02 && white.b.abs() < 0.02);
    /// ```
    #[must_use]
    #[inline]
    pub fn of_ycbcr(ycbcr: [f32; 3]) -> Self {
        Self::of_linear(linear_rgb(ycbcr))
    }

    /// CIELAB of linear red, green and blue of sRGB's primaries, of which white has 1 each.
    #[must_use]
    #[inline]
    pub fn of_linear([r, g, b]: [f32; 3]) -> Self {
        let [x, y, z] = [
            (0.412_456 * r + 0.357_576 * g + 0.180_437 * b) / 0.950_47,
            0.212_673 * r + 0.715_152 * g + 0.072_175 * b,
            (0.019_334 * r + 0.119_192 * g + 0.950_304 * b) / 1.088_83,
        ]
        .map(root);
        Self { l: 116.0 * y - 16.0, a: 500.0 * (x - y), b: 200.0 * (y - z) }
    }

    /// Distance from grey: C*ab.
    #[must_use]
    #[inline]
    pub fn chroma(self) -> f32 {
        self.a.hypot(self.b)
    }

    /// Euclidean distance to another colour (CIE 1976 colour difference).
    #[must_use]
    #[inline]
    pub fn distance(self, other: Self) -> f32 {
        let (l, a, b) = (self.l - other.l, self.a - other.a, self.b - other.b);
        (l * l + a * a + b * b).sqrt()
    }
}

/// Linear red, green and blue, 0–1, of an sRGB colour given as luma, blue and red difference of BT.601 full range, 0–255.
///
/// ```
/// let [red, green, blue] = kyclint::pixels::linear_rgb([188.0, 128.0, 128.0]);
/// assert!((red - 0.503).abs() < 0.001 && red == green && green == blue);
/// ```
#[must_use]
#[inline]
pub fn linear_rgb([y, cb, cr]: [f32; 3]) -> [f32; 3] {
    let (cb, cr) = (cb - 128.0, cr - 128.0);
    [y + 1.402 * cr, y - 0.344_136 * cb - 0.714_136 * cr, y + 1.772 * cb].map(linear_light)
}

#[inline]
fn root(share: f32) -> f32 {
    if share > 216.0 / 24_389.0 { share.cbrt() } else { share * (841.0 / 108.0) + 4.0 / 29.0 }
}

#[cfg(test)]
mod tests {
    use super::Lab;

    #[test]
    fn the_red_of_srgb_is_where_the_tables_put_it() {
        let red = Lab::of_ycbcr([76.245, 84.972, 255.5]);
        assert!(red.distance(Lab { l: 53.24, a: 80.09, b: 67.2 }) < 0.1, "{red:?}");
    }

    #[test]
    fn middle_grey_is_neutral() {
        let grey = Lab::of_ycbcr([119.0, 128.0, 128.0]);
        assert!(grey.distance(Lab { l: 50.03, a: 0.0, b: 0.0 }) < 0.05, "{grey:?}");
    }
}
