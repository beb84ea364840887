//! Labelled faces as they are: what each check says of each of them, by tone, and whether it sees where the nose points.

use std::error::Error;

use kyclint::checks::Check;

use crate::cameras::mirror;
use crate::canvas::Canvas;
use crate::canvas::jpeg;
use crate::canvas::photo;
use crate::faces::Face;
use crate::measures::Measure;
use crate::measures::numbers;
use crate::roc;
use crate::sitter::Sitter;
use crate::tables::number;
use crate::tables::quantile;

const QUALITY: u8 = 92;

pub(crate) fn report(faces: &[Face], checks: &[(&Measure, &Check)]) -> Result<(), Box<dyn Error>> {
    let mut said = Vec::new();
    for face in faces {
        said.push(numbers(&photo(&jpeg(&face.picture, QUALITY)?)?, checks));
    }
    let titles: Vec<&str> = checks.iter().map(|(measure, _)| measure.id).collect();
    println!(
        "\n## Labelled faces\n\n| face | glasses, hat, closed, mouth, nose, tone | eyes, px | {} |",
        titles.join(" | ")
    );
    println!("|---|---|---|{}", "---|".repeat(checks.len()));
    for (face, said) in faces.iter().zip(&said) {
        let label = &face.label;
        let attributes = format!(
            "{}, {}, {}, {}, {}, {}",
            label.glasses, label.hat, label.eyes_closed, label.mouth, label.yaw, label.tone
        );
        let cells: Vec<String> = said.iter().map(|value| number(*value)).collect();
        println!("| {} | {attributes} | {:.0} | {} |", label.name(), face.points.eyes(), cells.join(" | "));
    }
    by_tone(faces, &said, checks);
    size(faces, &said, checks);
    yaw(faces, &said, checks)
}

fn by_tone(faces: &[Face], said: &[Vec<f64>], checks: &[(&Measure, &Check)]) {
    println!("\n### Base faces by tone: median (least to most), not assessed\n\n| check | light | medium | dark |");
    println!("|---|---|---|---|");
    for (at, (measure, _)) in checks.iter().enumerate() {
        let cell = |tone: &str| {
            let chosen = faces.iter().zip(said).filter(|(face, _)| face.label.is_base() && face.label.tone == tone);
            let values: Vec<f64> = chosen.map(|(_, said)| said[at]).collect();
            let [least, median, most] = [0.0, 0.5, 1.0].map(|share| number(quantile(&values, share)));
            let absent = values.iter().filter(|value| value.is_nan()).count();
            format!("{median} ({least} to {most}), {absent} of {}", values.len())
        };
        println!("| {} | {} |", measure.id, ["light", "medium", "dark"].map(cell).join(" | "));
    }
}

/// How far `face_size` is off the labelled distance between the eyes.
fn size(faces: &[Face], said: &[Vec<f64>], checks: &[(&Measure, &Check)]) {
    let Some(at) = checks.iter().position(|(measure, _)| measure.id == "face_size") else { return };
    let ratios: Vec<f64> =
        faces.iter().zip(said).map(|(face, said)| said[at] / f64::from(face.points.eyes())).collect();
    let [low, median, high] = [0.1, 0.5, 0.9].map(|share| number(quantile(&ratios, share)));
    println!("\nface_size over the labelled distance of the eyes: median {median}, 10 % {low}, 90 % {high}");
}

/// The side to which the nose points, as they are and mirrored; and whether turned heads are told from frontal ones.
fn yaw(faces: &[Face], said: &[Vec<f64>], checks: &[(&Measure, &Check)]) -> Result<(), Box<dyn Error>> {
    let Some(at) = checks.iter().position(|(measure, _)| measure.id == "head_yaw") else { return Ok(()) };
    let (mut right, mut wrong, mut absent) = (0, 0, 0);
    let (mut turned, mut frontal) = (Vec::new(), Vec::new());
    for (face, said) in faces.iter().zip(said) {
        let mirrored = mirror(&Canvas::of(&face.picture));
        let mirrored = mirrored.developed(&mut Sitter::random(&face.label.name(), "yaw", 0));
        let mirrored = numbers(&photo(&jpeg(&mirrored, QUALITY)?)?, &checks[at..=at])[0];
        for (yaw, sign) in [(said[at], f64::from(face.label.yaw)), (mirrored, -f64::from(face.label.yaw))] {
            if sign == 0.0 {
                frontal.push(yaw.abs());
            } else {
                turned.push(yaw.abs());
            }
            match yaw * sign {
                agreement if agreement.is_nan() => absent += i32::from(sign != 0.0),
                agreement if agreement > 0.0 => right += 1,
                agreement if agreement < 0.0 => wrong += 1,
                _ => {}
            }
        }
    }
    println!("\nhead_yaw of turned heads: sign right {right}, wrong {wrong}, not assessed {absent}");
    println!(
        "\nhead_yaw, its size, turned heads against frontal ones: AUC {:.3}, medians {} and {}",
        roc::area(&turned, &frontal),
        number(quantile(&turned, 0.5)),
        number(quantile(&frontal, 0.5))
    );
    Ok(())
}
