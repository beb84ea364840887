//! Networks that are raced on the same lines.

use std::fmt::Write as _;

use kyclint::scene::Network;
use kyclint::scene::Strip;

use crate::held_out;
use crate::held_out::Errors;
use crate::lines;
use crate::lines::Line;
use crate::model::Layer;
use crate::model::Model;
use crate::train::Plan;
use crate::train::middle;
use crate::train::train;

/// Kernel, stride and channels of a convolution.
type Convolution = [usize; 3];

/// The network that reads.
pub fn shipped() -> Vec<Layer> {
    network(Strip::WINDOW_COLUMNS, &[[5, 2, 8], [5, 2, 24]], 96)
}

/// Convolutions over the middle `columns` of the windows, then a dense layer of width `hidden`.
fn network(columns: usize, convolutions: &[Convolution], hidden: usize) -> Vec<Layer> {
    let (mut rows, mut columns, mut channels) = (Strip::HEIGHT, columns, 1);
    let mut layers = Vec::new();
    for &[kernel, stride, outputs] in convolutions {
        let layer = Layer::Convolution { rows, columns, channels, kernel, stride, outputs };
        [rows, columns] = layer.raster();
        channels = outputs;
        layers.push(layer);
    }
    layers.push(Layer::Dense { inputs: rows * columns * channels, outputs: hidden });
    layers.push(Layer::Dense { inputs: hidden, outputs: Network::CLASSES });
    layers
}

/// What is raced: name, layers and label smoothing.
fn runners() -> Vec<(&'static str, Vec<Layer>, f32)> {
    let (own, cell) = (Strip::WINDOW_COLUMNS, Strip::CELL);
    vec![
        ("multilayer perceptron", network(own, &[], 68), 0.0),
        ("one convolution", network(own, &[[5, 2, 8]], 48), 0.0),
        ("**two convolutions**", shipped(), 0.0),
        ("… labels smoothed by 3 %", shipped(), 0.03),
        ("… without neighbours", network(cell, &[[5, 2, 8], [5, 2, 24]], 128), 0.0),
        ("… 12 and 32 channels, 3 x 3 the second", network(own, &[[5, 2, 12], [3, 2, 32]], 64), 0.0),
    ]
}

/// Trains all, for as many batches each, and tells how they do.
pub fn run(seed: u64, batches: usize, lines: &[Line]) -> String {
    let runners = runners();
    let plan = |layers: &[Layer], smoothing| Plan { seed, batches, layers: layers.to_vec(), smoothing, rate: 0.003 };
    let plans: Vec<Plan> = runners.iter().map(|(_, layers, smoothing)| plan(layers, *smoothing)).collect();
    let models = train(&plans, &mut |number, batch, entropy, _| {
        eprintln!("{}: {batch} of {batches} batches, cross entropy {entropy:.4}", runners[number].0);
    });
    let mut table = String::from(
        "| network | weights | multiplications | held-out glyphs wrong % | taken for none % | blanks read % | cross entropy | real lines wrong % |\n\
         |---|---|---|---|---|---|---|---|\n",
    );
    for ((name, ..), model) in runners.iter().zip(&models) {
        table += &row(name, model, lines);
    }
    table
}

fn row(name: &str, model: &Model, lines: &[Line]) -> String {
    let mut cooled = model.clone();
    cooled.cool(held_out::temperature(&|strip| scores(model, strip)));
    let scorer = |strip: &Strip| scores(&cooled, strip);
    let all = held_out::errors(&scorer, held_out::LINES / 3).iter().map(|(_, errors)| *errors).sum::<Errors>();
    let real = lines::errors(&scorer, lines);
    let mut row = String::new();
    let _ = writeln!(
        row,
        "| {name} | {} | {} | {:.2} | {:.2} | {:.1} | {:.4} | {:.3} |",
        model.values.len(),
        model.multiplications(),
        all.wrong_percent(),
        all.missed_percent(),
        all.invented_percent(),
        all.mean_entropy(),
        real.wrong_percent(),
    );
    row
}

/// The scores a network in training gives each cell of a strip.
pub fn scores(model: &Model, strip: &Strip) -> Vec<f32> {
    let columns = model.layers.first().map_or(Strip::WINDOW_COLUMNS, |layer| layer.columns());
    model.scores(strip.windows().iter().flat_map(|window| middle(window, columns)).collect())
}
