//! What documents say, from the photo to the numbers of the checks.
#![cfg(feature = "synth")]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use jiff::civil::Date;
use jiff::civil::date;
use kyclint::checks::Unmeasured;
use kyclint::checks::find;
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
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    let photo = decoded(bytes.get_ref());
    for kind in DocumentType::DOCUMENTS {
        assert!(
            number("mrz_check_digits", &photo, Some(*kind)).is_err()
                && number("type_match", &photo, Some(*kind)).is_err()
        );
    }
}
