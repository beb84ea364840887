//! Words in Noto Sans Mono, drawn from the rasters of `noto-sans-mono-bitmap`.

use image::Rgb;
use image::RgbImage;
use noto_sans_mono_bitmap::FontWeight;
use noto_sans_mono_bitmap::RasterHeight;
use noto_sans_mono_bitmap::RasterizedChar;
use noto_sans_mono_bitmap::get_raster;
use noto_sans_mono_bitmap::get_raster_width;

use super::paint::blend;

/// How letters look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hand {
    pub height: RasterHeight,
    pub weight: FontWeight,
    pub colour: Rgb<u8>,
}

impl Hand {
    pub(super) const fn regular(colour: Rgb<u8>) -> Self {
        Self { height: RasterHeight::Size20, weight: FontWeight::Regular, colour }
    }

    pub(super) const fn bold(colour: Rgb<u8>) -> Self {
        Self { weight: FontWeight::Bold, ..Self::regular(colour) }
    }

    pub(super) const fn large(colour: Rgb<u8>) -> Self {
        Self { height: RasterHeight::Size24, ..Self::bold(colour) }
    }

    /// Pixels from one letter to the next.
    pub(super) const fn pitch(self) -> u32 {
        get_raster_width(self.weight, self.height) as u32
    }

    /// Pixels from the top of the highest letter to the bottom of the lowest.
    pub(super) const fn size(self) -> u32 {
        self.height.val() as u32
    }

    /// Pixels that `text` takes in a line.
    pub(super) fn width(self, text: &str) -> u32 {
        self.pitch() * text.chars().count() as u32
    }

    /// Writes `text` with its top left at (`x`, `y`). What leaves the picture is cut off.
    pub(super) fn write(self, picture: &mut RgbImage, text: &str, (x, y): (u32, u32)) {
        for (at, letter) in (0..).zip(text.chars()) {
            self.letter(picture, letter, (x + at * self.pitch(), y));
        }
    }

    fn letter(self, picture: &mut RgbImage, letter: char, (left, top): (u32, u32)) {
        let raster =
            [drawable(letter), '?'].into_iter().find_map(|letter| get_raster(letter, self.weight, self.height));
        let rows = raster.iter().flat_map(RasterizedChar::rows);
        for (y, row) in (top..picture.height()).zip(rows) {
            for (x, ink) in (left..picture.width()).zip(row) {
                blend(picture, x, y, self.colour, f32::from(*ink) / 255.0);
            }
        }
    }
}

/// Dashes and quotes that the rasters lack, as their plain kin.
fn drawable(letter: char) -> char {
    match letter {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        other => other,
    }
}

/// `text` in lines of at most `columns` letters, broken between words, or in a word that is longer.
pub(super) fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let word: Vec<char> = word.chars().collect();
        for part in word.chunks(columns.max(1)) {
            add(&mut lines, part, columns);
        }
    }
    lines
}

fn add(lines: &mut Vec<String>, part: &[char], columns: usize) {
    let part: String = part.iter().collect();
    match lines.last_mut() {
        Some(line) if line.is_empty() => *line = part,
        Some(line) if line.chars().count() + 1 + part.chars().count() <= columns => {
            line.push(' ');
            line.push_str(&part);
        }
        _ => lines.push(part),
    }
}

#[cfg(test)]
mod tests {
    use super::Hand;
    use super::wrapped;
    use image::Rgb;
    use image::RgbImage;

    #[test]
    fn lines_break_between_words_and_in_long_ones() {
        assert_eq!(wrapped("the photo has too few pixels", 12), ["the photo", "has too few", "pixels"]);
        assert_eq!(wrapped("abcdefgh ij", 3), ["abc", "def", "gh", "ij"]);
        assert_eq!(wrapped("", 3), [""]);
    }

    #[test]
    fn a_letter_that_is_not_there_is_a_question_mark() {
        let drawn = |text: &str| {
            let mut picture = RgbImage::new(12, 20);
            Hand::regular(Rgb([255, 255, 255])).write(&mut picture, text, (0, 0));
            picture
        };
        assert_eq!(drawn("\u{4e2d}"), drawn("?"));
        assert_eq!(drawn("–"), drawn("-"));
        assert_ne!(drawn("a"), RgbImage::new(12, 20));
    }

    #[test]
    fn what_leaves_the_picture_is_cut_off() {
        let mut picture = RgbImage::new(5, 5);
        Hand::large(Rgb([255, 255, 255])).write(&mut picture, "MMM", (2, 2));
        assert_eq!(picture.get_pixel(0, 0), &Rgb([0, 0, 0]));
    }
}
