use super::cells::Cells;

/// A place that no component holds.
const NONE: u32 = u32::MAX;

/// The components of cells at least as bright as a level, while that level falls: each cell joins those beside it once, in
/// a union-find forest (the component tree of Najman and Couprie 2006, of few levels).
///
/// Places are those of cells in a raster with a border of one on all sides.
pub(super) struct Components {
    width: u32,
    parents: Vec<u32>,
    sizes: Vec<u32>,
    /// The next place of the same component, in a ring.
    rings: Vec<u32>,
    roots: Vec<u32>,
}

impl Components {
    pub(super) fn new(cells: &Cells) -> Self {
        let places = (cells.width + 2) * (cells.height + 2);
        Self {
            width: cells.width as u32,
            parents: vec![NONE; places],
            sizes: vec![0; places],
            rings: vec![0; places],
            roots: Vec::new(),
        }
    }

    /// Adds these places, of which none may be there yet.
    pub(super) fn add(&mut self, places: &[u32]) {
        for &place in places {
            self.parents[place as usize] = place;
            self.sizes[place as usize] = 1;
            self.rings[place as usize] = place;
            let stride = self.width + 2;
            let mut root = place;
            for beside in [place - 1, place - stride, place + 1, place + stride] {
                if self.parents[beside as usize] != NONE {
                    root = self.unite(root, self.root(beside));
                }
            }
            if root == place {
                self.roots.push(place);
            }
        }
        self.roots.retain(|&root| self.parents[root as usize] == root);
    }

    /// A place of each component.
    pub(super) fn roots(&self) -> &[u32] {
        &self.roots
    }

    /// How many cells there are in the component with `place` in it.
    pub(super) fn size(&self, place: u32) -> usize {
        self.sizes[self.root(place) as usize] as usize
    }

    /// The cells of the component with `place` in it.
    pub(super) fn cells(&self, place: u32) -> Vec<u32> {
        let stride = self.width + 2;
        let mut cells = Vec::with_capacity(self.size(place));
        let mut at = place;
        loop {
            cells.push((at / stride - 1) * self.width + at % stride - 1);
            at = self.rings[at as usize];
            if at == place {
                return cells;
            }
        }
    }

    fn root(&self, mut place: u32) -> u32 {
        while self.parents[place as usize] != place {
            place = self.parents[place as usize];
        }
        place
    }

    /// Joins two roots; that of the larger component stays, so that ways to roots are short.
    fn unite(&mut self, one: u32, other: u32) -> u32 {
        if one == other {
            return one;
        }
        let is_larger = self.sizes[one as usize] > self.sizes[other as usize];
        let (kept, gone) = if is_larger { (one, other) } else { (other, one) };
        self.parents[gone as usize] = kept;
        self.sizes[kept as usize] += self.sizes[gone as usize];
        self.rings.swap(kept as usize, gone as usize);
        kept
    }
}

/// The places of the seen cells that reach each of `levels`, from the highest down, and not the one above.
pub(super) fn places<const LEVELS: usize>(cells: &Cells, levels: &[u8; LEVELS]) -> [Vec<u32>; LEVELS] {
    let ranks: [u8; 256] =
        std::array::from_fn(|sample| levels.iter().take_while(|&&level| sample < usize::from(level)).count() as u8);
    let mut places = [const { Vec::new() }; LEVELS];
    let rows = cells.paper.chunks_exact(cells.width).zip(cells.seen.chunks_exact(cells.width));
    for (y, (paper, seen)) in (1..).zip(rows) {
        let start = y * (cells.width as u32 + 2) + 1;
        for (place, (&sample, _)) in (start..).zip(paper.iter().zip(seen)).filter(|(_, (_, seen))| **seen) {
            if let Some(places) = places.get_mut(usize::from(ranks[usize::from(sample)])) {
                places.push(place);
            }
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::super::cells::Cells;
    use super::Components;
    use super::places;

    fn drawn(rows: &[&str]) -> Cells {
        let (width, height) = (rows[0].len(), rows.len());
        let paper: Vec<u8> = rows.iter().flat_map(|row| row.bytes().map(|byte| byte - b'0')).collect();
        let none = vec![0; width * height];
        Cells {
            width,
            height,
            pixels: 1,
            side: 1.0,
            mean: none.clone(),
            detail: none.clone(),
            steepest: none,
            colour: Vec::new(),
            printed: vec![false; width * height],
            seen: paper.iter().map(|sample| *sample != 1).collect(),
            paper,
        }
    }

    #[test]
    fn components_grow_together_as_the_level_falls() {
        let cells = drawn(&["90019", "95509", "00011"]);
        let [high, middle, low] = places(&cells, &[9, 5, 0]);
        let mut components = Components::new(&cells);
        components.add(&high);
        let sizes = |components: &Components| {
            let mut sizes: Vec<usize> = components.roots().iter().map(|&root| components.size(root)).collect();
            sizes.sort_unstable();
            sizes
        };
        assert_eq!(sizes(&components), [2, 2]);
        components.add(&middle);
        assert_eq!(sizes(&components), [2, 4]);
        let largest = components.roots().iter().copied().find(|&root| components.size(root) == 4).unwrap();
        let mut found = components.cells(largest);
        found.sort_unstable();
        assert_eq!(found, [0, 5, 6, 7]);
        components.add(&low);
        assert_eq!(sizes(&components), [12]);
        assert_eq!(components.size(largest), 12);
    }
}
