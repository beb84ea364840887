//! How far a file should reach by its own account: some decoders fill up what was cut off without a word.

use super::Format;
use super::tiff::Directory;
use super::tiff::STRIPS;
use super::tiff::TILES;

/// How many bytes the file should have and does not, where its structure tells.
pub(super) fn missing(bytes: &[u8], format: Format) -> Option<u64> {
    let end = match format {
        Format::WebP => 8 + u64::from(u32::from_le_bytes(*bytes.get(4..)?.first_chunk()?)),
        Format::Tiff => tiff_end(bytes)?,
        Format::Bmp => bmp_end(bytes)?,
        Format::Heif | Format::Avif => boxes_end(bytes)?,
        Format::Jpeg | Format::Png | Format::Gif => return None,
    };
    end.checked_sub(bytes.len() as u64).filter(|&missing| missing > 0)
}

/// Whether the blocks of a GIF are followed to its trailer.
pub(super) fn gif_ended(bytes: &[u8]) -> bool {
    gif_trailer(bytes).is_some()
}

fn gif_trailer(bytes: &[u8]) -> Option<usize> {
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut at = 13 + table(*bytes.get(10)?);
    loop {
        match bytes.get(at)? {
            0x3B => return Some(at),
            0x21 => at += 2,
            0x2C => at += 11 + table(*bytes.get(at + 9)?),
            _ => return None,
        }
        while *bytes.get(at)? != 0 {
            at += 1 + usize::from(bytes[at]);
        }
        at += 1;
    }
}

/// Where the last strip or tile ends.
fn tiff_end(bytes: &[u8]) -> Option<u64> {
    let directory = Directory::of(bytes)?;
    let end_of = |(offsets, counts)| {
        let parts = directory.numbers(offsets)?.zip(directory.numbers(counts)?);
        parts.map(|(offset, count)| u64::from(offset) + u64::from(count)).max()
    };
    [STRIPS, TILES].into_iter().find_map(end_of)
}

/// Where the last box of an ISO base media file ends.
fn boxes_end(bytes: &[u8]) -> Option<u64> {
    let mut end = 0_u64;
    while let Some(rest) = usize::try_from(end).ok().and_then(|end| bytes.get(end..)).filter(|rest| !rest.is_empty()) {
        let Some(length) = rest.first_chunk() else { return Some(end + 8) };
        end = match u32::from_be_bytes(*length) {
            0 => return None,
            1 => end.checked_add(u64::from_be_bytes(*rest.get(8..)?.first_chunk()?).max(16))?,
            length => end + u64::from(length).max(8),
        };
    }
    Some(end)
}

/// Where the rows of an uncompressed bitmap end.
fn bmp_end(bytes: &[u8]) -> Option<u64> {
    let word = |at: usize| Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?));
    let (start, header) = (u64::from(word(10)?), word(14)?);
    if header < 40 || matches!(word(30)?, 1 | 2 | 4) {
        return None;
    }
    let (width, height) = (u64::from(word(18)?), u64::from(word(22)?.cast_signed().unsigned_abs()));
    let bits = u64::from(word(28)? & 0xFFFF);
    let row = (width * bits).div_ceil(32) * 4;
    row.checked_mul(height)?.checked_add(start)
}

#[cfg(test)]
mod tests {
    use super::Format;
    use super::gif_ended;
    use super::missing;

    #[test]
    fn a_file_that_is_shorter_than_it_says_misses_the_rest() {
        assert_eq!(missing(b"RIFF\x08\0\0\0WEBP", Format::WebP), Some(4));
        assert_eq!(missing(b"RIFF\x04\0\0\0WEBP", Format::WebP), None);
        assert_eq!(missing(b"RIFF\x04\0\0\0WEBP and more", Format::WebP), None);
        assert_eq!(missing(b"\0\0\0\x08ftyp\0\0\0\x0Amdat", Format::Heif), Some(2));
        assert_eq!(missing(b"\0\0\0\x08ftyp\0\0\0\0mdat", Format::Heif), None);
    }

    #[test]
    fn a_gif_ends_with_its_trailer() {
        let gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xFF\xFF\xFF,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
        assert!(gif_ended(gif));
        assert!(!gif_ended(&gif[..gif.len() - 1]));
        assert!(!gif_ended(b"GIF89a"));
    }
}
