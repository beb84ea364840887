//! The training report that lies beside the weights.

use std::fmt::Write as _;
use std::path::PathBuf;

use crate::held_out::Errors;
use crate::sample::CELLS;
use crate::train::BATCH;

/// Where the weights lie.
pub fn weights() -> PathBuf {
    folder().join("weights.bin")
}

/// Where their report lies.
pub fn text() -> PathBuf {
    folder().join("weights.md")
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/scene/mrz")
}

/// How the weights were made.
pub fn run(seed: u64, batches: usize, seconds: u64, temperature: f32, file: &[u8]) -> String {
    let lines = batches * BATCH;
    format!(
        "# Weights of the glyph classifier\n\n\
         Made by `examples/train_mrz`: `cargo run --release --no-default-features --features synth --example train_mrz -- train`.\n\n\
         Seed {seed}; {batches} batches of {BATCH} lines of {CELLS} cells, {lines} lines and {} cells in all, none twice; {seconds} s; \
         temperature {temperature:.2}, divided out of the last layer.\n\n\
         BLAKE3 `{}`, {} bytes.\n\n",
        lines * CELLS,
        blake3::hash(file).to_hex(),
        file.len(),
    )
}

/// Tables of errors.
pub fn accuracy(held_out: &[(&str, Errors)], real: &Errors) -> String {
    let mut text = String::from(
        "| renderings never seen | glyphs | wrong % | wrong at 0.99 and more % | taken for none % | blanks read as glyphs % | cross entropy |\n\
         |---|---|---|---|---|---|---|\n",
    );
    for (name, errors) in held_out {
        let _ = writeln!(
            text,
            "| {name} | {} | {:.2} | {:.2} | {:.2} | {:.1} | {:.4} |",
            errors.glyphs,
            errors.wrong_percent(),
            errors.surely_wrong_percent(),
            errors.missed_percent(),
            errors.invented_percent(),
            errors.mean_entropy(),
        );
    }
    if real.glyphs > 0 {
        let _ = writeln!(
            text,
            "\nReal binarised lines: {} of {} characters wrong ({:.3} %), {} at 0.99 and more, {} taken for none; cross entropy {:.5}.",
            real.wrong,
            real.glyphs,
            real.wrong_percent(),
            real.surely_wrong,
            real.missed,
            real.mean_entropy(),
        );
    }
    text
}
