use image::Rgb;

use super::DOCUMENT;
use super::OTHER;
use super::Overlay;
use super::PictureFormat;
use super::REJECT;
use super::SURROUND;
use super::View;
use super::marks;
use crate::checks::Measurement;
use crate::checks::REGISTRY;
use crate::geometry::Point;
use crate::geometry::Quad;
use crate::photo::FileFacts;
use crate::photo::Limits;
use crate::photo::Photo;
use crate::photo::decode;
use crate::record::Row;
use crate::record::Source;
use crate::scene::Scene;
use crate::verdict::Policy;

/// A flat grey photo.
fn photo(width: u32, height: u32) -> Photo {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&vec![128; (width * height) as usize]).unwrap();
    writer.finish().unwrap();
    decode(&bytes, FileFacts::read(&bytes), &Limits::default()).unwrap()
}

fn rectangle(left: f64, top: f64, width: f64, height: f64) -> Quad {
    Quad::rectangle(width, height).map(|corner| corner + Point::new(left, top))
}

/// A row whose first check, `resolution`, rejects on this region.
fn row(photo: &Photo, quad: Option<Quad>, region: &Quad) -> Row {
    let evidence = vec![region.corners().to_vec()];
    let mut measurements = vec![None; REGISTRY.len()];
    measurements[0] = Some(Ok(Measurement { number: 100.0, evidence }));
    Row::measured(Source::default(), photo.facts().clone(), measurements).with_document(quad)
}

fn drawn(photo: &Photo, row: &Row) -> Overlay {
    Overlay::draw(&Scene::new(photo), row, &row.judgement(&Policy::default()).findings)
}

#[test]
fn the_document_and_the_evidence_are_drawn_where_they_lie() {
    let photo = photo(1000, 600);
    let row = row(&photo, Some(rectangle(100.0, 100.0, 700.0, 400.0)), &rectangle(300.0, 200.0, 200.0, 100.0));
    let Overlay(picture) = drawn(&photo, &row);
    assert_eq!(picture.width(), 1000);
    for (x, y) in [(100, 100), (799, 100), (799, 499), (100, 499), (450, 100), (100, 300)] {
        assert_eq!(picture.get_pixel(x, y), &DOCUMENT, "{x}, {y}");
    }
    assert_eq!(picture.get_pixel(400, 200), &REJECT);
    let Rgb([red, green, _]) = *picture.get_pixel(400, 250);
    assert!(red > 145 && green < 128, "the inside is tinted: {red}, {green}");
    assert_eq!(picture.get_pixel(200, 350), &Rgb([128; 3]), "elsewhere the photo is as it was");
}

#[test]
fn other_documents_have_a_colour_of_their_own() {
    let photo = photo(1000, 600);
    let view = View::of(&photo, std::iter::empty());
    let mut picture = view.picture(&photo);
    marks::others(&mut picture, &view, &[rectangle(100.0, 100.0, 200.0, 100.0), rectangle(500.0, 100.0, 200.0, 100.0)]);
    assert_eq!([picture.get_pixel(150, 100), picture.get_pixel(699, 150)], [&OTHER; 2]);
}

#[test]
fn a_corner_outside_the_frame_has_room() {
    let photo = photo(1000, 600);
    let row = row(&photo, Some(rectangle(-50.0, 100.0, 500.0, 300.0)), &rectangle(0.0, 0.0, 9.0, 9.0));
    let Overlay(picture) = drawn(&photo, &row);
    assert_eq!(picture.width(), 1000 + 50 + 72);
    assert_eq!(picture.get_pixel(72, 100), &DOCUMENT);
    assert_eq!(picture.get_pixel(2, 590), &SURROUND);
}

#[test]
fn large_photos_are_drawn_smaller_and_small_ones_larger() {
    let region = rectangle(0.0, 0.0, 1.0, 1.0);
    let width = |width, height| {
        let photo = photo(width, height);
        drawn(&photo, &row(&photo, None, &region)).size().0
    };
    assert_eq!(width(3200, 2400), 1600);
    assert_eq!(width(100, 75), 960, "a photo of 800 pixels on a panel of 960");
    assert_eq!(width(60, 80), 600 + 700, "a high photo has its panel beside it");
}

#[test]
fn the_smallest_photos_and_the_wildest_regions_are_drawn() {
    for (width, height) in [(1, 1), (1, 4000), (4000, 1)] {
        let photo = photo(width, height);
        for reach in [0.0, 1e12, f64::NAN] {
            let row = row(&photo, Some(rectangle(-reach, 0.0, reach, 7.0)), &rectangle(-reach, -reach, reach, reach));
            let (width, height) = drawn(&photo, &row).size();
            assert!(width < 5000 && height < 5000, "{width} x {height}");
        }
    }
}

#[test]
fn both_formats_are_photos_of_the_drawn_size() {
    let photo = photo(40, 30);
    let overlay = drawn(&photo, &row(&photo, None, &rectangle(0.0, 0.0, 9.0, 9.0)));
    for format in [PictureFormat::Png, PictureFormat::Jpeg] {
        let bytes = overlay.encode(format).unwrap();
        let read = decode(&bytes, FileFacts::read(&bytes), &Limits::default()).unwrap();
        assert_eq!((read.facts().size, read.integrity()), (Some(overlay.size()), 1.0), "{format:?}");
    }
}
