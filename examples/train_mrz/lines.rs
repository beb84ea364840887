//! Real lines with their text: cut by a comb over their connected components and read.

use std::error::Error;
use std::path::Path;

use kyclint::pixels::Plane;
use kyclint::scene::Strip;
use rayon::prelude::*;
use serde::Deserialize;

use crate::held_out::Errors;
use crate::held_out::Scorer;
use crate::raster::Raster;
use crate::sample::label;

#[derive(Deserialize)]
struct Label {
    path: String,
    text: String,
}

/// A line of the set and its text.
pub struct Line {
    pub strip: Strip,
    pub text: String,
}

/// The lines of a folder with a `labels.csv`.
pub fn read(folder: &Path) -> Result<Vec<Line>, Box<dyn Error>> {
    let file = folder.join("labels.csv");
    let mut reader = csv::Reader::from_path(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let labels: Vec<Label> = reader.deserialize().collect::<Result<_, _>>()?;
    labels
        .into_par_iter()
        .map(|label| {
            let path = folder.join(&label.path);
            let photo = image::open(&path).map_err(|error| format!("{}: {error}", path.display()))?.into_luma8();
            let strip = cut(&photo, label.text.len()).ok_or_else(|| format!("{}: no line found", path.display()))?;
            Ok(Line { strip, text: label.text })
        })
        .collect::<Result<_, String>>()
        .map_err(Into::into)
}

/// What `scorer` makes of the lines.
pub fn errors(scorer: Scorer, lines: &[Line]) -> Errors {
    let count = |line: &Line| {
        let labels: Vec<u8> = line.text.bytes().map(label).collect();
        Errors::count(&scorer(&line.strip), &labels)
    };
    let parts: Vec<Errors> = lines.par_iter().map(count).collect();
    parts.into_iter().sum()
}

/// The strip of a tight crop of `cells` characters, each of which is one component at least.
fn cut(photo: &image::GrayImage, cells: usize) -> Option<Strip> {
    let values = photo.as_raw().iter().map(|&sample| f32::from(sample)).collect();
    let raster = Raster { width: photo.width() as usize, height: photo.height() as usize, values };
    let spans = spans(&raster);
    let middles: Vec<f32> = spans.iter().map(|span| f32::midpoint(span.left as f32, span.right as f32)).collect();
    let [start, pitch] = comb(&middles, cells)?;
    let strays = strays(&middles, [start, pitch], cells);
    let capitals = spans.iter().map(|span| span.bottom - span.top).max()? * 4 / 5;
    let tall: Vec<&Span> = spans.iter().filter(|span| span.bottom - span.top >= capitals).collect();
    let foot = median(tall.iter().map(|span| span.bottom as f32).collect())?;
    let (width, height) = ((cells + 2) * Strip::CELL, Strip::HEIGHT);
    let scale = pitch / Strip::CELL as f32;
    let sample = |at: usize| {
        let (column, row) = ((at % width) as f32 + 0.5, (at / width) as f32 + 0.5);
        let cell = column / Strip::CELL as f32 - 1.5;
        let x = start + cell * pitch + stray(&strays, cell);
        let y = foot + (row - Strip::FOOT) * scale;
        let is_inside = x >= 0.0 && y >= 0.0 && x < raster.width as f32 && y < raster.height as f32;
        if is_inside { raster.linear([x, y]).round() as u8 } else { u8::MAX }
    };
    let luma = Plane::new(width, height, (0..width * height).map(sample).collect());
    Some(Strip { luma, cells })
}

/// Columns with ink between columns without.
struct Span {
    left: usize,
    right: usize,
    top: usize,
    bottom: usize,
}

const INK: f32 = 128.0;

fn spans(raster: &Raster) -> Vec<Span> {
    let is_ink = |x: usize, y: usize| raster.values[y * raster.width + x] < INK;
    let mut spans: Vec<Span> = Vec::new();
    for x in 0..raster.width {
        let rows: Vec<usize> = (0..raster.height).filter(|&y| is_ink(x, y)).collect();
        let (Some(&first), Some(&last)) = (rows.first(), rows.last()) else { continue };
        match spans.last_mut().filter(|span| span.right == x) {
            Some(span) => {
                span.right = x + 1;
                span.top = span.top.min(first);
                span.bottom = span.bottom.max(last + 1);
            }
            None => spans.push(Span { left: x, right: x + 1, top: first, bottom: last + 1 }),
        }
    }
    spans
}

/// Middle of the first cell, and pitch: the straight line through middles and numbers of the cells with the least squares.
fn comb(middles: &[f32], cells: usize) -> Option<[f32; 2]> {
    let (first, last) = (*middles.first()?, *middles.last()?);
    let mut comb = [first, (last - first) / (cells.max(2) - 1) as f32];
    for _ in 0..3 {
        let number = |middle: f32| ((middle - comb[0]) / comb[1]).round();
        comb = straight(middles.iter().map(|&middle| [number(middle), middle]))?;
    }
    Some(comb)
}

/// Cells on either side whose strays are averaged.
const NEAR: usize = 2;

/// How far characters lie from the comb around each cell: these lines are set with letters of their own widths.
fn strays(middles: &[f32], [start, pitch]: [f32; 2], cells: usize) -> Vec<f32> {
    let mut own: Vec<Option<f32>> = vec![None; cells];
    for middle in middles {
        let number = ((middle - start) / pitch).round();
        if let Some(cell) = own.get_mut(number as usize) {
            *cell = Some(middle - start - number * pitch);
        }
    }
    (0..cells)
        .map(|cell| {
            let near = own[cell.saturating_sub(NEAR)..(cell + NEAR + 1).min(cells)].iter().flatten();
            near.clone().sum::<f32>() / near.count().max(1) as f32
        })
        .collect()
}

fn stray(strays: &[f32], cell: f32) -> f32 {
    let place = cell.clamp(0.0, (strays.len() - 1) as f32);
    let (left, right) = (place as usize, (place as usize + 1).min(strays.len() - 1));
    strays[left] + (strays[right] - strays[left]) * (place - left as f32)
}

/// Least squares: value at 0, and slope.
fn straight(points: impl Iterator<Item = [f32; 2]> + Clone) -> Option<[f32; 2]> {
    let count = points.clone().count() as f32;
    let mean = |axis: usize| points.clone().map(|point| point[axis]).sum::<f32>() / count;
    let [x, y] = [mean(0), mean(1)];
    let spread: f32 = points.clone().map(|point| (point[0] - x) * (point[0] - x)).sum();
    let slope = points.map(|point| (point[0] - x) * (point[1] - y)).sum::<f32>() / spread;
    slope.is_finite().then_some([y - slope * x, slope])
}

fn median(mut values: Vec<f32>) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}
