//! Products of matrices, row after row: `a` is rows x depth, `b` depth x columns.

const ROWS: usize = 4;
const COLUMNS: usize = 16;

/// Adds `a` times `b` to `sums`. Each sum is taken in the order of the depth, so it is the same on every machine.
pub fn multiply(a: &[f32], b: &[f32], sums: &mut [f32], depth: usize, columns: usize) {
    for (a, sums) in a.chunks(ROWS * depth).zip(sums.chunks_mut(ROWS * columns)) {
        let mut left = 0;
        while left < columns {
            let wide = columns - left >= COLUMNS;
            match (a.len() == ROWS * depth, wide) {
                (true, true) => block::<ROWS, COLUMNS>(a, b, sums, depth, columns, left),
                (true, false) => narrow_block::<ROWS>(a, b, sums, depth, columns, left),
                (false, true) => {
                    for (a, sums) in a.chunks(depth).zip(sums.chunks_mut(columns)) {
                        block::<1, COLUMNS>(a, b, sums, depth, columns, left);
                    }
                }
                (false, false) => {
                    for (a, sums) in a.chunks(depth).zip(sums.chunks_mut(columns)) {
                        narrow_block::<1>(a, b, sums, depth, columns, left);
                    }
                }
            }
            left += if wide { COLUMNS } else { narrow(columns - left) };
        }
    }
}

/// Columns taken at once where fewer than [`COLUMNS`] are left.
fn narrow(left: usize) -> usize {
    if left >= 8 { 8 } else { 1 }
}

fn narrow_block<const R: usize>(a: &[f32], b: &[f32], sums: &mut [f32], depth: usize, columns: usize, left: usize) {
    if narrow(columns - left) == 8 {
        block::<R, 8>(a, b, sums, depth, columns, left);
    } else {
        block::<R, 1>(a, b, sums, depth, columns, left);
    }
}

#[inline]
fn block<const R: usize, const C: usize>(
    a: &[f32],
    b: &[f32],
    sums: &mut [f32],
    depth: usize,
    columns: usize,
    left: usize,
) {
    let rows: [&[f32]; R] = std::array::from_fn(|row| &a[row * depth..(row + 1) * depth]);
    let mut block = [[0.0_f32; C]; R];
    for (at, line) in b.chunks_exact(columns).enumerate().take(depth) {
        let Some((line, _)) = line[left..].split_first_chunk::<C>() else { return };
        for (block, row) in block.iter_mut().zip(rows) {
            let value = row[at];
            for column in 0..C {
                block[column] += value * line[column];
            }
        }
    }
    for (row, block) in block.iter().enumerate() {
        let sums = &mut sums[row * columns + left..row * columns + left + C];
        sums.iter_mut().zip(block).for_each(|(sum, value)| *sum += value);
    }
}

/// Columns become rows.
pub fn transpose(a: &[f32], columns: usize) -> Vec<f32> {
    let rows = a.len() / columns;
    let mut out = vec![0.0; a.len()];
    for (y, row) in a.chunks_exact(columns).enumerate() {
        for (x, value) in row.iter().enumerate() {
            out[x * rows + y] = *value;
        }
    }
    out
}
