//! Which samples are bars.

use rxing::common::BitMatrix;

use crate::pixels::Plane;
use crate::pixels::local_levels;

/// Modules a side of the cells whose neighbourhoods have their own levels of black and white.
const CELL: f32 = 8.0;
/// Shares of a neighbourhood's samples that are darker than its ink and than its paper.
const LEVELS: [f32; 2] = [0.1, 0.9];
/// Grey levels between ink and paper at least.
const LEAST_CONTRAST: f32 = 8.0;
/// Modules over which the mean of a line is taken.
const WINDOW: f32 = 5.0;

/// Where `raster`, with modules `module` samples wide, is black.
///
/// The threshold lies halfway between the levels of ink and paper of the neighbourhood, moved by the share `local` towards the
/// mean of the line around a sample: blur lifts narrow bars among wide spaces above the middle, and this finds them (for 0 < `local`
/// < 1 the same as sharpening along the line).
pub(super) fn black(raster: &Plane, module: f32, local: f32) -> Option<BitMatrix> {
    let (width, height) = (raster.width(), raster.height());
    let mut matrix = BitMatrix::new(width as u32, height as u32).ok()?;
    let cells = [width, height].map(|length| ((length as f32 / (CELL * module)) as usize).max(1));
    let middles = middles(raster, cells);
    let reach = ((WINDOW * module / 2.0) as usize).max(1);
    let mut sums = Vec::with_capacity(width + 1);
    for (y, row) in raster.rows().enumerate() {
        let middles = &middles[y * cells[1] / height * cells[0]..][..cells[0]];
        running_sums(row, &mut sums);
        for (x, &sample) in row.iter().enumerate() {
            let (from, to) = (x.saturating_sub(reach), (x + reach + 1).min(width));
            let mean = (sums[to] - sums[from]) as f32 / (to - from) as f32;
            let middle = middles[x * cells[0] / width];
            if f32::from(sample) < middle + local * (mean - middle) {
                matrix.set(x as u32, y as u32);
            }
        }
    }
    Some(matrix)
}

/// The middle between ink and paper of each cell; below all samples where there is no ink.
fn middles(raster: &Plane, cells: [usize; 2]) -> Vec<f32> {
    let spans = vec![0..raster.width(); raster.height()];
    let [ink, paper] = LEVELS.map(|share| local_levels(raster, &spans, cells, share));
    let middle = |(ink, paper): (Option<f32>, Option<f32>)| match (ink, paper) {
        (Some(ink), Some(paper)) if paper - ink >= LEAST_CONTRAST => f32::midpoint(ink, paper),
        _ => -1.0,
    };
    ink.into_iter().zip(paper).map(middle).collect()
}

fn running_sums(row: &[u8], sums: &mut Vec<u32>) {
    sums.clear();
    sums.push(0);
    let mut sum = 0;
    sums.extend(row.iter().map(|&sample| {
        sum += u32::from(sample);
        sum
    }));
}

#[cfg(test)]
mod tests {
    use super::black;
    use crate::pixels::Plane;

    fn drawn(line: &[u8], local: f32) -> String {
        let raster = Plane::new(line.len(), 2, line.repeat(2));
        let matrix = black(&raster, 2.0, local).unwrap();
        (0..line.len() as u32).map(|x| if matrix.get(x, 1) { '#' } else { '.' }).collect()
    }

    #[test]
    fn what_is_darker_than_the_middle_is_black() {
        assert_eq!(drawn(&[200, 200, 20, 20, 200, 200, 20, 20], 0.0), "..##..##");
    }

    #[test]
    fn a_faint_narrow_bar_is_found_by_its_neighbours() {
        let line: Vec<u8> = [(20, 4), (200, 5), (130, 2), (200, 5), (20, 4)]
            .iter()
            .flat_map(|&(grey, long)| vec![grey; long])
            .collect();
        assert_eq!(drawn(&line, 0.0), "####............####");
        assert_eq!(drawn(&line, 0.7), "####.....##.....####");
    }

    #[test]
    fn an_even_raster_is_white() {
        assert_eq!(drawn(&[90; 12], 0.5), "............");
    }
}
