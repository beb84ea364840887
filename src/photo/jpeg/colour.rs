//! From the components of a JPEG to luma and chroma.

use super::JpegStructure;
use crate::photo::Chroma;
use crate::photo::raster::Raster;
use crate::pixels::Plane;
use crate::pixels::rgb;

/// What the components of a JPEG mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Model {
    Grey,
    YCbCr,
    Rgb,
    Cmyk,
    Ycck,
}

/// The raster of `planes`, one for each component.
pub(super) fn raster(planes: Vec<Plane>, structure: &JpegStructure) -> Raster {
    let size = (usize::from(structure.width), usize::from(structure.height));
    match (Model::of(structure), <[Plane; 3]>::try_from(planes)) {
        (Model::YCbCr, Ok([luma, cb, cr])) => Raster::whole(full(luma, size), Some(chroma(cb, cr, structure))),
        (_, Ok(planes)) => {
            let [red, green, blue] = planes.map(|plane| full(plane, size).into_samples());
            let pixels: Vec<_> = red.into_iter().zip(green).zip(blue).collect();
            Raster::of_colours(size.0, size.1, &pixels, |&((red, green), blue)| [red, green, blue])
        }
        (model, Err(planes)) => match <[Plane; 4]>::try_from(planes) {
            Ok(planes) => inks(planes.map(|plane| full(plane, size)), model, structure.adobe_transform.is_some()),
            Err(mut planes) => Raster::whole(planes.pop().map_or_else(Plane::default, |grey| full(grey, size)), None),
        },
    }
}

impl Model {
    /// As libjpeg tells it: by JFIF, else by Adobe's marker, else by the components' names.
    fn of(structure: &JpegStructure) -> Self {
        let ids: Vec<u8> = structure.components.iter().map(|component| component.id).collect();
        match (ids.as_slice(), structure.adobe_transform) {
            ([_], _) => Self::Grey,
            ([_, _, _], _) if structure.jfif => Self::YCbCr,
            ([_, _, _], Some(0)) | (b"RGB", None) => Self::Rgb,
            ([_, _, _, _], Some(2)) => Self::Ycck,
            ([_, _, _, _], _) => Self::Cmyk,
            _ => Self::YCbCr,
        }
    }
}

/// Chroma as stored, where it is subsampled by whole numbers, else at full size.
fn chroma(cb: Plane, cr: Plane, structure: &JpegStructure) -> Chroma {
    let (h, v) = structure.sampling();
    let whole = |index: usize| {
        let component = &structure.components[index];
        h.is_multiple_of(component.horizontal.into()) && v.is_multiple_of(component.vertical.into())
    };
    let alike = (cb.width(), cb.height()) == (cr.width(), cr.height());
    if alike && whole(1) && whole(2) {
        return Chroma { cb, cr };
    }
    let size = (usize::from(structure.width), usize::from(structure.height));
    Chroma { cb: full(cb, size), cr: full(cr, size) }
}

/// `plane` at full `size`, each sample repeated.
fn full(plane: Plane, (width, height): (usize, usize)) -> Plane {
    if (plane.width(), plane.height()) == (width, height) || plane.samples().is_empty() {
        return plane;
    }
    let columns: Vec<usize> = (0..width).map(|x| x * plane.width() / width).collect();
    let rows = (0..height).map(|y| plane.row(y * plane.height() / height));
    Plane::new(width, height, rows.flat_map(|row| columns.iter().map(|&x| row[x])).collect())
}

/// Four inks on white paper. Files with Adobe's marker store how much of each ink is left out.
fn inks(planes: [Plane; 4], model: Model, adobe: bool) -> Raster {
    let (width, height) = (planes[0].width(), planes[0].height());
    let [first, second, third, black] = planes.map(Plane::into_samples);
    let pixels: Vec<[u8; 4]> =
        first.into_iter().zip(second).zip(third).zip(black).map(|(((a, b), c), k)| [a, b, c, k]).collect();
    Raster::of_colours(width, height, &pixels, |&[a, b, c, k]| {
        let inks = if model == Model::Ycck { rgb(a, b, c).map(|part| 255 - part) } else { [a, b, c] };
        let light = |stored: u8| if adobe { stored } else { 255 - stored };
        inks.map(|ink| ((u32::from(light(ink)) * u32::from(light(k)) + 127) / 255) as u8)
    })
}

#[cfg(test)]
mod tests {
    use super::JpegStructure;
    use super::Model;
    use super::Plane;
    use super::full;
    use super::inks;
    use crate::photo::JpegComponent;

    fn named(ids: &[u8]) -> JpegStructure {
        let component = |&id| JpegComponent { id, horizontal: 1, vertical: 1, table: 0 };
        JpegStructure { components: ids.iter().map(component).collect(), ..JpegStructure::default() }
    }

    #[test]
    fn the_meaning_of_components_is_told_as_libjpeg_tells_it() {
        assert_eq!(Model::of(&named(&[1])), Model::Grey);
        assert_eq!(Model::of(&named(&[1, 2, 3])), Model::YCbCr);
        assert_eq!(Model::of(&named(b"RGB")), Model::Rgb);
        assert_eq!(Model::of(&JpegStructure { jfif: true, ..named(b"RGB") }), Model::YCbCr);
        assert_eq!(Model::of(&JpegStructure { adobe_transform: Some(0), ..named(&[1, 2, 3]) }), Model::Rgb);
        assert_eq!(Model::of(&JpegStructure { adobe_transform: Some(2), ..named(&[1, 2, 3, 4]) }), Model::Ycck);
        assert_eq!(Model::of(&named(b"CMYK")), Model::Cmyk);
    }

    #[test]
    fn samples_are_repeated_up_to_full_size() {
        let plane = Plane::new(2, 1, vec![1, 2]);
        assert_eq!(full(plane, (4, 2)).samples(), [1, 1, 2, 2, 1, 1, 2, 2]);
    }

    #[test]
    fn ink_darkens_white_paper() {
        let one = |samples: [u8; 4]| samples.map(|sample| Plane::new(1, 1, vec![sample]));
        assert_eq!(inks(one([0, 0, 0, 0]), Model::Cmyk, false).luma.samples(), [255]);
        assert_eq!(inks(one([0, 0, 0, 255]), Model::Cmyk, false).luma.samples(), [0]);
        assert_eq!(inks(one([255, 255, 255, 255]), Model::Cmyk, true).luma.samples(), [255]);
        assert_eq!(inks(one([0, 255, 255, 255]), Model::Cmyk, true).luma.samples(), [179], "cyan");
        assert_eq!(inks(one([0, 128, 128, 255]), Model::Ycck, true).luma.samples(), [255], "no ink");
    }
}
