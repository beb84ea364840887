//! What speaks for each hypothesis, and how right it is: what `tools/fit_quads.py` fits the weights of the library to.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;

use kyclint::geometry::Homography;
use kyclint::geometry::Point;
use kyclint::geometry::Quad;
use kyclint::geometry::area;
use kyclint::geometry::intersection;
use kyclint::photo::Photo;
use kyclint::scene::Scene;
use kyclint::scene::hypotheses;
use rayon::prelude::*;

use super::labels::Row;
use super::labels::Set;
use super::labels::Truth;
use super::measure::open;

/// One line a hypothesis (`h`, traits) and one a photo (`d`, signs of the likeliest document), each after set, photo and
/// the Jaccard index of what the frame shows; photos with a document that nobody marked are left out.
pub fn write(sets: &[Set], path: &Path) -> Result<(), Box<dyn Error>> {
    let rows: Vec<(&Set, &Row)> = sets.iter().flat_map(|set| set.rows.iter().map(move |row| (set, row))).collect();
    let lines: Vec<String> = rows.par_iter().filter_map(|(set, row)| lines(set, row)).collect();
    Ok(std::fs::write(path, lines.concat())?)
}

fn lines(set: &Set, row: &Row) -> Option<String> {
    let truth = match row.truth {
        Truth::Quad(quad) => Some(quad),
        Truth::Absent => None,
        Truth::Unmarked => return None,
    };
    let photo = open(&row.path)?;
    let right = |quad: &Quad| truth.as_ref().map_or(0.0, |truth| visible_jaccard(truth, quad, &photo));
    let mut text = String::new();
    for hypothesis in hypotheses(&photo) {
        let (quad, _) = hypothesis.refined(&photo);
        line(&mut text, 'h', set, row, right(&quad), &hypothesis.traits);
    }
    if let Some(document) = Scene::new(&photo).likeliest_document() {
        line(&mut text, 'd', set, row, right(&document.quad), &document.signs);
    }
    Some(text)
}

fn line(text: &mut String, kind: char, set: &Set, row: &Row, jaccard: f64, values: &[f32]) {
    let values: Vec<String> = values.iter().map(|value| format!("{value:.5}")).collect();
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{kind},{},{},{jaccard:.4},{}", set.name, row.name, values.join(","));
}

/// Of the parts within the frame, in the document's own coordinates.
fn visible_jaccard(truth: &Quad, found: &Quad, photo: &Photo) -> f64 {
    let (width, height) = photo.upright_size();
    let frame = Quad::rectangle(f64::from(width), f64::from(height));
    let Some(map) = Homography::between(truth, &Quad::rectangle(1.0, 1.0)) else { return 0.0 };
    let part = |quad: &Quad| -> Vec<Point> {
        intersection(quad.corners(), frame.corners()).into_iter().map(|corner| map.apply(corner)).collect()
    };
    let (one, other) = (part(truth), part(found));
    let common = area(&intersection(&one, &other));
    let both = area(&one) + area(&other) - common;
    if both > 0.0 { common / both } else { 0.0 }
}
