use super::Lab;

/// The colour difference CIEDE2000 with all weights 1; about 1 is just noticeable.
///
/// Sharma, Wu and Dalal 2005, "The CIEDE2000 color-difference formula: implementation notes, supplementary test data, and
/// mathematical observations".
#[must_use]
pub fn ciede2000(one: Lab, other: Lab) -> f64 {
    let (one, other) = rebalanced(one, other);
    let [l, c, h] = differences(&one, &other);
    let (lightness, chroma) = (f64::midpoint(one.lightness, other.lightness), f64::midpoint(one.chroma, other.chroma));
    let hue = mean_hue(&one, &other);
    let off_grey = (lightness - 50.0).powi(2);
    let l = l / (1.0 + 0.015 * off_grey / (20.0 + off_grey).sqrt());
    let c = c / (1.0 + 0.045 * chroma);
    let h = h / (1.0 + 0.015 * chroma * hue_weight(hue));
    (l * l + c * c + h * h + rotation(chroma, hue) * c * h).max(0.0).sqrt()
}

/// Lightness, chroma and hue angle in degrees, 0–360.
struct Cylindrical {
    lightness: f64,
    chroma: f64,
    hue: f64,
}

/// Both colours with a* stretched near grey, where the eye sees it stronger.
fn rebalanced(one: Lab, other: Lab) -> (Cylindrical, Cylindrical) {
    let chroma = |colour: Lab| f64::from(colour.a).hypot(f64::from(colour.b));
    let stretch = 1.0 + 0.5 * (1.0 - saturation(f64::midpoint(chroma(one), chroma(other))));
    let cylindrical = |colour: Lab| {
        let (a, b) = (f64::from(colour.a) * stretch, f64::from(colour.b));
        Cylindrical {
            lightness: f64::from(colour.l),
            chroma: a.hypot(b),
            hue: b.atan2(a).to_degrees().rem_euclid(360.0),
        }
    };
    (cylindrical(one), cylindrical(other))
}

/// 0 at grey, towards 1 beyond a chroma of 25.
fn saturation(chroma: f64) -> f64 {
    let power = chroma.powi(7);
    (power / (power + 25.0_f64.powi(7))).sqrt()
}

/// Steps in lightness, chroma and hue.
fn differences(one: &Cylindrical, other: &Cylindrical) -> [f64; 3] {
    let mut turn = other.hue - one.hue;
    if turn.abs() > 180.0 {
        turn -= 360.0 * turn.signum();
    }
    let hue = 2.0 * (one.chroma * other.chroma).sqrt() * (turn.to_radians() / 2.0).sin();
    [other.lightness - one.lightness, other.chroma - one.chroma, hue]
}

/// Mean hue on the shorter arc, degrees; the sum of both where one is grey.
fn mean_hue(one: &Cylindrical, other: &Cylindrical) -> f64 {
    let sum = one.hue + other.hue;
    if one.chroma * other.chroma == 0.0 {
        return sum;
    }
    let around = if (one.hue - other.hue).abs() <= 180.0 { 0.0 } else { 360.0_f64.copysign(360.0 - sum) };
    f64::midpoint(sum, around)
}

fn hue_weight(hue: f64) -> f64 {
    let cosine = |degrees: f64| degrees.to_radians().cos();
    1.0 - 0.17 * cosine(hue - 30.0) + 0.24 * cosine(2.0 * hue) + 0.32 * cosine(3.0 * hue + 6.0)
        - 0.2 * cosine(4.0 * hue - 63.0)
}

/// How far chroma and hue pull on each other, most in the blues.
fn rotation(chroma: f64, hue: f64) -> f64 {
    let angle = 30.0 * (-((hue - 275.0) / 25.0).powi(2)).exp();
    -2.0 * saturation(chroma) * (2.0 * angle).to_radians().sin()
}

#[cfg(test)]
mod tests {
    use super::ciede2000;
    use crate::pixels::Lab;

    /// Table 1 of Sharma, Wu and Dalal 2005: two colours and their difference.
    const PUBLISHED: [([f32; 3], [f32; 3], f64); 34] = [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, 3.1571, -77.2803], [50.0, 0.0, -82.7485], 2.8615),
        ([50.0, 2.8361, -74.0200], [50.0, 0.0, -82.7485], 3.4412),
        ([50.0, -1.3802, -84.2814], [50.0, 0.0, -82.7485], 1.0000),
        ([50.0, -1.1848, -84.8006], [50.0, 0.0, -82.7485], 1.0000),
        ([50.0, -0.9009, -85.5211], [50.0, 0.0, -82.7485], 1.0000),
        ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
        ([50.0, -1.0, 2.0], [50.0, 0.0, 0.0], 2.3669),
        ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0009], 7.1792),
        ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0010], 7.1792),
        ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0011], 7.2195),
        ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0012], 7.2195),
        ([50.0, -0.0010, 2.4900], [50.0, 0.0009, -2.4900], 4.8045),
        ([50.0, -0.0010, 2.4900], [50.0, 0.0010, -2.4900], 4.8045),
        ([50.0, -0.0010, 2.4900], [50.0, 0.0011, -2.4900], 4.7461),
        ([50.0, 2.5000, 0.0], [50.0, 0.0, -2.5000], 4.3065),
        ([50.0, 2.5000, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([50.0, 2.5000, 0.0], [61.0, -5.0, 29.0], 22.8977),
        ([50.0, 2.5000, 0.0], [56.0, -27.0, -3.0], 31.9030),
        ([50.0, 2.5000, 0.0], [58.0, 24.0, 15.0], 19.4535),
        ([50.0, 2.5000, 0.0], [50.0, 3.1736, 0.5854], 1.0000),
        ([50.0, 2.5000, 0.0], [50.0, 3.2972, 0.0], 1.0000),
        ([50.0, 2.5000, 0.0], [50.0, 1.8634, 0.5757], 1.0000),
        ([50.0, 2.5000, 0.0], [50.0, 3.2592, 0.3350], 1.0000),
        ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
        ([63.0109, -31.0961, -5.8663], [62.8187, -29.7946, -4.0864], 1.2630),
        ([61.2901, 3.7196, -5.3901], [61.4292, 2.2480, -4.9620], 1.8731),
        ([35.0831, -44.1164, 3.7933], [35.0232, -40.0716, 1.5901], 1.8645),
        ([22.7233, 20.0904, -46.6940], [23.0331, 14.9730, -42.5619], 2.0373),
        ([36.4612, 47.8580, 18.3852], [36.2715, 50.5065, 21.2231], 1.4146),
        ([90.8027, -2.0831, 1.4410], [91.1528, -1.6435, 0.0447], 1.4441),
        ([90.9257, -0.5406, -0.9208], [88.6381, -0.8985, -0.7239], 1.5381),
        ([6.7747, -0.2908, -2.4247], [5.8714, -0.0985, -2.2286], 0.6377),
        ([2.0776, 0.0795, -1.1350], [0.9033, -0.0636, -0.5514], 0.9082),
    ];

    fn lab([l, a, b]: [f32; 3]) -> Lab {
        Lab { l, a, b }
    }

    #[test]
    fn the_published_pairs_have_their_published_differences() {
        for (one, other, wanted) in PUBLISHED {
            let found = ciede2000(lab(one), lab(other));
            assert!((found - wanted).abs() < 2e-4, "{one:?} {other:?}: {found}, not {wanted}");
        }
    }

    #[test]
    fn a_colour_does_not_differ_from_itself() {
        assert!(ciede2000(lab([40.0, 3.0, -7.0]), lab([40.0, 3.0, -7.0])) < 1e-9);
    }
}
