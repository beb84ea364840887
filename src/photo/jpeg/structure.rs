use super::markers::DQT;
use super::markers::DRI;
use super::markers::EOI;
use super::markers::SOS;
use super::markers::Segment;
use super::markers::Segments;

/// The structure of a JPEG file, read from its markers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each says whether a marker is there")]
pub struct JpegStructure {
    /// Quantisation tables by slot, in natural (row-major) order, as in force for the first scan that has them.
    pub quantisation: [Option<[u16; 64]>; 4],
    /// Second byte of the frame marker, which names the process: 0xC0 baseline, 0xC1 extended, 0xC2 progressive; 0 where
    /// there is none.
    pub frame_marker: u8,
    /// Width as stored, pixels.
    pub width: u16,
    /// Height as stored, pixels.
    pub height: u16,
    /// Components in frame order.
    pub components: Vec<JpegComponent>,
    /// Whether the process is progressive.
    pub progressive: bool,
    /// Bits per sample.
    pub precision: u8,
    /// MCUs between restart markers; 0 for none.
    pub restart_interval: u16,
    /// Whether a JFIF APP0 is present.
    pub jfif: bool,
    /// Colour transform of the Adobe APP14, where present.
    pub adobe_transform: Option<u8>,
    /// Bytes of entropy-coded data.
    pub entropy_bytes: u64,
    /// Scans.
    pub scans: u16,
    /// Whether one scan codes all components, with all their coefficients.
    pub sequential: bool,
    /// Restart markers in the entropy-coded data.
    pub restarts: u32,
    /// Whether the end marker is there.
    pub ended: bool,
}

/// One component of a JPEG frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JpegComponent {
    /// Component identifier.
    pub id: u8,
    /// Horizontal sampling factor, 1–4.
    pub horizontal: u8,
    /// Vertical sampling factor, 1–4.
    pub vertical: u8,
    /// Slot of its quantisation table, 0–3.
    pub table: u8,
}

/// Where entry `k` of a quantisation table stands in natural order.
#[rustfmt::skip]
const ZIGZAG: [usize; 64] = [
     0,  1,  8, 16,  9,  2,  3, 10, 17, 24, 32, 25, 18, 11,  4,  5,
    12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13,  6,  7, 14, 21, 28,
    35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51,
    58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];

impl JpegStructure {
    /// Reads the markers of the primary image. What is broken or absent keeps its default.
    pub(in crate::photo) fn read(bytes: &[u8]) -> Self {
        let mut structure = Self::default();
        Segments::of(bytes).for_each(|segment| structure.note(&segment));
        structure
    }

    /// Width and height as stored, where the frame tells them.
    pub(in crate::photo) fn size(&self) -> Option<(u32, u32)> {
        (self.width > 0 && self.height > 0).then_some((self.width.into(), self.height.into()))
    }

    /// The quantisation table of the first component, which is luma in all but a few files.
    pub(in crate::photo) fn first_table(&self) -> Option<&[u16; 64]> {
        self.quantisation[usize::from(self.components.first()?.table)].as_ref()
    }

    fn note(&mut self, segment: &Segment) {
        let payload = segment.payload;
        match segment.marker {
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF if self.components.is_empty() => {
                self.note_frame(segment);
            }
            DQT => self.note_tables(payload),
            DRI if self.scans == 0 => {
                self.restart_interval = payload.first_chunk().map_or(0, |n| u16::from_be_bytes(*n));
            }
            SOS => {
                let all = payload.first().is_some_and(|&count| usize::from(count) == self.components.len());
                self.sequential = all && self.scans == 0 && !self.progressive;
                self.scans = self.scans.saturating_add(1);
                self.restarts = self.restarts.saturating_add(segment.restarts);
                self.entropy_bytes += segment.entropy.len() as u64;
            }
            EOI => self.ended = true,
            0xE0 => self.jfif |= payload.starts_with(b"JFIF\0"),
            0xEE if payload.starts_with(b"Adobe") => self.adobe_transform = payload.get(11).copied(),
            _ => {}
        }
    }

    fn note_frame(&mut self, segment: &Segment) {
        let [precision, h1, h0, w1, w0, count, rest @ ..] = segment.payload else { return };
        self.frame_marker = segment.marker;
        self.progressive = matches!(segment.marker, 0xC2 | 0xC6 | 0xCA | 0xCE);
        self.precision = *precision;
        self.height = u16::from_be_bytes([*h1, *h0]);
        self.width = u16::from_be_bytes([*w1, *w0]);
        let components = rest.chunks_exact(3).take(usize::from(*count).min(4));
        self.components = components
            .map(|entry| JpegComponent {
                id: entry[0],
                horizontal: entry[1] >> 4,
                vertical: entry[1] & 15,
                table: entry[2] & 3,
            })
            .collect();
    }

    fn note_tables(&mut self, mut payload: &[u8]) {
        while let [head, rest @ ..] = payload {
            let entry_size = if head >> 4 == 0 { 1 } else { 2 };
            let Some((entries, after)) = rest.split_at_checked(64 * entry_size) else { return };
            let mut table = [0; 64];
            for (place, entry) in ZIGZAG.iter().zip(entries.chunks_exact(entry_size)) {
                table[*place] = entry.iter().fold(0, |value, byte| value << 8 | u16::from(*byte));
            }
            let slot = &mut self.quantisation[usize::from(head & 3)];
            if self.scans == 0 || slot.is_none() {
                *slot = Some(table);
            }
            payload = after;
        }
    }
}

/// The EXIF block of a JPEG, behind its `Exif` header.
pub(in crate::photo) fn exif_block(bytes: &[u8]) -> Option<&[u8]> {
    let mut applications = Segments::before_scans(bytes).filter(|segment| segment.marker == 0xE1);
    applications.find_map(|segment| segment.payload.strip_prefix(b"Exif\0\0"))
}

#[cfg(test)]
mod tests {
    use super::JpegComponent;
    use super::JpegStructure;
    use super::exif_block;

    #[test]
    fn tables_are_read_in_natural_order_in_either_precision() {
        let mut bytes = b"\xFF\xD8\xFF\xDB\0\x43\0".to_vec();
        bytes.extend(0..64);
        bytes.extend(b"\xFF\xDB\0\x83\x11");
        bytes.extend((0..64_u16).flat_map(|entry| (entry + 256).to_be_bytes()));
        let tables = JpegStructure::read(&bytes).quantisation;
        assert_eq!(tables[0].unwrap()[..9], [0, 1, 5, 6, 14, 15, 27, 28, 2]);
        assert_eq!(tables[1].unwrap()[63], 256 + 63);
        assert_eq!(tables[2], None);
    }

    #[test]
    fn the_frame_and_what_stands_around_it_are_told() {
        let bytes = b"\xFF\xD8\xFF\xE0\0\x07JFIF\0\xFF\xEE\0\x0EAdobe\0\0\0\0\0\0\x01\xFF\xDD\0\x04\0\x07\
            \xFF\xC2\0\x0B\x08\0\x03\0\x05\x01\x09\x21\x02\xFF\xDA\0\x02abc\xFF\xDA\0\x02d\xFF\xD9";
        let structure = JpegStructure::read(bytes);
        assert_eq!(structure.size(), Some((5, 3)));
        assert_eq!(structure.components, [JpegComponent { id: 9, horizontal: 2, vertical: 1, table: 2 }]);
        assert!(structure.jfif && structure.progressive && structure.ended);
        assert_eq!((structure.adobe_transform, structure.restart_interval), (Some(1), 7));
        assert_eq!((structure.scans, structure.entropy_bytes, structure.precision), (2, 4, 8));
    }

    #[test]
    fn the_exif_block_starts_behind_its_header() {
        assert_eq!(exif_block(b"\xFF\xD8\xFF\xE1\0\x0AExif\0\0II"), Some(&b"II"[..]));
        assert_eq!(exif_block(b"\xFF\xD8\xFF\xE1\0\x0Ahttp://"), None);
    }

    #[test]
    fn a_table_that_breaks_off_is_absent() {
        assert_eq!(JpegStructure::read(b"\xFF\xD8\xFF\xDB\0\x43\0\x01\x02"), JpegStructure::default());
    }
}
