/// Cells that hang together by their sides.
#[derive(Clone, Debug, PartialEq)]
pub struct Patch {
    /// How many there are.
    pub cells: usize,
    /// A polygon around them, in cells from the top left corner of the grid: along the outermost cells of each row.
    pub outline: Vec<[usize; 2]>,
}

/// The patches of a grid of `columns` whose cells are `marked`, largest first.
///
/// ```
/// let found = kyclint::pixels::patches(3, &[true, true, false, false, false, true]);
/// assert_eq!(found[0].cells, 2);
/// assert_eq!(found[0].outline, [[0, 0], [2, 0], [2, 1], [0, 1]]);
/// assert_eq!(found[1].cells, 1);
/// ```
#[must_use]
pub fn patches(columns: usize, marked: &[bool]) -> Vec<Patch> {
    let mut left = marked.to_vec();
    let mut found = Vec::new();
    for start in 0..marked.len() {
        if left[start] {
            found.push(patch(columns, &mut left, start));
        }
    }
    found.sort_by_key(|patch: &Patch| std::cmp::Reverse(patch.cells));
    found
}

/// Takes the patch around `start` out of `left`.
fn patch(columns: usize, left: &mut [bool], start: usize) -> Patch {
    let mut spans: std::collections::BTreeMap<usize, [usize; 2]> = std::collections::BTreeMap::new();
    let (mut waiting, mut cells) = (vec![start], 0);
    left[start] = false;
    while let Some(at) = waiting.pop() {
        let (column, row) = (at % columns, at / columns);
        cells += 1;
        let span = spans.entry(row).or_insert([column, column + 1]);
        *span = [span[0].min(column), span[1].max(column + 1)];
        let beside = [(column > 0).then(|| at - 1), (column + 1 < columns).then_some(at + 1)];
        for next in beside.into_iter().chain([at.checked_sub(columns), Some(at + columns)]).flatten() {
            if left.get(next).copied().unwrap_or(false) {
                left[next] = false;
                waiting.push(next);
            }
        }
    }
    let down = |side: usize| spans.iter().flat_map(move |(&row, span)| [[span[side], row], [span[side], row + 1]]);
    let mut outline: Vec<[usize; 2]> = down(1).collect();
    outline.extend(down(0).collect::<Vec<_>>().into_iter().rev());
    Patch { cells, outline: without_straight(outline) }
}

/// The polygon, from its top left on, without the points in the middle of straight lines.
fn without_straight(mut outline: Vec<[usize; 2]>) -> Vec<[usize; 2]> {
    outline.rotate_right(1);
    outline.dedup();
    let count = outline.len();
    let turns = |at: usize| {
        let [before, here, after] = [count - 1, 0, 1].map(|step| outline[(at + step) % count]);
        !(0..2).any(|axis| before[axis] == here[axis] && here[axis] == after[axis])
    };
    (0..count).filter(|&at| turns(at)).map(|at| outline[at]).collect()
}

#[cfg(test)]
mod tests {
    use super::patches;

    #[test]
    fn a_corner_has_six_corners() {
        let found = patches(2, &[true, false, true, false, true, true]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].outline, [[0, 0], [1, 0], [1, 2], [2, 2], [2, 3], [0, 3]]);
    }

    #[test]
    fn cells_that_touch_at_corners_are_apart() {
        assert_eq!(patches(2, &[true, false, false, true]).len(), 2);
        assert_eq!(patches(0, &[]), []);
    }
}
