//! Holds what a photo shows against what it is declared to be.
//!
//! `cargo run --release --no-default-features --features synth --example type_checks -- ../shared/data`
//!
//! Every photo of known type is declared as each type in turn; the tables count what `type_match` says: that the declaration
//! agrees, that it is contradicted, or nothing. First simulated documents and selfies without faults, then with faults, then real
//! ones.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program that prints tables, and what is wrong beside them"
)]

#[path = "../shared/labels.rs"]
mod labels;
#[path = "../shared/photos.rs"]
mod photos;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use kyclint::checks::find;
use kyclint::photo::Photo;
use kyclint::scene::DocumentType;
use kyclint::scene::Scene;
use kyclint::synth::Fault;
use kyclint::synth::Plan;
use kyclint::synth::Severity;

use labels::rows;
use photos::open;

/// Simulated photos of each type.
const SIMULATED: u64 = 60;
/// Simulated photos of each type, fault and severity.
const FAULTY: u64 = 3;
/// Seed on which no limit was set.
const SEED: u64 = 505;
/// Real sets, and how the type follows from `doc_type`; what is none of these is another document.
const SETS: [&str; 8] = [
    "mrz_specimens",
    "docxpand_templates",
    "sidtd_templates",
    "faces_comprefa",
    "doctypes_mindee",
    "flatcv_receipts",
    "doc_photos_quads",
    "smartdoc15_frames",
];

/// Agreed, contradicted, nothing said.
type Counts = [usize; 3];
type Table = BTreeMap<(String, &'static str), Counts>;

fn main() -> Result<(), Box<dyn Error>> {
    let mut simulated = Table::new();
    for kind in DocumentType::ALL {
        for item in 0..SIMULATED {
            let photograph = Plan { width: 1600, height: 1200, ..Plan::good(SEED, item, kind) }.photograph()?;
            let photo = open(&photograph.bytes).ok_or("a simulated photo decodes")?;
            count(&photo, kind.id(), &mut simulated);
        }
    }
    print("Simulated", &simulated);
    print("Simulated with faults", &with_faults()?);
    let Some(data) = std::env::args().nth(1) else { return Ok(()) };
    let mut real = Table::new();
    for set in SETS {
        count_set(&Path::new(&data).join(set), &mut real)?;
    }
    print("Real", &real);
    Ok(())
}

/// Documents with every fault that leaves one to see, mild and strong.
fn with_faults() -> Result<Table, Box<dyn Error>> {
    let mut table = Table::new();
    let seen = |fault: &Fault| !matches!(fault, Fault::None | Fault::NoDocument | Fault::Truncated);
    for kind in DocumentType::DOCUMENTS {
        for fault in Fault::ALL.into_iter().filter(seen).filter(|fault| fault.applies_to(*kind)) {
            for (severity, item) in
                [Severity::Mild, Severity::Strong].into_iter().flat_map(|how| (0..FAULTY).map(move |at| (how, at)))
            {
                let good = Plan::good(SEED + 1, item, *kind);
                let photograph = Plan { width: 1600, height: 1200, fault, severity, ..good }.photograph()?;
                let photo = open(&photograph.bytes).ok_or("a simulated photo decodes")?;
                if count(&photo, kind.id(), &mut table).contains(kind) {
                    eprintln!("{kind} with {} ({}), photo {item}: contradicted", fault.id(), severity.id());
                }
            }
        }
    }
    Ok(table)
}

fn count_set(folder: &Path, table: &mut Table) -> Result<(), Box<dyn Error>> {
    for row in rows(&folder.join("labels.csv"))? {
        if let Some(photo) = row.photo()? {
            count(&photo, shown(row.cell("doc_type"), row.cell("labels")), table);
        }
    }
    Ok(())
}

/// The document type that the labels of a real photo name.
fn shown(doc_type: &str, labels: &str) -> &'static str {
    let is_back = doc_type.ends_with("back");
    match doc_type {
        "TD3" => "passport",
        "TD1" | "TD1_SHORT" => "id_card_back",
        "TD2" | "FRA_ID" => "id_card_front",
        "face" if labels.contains("faces=1") => "selfie",
        "face" => "several faces or none",
        _ if doc_type.starts_with("driving_licence") => "driver_license_front",
        _ if doc_type.starts_with("pp_") || doc_type.starts_with("passport") => "passport",
        _ if doc_type.contains("portrait") => "selfie",
        _ if doc_type.starts_with("id_card") || doc_type.starts_with("rp_card") => {
            if is_back {
                "id_card_back"
            } else {
                "id_card_front"
            }
        }
        _ => "other",
    }
}

/// Declares the photo as each type in turn, and counts what is said; the declarations that are contradicted.
fn count(photo: &Photo, shown: &str, table: &mut Table) -> Vec<DocumentType> {
    let mut contradicted = Vec::new();
    let Some((_, check)) = find("type_match") else { return contradicted };
    for declared in DocumentType::ALL {
        let scene = Scene::declared(photo, Some(declared));
        let said = match check.measure(&scene) {
            Ok(found) if found.number > 0.5 => 0,
            Ok(_) => 1,
            Err(_) => 2,
        };
        table.entry((shown.to_owned(), declared.id())).or_default()[said] += 1;
        if said == 1 {
            contradicted.push(declared);
        }
    }
    contradicted
}

fn print(title: &str, table: &Table) {
    println!("\n{title}: agrees / contradicts / says nothing\n");
    println!("| shows | {} |", DocumentType::ALL.map(DocumentType::id).join(" | "));
    println!("|---|{}", "---|".repeat(DocumentType::ALL.len()));
    let mut shown: Vec<&String> = table.keys().map(|(shown, _)| shown).collect();
    shown.dedup();
    for shown in shown {
        let cell = |declared: DocumentType| {
            let [agrees, contradicts, nothing] =
                table.get(&(shown.clone(), declared.id())).copied().unwrap_or_default();
            format!("{agrees} / {contradicts} / {nothing}")
        };
        println!("| {shown} | {} |", DocumentType::ALL.map(cell).join(" | "));
    }
}
