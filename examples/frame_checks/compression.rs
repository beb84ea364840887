//! The race of ways to weigh the cues of `recompression`, and the fit of its weights.

use kyclint::checks::RecompressionCues as Cues;

use super::pipelines::Kind;

/// The cues of one derived file.
pub struct Row {
    pub scene: String,
    pub recipe: &'static str,
    pub kind: Kind,
    pub cues: [f64; CUES],
    /// What the check says.
    pub number: f64,
}

const CUES: usize = Cues::NAMES.len();
const FOLDS: usize = 5;
/// The default band of the check.
const REVIEW: f64 = 0.6;
const REJECT: f64 = 0.97;
/// Cues read from the pixels; the others come from the file.
const PIXEL_CUES: [&str; 2] = ["double_quantised", "foreign_grid"];

/// Bias and weights of a logistic model.
#[derive(Clone, Debug)]
struct Model {
    bias: f64,
    weights: [f64; CUES],
}

/// Prints the race, the recall of each recipe and the fitted weights.
pub fn race(rows: &[Row]) {
    println!("| method | AUC | recall at 2 % false alarms | camera q >= 85 with EXIF found |\n|---|---|---|---|");
    for (index, name) in Cues::NAMES.iter().enumerate() {
        score(&format!("cue `{name}` alone"), rows, |row| row.cues[index]);
    }
    score("mean of all cues", rows, |row| row.cues.iter().sum::<f64>() / CUES as f64);
    let file: Vec<bool> = Cues::NAMES.iter().map(|name| !PIXEL_CUES.contains(name)).collect();
    let folds = |used: &[bool]| -> Vec<Model> { (0..FOLDS).map(|fold| fit(rows, used, Some(fold))).collect() };
    let (by_file, by_all) = (folds(&file), folds(&[true; CUES]));
    score("logistic, cues of the file", rows, |row| by_file[fold(&row.scene)].number(&row.cues));
    score("logistic, all cues", rows, |row| by_all[fold(&row.scene)].number(&row.cues));
    score("the check as built in", rows, |row| row.number);
    print_recipes(rows, &by_all);
    let model = fit(rows, &[true; CUES], None);
    println!("\nbias {:.2}", model.bias);
    Cues::NAMES.iter().zip(model.weights).for_each(|(name, weight)| println!("{name} {weight:.2}"));
}

fn score(method: &str, rows: &[Row], number: impl Fn(&Row) -> f64) {
    let of = |kinds: &[Kind]| -> Vec<f64> { rows.iter().filter(|r| kinds.contains(&r.kind)).map(&number).collect() };
    let (clean, found) = (of(&[Kind::Camera, Kind::Plain]), of(&[Kind::Messenger]));
    let limit = quantile(&clean, 0.98);
    let recall = share(&found, |n| n > limit);
    let camera = share(&of(&[Kind::Camera]), |n| n > limit.max(REVIEW));
    println!("| {method} | {:.3} | {recall:.3} | {camera:.3} |", area(&clean, &found));
}

fn print_recipes(rows: &[Row], folds: &[Model]) {
    println!(
        "\n| file | n | median number | 5th–95th percentile | review | reject | model out of fold |\n|---|---|---|---|---|---|---|"
    );
    let mut recipes: Vec<(&str, Kind)> = Vec::new();
    for row in rows {
        if !recipes.contains(&(row.recipe, row.kind)) {
            recipes.push((row.recipe, row.kind));
        }
    }
    for (recipe, kind) in recipes {
        let of: Vec<&Row> = rows.iter().filter(|row| row.recipe == recipe).collect();
        let numbers: Vec<f64> = of.iter().map(|row| row.number).collect();
        let model: Vec<f64> = of.iter().map(|row| folds[fold(&row.scene)].number(&row.cues)).collect();
        println!(
            "| {kind:?}: {recipe} | {} | {:.2} | {:.2}–{:.2} | {:.2} | {:.2} | {:.2} |",
            of.len(),
            quantile(&numbers, 0.5),
            quantile(&numbers, 0.05),
            quantile(&numbers, 0.95),
            share(&numbers, |n| n > REVIEW),
            share(&numbers, |n| n > REJECT),
            quantile(&model, 0.5),
        );
    }
}

impl Model {
    fn number(&self, cues: &[f64; CUES]) -> f64 {
        let sum: f64 = self.weights.iter().zip(cues).map(|(weight, cue)| weight * cue).sum();
        1.0 / (1.0 + (-self.bias - sum).exp())
    }
}

/// Where nothing speaks for a second compression. Fixed, so that the bounds of the weights are too.
const BIAS: f64 = -8.0;
/// No weight lifts a file that shows nothing else above the even score.
const LARGEST_WEIGHT: f64 = 7.0;

/// Logistic regression of the weights, none negative, with a ridge, by projected gradient descent.
fn fit(rows: &[Row], used: &[bool], left_out: Option<usize>) -> Model {
    let rows: Vec<&Row> =
        rows.iter().filter(|row| row.kind != Kind::Kept && Some(fold(&row.scene)) != left_out).collect();
    let positive = |row: &Row| matches!(row.kind, Kind::Messenger | Kind::Resaved);
    let positives = rows.iter().filter(|row| positive(row)).count().max(1);
    let weight_of = [0.5 / (rows.len() - positives).max(1) as f64, 0.5 / positives as f64];
    let mut model = Model { bias: BIAS, weights: [1.0; CUES] };
    for _ in 0..6000 {
        let mut slope = [0.0; CUES];
        for row in &rows {
            let truth = f64::from(u8::from(positive(row)));
            let error = (model.number(&row.cues) - truth) * weight_of[usize::from(positive(row))];
            slope.iter_mut().zip(row.cues).for_each(|(sum, cue)| *sum += error * cue);
        }
        for (index, weight) in model.weights.iter_mut().enumerate() {
            let step = *weight - 4.0 * (slope[index] + 0.0005 * *weight);
            *weight = if used[index] { step.clamp(0.0, LARGEST_WEIGHT) } else { 0.0 };
        }
    }
    model
}

/// The fold of a scene: all photos of a scene fall into one.
fn fold(scene: &str) -> usize {
    scene.bytes().fold(7_usize, |hash, byte| hash.wrapping_mul(31).wrapping_add(usize::from(byte))) % FOLDS
}

/// The area under the ROC curve: how often a number of `found` is above one of `clean`.
pub fn area(clean: &[f64], found: &[f64]) -> f64 {
    let wins = |a: f64, b: f64| {
        if a > b {
            1.0
        } else if a < b {
            0.0
        } else {
            0.5
        }
    };
    let sum: f64 = found.iter().map(|&a| clean.iter().map(|&b| wins(a, b)).sum::<f64>()).sum();
    sum / (clean.len() * found.len()).max(1) as f64
}

pub fn quantile(numbers: &[f64], share: f64) -> f64 {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(((sorted.len() as f64 - 1.0) * share).round() as usize).copied().unwrap_or(f64::NAN)
}

fn share(numbers: &[f64], holds: impl Fn(f64) -> bool) -> f64 {
    numbers.iter().filter(|&&number| holds(number)).count() as f64 / numbers.len().max(1) as f64
}
