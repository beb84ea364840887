//! Connected components.

use super::Plane;

/// Pixels of one value that touch each other by a side or a corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Component {
    /// The first column.
    pub left: u32,
    /// The first row.
    pub top: u32,
    /// The column after the last.
    pub right: u32,
    /// The row after the last.
    pub bottom: u32,
    /// How many pixels there are.
    pub area: u32,
    /// Their value.
    pub value: u8,
}

impl Component {
    /// Columns.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.right - self.left
    }

    /// Rows.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.bottom - self.top
    }

    fn of_run(run: &Run, row: u32) -> Self {
        let Run { start, end, value, .. } = *run;
        Self { left: start, top: row, right: end, bottom: row + 1, area: end - start, value }
    }

    /// Adds a run of row `row`, the last one so far.
    fn add(&mut self, run: &Run, row: u32) {
        self.left = self.left.min(run.start);
        self.right = self.right.max(run.end);
        self.bottom = row + 1;
        self.area += run.end - run.start;
    }

    fn join(&mut self, other: &Self) {
        self.left = self.left.min(other.left);
        self.top = self.top.min(other.top);
        self.right = self.right.max(other.right);
        self.bottom = self.bottom.max(other.bottom);
        self.area += other.area;
    }
}

/// The components of `marks`, in order of their first pixel; pixels of value 0 belong to none.
///
/// Runs of each row are joined to those of the row above, with a union-find forest of labels (He et al. 2008).
///
/// ```
/// use kyclint::pixels::Plane;
/// use kyclint::pixels::components;
///
/// let marks = Plane::new(4, 3, vec![1, 0, 0, 2, 0, 1, 0, 2, 0, 0, 0, 2]);
/// let found = components(&marks);
/// assert_eq!(found.len(), 2);
/// assert_eq!((found[0].width(), found[0].height(), found[0].area), (2, 2, 2));
/// assert_eq!((found[1].value, found[1].left, found[1].bottom), (2, 3, 3));
/// ```
#[must_use]
pub fn components(marks: &Plane) -> Vec<Component> {
    let mut forest = Forest::default();
    let (mut above, mut here) = (Vec::new(), Vec::new());
    for (y, row) in (0..).zip(marks.rows()) {
        runs(row, &mut here);
        forest.add(y, &mut here, &above);
        std::mem::swap(&mut above, &mut here);
    }
    forest.into_components()
}

/// A run of pixels of one value in a row.
#[derive(Clone, Copy)]
struct Run {
    start: u32,
    end: u32,
    label: u32,
    value: u8,
}

/// No label yet.
const UNLABELLED: u32 = u32::MAX;

fn runs(row: &[u8], found: &mut Vec<Run>) {
    found.clear();
    let mut open = Run { start: 0, end: 0, label: UNLABELLED, value: 0 };
    let mut change = |at: usize, value: u8| {
        if open.value != 0 {
            found.push(Run { end: at as u32, ..open });
        }
        open = Run { start: at as u32, value, ..open };
    };
    let mut last = 0;
    for (block, samples) in row.chunks(64).enumerate() {
        let mut changes = changes(samples, last);
        while changes != 0 {
            let at = changes.trailing_zeros() as usize;
            change(64 * block + at, samples[at]);
            changes &= changes - 1;
        }
        last = samples[samples.len() - 1];
    }
    change(row.len(), 0);
}

/// Which of up to 64 `samples`, the first in the lowest bit, differ from the one before; `last` stands before the first.
fn changes(samples: &[u8], last: u8) -> u64 {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    // Gathers the lowest bits of eight bytes in the highest byte.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let (words, rest) = samples.as_chunks::<8>();
    let (mut found, mut last) = (0, u64::from(last));
    for (at, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let differences = word ^ (word << 8 | last);
        last = word >> 56;
        if differences != 0 {
            let highest = (((differences & LOW) + LOW) | differences) & !LOW;
            found |= ((highest >> 7).wrapping_mul(GATHER) >> 56) << (8 * at);
        }
    }
    for (at, &sample) in (8 * words.len()..).zip(rest) {
        found |= u64::from(u64::from(sample) != last) << at;
        last = u64::from(sample);
    }
    found
}

#[derive(Default)]
struct Forest {
    parents: Vec<u32>,
    trees: Vec<Component>,
}

impl Forest {
    /// Labels the runs of row `y` after those `above` that they touch.
    fn add(&mut self, y: u32, here: &mut [Run], above: &[Run]) {
        let mut first = 0;
        for run in here {
            let mut label = UNLABELLED;
            while first < above.len() && above[first].end < run.start {
                first += 1;
            }
            for other in above[first..].iter().take_while(|other| other.start <= run.end) {
                if other.value == run.value {
                    let root = self.root(other.label);
                    label = if label == UNLABELLED { root } else { self.unite(label, root) };
                }
            }
            if label == UNLABELLED {
                label = self.parents.len() as u32;
                self.parents.push(label);
                self.trees.push(Component::of_run(run, y));
            } else {
                self.trees[label as usize].add(run, y);
            }
            run.label = label;
        }
    }

    fn root(&mut self, mut label: u32) -> u32 {
        loop {
            let parent = self.parents[label as usize];
            if parent == label {
                return label;
            }
            let next = self.parents[parent as usize];
            self.parents[label as usize] = next;
            label = next;
        }
    }

    /// Joins two roots; the older one stays.
    fn unite(&mut self, one: u32, other: u32) -> u32 {
        let (kept, gone) = (one.min(other), one.max(other));
        if kept != gone {
            self.parents[gone as usize] = kept;
            let part = self.trees[gone as usize];
            self.trees[kept as usize].join(&part);
        }
        kept
    }

    fn into_components(self) -> Vec<Component> {
        let is_root = |(label, tree): (u32, Component)| (self.parents[label as usize] == label).then_some(tree);
        (0..).zip(self.trees).filter_map(is_root).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::components;
    use crate::pixels::Plane;

    fn drawn(rows: &[&str]) -> Plane {
        let samples = rows.iter().flat_map(|row| row.bytes().map(|b| if b == b'.' { 0 } else { b - b'0' })).collect();
        Plane::new(rows[0].len(), rows.len(), samples)
    }

    #[test]
    fn a_spiral_is_one_component() {
        let found = components(&drawn(&["1111111", "......1", "11111.1", "1...1.1", "1.111.1", "1.....1", "1111111"]));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].area, found[0].width(), found[0].height()), (31, 7, 7));
    }

    #[test]
    fn corners_touch_and_other_values_do_not() {
        let found = components(&drawn(&["1..2", ".12.", "1..2"]));
        assert_eq!(found.iter().map(|one| (one.value, one.area)).collect::<Vec<_>>(), [(1, 3), (2, 3)]);
    }

    #[test]
    fn the_same_components_as_of_imageproc() {
        let mut state = 7_u32;
        let samples: Vec<u8> = (0..61 * 47)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                u8::from(state >> 24 < 110)
            })
            .collect();
        let found = components(&Plane::new(61, 47, samples.clone()));
        let image = image::GrayImage::from_raw(61, 47, samples).unwrap();
        let labels = imageproc::region_labelling::connected_components(
            &image,
            imageproc::region_labelling::Connectivity::Eight,
            image::Luma([0]),
        );
        let mut areas = vec![0; labels.pixels().map(|label| label.0[0] as usize).max().unwrap()];
        labels.pixels().filter(|label| label.0[0] > 0).for_each(|label| areas[label.0[0] as usize - 1] += 1);
        assert_eq!(found.iter().map(|one| one.area).collect::<Vec<_>>(), areas);
    }

    #[test]
    fn runs_end_where_values_change_and_at_the_end_of_a_row() {
        let row: Vec<u8> = (0..131).map(|at| if at == 64 { 9 } else { at / 60 }).collect();
        let mut found = Vec::new();
        super::runs(&row, &mut found);
        let found: Vec<_> = found.iter().map(|run| (run.value, run.start, run.end)).collect();
        assert_eq!(found, [(1, 60, 64), (9, 64, 65), (1, 65, 120), (2, 120, 131)]);
    }

    #[test]
    fn empty_planes_have_none() {
        assert!(components(&Plane::default()).is_empty());
        assert!(components(&Plane::new(9, 1, vec![0; 9])).is_empty());
    }
}
