//! Real symbols that fill their pictures.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use kyclint::photo::Photo;
use rxing::Binarizer;
use rxing::BinaryBitmap;
use rxing::DecodeHints;
use rxing::Luma8LuminanceSource;
use rxing::Reader;
use rxing::common::GlobalHistogramBinarizer;
use rxing::common::HybridBinarizer;
use rxing::pdf417::PDF417Reader;

use crate::labels::rows;
use crate::milliseconds;
use crate::timed;

pub fn report(set: &Path) -> Result<(), Box<dyn Error>> {
    let mut counts: BTreeMap<(bool, bool), usize> = BTreeMap::new();
    let (mut seen, mut wrong, mut times, mut all) = (0, 0, Vec::new(), 0);
    let shows = std::env::var_os("SHOW").is_some();
    for row in rows(&set.join("labels.csv"))? {
        let Some(photo) = row.photo()? else { continue };
        let plain = plain(&photo);
        let (found, time) = timed(&photo);
        let is_read = found.as_ref().is_some_and(kyclint::scene::Barcode::is_read);
        let truth = plain.clone().unwrap_or_else(|| row.cell("extra").to_owned());
        // Texts of the labels end after 200 characters; those of rxing are whole.
        let is_known = plain.is_some() || !truth.is_empty() && truth.chars().count() < 200;
        wrong += usize::from(is_read && is_known && !found.as_ref().is_some_and(|found| found.says(&truth)));
        seen += usize::from(found.is_some() && !is_read);
        *counts.entry((plain.is_some(), is_read)).or_default() += 1;
        times.push(time);
        all += 1;
        if shows {
            println!("{} rxing {} kyclint {is_read} {time:?}", row.cell("path"), plain.is_some());
        }
    }
    let count = |key| counts.get(&key).copied().unwrap_or(0);
    println!(
        "\n| symbols | rxing reads | of them kyclint | others that kyclint reads | wrong text | seen, unread | ms: median | most |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    println!(
        "| {all} | {} | {} | {} | {wrong} | {seen} | {} |",
        count((true, true)) + count((true, false)),
        count((true, true)),
        count((false, true)),
        milliseconds(times)
    );
    Ok(())
}

/// What rxing reads of the whole picture, turned by 0, 90, 180 and 270 degrees.
fn plain(photo: &Photo) -> Option<String> {
    let luma = photo.luma();
    let source = Luma8LuminanceSource::new(luma.samples().to_vec(), luma.width() as u32, luma.height() as u32).ok()?;
    turned(HybridBinarizer::new(source.clone())).or_else(|| turned(GlobalHistogramBinarizer::new(source)))
}

fn turned<B: Binarizer>(binarizer: B) -> Option<String> {
    let mut bitmap = BinaryBitmap::new(binarizer);
    let hints = DecodeHints { TryHarder: Some(true), ..DecodeHints::default() };
    for _ in 0..4 {
        let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            PDF417Reader::new().decode_with_hints(&mut bitmap, &hints).ok()
        }));
        if let Some(read) = read.ok().flatten() {
            return Some(read.getText().to_owned());
        }
        bitmap = bitmap.rotate_counter_clockwise();
    }
    None
}
