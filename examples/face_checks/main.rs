//! Counts faces and portraits found, missed and falsely found.
//!
//! `cargo run --release --no-default-features --example face_checks -- [--model FILE] DATA [SIMULATED/labels.csv …]`
//!
//! `DATA` holds the folders of real photos. With `--model FILE` before them, the model in the package of `rustface`, that crate
//! looks for faces as well. Prints Markdown tables; times are CPU times.
#![expect(clippy::print_stdout, reason = "a program that prints tables")]

mod clock;
mod documents;
#[path = "../shared/labels.rs"]
mod labels;
mod others;
mod people;
#[path = "../shared/photos.rs"]
mod photos;
mod reference;
mod simulated;
mod truth;

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut data = arguments.next().ok_or("the folder of real photos is missing")?;
    if data == "--model" {
        let model = arguments.next().ok_or("the file of the model is missing")?;
        data = arguments.next().ok_or("the folder of real photos is missing")?;
        reference::print(Path::new(&data), Path::new(&model))?;
    }
    let data = Path::new(&data);
    people::print(data)?;
    documents::print(data)?;
    others::print(data)?;
    for labels in arguments {
        simulated::print(Path::new(&labels))?;
    }
    Ok(())
}
