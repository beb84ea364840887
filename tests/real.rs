//! Real photos, where they are at hand: `KYCLINT_DATA`, or `../shared/data`. Without them these tests say so and pass.
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test may fail, and says when it is skipped")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use kyclint::audit::Entry;
use kyclint::audit::Inputs;
use kyclint::audit::PathStyle;
use kyclint::audit::assess;
use kyclint::audit::collect;
use kyclint::config::Settings;
use kyclint::record::Row;
use kyclint::verdict::Verdict;
use rayon::prelude::*;

fn data() -> Option<PathBuf> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let folder = std::env::var_os("KYCLINT_DATA").map_or(default, PathBuf::from);
    if folder.is_dir() {
        Some(folder)
    } else {
        eprintln!("skipped: {} is no folder; set KYCLINT_DATA to one with real photos", folder.display());
        None
    }
}

fn sets(data: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(data).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|set| set.join("images")).filter(|images| images.is_dir()).collect()
}

fn audited(folder: &Path) -> Vec<Row> {
    let inputs = Inputs { roots: vec![folder.to_owned()], ..Inputs::default() };
    let entries = collect(&inputs, &AtomicBool::new(false), |_| {}).unwrap().entries;
    let settings = Settings::default();
    let row = |entry: &Entry| assess(&entry.path, entry.source(&PathStyle::Relative), &settings);
    entries.par_iter().map(row).collect()
}

#[test]
fn every_real_photo_has_one_row_and_decodes_whole() {
    let Some(data) = data() else { return };
    for set in sets(&data) {
        let files: BTreeSet<_> = fs::read_dir(&set).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        let rows = audited(&set);
        assert_eq!(rows.len(), files.len(), "{}", set.display());
        for row in rows {
            let path = set.join(&row.source.path);
            assert_eq!(row.error, None, "{}", path.display());
            assert_ne!(row.verdict, Verdict::Error, "{}", path.display());
            let integrity = kyclint::checks::find("file_integrity").unwrap().0;
            assert_eq!(row.outcomes[integrity], Some(Ok(1.0)), "{}", path.display());
        }
    }
}
