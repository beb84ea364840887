use std::fmt;

use crate::names::named;

named! {
    /// A file format, told by content, never by extension.
    pub enum Format (UnknownFormat: "format") {
        /// JPEG, any process.
        Jpeg = "jpeg",
        /// PNG.
        Png = "png",
        /// WebP.
        WebP = "webp",
        /// TIFF, either byte order.
        Tiff = "tiff",
        /// Windows bitmap.
        Bmp = "bmp",
        /// GIF; the first frame is the photo.
        Gif = "gif",
        /// HEIC or HEIF.
        Heif = "heif",
        /// AVIF.
        Avif = "avif",
    }
}

impl Format {
    /// The name as people write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::WebP => "WebP",
            Self::Tiff => "TIFF",
            Self::Bmp => "BMP",
            Self::Gif => "GIF",
            Self::Heif => "HEIF",
            Self::Avif => "AVIF",
        }
    }

    /// The format that the first bytes of a file announce.
    #[must_use]
    pub fn sniff(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::WebP),
            [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Some(Self::Tiff),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            [b'B', b'M', _, _, _, _, _, _, _, _, _, _, _, _, 12 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0, ..] => {
                Some(Self::Bmp)
            }
            [_, _, _, _, b'f', b't', b'y', b'p', brands @ ..] => Self::of_brands(brands),
            _ => None,
        }
    }

    /// The format that the brands of an ISO base media file announce: the major one, a version, the compatible ones.
    fn of_brands(brands: &[u8]) -> Option<Self> {
        brands
            .chunks_exact(4)
            .take(16)
            .find_map(|brand| match brand {
                b"avif" | b"avis" => Some(Self::Avif),
                b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" => Some(Self::Heif),
                _ => None,
            })
            .or_else(|| (brands.starts_with(b"mif1") || brands.starts_with(b"msf1")).then_some(Self::Heif))
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn a_format_is_told_by_its_first_bytes() {
        let told = [
            (&b"\xFF\xD8\xFF\xE0"[..], Some(Format::Jpeg)),
            (b"\x89PNG\r\n\x1A\n", Some(Format::Png)),
            (b"RIFF\0\0\0\0WEBPVP8 ", Some(Format::WebP)),
            (b"II*\0", Some(Format::Tiff)),
            (b"MM\0*", Some(Format::Tiff)),
            (b"GIF89a", Some(Format::Gif)),
            (b"\0\0\0\x18ftypheic\0\0\0\0", Some(Format::Heif)),
            (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", Some(Format::Avif)),
            (b"\0\0\0\x18ftypmp42\0\0\0\0", None),
            (b"<html>not a photo</html>", None),
            (b"BM, said the text", None),
            (b"", None),
        ];
        for (bytes, format) in told {
            assert_eq!(Format::sniff(bytes), format, "{bytes:?}");
        }
    }

    #[test]
    fn ids_read_back() {
        for format in Format::ALL {
            assert_eq!(format.id().parse(), Ok(format));
        }
    }
}
