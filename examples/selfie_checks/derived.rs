//! Faces against what is derived from them: how well each check tells them apart.

use std::error::Error;
use std::path::PathBuf;

use kyclint::checks::Check;
use kyclint::verdict::CapturedFrame;

use crate::canvas::jpeg;
use crate::canvas::photo;
use crate::faces::Face;
use crate::kinds::AS_IS;
use crate::kinds::CONTROL;
use crate::kinds::KINDS;
use crate::kinds::Kind;
use crate::kinds::roll_of;
use crate::measures::Measure;
use crate::measures::Side;
use crate::measures::numbers;
use crate::prompts;
use crate::roc;
use crate::sets::Wanted;
use crate::sides;
use crate::sitter::Sitter;
use crate::tables::number;
use crate::tables::quantile;

/// Share of the controls that a limit warns of.
const FALSE_ALARMS: f64 = 0.05;
/// Error of the roll that is small, degrees.
const SMALL: f64 = 4.0;

/// What the checks say of one derived picture.
pub(crate) struct Taken {
    pub(crate) kind: &'static Kind,
    pub(crate) strength: usize,
    /// Whether the face was lit evenly before.
    is_even: bool,
    /// How far the face is turned, degrees clockwise.
    roll: f64,
    numbers: Vec<f64>,
    /// The picture as a frame of a capture of that face.
    pub(crate) frame: CapturedFrame,
}

pub(crate) fn report(wanted: &Wanted, faces: &[Face], checks: &[(&Measure, &Check)]) -> Result<(), Box<dyn Error>> {
    let folder = std::env::var_os("OVERLAYS").map(PathBuf::from);
    if let Some(folder) = &folder {
        std::fs::create_dir_all(folder)?;
    }
    let kinds: Vec<&Kind> = KINDS.iter().filter(|kind| kind.group == CONTROL || wanted.wants(kind.group)).collect();
    let (mut taken, mut sides) = (Vec::new(), sides::Table::wanted());
    for face in faces.iter().filter(|face| face.label.is_base()) {
        let (sitter, name) = (Sitter::new(face), face.label.name());
        for kind in &kinds {
            for strength in 0..kind.strengths {
                let mut random = Sitter::random(&name, kind.name, strength);
                let picture = (kind.make)(&sitter, strength, &mut random).developed(&mut random);
                let bytes = jpeg(&picture, random.between(80.0, 96.0) as u8)?;
                if let Some(folder) = &folder {
                    std::fs::write(folder.join(format!("{} {strength} {name}.jpg", kind.name)), &bytes)?;
                }
                let photo = photo(&bytes)?;
                let (numbers, frame) = (numbers(&photo, checks), prompts::frame(&name, &photo));
                sides.add(&name, kind, strength, &photo);
                let roll = f64::from(roll_of(kind, strength, face.points.roll()));
                let is_even = face.label.is_even();
                taken.push(Taken { kind, strength, is_even, roll, numbers, frame });
            }
        }
    }
    sides.write()?;
    for (at, (measure, _)) in checks.iter().enumerate() {
        table(at, measure, &kinds, &taken);
    }
    roll(&taken, checks);
    prompts::report(&taken);
    Ok(())
}

/// Numbers of a check turned so that faulty ones lie above.
struct Oriented<'a> {
    at: usize,
    measure: &'a Measure,
    taken: &'a [Taken],
}

impl Oriented<'_> {
    fn of(&self, is_chosen: impl Fn(&Taken) -> bool) -> Vec<f64> {
        let Measure { side, of_light, .. } = self.measure;
        let is_fit = |taken: &&Taken| !of_light || taken.is_even;
        let chosen = self.taken.iter().filter(|taken| is_chosen(taken)).filter(is_fit);
        let oriented = chosen.map(|taken| taken.numbers[self.at]).map(|value| match side {
            Side::Below => -value,
            Side::Above | Side::Either => value,
            Side::Away => value.abs(),
        });
        oriented.collect()
    }
}

fn table(at: usize, measure: &Measure, kinds: &[&'static Kind], taken: &[Taken]) {
    let oriented = Oriented { at, measure, taken };
    let as_they_are = oriented.of(|taken| taken.kind.name == AS_IS);
    let controls = oriented.of(|taken| match measure.controls {
        Some(names) => names.contains(&taken.kind.name),
        None => taken.kind.group == CONTROL,
    });
    let sign = if measure.side == Side::Below { -1.0 } else { 1.0 };
    let plain: Vec<f64> = controls.iter().map(|value| sign * value).collect();
    let quantiles = [0.05, 0.5, 0.95].map(|share| number(quantile(&plain, share))).join(", ");
    println!("\n## {}\n\nfaulty: {:?}; controls 5 %, median, 95 %: {}\n", measure.id, measure.side, quantiles);
    println!(
        "| derived | n | not assessed | median | AUC against as they are | AUC against controls | recall at 5 % false alarms | by strength |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for kind in kinds {
        let derived = oriented.of(|taken| std::ptr::eq(taken.kind, *kind));
        let absent = derived.iter().filter(|value| value.is_nan()).count();
        let by_strength: Vec<String> = (0..kind.strengths)
            .map(|strength| oriented.of(|taken| std::ptr::eq(taken.kind, *kind) && taken.strength == strength))
            .map(|derived| percent(recall(&derived, &controls, measure.side)))
            .collect();
        let name = if measure.kinds.contains(&kind.name) { format!("**{}**", kind.name) } else { kind.name.to_owned() };
        println!(
            "| {name} | {} | {} | {} | {} | {} | {} | {} |",
            derived.len(),
            percent(absent as f64 / derived.len() as f64),
            number(sign * quantile(&derived, 0.5)),
            area(&derived, &as_they_are, measure.side),
            area(&derived, &controls, measure.side),
            percent(recall(&derived, &controls, measure.side)),
            by_strength.join(" / ")
        );
    }
}

/// Area under the ROC curve; where either side may be faulty, the larger one and an arrow to where it lies.
fn area(derived: &[f64], others: &[f64], side: Side) -> String {
    let area = roc::area(derived, others);
    match side {
        Side::Either if area < 0.5 => format!("{:.3} ↓", 1.0 - area),
        Side::Either => format!("{area:.3} ↑"),
        _ => format!("{area:.3}"),
    }
}

/// The share of all derived pictures beyond the limit of which few controls are; those not assessed are not found.
fn recall(derived: &[f64], controls: &[f64], side: Side) -> f64 {
    let is_below = side == Side::Either && roc::area(derived, controls) < 0.5;
    let turned = |values: &[f64]| values.iter().map(|value| if is_below { -value } else { *value }).collect::<Vec<_>>();
    let limit = quantile(&turned(controls), 1.0 - FALSE_ALARMS);
    turned(derived).iter().filter(|value| **value > limit).count() as f64 / derived.len() as f64
}

fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}

/// The roll against that of the labels and of how far pictures were turned; a check that gives no sign is held against none.
fn roll(taken: &[Taken], checks: &[(&Measure, &Check)]) {
    let Some(at) = checks.iter().position(|(measure, _)| measure.id == "head_roll") else { return };
    let is_signed = taken.iter().any(|taken| taken.numbers[at] < 0.0);
    println!(
        "\n## Roll, error in degrees\n\n| pictures | n | not assessed | median | 90 % | within {SMALL}° |\n|---|---|---|---|---|---|"
    );
    for kind in &KINDS {
        let chosen = || taken.iter().filter(|taken| std::ptr::eq(taken.kind, kind));
        let error = |taken: &Taken| {
            let truth = if is_signed { taken.roll } else { taken.roll.abs() };
            (taken.numbers[at] - truth).abs()
        };
        let errors: Vec<f64> = chosen().map(error).collect();
        if errors.is_empty() {
            continue;
        }
        let absent = errors.iter().filter(|error| error.is_nan()).count();
        let small = errors.iter().filter(|error| **error <= SMALL).count();
        println!(
            "| {} | {} | {} | {} | {} | {} |",
            kind.name,
            errors.len(),
            percent(absent as f64 / errors.len() as f64),
            number(quantile(&errors, 0.5)),
            number(quantile(&errors, 0.9)),
            percent(small as f64 / errors.len() as f64)
        );
    }
}
