use std::ops::Range;

use memchr::memchr;

/// A marker segment of a JPEG file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Segment<'a> {
    /// Second byte of the marker.
    pub marker: u8,
    /// What stands behind the length, as far as the file has it.
    pub payload: &'a [u8],
    /// Where the payload starts.
    pub start: usize,
    /// Where the entropy-coded data of a scan lie; empty for other segments.
    pub entropy: Range<usize>,
    /// Restart markers in the entropy-coded data.
    pub restarts: u32,
}

pub(super) const EOI: u8 = 0xD9;
pub(super) const SOS: u8 = 0xDA;
pub(super) const DQT: u8 = 0xDB;
pub(super) const DRI: u8 = 0xDD;

/// The segments of the primary image, up to its end marker or the end of the bytes. Garbage and fill bytes between segments
/// are skipped, as decoders do.
pub(super) struct Segments<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Segments<'a> {
    /// The segments behind the start marker.
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 2 }
    }

    /// The segments before the first scan.
    pub(super) fn before_scans(bytes: &'a [u8]) -> impl Iterator<Item = Segment<'a>> {
        let mut segments = Self::of(bytes);
        std::iter::from_fn(move || segments.segment()).take_while(|segment| segment.marker != SOS)
    }

    /// The next segment, without the entropy-coded data behind it.
    fn segment(&mut self) -> Option<Segment<'a>> {
        let marker = self.marker()?;
        if marker == EOI {
            let end = self.at;
            self.at = self.bytes.len();
            return Some(Segment { marker, payload: &[], start: end, entropy: end..end, restarts: 0 });
        }
        let length = self.bytes.get(self.at..)?.first_chunk().map_or(2, |length| u16::from_be_bytes(*length));
        let start = self.bytes.len().min(self.at + 2);
        self.at = self.bytes.len().min(self.at + usize::from(length).max(2));
        let payload = self.bytes.get(start..self.at).unwrap_or_default();
        Some(Segment { marker, payload, start, entropy: self.at..self.at, restarts: 0 })
    }

    /// Moves to the next marker that is neither stuffing nor without a segment, and behind it.
    fn marker(&mut self) -> Option<u8> {
        loop {
            self.at += memchr(0xFF, self.bytes.get(self.at..)?)?;
            self.at += self.bytes[self.at..].iter().take_while(|&&byte| byte == 0xFF).count();
            let marker = *self.bytes.get(self.at)?;
            self.at += 1;
            if !matches!(marker, 0 | 1 | 0xD0..=0xD8) {
                return Some(marker);
            }
        }
    }

    /// Moves behind the entropy-coded data that start here; counts their restart markers.
    fn entropy(&mut self) -> (Range<usize>, u32) {
        let (start, mut restarts) = (self.at, 0);
        while let Some(distance) = memchr(0xFF, &self.bytes[self.at..]) {
            match self.bytes.get(self.at + distance + 1) {
                Some(0) => self.at += distance + 2,
                Some(0xD0..=0xD7) => {
                    restarts += 1;
                    self.at += distance + 2;
                }
                Some(0xFF) => self.at += distance + 1,
                Some(_) => {
                    self.at += distance;
                    return (start..self.at, restarts);
                }
                None => break,
            }
        }
        self.at = self.bytes.len();
        (start..self.at, restarts)
    }
}

impl<'a> Iterator for Segments<'a> {
    type Item = Segment<'a>;

    fn next(&mut self) -> Option<Segment<'a>> {
        let mut segment = self.segment()?;
        if segment.marker == SOS {
            (segment.entropy, segment.restarts) = self.entropy();
        }
        Some(segment)
    }
}

#[cfg(test)]
mod tests {
    use super::Segments;

    #[test]
    fn fill_bytes_garbage_and_restarts_are_no_segments() {
        let bytes =
            b"\xFF\xD8garbage\xFF\xFF\xFF\xDD\0\x04\0\x07\xFF\xDA\0\x03\x01ab\xFF\0c\xFF\xD0d\xFF\xD9trailer\xFF\xFE";
        let segments: Vec<_> = Segments::of(bytes).collect();
        let markers: Vec<_> = segments.iter().map(|segment| segment.marker).collect();
        assert_eq!(markers, [0xDD, 0xDA, 0xD9]);
        assert_eq!(segments[0].payload, b"\0\x07");
        assert_eq!(&bytes[segments[1].entropy.clone()], b"ab\xFF\0c\xFF\xD0d");
        assert_eq!(segments[1].restarts, 1);
        assert_eq!(Segments::before_scans(bytes).map(|segment| segment.marker).collect::<Vec<_>>(), [0xDD]);
    }

    #[test]
    fn a_segment_that_breaks_off_is_as_long_as_its_rest() {
        let segments: Vec<_> = Segments::of(b"\xFF\xD8\xFF\xE1\x10\0Exif").collect();
        assert_eq!(segments.len(), 1);
        assert_eq!(segments[0].payload, b"Exif");
        assert_eq!(Segments::of(b"\xFF\xD8\xFF\xE1").count(), 1);
        assert_eq!(Segments::of(b"\xFF").count(), 0);
    }
}
