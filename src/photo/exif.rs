use std::io::Cursor;

use exif::Exif;
use exif::In;
use exif::Reader;
use exif::Tag;
use exif::Value;

use super::Format;
use super::Orientation;

/// Characters of a text that are kept.
const TEXT_LENGTH: usize = 64;

/// What the EXIF block says of the capture. Position, serial numbers and names are never copied.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExifFacts {
    /// How to turn the raster upright.
    pub orientation: Orientation,
    /// Camera maker.
    pub make: Option<String>,
    /// Camera model.
    pub model: Option<String>,
    /// Software that wrote the file.
    pub software: Option<String>,
    /// When the photo was taken, `YYYY-MM-DDTHH:MM:SS`, the camera's local time.
    pub captured_at: Option<String>,
    /// Whether the flash fired.
    pub flash_fired: Option<bool>,
    /// Width of the original capture, pixels, as stored (before turning upright).
    pub pixel_width: Option<u32>,
    /// Height of the original capture, pixels, as stored.
    pub pixel_height: Option<u32>,
    /// Focal length in 35 mm equivalents, mm.
    pub focal_length_35mm: Option<f64>,
}

impl ExifFacts {
    /// Reads the block that a file of `format` holds; `jpeg_block` is the one of a JPEG, without its `Exif` header.
    pub(super) fn read(bytes: &[u8], format: Format, jpeg_block: Option<&[u8]>) -> Self {
        let Some(block) = parse(bytes, format, jpeg_block) else { return Self::default() };
        let mut facts = Self::of(&block);
        if matches!(format, Format::Heif | Format::Avif) {
            // HEIF turns by its own `irot` and `imir` boxes, which the decoder applies; EXIF merely repeats them.
            facts.orientation = Orientation::Upright;
        }
        facts
    }

    fn of(block: &Exif) -> Self {
        let number = |tag| block.get_field(tag, In::PRIMARY)?.value.get_uint(0);
        Self {
            orientation: number(Tag::Orientation).map(Orientation::from_exif).unwrap_or_default(),
            make: text(block, Tag::Make),
            model: text(block, Tag::Model),
            software: text(block, Tag::Software),
            captured_at: text(block, Tag::DateTimeOriginal).as_deref().and_then(timestamp),
            flash_fired: number(Tag::Flash).map(|flash| flash & 1 == 1),
            pixel_width: number(Tag::PixelXDimension),
            pixel_height: number(Tag::PixelYDimension),
            focal_length_35mm: number(Tag::FocalLengthIn35mmFilm).filter(|&length| length > 0).map(f64::from),
        }
    }
}

fn parse(bytes: &[u8], format: Format, jpeg_block: Option<&[u8]>) -> Option<Exif> {
    let mut reader = Reader::new();
    reader.continue_on_error(true);
    let block = match format {
        Format::Jpeg => reader.read_raw(jpeg_block?.to_vec()),
        Format::Bmp | Format::Gif => return None,
        Format::Png | Format::WebP | Format::Tiff | Format::Heif | Format::Avif => {
            reader.read_from_container(&mut Cursor::new(bytes))
        }
    };
    block.or_else(|error| error.distill_partial_result(|_| ())).ok()
}

/// The text of `tag`: trimmed, without control characters, cut at [`TEXT_LENGTH`].
fn text(block: &Exif, tag: Tag) -> Option<String> {
    let Value::Ascii(lines) = &block.get_field(tag, In::PRIMARY)?.value else { return None };
    let decoded = String::from_utf8_lossy(lines.first()?);
    let kept: String = decoded.trim().chars().filter(|character| !character.is_control()).take(TEXT_LENGTH).collect();
    let kept = kept.trim();
    (!kept.is_empty()).then(|| kept.to_owned())
}

/// `YYYY:MM:DD HH:MM:SS` as `YYYY-MM-DDTHH:MM:SS`, where it is a date.
fn timestamp(exif: &str) -> Option<String> {
    let pattern = b"0000:00:00 00:00:00";
    let fits = |(byte, model): (u8, &u8)| if *model == b'0' { byte.is_ascii_digit() } else { byte == *model };
    if exif.len() != pattern.len() || !exif.bytes().zip(pattern).all(fits) {
        return None;
    }
    let in_range = |from: usize, low: u32, high: u32| {
        exif[from..from + 2].parse().is_ok_and(|part: u32| (low..=high).contains(&part))
    };
    let plausible = in_range(5, 1, 12) && in_range(8, 1, 31) && in_range(11, 0, 23) && in_range(14, 0, 59);
    plausible.then(|| format!("{}-{}-{}T{}", &exif[..4], &exif[5..7], &exif[8..10], &exif[11..]))
}

#[cfg(test)]
mod tests {
    use super::ExifFacts;
    use super::Format;
    use super::Orientation;
    use super::timestamp;

    /// A little-endian block with a maker of 70 letters behind a tab, orientation 6, and a serial number.
    fn block() -> Vec<u8> {
        let mut block = b"II*\0\x08\0\0\0\x03\0".to_vec();
        block.extend(b"\x0F\x01\x02\0\x48\0\0\0\x32\0\0\0");
        block.extend(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0");
        block.extend(b"\x31\xA4\x02\0\x04\0\0\0SN1\0\0\0\0\0");
        block.resize(0x32, 0);
        block.push(b'\t');
        block.extend([b'M'; 70]);
        block.push(0);
        block
    }

    #[test]
    fn texts_are_cleaned_and_cut() {
        let facts = ExifFacts::read(&[], Format::Jpeg, Some(&block()));
        assert_eq!(facts.make, Some("M".repeat(64)));
        assert_eq!(facts.orientation, Orientation::Turned90);
    }

    #[test]
    fn the_orientation_of_a_heif_is_left_to_its_decoder() {
        assert_eq!(ExifFacts::read(&[], Format::Heif, None), ExifFacts::default());
    }

    #[test]
    fn a_broken_block_is_absent() {
        assert_eq!(ExifFacts::read(&[], Format::Jpeg, Some(b"II*\0")), ExifFacts::default());
        assert_eq!(ExifFacts::read(b"GIF89a", Format::Gif, None), ExifFacts::default());
    }

    #[test]
    fn dates_are_written_the_iso_way_or_not_at_all() {
        assert_eq!(timestamp("2024:02:29 23:59:58").as_deref(), Some("2024-02-29T23:59:58"));
        for nonsense in ["0000:00:00 00:00:00", "2024-02-29 23:59:58", "2024:13:01 00:00:00", "yesterday", ""] {
            assert_eq!(timestamp(nonsense), None, "{nonsense}");
        }
    }
}
