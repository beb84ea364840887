use std::sync::OnceLock;

use super::FileFacts;
use super::Format;
use super::Limits;
use super::Photo;
use super::PhotoError;
use super::bitmap;
use super::heif;
use super::jpeg;
use super::png;
use super::raster::Raster;

/// Decodes `bytes`, of which `facts` were read, within `limits`.
///
/// # Errors
/// When nothing of the raster can be decoded or a limit forbids it.
pub fn decode(bytes: &[u8], facts: FileFacts, limits: &Limits) -> Result<Photo, PhotoError> {
    if bytes.is_empty() {
        return Err(PhotoError::Empty);
    }
    limits.admit_file(bytes.len() as u64)?;
    let format = facts.format.ok_or(PhotoError::NotAPhoto)?;
    if let Some((width, height)) = facts.size {
        limits.admit_raster(width, height)?;
    }
    let raster = match (format, &facts.jpeg) {
        (Format::Jpeg, Some(structure)) => jpeg::decode(bytes, structure, limits)?,
        (Format::Jpeg, None) => return Err(PhotoError::damaged(format, "its markers were not read")),
        (Format::Png, _) => png::decode(bytes, limits)?,
        (Format::Heif | Format::Avif, _) => heif::decode(bytes, format, limits)?,
        (Format::WebP | Format::Tiff | Format::Bmp | Format::Gif, _) => bitmap::decode(bytes, format, limits)?,
    };
    if raster.luma.samples().is_empty() {
        return Err(PhotoError::damaged(format, "it has no pixels"));
    }
    Ok(photo(raster, facts))
}

fn photo(stored: Raster, mut facts: FileFacts) -> Photo {
    let (width, height) = (stored.luma.width() as u32, stored.luma.height() as u32);
    facts.size = Some(facts.exif.orientation.upright_size((width, height)));
    Photo { facts, stored, luma: OnceLock::new(), chroma: OnceLock::new() }
}

#[cfg(test)]
mod tests {
    use super::FileFacts;
    use super::Raster;
    use super::photo;
    use crate::photo::Chroma;
    use crate::photo::Orientation;
    use crate::pixels::Plane;

    #[test]
    fn planes_are_turned_upright_once() {
        let plane = |samples: [u8; 6]| Plane::new(3, 2, samples.to_vec());
        let chroma = Chroma { cb: plane([1, 2, 3, 4, 5, 6]), cr: plane([6, 5, 4, 3, 2, 1]) };
        let mut facts = FileFacts::default();
        facts.exif.orientation = Orientation::Turned90;
        let photo = photo(Raster::whole(plane([1, 2, 3, 4, 5, 6]), Some(chroma)), facts);
        assert_eq!(photo.stored_luma().width(), 3);
        assert_eq!(photo.luma(), &Plane::new(2, 3, vec![4, 1, 5, 2, 6, 3]));
        assert!(std::ptr::eq(photo.luma(), photo.luma()));
        let turned = photo.chroma().unwrap();
        assert_eq!(turned.cb, Plane::new(2, 3, vec![4, 1, 5, 2, 6, 3]));
        assert_eq!(turned.cr, Plane::new(2, 3, vec![3, 6, 2, 5, 1, 4]));
        assert!(std::ptr::eq(turned, photo.chroma().unwrap()));
    }
}
