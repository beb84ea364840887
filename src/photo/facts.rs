use super::ExifFacts;
use super::Format;
use super::JpegStructure;
use super::header;
use super::jpeg::exif_block;

/// What a file says of itself before anything is decoded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FileFacts {
    /// Size of the file.
    pub bytes: u64,
    /// BLAKE3 of the whole file, 64 hexadecimal digits.
    pub blake3: String,
    /// The format, where it is one we know.
    pub format: Option<Format>,
    /// Width and height of the upright photo, pixels, where the header tells.
    pub size: Option<(u32, u32)>,
    /// The EXIF block.
    pub exif: ExifFacts,
    /// The markers, where the file is a JPEG.
    pub jpeg: Option<JpegStructure>,
}

impl FileFacts {
    /// Reads what `bytes` say of themselves. Never fails: what is broken is absent. Allocates nothing that a header claims.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        let format = Format::sniff(bytes);
        let jpeg = (format == Some(Format::Jpeg)).then(|| JpegStructure::read(bytes));
        let exif = format.map(|format| ExifFacts::read(bytes, format, jpeg.as_ref().and_then(|_| exif_block(bytes))));
        let exif = exif.unwrap_or_default();
        let stored = match &jpeg {
            Some(structure) => structure.size(),
            None => format.and_then(|format| header::size(bytes, format)),
        };
        Self {
            bytes: bytes.len() as u64,
            blake3: blake3::hash(bytes).to_hex().to_string(),
            format,
            size: stored.map(|size| exif.orientation.upright_size(size)),
            exif,
            jpeg,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::FileFacts;

    #[test]
    fn no_bytes_have_no_format_but_a_hash() {
        let facts = FileFacts::read(b"");
        assert_eq!(facts.format, None);
        assert_eq!(facts.blake3, "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262");
    }

    #[test]
    fn a_header_tells_the_size_without_the_raster() {
        let facts = FileFacts::read(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x75\x30\0\0\x75\x30\x08\x02\0\0\0");
        assert_eq!(facts.size, Some((30_000, 30_000)));
    }
}
