//! Laws that hold for any input.

#![cfg(feature = "tables")]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::io::Cursor;
use std::io::Seek;

use image::ImageFormat;
use image::RgbImage;
use kyclint::audit::audit_bytes;
use kyclint::checks;
use kyclint::checks::Band;
use kyclint::checks::Measurement;
use kyclint::checks::REGISTRY;
use kyclint::checks::Unmeasured;
use kyclint::config::Settings;
use kyclint::geometry::Point;
use kyclint::geometry::Quad;
use kyclint::photo::ExifFacts;
use kyclint::photo::FileFacts;
use kyclint::photo::Format;
use kyclint::record::Row;
use kyclint::record::Source;
use kyclint::report::CsvTable;
use kyclint::report::ParquetTable;
use kyclint::report::Recorded;
use kyclint::report::Table;
use kyclint::scene::DocumentType;
use kyclint::verdict::Policy;
use kyclint::verdict::Prompt;
use proptest::option;
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zé,\"; \n='@-]{1,12}", "\\PC{1,8}"]
        .prop_map(|text| text.trim().to_owned())
        .prop_filter("not empty", |text| !text.is_empty())
}

prop_compose! {
    fn source()(
        path in text(),
        submission_id in option::of(text()),
        kind in option::of(0..6_usize),
        capture_id in option::of(text()),
        frame in option::of(any::<u32>()),
        prompt in option::of(0..Prompt::ALL.len()),
        extra in option::of(text()),
    ) -> Source {
        let (document_type, prompt) = (kind.map(|at| DocumentType::ALL[at]), prompt.map(|at| Prompt::ALL[at]));
        Source { path, submission_id, document_type, capture_id, frame, prompt, extra: vec![extra] }
    }
}

prop_compose! {
    fn facts()(
        bytes in 0..u64::from(u32::MAX),
        size in option::of((1..20_000_u32, 1..20_000_u32)),
        jpeg in any::<bool>(),
        model in option::of(text()),
        flash_fired in option::of(any::<bool>()),
        pixel_width in option::of(any::<u32>()),
    ) -> FileFacts {
        let exif = ExifFacts { model, flash_fired, pixel_width, ..ExifFacts::default() };
        let format = Some(if jpeg { Format::Jpeg } else { Format::Png });
        FileFacts { bytes, size, format, blake3: format!("{bytes:064x}"), exif, jpeg: None }
    }
}

fn measurement() -> impl Strategy<Value = Result<Measurement, Unmeasured>> {
    prop_oneof![
        any::<f64>()
            .prop_filter("finite", |number| number.is_finite())
            .prop_map(|number| Ok(Measurement::of_photo(number))),
        (0..Unmeasured::ALL.len()).prop_map(|at| Err(Unmeasured::ALL[at])),
    ]
}

fn quad() -> impl Strategy<Value = Quad> {
    let side = || -9_000.0..30_000.0_f64;
    proptest::array::uniform4((side(), side())).prop_map(|corners| Quad(corners.map(|(x, y)| Point::new(x, y))))
}

fn row() -> impl Strategy<Value = Row> {
    let measurements = proptest::collection::vec(measurement(), REGISTRY.len());
    let quads = (option::of(quad()), option::of(quad()));
    let parts = (source(), facts(), quads, measurements, option::of(text()));
    parts.prop_map(|(source, facts, (quad, face), measurements, error)| {
        if let Some(error) = error {
            return Row::failed(source, facts, error);
        }
        let kind = source.document_type;
        let applies = |(check, measurement): (&checks::Check, _)| check.applies_to(kind).then_some(measurement);
        let measurements = REGISTRY.iter().zip(measurements).map(applies).collect();
        let mut row = Row::measured(source, facts, measurements)
            .with_document(quad)
            .with_face(face, face.map(|face| face.area()));
        row.judge(&Policy::default());
        row
    })
}

fn judged(mut recorded: Recorded) -> Vec<Row> {
    recorded.rows.iter_mut().for_each(|row| row.judge(&Policy::default()));
    recorded.rows
}

fn through_parquet(rows: &[Row]) -> Recorded {
    let mut file = tempfile::tempfile().unwrap();
    let mut table = ParquetTable::new(file.try_clone().unwrap(), &["campaign".to_owned()], Vec::new()).unwrap();
    for row in rows {
        table.write(row).unwrap();
    }
    table.finish().unwrap();
    file.rewind().unwrap();
    Recorded::from_parquet(file).unwrap()
}

#[test]
fn parquet_of_more_than_one_row_group_reads_back_in_order() {
    let row = |at: usize| {
        let source = Source { path: format!("{at}.jpg"), extra: vec![None], ..Source::default() };
        Row::failed(source, FileFacts::default(), "empty".to_owned())
    };
    let rows: Vec<Row> = (0..4_500).map(row).collect();
    assert_eq!(through_parquet(&rows).rows, rows);
}

#[test]
fn every_check_gives_a_number_or_a_reason_on_the_smallest_photos() {
    for (width, height) in [(1, 1), (1, 7), (8, 1), (63, 64), (64, 64)] {
        for format in [ImageFormat::Png, ImageFormat::Bmp] {
            let mut bytes = Cursor::new(Vec::new());
            RgbImage::new(width, height).write_to(&mut bytes, format).unwrap();
            for kind in DocumentType::ALL {
                let row = audit_bytes("small", bytes.get_ref(), Some(kind), &Settings::default());
                assert_eq!(row.error, None, "{width} x {height}");
                for (check, outcome) in REGISTRY.iter().zip(&row.outcomes) {
                    assert_eq!(outcome.is_some(), check.applies_to(Some(kind)), "{}", check.id);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn csv_reads_back_to_the_same_rows(rows in proptest::collection::vec(row(), 0..8)) {
        let mut bytes = Vec::new();
        {
            let mut table = CsvTable::new(&mut bytes, &["campaign".to_owned()]).unwrap();
            for row in &rows {
                table.write(row).unwrap();
            }
            table.finish().unwrap();
        }
        let recorded = Recorded::from_csv(&bytes[..]).unwrap();
        prop_assert_eq!(&recorded.extra, &["campaign".to_owned()]);
        prop_assert_eq!(judged(recorded), rows);
    }

    #[test]
    fn parquet_reads_back_to_the_same_rows(rows in proptest::collection::vec(row(), 0..8)) {
        let recorded = through_parquet(&rows);
        prop_assert_eq!(&recorded.extra, &["campaign".to_owned()]);
        prop_assert_eq!(judged(recorded), rows);
    }

    #[test]
    fn widening_a_band_never_worsens_a_verdict(row in row(), wider in 0.0..1e6_f64) {
        let mut policy = Policy::default();
        for (at, check) in REGISTRY.iter().enumerate() {
            let widen = |limit: Option<f64>, by: f64| limit.map(|limit| limit + by);
            let Band { reject_below, review_below, review_above, reject_above } = check.band;
            let band = Band {
                reject_below: widen(reject_below, -wider),
                review_below: widen(review_below, -wider),
                review_above: widen(review_above, wider),
                reject_above: widen(reject_above, wider),
            };
            policy.lay(at, row.source.document_type, band);
        }
        let mut widened = row.clone();
        widened.judge(&policy);
        prop_assert!(widened.verdict <= row.verdict);
    }
}
