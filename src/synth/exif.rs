//! A small writer of EXIF blocks (CIPA DC-008), big-endian.

/// What a camera writes of a capture.
#[derive(Clone, Debug)]
pub(super) struct Capture {
    pub(super) make: &'static str,
    pub(super) model: &'static str,
    /// `YYYY:MM:DD HH:MM:SS`.
    pub(super) taken: String,
    pub(super) orientation: u8,
    pub(super) flash: bool,
    /// Stored width and height, pixels.
    pub(super) size: [u32; 2],
    pub(super) focal_35mm: u16,
}

const ASCII: u16 = 2;
const SHORT: u16 = 3;
const LONG: u16 = 4;

struct Entry {
    tag: u16,
    kind: u16,
    count: u32,
    value: Vec<u8>,
}

fn ascii(tag: u16, text: &str) -> Entry {
    let mut value = text.as_bytes().to_vec();
    value.push(0);
    Entry { tag, kind: ASCII, count: value.len() as u32, value }
}

fn short(tag: u16, value: u16) -> Entry {
    Entry { tag, kind: SHORT, count: 1, value: value.to_be_bytes().to_vec() }
}

fn long(tag: u16, value: u32) -> Entry {
    Entry { tag, kind: LONG, count: 1, value: value.to_be_bytes().to_vec() }
}

/// The TIFF structure of the block, without the `Exif\0\0` in front.
pub(super) fn block(capture: &Capture) -> Vec<u8> {
    let first = |pointer: u32| {
        vec![
            ascii(0x010F, capture.make),
            ascii(0x0110, capture.model),
            short(0x0112, u16::from(capture.orientation)),
            ascii(0x0132, &capture.taken),
            long(0x8769, pointer),
        ]
    };
    let second = vec![
        ascii(0x9003, &capture.taken),
        short(0x9209, u16::from(capture.flash)),
        long(0xA002, capture.size[0]),
        long(0xA003, capture.size[1]),
        short(0xA405, capture.focal_35mm),
    ];
    let start = 8 + directory(&first(0), 8).len() as u32;
    let mut bytes = b"MM\0\x2A\0\0\0\x08".to_vec();
    bytes.extend(directory(&first(start), 8));
    bytes.extend(directory(&second, start));
    bytes
}

/// One image file directory that starts at `offset`, with its long values behind it.
fn directory(entries: &[Entry], offset: u32) -> Vec<u8> {
    let mut table = (entries.len() as u16).to_be_bytes().to_vec();
    let mut data = Vec::new();
    let behind = offset + 2 + 12 * entries.len() as u32 + 4;
    for entry in entries {
        table.extend(entry.tag.to_be_bytes());
        table.extend(entry.kind.to_be_bytes());
        table.extend(entry.count.to_be_bytes());
        if entry.value.len() <= 4 {
            let mut value = entry.value.clone();
            value.resize(4, 0);
            table.extend(value);
        } else {
            table.extend((behind + data.len() as u32).to_be_bytes());
            data.extend(&entry.value);
            data.resize(data.len().next_multiple_of(2), 0);
        }
    }
    table.extend([0; 4]);
    table.extend(data);
    table
}

#[cfg(test)]
mod tests {
    use super::Capture;
    use super::block;
    use exif::In;
    use exif::Tag;

    #[test]
    fn what_was_written_is_read_back_by_the_exif_crate() {
        let capture = Capture {
            make: "Utopia",
            model: "U-1",
            taken: "2026:03:04 05:06:07".into(),
            orientation: 6,
            flash: true,
            size: [800, 600],
            focal_35mm: 26,
        };
        let exif = exif::Reader::new().read_raw(block(&capture)).unwrap();
        let text = |tag| exif.get_field(tag, In::PRIMARY).unwrap().display_value().to_string();
        let number = |tag| exif.get_field(tag, In::PRIMARY).unwrap().value.get_uint(0).unwrap();
        assert_eq!(text(Tag::Make), "\"Utopia\"");
        assert_eq!(text(Tag::Model), "\"U-1\"");
        assert_eq!(text(Tag::DateTimeOriginal), "2026-03-04 05:06:07");
        assert_eq!(number(Tag::Orientation), 6);
        assert_eq!(number(Tag::Flash), 1);
        assert_eq!(number(Tag::PixelXDimension), 800);
        assert_eq!(number(Tag::FocalLengthIn35mmFilm), 26);
    }
}
