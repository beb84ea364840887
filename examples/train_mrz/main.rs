//! Trains the network that reads the glyphs of machine-readable zones, and holds it against what it never saw.
//!
//! ```text
//! cargo run --release --no-default-features --features synth --example train_mrz -- TASK [--lines FOLDER] [--batches N]
//! ```
//!
//! Tasks: `train` prints, photographs and cuts lines, trains on them, and writes `src/scene/mrz/weights.bin` with its report
//! `weights.md`; `verify` counts the shipped weights' errors anew and fails where the report says otherwise; `race` trains other
//! networks on the same lines, fewer of them, and prints how they compare. With `--lines` real lines count too: a folder whose
//! `labels.csv` has the columns `path` and `text`. The same seed gives the same weights, whatever the number of threads.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program that prints tables and how far it is")]

mod held_out;
mod lines;
mod matrix;
mod model;
mod photograph;
mod print;
mod race;
mod random;
mod raster;
mod recipe;
mod report;
mod sample;
mod train;

use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use kyclint::scene::Network;
use kyclint::scene::Strip;

use crate::lines::Line;
use crate::model::Layer;
use crate::model::Model;
use crate::train::Plan;
use crate::train::train;

/// What the command line says.
struct Arguments {
    task: String,
    lines: Option<PathBuf>,
    batches: Option<usize>,
}

/// The run that made the shipped weights.
const SEED: u64 = 1;
const BATCHES: usize = 1500;
const RATE: f32 = 0.003;

/// Batches of a race.
const RACE_BATCHES: usize = 300;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse(std::env::args().skip(1))?;
    let lines = arguments.lines.as_deref().map(lines::read).transpose()?.unwrap_or_default();
    match arguments.task.as_str() {
        "train" => make(arguments.batches.unwrap_or(BATCHES), &lines),
        "verify" => verify(&lines),
        "race" => {
            print!("{}", race::run(SEED, arguments.batches.unwrap_or(RACE_BATCHES), &lines));
            Ok(())
        }
        other => Err(format!("{other}: no such task; there are train, verify and race").into()),
    }
}

impl Arguments {
    fn parse(mut words: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let task = words.next().ok_or("name a task: train, verify or race")?;
        let mut arguments = Self { task, lines: None, batches: None };
        while let Some(word) = words.next() {
            let value = words.next().ok_or_else(|| format!("{word}: a value is missing"))?;
            match word.as_str() {
                "--lines" => arguments.lines = Some(value.into()),
                "--batches" => arguments.batches = Some(value.parse().map_err(|error| format!("{value}: {error}"))?),
                _ => return Err(format!("{word}: no such option").into()),
            }
        }
        Ok(arguments)
    }
}

/// Trains the network and writes it with its report.
fn make(batches: usize, lines: &[Line]) -> Result<(), Box<dyn Error>> {
    let plan = Plan { seed: SEED, batches, layers: race::shipped(), smoothing: 0.0, rate: RATE };
    if !plan.layers.iter().map(|layer: &Layer| layer.shape()).eq(Network::SHAPE) {
        return Err("the network in training and the one that reads differ in shape".into());
    }
    let start = Instant::now();
    let mut models = train(&[plan], &mut |_, batch, entropy, wrong| {
        eprintln!("{batch} of {batches} batches: cross entropy {entropy:.4}, {:.2} % wrong", 100.0 * wrong);
    });
    let mut model = models.pop().ok_or("nothing was trained")?;
    let seconds = start.elapsed().as_secs();
    let temperature = held_out::temperature(&|strip| race::scores(&model, strip));
    model.cool(temperature);
    let file = Network::file(&model.values);
    let run = report::run(SEED, batches, seconds, temperature, &file);
    let accuracy = accuracy(&file, lines)?;
    fs::write(report::weights(), &file)?;
    fs::write(report::text(), format!("{run}{accuracy}"))?;
    print!("{run}{accuracy}");
    Ok(())
}

/// Counts the shipped weights' errors again.
fn verify(lines: &[Line]) -> Result<(), Box<dyn Error>> {
    let accuracy = accuracy(Network::SHIPPED, lines)?;
    print!("{accuracy}");
    let text = fs::read_to_string(report::text())?;
    match accuracy.lines().find(|line| !text.lines().any(|other| other == *line)) {
        Some(line) => Err(format!("{} says otherwise than: {line}", report::text().display()).into()),
        None => Ok(()),
    }
}

/// The tables of errors of a file of weights.
fn accuracy(file: &[u8], lines: &[Line]) -> Result<String, Box<dyn Error>> {
    let network = Network::read(file.try_into()?);
    let scorer = |strip: &Strip| network.scores(&strip.windows()).as_flattened().to_vec();
    Ok(report::accuracy(&held_out::errors(&scorer, held_out::LINES), &lines::errors(&scorer, lines)))
}

impl Model {
    /// Divides all scores by `temperature`.
    fn cool(&mut self, temperature: f32) {
        let last = self.layers.last().map_or(0, |layer| layer.values());
        let start = self.values.len() - last;
        self.values[start..].iter_mut().for_each(|value| *value /= temperature);
    }
}
