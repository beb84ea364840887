//! The first directory of a TIFF, read in place.

/// Bytes of a directory entry.
const ENTRY: usize = 12;

/// The first directory of a TIFF, as far as the file has it.
pub(super) struct Directory<'a> {
    bytes: &'a [u8],
    entries: &'a [[u8; ENTRY]],
    big_endian: bool,
}

/// Columns.
pub(super) const IMAGE_WIDTH: u32 = 0x0100;
/// Rows.
pub(super) const IMAGE_LENGTH: u32 = 0x0101;
/// Where each strip starts and how many bytes it has.
pub(super) const STRIPS: (u32, u32) = (0x0111, 0x0117);
/// Where each tile starts and how many bytes it has.
pub(super) const TILES: (u32, u32) = (0x0144, 0x0145);

impl<'a> Directory<'a> {
    /// The first directory of `bytes`; `None` where they are no TIFF or break off before it.
    pub(super) fn of(bytes: &'a [u8]) -> Option<Self> {
        let big_endian = match bytes.first_chunk()? {
            b"II*\0" => false,
            b"MM\0*" => true,
            _ => return None,
        };
        let directory = Self { bytes, entries: &[], big_endian };
        let start = directory.number(bytes.get(4..8)?) as usize;
        let (count, entries) = bytes.get(start..)?.split_at_checked(2)?;
        let entries = entries.as_chunks().0;
        let count = entries.len().min(directory.number(count) as usize);
        Some(Self { entries: &entries[..count], ..directory })
    }

    /// The whole numbers of `tag`, where all of them are in the file.
    pub(super) fn numbers(&self, tag: u32) -> Option<impl Iterator<Item = u32>> {
        let entry = self.entries.iter().find(|entry| self.number(&entry[..2]) == tag)?;
        let size = match self.number(&entry[2..4]) {
            1 => 1,
            3 => 2,
            4 => 4,
            _ => return None,
        };
        let length = (self.number(&entry[4..8]) as usize).checked_mul(size)?;
        let values = if length <= 4 { &entry[8..] } else { self.bytes.get(self.number(&entry[8..]) as usize..)? };
        Some(values.get(..length)?.chunks_exact(size).map(|value| self.number(value)))
    }

    /// The whole number of up to four `bytes`.
    fn number(&self, bytes: &[u8]) -> u32 {
        let append = |number: u32, byte: &u8| number << 8 | u32::from(*byte);
        if self.big_endian { bytes.iter().fold(0, append) } else { bytes.iter().rev().fold(0, append) }
    }
}

#[cfg(test)]
mod tests {
    use super::Directory;
    use super::IMAGE_LENGTH;
    use super::IMAGE_WIDTH;
    use super::STRIPS;

    fn numbers(bytes: &[u8], tag: u32) -> Option<Vec<u32>> {
        Some(Directory::of(bytes)?.numbers(tag)?.collect())
    }

    #[test]
    fn numbers_of_every_size_are_read_in_either_byte_order() {
        let little = b"II*\0\x08\0\0\0\x02\0\0\x01\x03\0\x01\0\0\0\x05\0\0\0\x11\x01\x04\0\x02\0\0\0\x22\0\0\0\
            \x07\0\0\0\x08\0\0\0";
        assert_eq!(numbers(little, IMAGE_WIDTH), Some(vec![5]));
        assert_eq!(numbers(little, STRIPS.0), Some(vec![7, 8]));
        let big = b"MM\0*\0\0\0\x08\0\x01\x01\x01\0\x03\0\0\0\x02\x01\x02\0\x03";
        assert_eq!(numbers(big, IMAGE_LENGTH), Some(vec![0x0102, 3]));
        assert_eq!(numbers(big, IMAGE_WIDTH), None);
    }

    #[test]
    fn what_breaks_off_is_absent() {
        let file = b"II*\0\x08\0\0\0\x02\0\0\x01\x03\0\x01\0\0\0\x05\0\0\0\x11\x01\x04\0\x02\0\0\0\xFF\xFF\xFF\xFF";
        assert_eq!(numbers(file, IMAGE_WIDTH), Some(vec![5]));
        assert_eq!(numbers(file, STRIPS.0), None);
        assert_eq!(numbers(&file[..25], IMAGE_WIDTH), Some(vec![5]));
        assert!((0..22).all(|end| numbers(&file[..end], IMAGE_WIDTH).is_none()));
    }
}
