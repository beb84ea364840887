//! Width and height from the header of the formats that are no JPEG, as stored.

use super::Format;
use super::tiff::Directory;
use super::tiff::IMAGE_LENGTH;
use super::tiff::IMAGE_WIDTH;

/// The stored width and height that the header of `bytes` claims, where both are there and not 0.
pub(super) fn size(bytes: &[u8], format: Format) -> Option<(u32, u32)> {
    let size = match format {
        Format::Png => png(bytes),
        Format::WebP => webp(bytes),
        Format::Tiff => tiff(bytes),
        Format::Bmp => bmp(bytes),
        Format::Gif => Some((little16(bytes, 6)?, little16(bytes, 8)?)),
        Format::Heif | Format::Avif => heif(bytes),
        Format::Jpeg => None,
    };
    size.filter(|&(width, height)| width > 0 && height > 0)
}

fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    (bytes.get(12..16)? == b"IHDR").then_some((big32(bytes, 16)?, big32(bytes, 20)?))
}

fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    match bytes.get(12..16)? {
        b"VP8X" => {
            let side = |at: usize| Some((little32(bytes, at)? & 0x00FF_FFFF) + 1);
            Some((side(24)?, side(27)?))
        }
        b"VP8L" => {
            let packed = little32(bytes, 21)?;
            Some(((packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1))
        }
        b"VP8 " => Some((little16(bytes, 26)? & 0x3FFF, little16(bytes, 28)? & 0x3FFF)),
        _ => None,
    }
}

fn tiff(bytes: &[u8]) -> Option<(u32, u32)> {
    let directory = Directory::of(bytes)?;
    Some((directory.numbers(IMAGE_WIDTH)?.next()?, directory.numbers(IMAGE_LENGTH)?.next()?))
}

fn bmp(bytes: &[u8]) -> Option<(u32, u32)> {
    if little32(bytes, 14)? == 12 {
        return Some((little16(bytes, 18)?, little16(bytes, 20)?));
    }
    Some((little32(bytes, 18)?, little32(bytes, 22)?.cast_signed().unsigned_abs()))
}

/// The largest `ispe` property of the `meta` box, its sides swapped where an `irot` turns by a quarter.
fn heif(bytes: &[u8]) -> Option<(u32, u32)> {
    let meta = boxes(bytes).find(|(kind, _)| *kind == b"meta")?.1.get(4..)?;
    let properties = boxes(meta).find(|(kind, _)| *kind == b"iprp")?.1;
    let container = boxes(properties).find(|(kind, _)| *kind == b"ipco")?.1;
    let sizes = boxes(container).filter(|(kind, _)| *kind == b"ispe");
    let sizes = sizes.filter_map(|(_, content)| Some((big32(content, 4)?, big32(content, 8)?)));
    let (width, height) = sizes.max_by_key(|&(width, height)| u64::from(width) * u64::from(height))?;
    let quarter =
        boxes(container).any(|(kind, content)| kind == b"irot" && content.first().is_some_and(|turn| turn & 1 == 1));
    Some(if quarter { (height, width) } else { (width, height) })
}

/// The boxes of an ISO base media file that lie side by side in `bytes`: their kind and content.
fn boxes(bytes: &[u8]) -> impl Iterator<Item = (&[u8; 4], &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let kind = rest.get(4..8)?.first_chunk()?;
        let (header, length) = match big32(rest, 0)? {
            0 => (8, rest.len()),
            1 => (16, usize::try_from(u64::from_be_bytes(*rest.get(8..16)?.first_chunk()?)).ok()?),
            length => (8, length as usize),
        };
        let content = rest.get(header..length.min(rest.len()))?;
        rest = &rest[length.clamp(header, rest.len())..];
        Some((kind, content))
    })
}

fn big32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|word| u32::from_be_bytes(*word))
}

fn little32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|word| u32::from_le_bytes(*word))
}

fn little16(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|word| u16::from_le_bytes(*word).into())
}

#[cfg(test)]
mod tests {
    use super::Format;
    use super::size;

    #[test]
    fn each_header_tells_its_size() {
        let gif = b"GIF89a\x05\0\x03\0";
        assert_eq!(size(gif, Format::Gif), Some((5, 3)));
        let bmp = b"BM\0\0\0\0\0\0\0\0\0\0\0\0\x28\0\0\0\x05\0\0\0\xFD\xFF\xFF\xFF";
        assert_eq!(size(bmp, Format::Bmp), Some((5, 3)), "rows from top to bottom");
        let lossy = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9D\x01\x2A\x05\0\x03\0";
        assert_eq!(size(lossy, Format::WebP), Some((5, 3)));
        let extended = b"RIFF\0\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0\x04\0\0\x02\0\0\0";
        assert_eq!(size(extended, Format::WebP), Some((5, 3)));
        let tiff = b"II*\0\x08\0\0\0\x02\0\0\x01\x03\0\x01\0\0\0\x05\0\0\0\x01\x01\x03\0\x01\0\0\0\x03\0\0\0\0\0\0\0";
        assert_eq!(size(tiff, Format::Tiff), Some((5, 3)));
    }

    #[test]
    fn the_size_of_a_heif_is_that_of_its_largest_item_turned() {
        let heif = b"\0\0\0\x08ftyp\0\0\0\x41meta\0\0\0\0\0\0\0\x35iprp\0\0\0\x2Dipco\
            \0\0\0\x14ispe\0\0\0\0\0\0\0\x05\0\0\0\x03\0\0\0\x09irot\x01";
        assert_eq!(size(heif, Format::Heif), Some((3, 5)));
    }

    #[test]
    fn a_header_that_breaks_off_tells_nothing() {
        for format in Format::ALL {
            assert_eq!(size(b"\x89PNG", format), None);
        }
    }
}
