//! How far hashes of pictures lie apart: of one photo sent again, of one document photographed again, of documents of one
//! design and several holders, of front and back.
//!
//! `cargo run --release --no-default-features --features synth --example duplicate_checks -- DATA`
//!
//! `DATA` holds the sets of real photos. Prints the race of the ways to hash, then the distances of the hash in use.
#![expect(clippy::print_stdout, reason = "a program that prints tables")]

mod candidates;
#[path = "../shared/photos.rs"]
mod photos;
mod pictures;
mod tables;

use std::path::Path;

use kyclint::photo::Photo;
use kyclint::scene::DocumentType;
use kyclint::synth::Fault;
use kyclint::synth::Plan;
use kyclint::synth::Severity;
use rayon::prelude::*;

use pictures::Hashed;
use pictures::VARIANTS;

/// Issuers' designs, holders of each, and ways to photograph each document: other tables, other light.
const DESIGNS: u64 = 2;
const HOLDERS: u64 = 6;
const SHOTS: [Fault; 3] = [Fault::None, Fault::ShadowSoft, Fault::Tilted];
/// Every so many photos are sent in again in every variant.
const RESENT: usize = 12;
/// Sets of real photos, no two of which show the same but for those known.
const REAL: [&str; 3] = ["doc_photos_quads", "sidtd_templates", "mrz_specimens"];

/// A photo of the simulator.
pub struct Simulated {
    /// How it was drawn.
    pub plan: Plan,
    /// Its hashes.
    pub hashed: Hashed,
}

/// A photo and what became of it, by [`VARIANTS`].
pub struct Resent {
    /// The hashes of the picture itself.
    pub original: Hashed,
    /// Those of its variants.
    pub variants: Vec<Option<Hashed>>,
}

fn main() {
    let data = std::env::args().nth(1).unwrap_or_else(|| "../shared/data".to_owned());
    let photos: Vec<(Photo, Simulated)> = plans()
        .into_par_iter()
        .filter_map(|plan| {
            let (photo, hashed) = pictures::simulated(&plan)?;
            Some((photo, Simulated { plan, hashed }))
        })
        .collect();
    let resent = |photo: &Photo, kind| Resent {
        original: pictures::hashed(photo, kind),
        variants: VARIANTS.map(|name| Some(pictures::hashed(&pictures::variant(photo, name)?, kind))).into(),
    };
    let simulated_again: Vec<Resent> = photos
        .par_iter()
        .step_by(RESENT)
        .map(|(photo, simulated)| resent(photo, Some(simulated.plan.document_type)))
        .collect();
    let real_again: Vec<Resent> =
        pictures::real(Path::new(&data), &REAL).par_iter().map(|photo| resent(photo, None)).collect();
    let simulated: Vec<Simulated> = photos.into_iter().map(|(_, simulated)| simulated).collect();
    println!(
        "{} simulated photos, {} of them and {} real photos sent again in {} variants",
        simulated.len(),
        simulated_again.len(),
        real_again.len(),
        VARIANTS.len()
    );
    tables::race(&simulated, &simulated_again, &real_again);
    tables::distances(&simulated, &simulated_again, &real_again);
}

fn plans() -> Vec<Plan> {
    let mut plans = Vec::new();
    for (design, holder) in (0..DESIGNS).flat_map(|design| (0..HOLDERS).map(move |holder| (design, holder))) {
        for kind in DocumentType::ALL {
            for fault in SHOTS {
                let severity = if fault == Fault::None { Severity::None } else { Severity::Mild };
                let fault = if fault.applies_to(kind) { fault } else { Fault::HalfLit };
                let plan = Plan::good(31, design * HOLDERS + holder, kind);
                plans.push(Plan { design: Some(design), fault, severity, width: 720, height: 540, ..plan });
            }
        }
    }
    plans.dedup();
    plans
}
