//! Measures how well the document is found: the tables of docs/accuracy.md.
//!
//! ```text
//! cargo run --release --example evaluate_quads --no-default-features --features synth -- [LABELS.csv...] [OPTIONS]
//! ```
//!
//! Reads the labels of the real sets (`quad_tl_tr_br_bl`) and of the simulator (`quad`); without any, the real sets with
//! corners in the data folder (`KYCLINT_DATA`, default `../shared/data`). Options:
//!
//! - `--no-document DIR`: photos without a document, every image below the folder; may be repeated
//! - `--filled DIR`: photos that a document fills, every image below the folder; may be repeated
//! - `--limit N`: only the first N photos of each set
//! - `--worst N`: lists the N worst photos (default 20)
//! - `--overlays DIR`: draws the worst photos with the true quad in green and the found one in red
//! - `--json FILE`: writes what was measured on each photo
//! - `--hypotheses FILE`: writes what speaks for every hypothesis, which `tools/fit_quads.py` fits the weights to
//! - `--composites DIR N SEED`: measures nothing; lays flat templates over the documents of N real photos instead
//! - `--cluttered DIR N SEED`: the same with other things strewn around the documents, templates or real ones
//! - `--empty DIR N SEED`: parts of real photos that show no document
//! - `--pages DIR N SEED`: parts of real documents, which fill the frame
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example prints its tables")]

mod arguments;
mod cluttered;
mod composites;
mod derived;
mod empty;
mod hypotheses;
mod judge;
mod labels;
mod measure;
mod overlays;
mod pages;
mod picture;
mod random;
mod summary;
mod tables;

use std::error::Error;
use std::path::Path;

use arguments::Arguments;
use arguments::Command;
use arguments::Kind;
use labels::Set;

fn main() -> Result<(), Box<dyn Error>> {
    rayon::ThreadPoolBuilder::new().num_threads(2).build_global()?;
    match Command::parse(std::env::args().skip(1))? {
        Command::Evaluate(arguments) => evaluate(&arguments),
        Command::Derive { kind, folder, count, seed } => match kind {
            Kind::Composites => composites::write(&folder, count, seed),
            Kind::Cluttered => cluttered::write(&folder, count, seed),
            Kind::Empty => empty::write(&folder, count, seed),
            Kind::Pages => pages::write(&folder, count, seed),
        },
    }
}

fn evaluate(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let sets = sets(arguments)?;
    if let Some(path) = &arguments.hypotheses {
        return hypotheses::write(&sets, path);
    }
    let outcomes = measure::all(&sets);
    let worst = measure::worst(&outcomes, arguments.worst);
    tables::print(&outcomes);
    tables::print_worst(&worst);
    if let Some(path) = &arguments.json {
        std::fs::write(path, serde_json::to_string_pretty(&outcomes)?)?;
    }
    if let Some(folder) = &arguments.overlays {
        overlays::draw(&worst, folder)?;
    }
    Ok(())
}

fn sets(arguments: &Arguments) -> Result<Vec<Set>, Box<dyn Error>> {
    let mut sets = Vec::new();
    for path in arguments.labels() {
        sets.push(Set::read(&path)?);
    }
    sets.extend(arguments.no_document.iter().map(|folder| Set::without_documents(folder)));
    for folder in &arguments.filled {
        sets.push(Set::filled(folder)?);
    }
    for set in &mut sets {
        set.rows.truncate(arguments.limit);
        eprintln!("{}: {} photos", set.name, set.rows.len());
    }
    Ok(sets)
}

/// The last part of a path.
fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
