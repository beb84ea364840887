//! What documents say, from the photo to the numbers of the checks.
#![cfg(feature = "synth")]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use jiff::civil::Date;
use jiff::civil::date;
use kyclint::checks::Unmeasured;
use kyclint::checks::find;
use kyclint::geometry::Homography;
use kyclint::geometry::Point;
use kyclint::geometry::Quad;
use kyclint::identity::Format;
use kyclint::photo::FileFacts;
use kyclint::photo::Limits;
use kyclint::photo::Photo;
use kyclint::photo::decode;
use kyclint::scene::DocumentType;
use kyclint::scene::Scene;
use kyclint::synth::Photograph;
use kyclint::synth::Plan;

const AS_OF: Date = date(2026, 7, 1);

fn photographed(kind: DocumentType) -> Photograph {
    Plan { width: 1600, height: 1200, ..Plan::good(31, 4, kind) }.photograph().unwrap()
}

fn decoded(bytes: &[u8]) -> Photo {
    decode(bytes, FileFacts::read(bytes), &Limits::default()).unwrap()
}

/// The first `width` columns of the photo.
fn grey(photo: &Photo, width: u32) -> image::GrayImage {
    let luma = photo.stored_luma();
    image::GrayImage::from_fn(width, luma.height() as u32, |x, y| image::Luma([luma.row(y as usize)[x as usize]]))
}

fn stored(picture: &image::GrayImage) -> Photo {
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    decoded(bytes.get_ref())
}

fn number(id: &str, photo: &Photo, declared: Option<DocumentType>) -> Result<f64, Unmeasured> {
    let scene = Scene::declared(photo, declared).as_of(Some(AS_OF));
    find(id).unwrap().1.measure(&scene).map(|measurement| measurement.number)
}

#[test]
fn a_passport_is_read_from_end_to_end() {
    let shot = photographed(DocumentType::Passport);
    let photo = decoded(&shot.bytes);
    let scene = Scene::declared(&photo, Some(DocumentType::Passport));
    let reading = &scene.mrz().unwrap().reading;
    assert_eq!(reading.format(), Format::Td3);
    assert!(reading.reveal().join("|") == shot.truth.mrz.unwrap(), "another text than was printed");
    let declared = Some(DocumentType::Passport);
    assert_eq!(number("mrz_lines", &photo, declared), Ok(1.0));
    assert_eq!(number("mrz_check_digits", &photo, declared), Ok(1.0));
    let days = (shot.truth.expires.unwrap().parse::<Date>().unwrap() - AS_OF).get_days();
    assert_eq!(number("days_to_expiry", &photo, declared), Ok(f64::from(days)));
}

#[test]
fn without_a_day_to_count_from_no_days_are_counted() {
    let photo = decoded(&photographed(DocumentType::Passport).bytes);
    let scene = Scene::declared(&photo, Some(DocumentType::Passport));
    assert_eq!(find("days_to_expiry").unwrap().1.measure(&scene).unwrap_err(), Unmeasured::NoAsOf);
}

#[test]
fn a_zone_decides_the_type() {
    for kind in [DocumentType::Passport, DocumentType::IdCardBack] {
        let photo = decoded(&photographed(kind).bytes);
        assert_eq!(Scene::new(&photo).kinds().only(), Some(kind));
        for declared in DocumentType::DOCUMENTS {
            let agrees = if *declared == kind { 1.0 } else { 0.0 };
            assert_eq!(number("type_match", &photo, Some(*declared)), Ok(agrees), "{kind} declared as {declared}");
        }
    }
}

/// A grey passport on whose lines each pixel is painted by what stands at another place, both across and down in shares of its line.
fn with_zone_painted(from: impl Fn([f64; 2]) -> [f64; 2]) -> Photo {
    let shot = photographed(DocumentType::Passport);
    let photo = decoded(&shot.bytes);
    let scene = Scene::declared(&photo, Some(DocumentType::Passport));
    let mut picture = grey(&photo, photo.stored_luma().width() as u32);
    let whole = picture.clone();
    let (across, down) = (2000, 120);
    for line in &scene.mrz().unwrap().lines {
        let to_photo = Homography::between(&Quad::rectangle(1.0, 1.0), line).unwrap();
        let pixel = |[x, y]: [f64; 2]| {
            let point = to_photo.apply(Point::new(x, y));
            (point.x as u32, point.y as u32)
        };
        for (x, y) in (0..across).flat_map(|x| (0..down).map(move |y| (x, y))) {
            let place = [f64::from(x) / f64::from(across), 1.5 * f64::from(y) / f64::from(down) - 0.25];
            let (source, target) = (pixel(from(place)), pixel(place));
            picture.put_pixel(target.0, target.1, *whole.get_pixel(source.0, source.1));
        }
    }
    stored(&picture)
}

#[test]
fn a_page_without_a_zone_is_no_passport() {
    let blank = with_zone_painted(|[x, _]| [x, -0.4]);
    assert_eq!(number("mrz_lines", &blank, Some(DocumentType::Passport)), Err(Unmeasured::NoMrz));
    assert_eq!(number("type_match", &blank, Some(DocumentType::Passport)), Ok(0.0));
    assert_eq!(number("type_match", &blank, Some(DocumentType::IdCardFront)), Ok(1.0));
}

#[test]
fn a_zone_that_says_nothing_still_decides_the_type() {
    // Ten cells from farther along the line, then its second one again and again: a filler, or a digit below it.
    let shifted = |cell: f64| if cell < 10.0 { cell + 6.0 } else { 1.0 + cell.rem_euclid(1.0) };
    let fillers = with_zone_painted(|[x, y]| [shifted(44.0 * x) / 44.0, y]);
    assert_eq!(number("mrz_lines", &fillers, Some(DocumentType::Passport)), Err(Unmeasured::NoMrz));
    assert_eq!(number("type_match", &fillers, Some(DocumentType::Passport)), Ok(1.0));
    assert_eq!(number("type_match", &fillers, Some(DocumentType::IdCardFront)), Ok(0.0));
}

/// A grey document of which the frame shows that share from the left.
fn cut_off(kind: DocumentType, item: u64, share: f64) -> Photo {
    let shot = Plan { width: 1600, height: 1200, ..Plan::good(31, item, kind) }.photograph().unwrap();
    let photo = decoded(&shot.bytes);
    let xs = Scene::declared(&photo, Some(kind)).document().unwrap().quad.0.map(|corner| corner.x);
    let [left, right] = [xs.into_iter().fold(f64::INFINITY, f64::min), xs.into_iter().fold(0.0, f64::max)];
    stored(&grey(&photo, (left + share * (right - left)) as u32))
}

#[test]
fn a_zone_of_which_36_characters_are_left_is_not_that_of_a_card() {
    let photo = cut_off(DocumentType::Passport, 7, 0.8);
    for (declared, agrees) in [(DocumentType::Passport, 1.0), (DocumentType::DriverLicenseBack, 0.0)] {
        assert_eq!(number("mrz_lines", &photo, Some(declared)), Err(Unmeasured::NoMrz), "{declared}");
        assert_eq!(number("type_match", &photo, Some(declared)), Ok(agrees), "{declared}");
    }
}

#[test]
fn a_line_that_the_frame_cuts_is_not_seen() {
    let photo = cut_off(DocumentType::Passport, 7, 0.94);
    let scene = Scene::declared(&photo, Some(DocumentType::Passport));
    assert_eq!(scene.mrz().unwrap().reading.format(), Format::Td3);
    assert_eq!(number("mrz_lines", &photo, Some(DocumentType::Passport)), Ok(0.0));
}

#[test]
fn a_card_that_the_frame_cuts_beside_where_a_zone_would_be_is_no_passport() {
    let photo = cut_off(DocumentType::DriverLicenseFront, 4, 0.8);
    assert_eq!(number("type_match", &photo, Some(DocumentType::Passport)), Ok(0.0));
    assert_eq!(number("type_match", &photo, Some(DocumentType::DriverLicenseFront)), Ok(1.0));
}

#[test]
fn what_has_no_zone_has_no_number() {
    let photo = decoded(&photographed(DocumentType::DriverLicenseFront).bytes);
    for id in ["mrz_lines", "mrz_check_digits"] {
        assert_eq!(number(id, &photo, Some(DocumentType::Passport)), Err(Unmeasured::NoMrz), "{id}");
    }
    assert_eq!(number("type_match", &photo, None), Err(Unmeasured::Undeclared));
}

#[test]
fn an_empty_picture_says_nothing() {
    let picture = image::GrayImage::from_fn(900, 600, |x, y| image::Luma([((x * 7 + y * 13) % 251) as u8]));
    let photo = stored(&picture);
    for kind in DocumentType::DOCUMENTS {
        assert!(
            number("mrz_check_digits", &photo, Some(*kind)).is_err()
                && number("type_match", &photo, Some(*kind)).is_err()
        );
    }
}
