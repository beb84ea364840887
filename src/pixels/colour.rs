/// Luma of BT.601 full range, from red, green and blue.
///
/// ```
/// assert_eq!(kyclint::pixels::luma(255, 255, 255), 255);
/// assert_eq!(kyclint::pixels::luma(255, 0, 0), 76);
/// ```
#[must_use]
#[inline]
pub fn luma(red: u8, green: u8, blue: u8) -> u8 {
    let (red, green, blue) = (u32::from(red), u32::from(green), u32::from(blue));
    ((19_595 * red + 38_470 * green + 7_471 * blue + 32_768) >> 16) as u8
}

/// Luma, blue and red difference of BT.601 full range, from red, green and blue; 128 is neutral.
///
/// ```
/// assert_eq!(kyclint::pixels::ycbcr(90, 90, 90), [90, 128, 128]);
/// assert_eq!(kyclint::pixels::ycbcr(255, 0, 0), [76, 85, 255]);
/// ```
#[must_use]
#[inline]
pub fn ycbcr(red: u8, green: u8, blue: u8) -> [u8; 3] {
    let (r, g, b) = (i32::from(red), i32::from(green), i32::from(blue));
    let neutral = (128 << 16) + 32_767;
    let cb = (-11_059 * r - 21_709 * g + 32_768 * b + neutral) >> 16;
    let cr = (32_768 * r - 27_439 * g - 5_329 * b + neutral) >> 16;
    [luma(red, green, blue), cb as u8, cr as u8]
}

/// Red, green and blue, from luma, blue and red difference of BT.601 full range.
///
/// ```
/// assert_eq!(kyclint::pixels::rgb(90, 128, 128), [90, 90, 90]);
/// assert_eq!(kyclint::pixels::rgb(76, 85, 255), [254, 0, 0]);
/// ```
#[must_use]
#[inline]
pub fn rgb(luma: u8, cb: u8, cr: u8) -> [u8; 3] {
    let (y, cb, cr) = (i32::from(luma) << 16, i32::from(cb) - 128, i32::from(cr) - 128);
    let channel = |value: i32| ((value + 32_768) >> 16).clamp(0, 255) as u8;
    [channel(y + 91_881 * cr), channel(y - 22_554 * cb - 46_802 * cr), channel(y + 116_130 * cb)]
}

#[cfg(test)]
mod tests {
    use super::rgb;
    use super::ycbcr;

    #[test]
    fn the_corners_of_the_colour_cube_are_in_range() {
        assert_eq!(ycbcr(0, 0, 0), [0, 128, 128]);
        assert_eq!(ycbcr(0, 0, 255), [29, 255, 107]);
        assert_eq!(ycbcr(0, 255, 0), [150, 44, 21]);
        assert_eq!(ycbcr(255, 255, 0), [226, 0, 149]);
    }

    #[test]
    fn a_colour_survives_the_way_there_and_back_within_two_steps() {
        for colour in [[12_u8, 200, 90], [250, 3, 180], [77, 78, 79]] {
            let [y, cb, cr] = ycbcr(colour[0], colour[1], colour[2]);
            assert!(rgb(y, cb, cr).iter().zip(colour).all(|(a, b)| a.abs_diff(b) <= 2), "{colour:?}");
        }
    }
}
