use std::path::Path;

use jpeg_encoder::ColorType as JpegColours;
use jpeg_encoder::Encoder as JpegEncoder;

use super::Overlay;

/// Quality of an overlay saved as JPEG, 1–100: lines and letters stay clean.
const JPEG_QUALITY: u8 = 92;

/// What a picture is saved as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureFormat {
    /// PNG, without loss.
    Png,
    /// JPEG.
    Jpeg,
}

/// A file name that names no format to draw in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the name of a drawn picture ends in .png, .jpg or .jpeg")]
pub struct UnknownPictureFormat;

impl PictureFormat {
    /// The format that the extension of `path` names.
    ///
    /// # Errors
    /// When it names none.
    pub fn of(path: &Path) -> Result<Self, UnknownPictureFormat> {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        match extension.to_ascii_lowercase().as_str() {
            "png" => Ok(Self::Png),
            "jpg" | "jpeg" => Ok(Self::Jpeg),
            _ => Err(UnknownPictureFormat),
        }
    }
}

impl Overlay {
    /// The bytes of the file.
    ///
    /// # Errors
    /// When the encoder refuses.
    pub fn encode(&self, format: PictureFormat) -> std::io::Result<Vec<u8>> {
        match format {
            PictureFormat::Png => self.png(),
            PictureFormat::Jpeg => self.jpeg(),
        }
    }

    fn png(&self) -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let (width, height) = self.size();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_compression(png::Compression::Fast);
        encoder.write_header()?.write_image_data(self.0.as_raw())?;
        Ok(bytes)
    }

    fn jpeg(&self) -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let [width, height] = <[u32; 2]>::from(self.size()).map(|side| u16::try_from(side).unwrap_or(u16::MAX));
        let encoder = JpegEncoder::new(&mut bytes, JPEG_QUALITY);
        let done = encoder.encode(self.0.as_raw(), width, height, JpegColours::Rgb);
        done.map_err(std::io::Error::other)?;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::PictureFormat;
    use std::path::Path;

    #[test]
    fn the_extension_names_the_format() {
        for (name, format) in
            [("a.png", PictureFormat::Png), ("b/a.JPG", PictureFormat::Jpeg), ("a.jpeg", PictureFormat::Jpeg)]
        {
            assert_eq!(PictureFormat::of(Path::new(name)), Ok(format), "{name}");
        }
        for name in ["a.gif", "png", ".png", "a"] {
            assert!(PictureFormat::of(Path::new(name)).is_err(), "{name}");
        }
    }
}
