//! The 37 characters of a machine-readable zone, their values and the 7-3-1 check digit (ICAO Doc 9303-3, section 4.9).

/// The characters of a machine-readable zone, in the order in which a cell's scores stand.
pub const GLYPHS: [char; 37] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M',
    'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', '<',
];

/// Natural-log probabilities of one cell over [`GLYPHS`].
pub type Scores = [f32; GLYPHS.len()];

/// Where the filler `<` stands in [`GLYPHS`].
pub const FILLER: usize = 36;
/// Where the letter A stands in [`GLYPHS`]; the digits stand before it.
pub(super) const A: usize = 10;
/// The weights of a check digit, over and over.
pub(super) const WEIGHTS: [u8; 3] = [7, 3, 1];

/// Where `character` stands in [`GLYPHS`].
#[must_use]
pub fn glyph(character: char) -> Option<usize> {
    GLYPHS.iter().position(|one| *one == character)
}

/// The ICAO 9303-3 check digit of `field`: weights 7, 3, 1; digits count as themselves, A–Z as 10–35, `<` as 0.
#[must_use]
pub fn check_digit(field: &str) -> char {
    let sum: u32 = field
        .chars()
        .zip(WEIGHTS.into_iter().cycle())
        .map(|(character, weight)| u32::from(weight) * character.to_digit(36).unwrap_or(0))
        .sum();
    char::from(b'0' + (sum % 10) as u8)
}

/// What the glyph at `index` adds to a check sum, modulo 10.
pub(super) fn residue(index: usize) -> usize {
    if index == FILLER { 0 } else { index % 10 }
}

#[cfg(test)]
mod tests {
    use super::FILLER;
    use super::GLYPHS;
    use super::check_digit;
    use super::glyph;
    use super::residue;

    #[test]
    fn the_check_digit_of_fillers_is_zero() {
        assert_eq!(check_digit("<<<<<<"), '0');
        assert_eq!(check_digit("AB2134<<<"), '5');
    }

    #[test]
    fn glyphs_are_found_where_they_stand() {
        assert!((0..GLYPHS.len()).all(|index| glyph(GLYPHS[index]) == Some(index)));
        assert_eq!((glyph('<'), glyph('a')), (Some(FILLER), None));
    }

    #[test]
    fn residues_agree_with_the_check_digit() {
        for (index, character) in GLYPHS.into_iter().enumerate() {
            let digit = check_digit(&format!("<<{character}")).to_digit(10);
            assert_eq!(digit, Some(residue(index) as u32), "{character}");
        }
    }
}
