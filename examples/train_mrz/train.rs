//! The training loop: fresh lines in every batch, Adam, a learning rate that falls along a cosine.

use kyclint::scene::Strip;
use kyclint::scene::Window;
use rayon::prelude::*;

use crate::model::Gradient;
use crate::model::Layer;
use crate::model::Model;
use crate::recipe::Fault;
use crate::sample::Sample;

/// What a run is told.
#[derive(Clone, Debug)]
pub struct Plan {
    pub seed: u64,
    /// Of [`BATCH`] lines each.
    pub batches: usize,
    pub layers: Vec<Layer>,
    /// Share of each label that is spread over all classes.
    pub smoothing: f32,
    /// The highest learning rate.
    pub rate: f32,
}

/// Lines that one worker prints and learns from at a time, and lines in a batch.
const TOGETHER: usize = 4;
pub const BATCH: usize = 32;

/// Share of the batches in which the rate rises.
const WARM_UP: f32 = 0.02;

/// Batches between two reports.
const REPORT: usize = 100;

/// A network in training.
struct Learner {
    plan: Plan,
    model: Model,
    adam: Adam,
    /// Since the last report.
    sum: Gradient,
}

/// Trains networks on the same lines; they are the same whatever the number of threads. `report` is told, now and then, the
/// network's number, batches done, mean cross entropy and share of errors.
pub fn train(plans: &[Plan], report: &mut dyn FnMut(usize, usize, f32, f32)) -> Vec<Model> {
    let mut learners: Vec<Learner> = plans.iter().map(Learner::new).collect();
    let batches = plans.first().map_or(0, |plan| plan.batches);
    for batch in 0..batches {
        let parts: Vec<Vec<Gradient>> = (0..BATCH / TOGETHER)
            .into_par_iter()
            .map(|part| learn(&learners, (batch * BATCH + part * TOGETHER) as u64))
            .collect();
        for (number, learner) in learners.iter_mut().enumerate() {
            learner.step(parts.iter().map(|part| &part[number]), batch as f32 / batches as f32);
            if (batch + 1) % REPORT == 0 {
                let Gradient { loss, right, samples, .. } = learner.sum;
                report(number, batch + 1, loss / samples as f32, 1.0 - right as f32 / samples as f32);
                learner.sum = Gradient::default();
            }
        }
    }
    learners.into_iter().map(|learner| learner.model).collect()
}

impl Learner {
    fn new(plan: &Plan) -> Self {
        let model = Model::new(plan.layers.clone(), plan.seed);
        let adam = Adam::new(model.values.len());
        Self { plan: plan.clone(), model, adam, sum: Gradient::default() }
    }

    fn step<'a>(&mut self, parts: impl Iterator<Item = &'a Gradient>, done: f32) {
        let mut slopes = vec![0.0; self.model.values.len()];
        let mut samples = 0;
        for part in parts {
            slopes.iter_mut().zip(&part.values).for_each(|(sum, value)| *sum += value);
            samples += part.samples;
            self.sum.loss += part.loss;
            self.sum.right += part.right;
            self.sum.samples += part.samples;
        }
        let share = 1.0 / samples as f32;
        for slope in &mut slopes {
            *slope *= share;
        }
        self.adam.step(&mut self.model.values, &slopes, self.plan.rate * rate(done));
    }
}

/// What each network learns from some lines.
fn learn(learners: &[Learner], first: u64) -> Vec<Gradient> {
    let Some(seed) = learners.first().map(|learner| learner.plan.seed) else { return Vec::new() };
    let (mut seen, mut labels) = (Vec::new(), Vec::new());
    for index in first..first + TOGETHER as u64 {
        let sample = Sample::new(seed, index, Fault::Mixed);
        seen.extend(sample.strip.windows());
        labels.extend(sample.labels);
    }
    let learned = |learner: &Learner| {
        let columns = learner.plan.layers.first().map_or(Strip::WINDOW_COLUMNS, |layer| layer.columns());
        let inputs = seen.iter().flat_map(|window| middle(window, columns)).collect();
        learner.model.gradient(inputs, &labels, learner.plan.smoothing)
    };
    learners.iter().map(learned).collect()
}

/// The middle `columns` of a window.
pub fn middle(window: &Window, columns: usize) -> impl Iterator<Item = f32> + '_ {
    let left = (Strip::WINDOW_COLUMNS - columns) / 2;
    window.chunks_exact(Strip::WINDOW_COLUMNS).flat_map(move |row| row[left..left + columns].iter().copied())
}

/// The share of the learning rate after a share of the batches.
fn rate(done: f32) -> f32 {
    (done / WARM_UP).min(1.0) * 0.5 * (1.0 + libm::cosf(std::f32::consts::PI * done))
}

/// Kingma and Ba 2015.
struct Adam {
    mean: Vec<f32>,
    square: Vec<f32>,
    decay: [f32; 2],
}

const DECAY: [f32; 2] = [0.9, 0.999];

impl Adam {
    fn new(values: usize) -> Self {
        Self { mean: vec![0.0; values], square: vec![0.0; values], decay: [1.0; 2] }
    }

    fn step(&mut self, values: &mut [f32], slopes: &[f32], rate: f32) {
        for (decay, factor) in self.decay.iter_mut().zip(DECAY) {
            *decay *= factor;
        }
        let [mean_scale, square_scale] = self.decay.map(|decay| 1.0 / (1.0 - decay));
        let moments = self.mean.iter_mut().zip(&mut self.square);
        for ((value, slope), (mean, square)) in values.iter_mut().zip(slopes).zip(moments) {
            *mean += (1.0 - DECAY[0]) * (slope - *mean);
            *square += (1.0 - DECAY[1]) * (slope * slope - *square);
            *value -= rate * *mean * mean_scale / (libm::sqrtf(*square * square_scale) + 1e-8);
        }
    }
}
