//! What speaks for a quad being the document's border, in numbers.

use super::edges::EdgePoint;
use super::profile::Evidence;
use super::propose::Candidate;
use super::propose::Proposal;

/// The traits of a hypothesis, in order, and what each counts in its score. The weights maximise the likelihood of right
/// hypotheses over the wrong ones of the same photo (conditional logit of 1974 by Daniel `McFadden`), over real, derived and simulated
/// photos: `tools/fit_quads.py`.
pub const TRAITS: [(&str, f32); 25] = [
    ("support", 1.906),
    ("support_squared", 1.61),
    ("weakest_side", 0.8644),
    ("second_weakest_side", 1.284),
    ("weakest_times_support", 1.32),
    ("support_beyond_corners", -10.64),
    ("support_at_corners", 2.435),
    ("log_area", 0.5067),
    ("log_area_below_third", 0.6944),
    ("visible_share", 8.386),
    ("frame_sides", -0.2999),
    ("any_frame_side", -0.04018),
    ("common_step", 0.2169),
    ("mean_step", 0.687),
    ("spread_inside", 0.09138),
    ("detail_inside", 0.3636),
    ("detail_outside", -1.022),
    ("texture_outside", -0.07343),
    ("off_centre", -7.424),
    ("off_aspect", -4.228),
    ("opposite_sides", -0.8908),
    ("off_square", -2.744),
    ("weakest_quarter", 1.987),
    ("better_outside", -1.133),
    ("first_score", 1.956),
];

/// The values of [`TRAITS`].
pub type Traits = [f32; TRAITS.len()];

/// The weighted sum of the traits; only differences between hypotheses of one photo have a meaning.
pub(super) fn score(traits: &Traits) -> f32 {
    TRAITS.iter().zip(traits).map(|((_, weight), value)| weight * value).sum()
}

/// Colour steps across the border count up to this many grey levels.
const LARGEST_STEP: f32 = 60.0;

/// The traits of every proposal.
pub(super) fn traits(
    proposals: &[Proposal],
    candidates: &[Candidate],
    evidence: &Evidence,
    detail: &Detail,
) -> Vec<Traits> {
    let outlines: Vec<Outline> = proposals.iter().map(|proposal| Outline(proposal.corners)).collect();
    (0..proposals.len())
        .map(|at| {
            let better = better_outside(proposals, &outlines, at);
            let (proposal, outline) = (&proposals[at], &outlines[at]);
            let sides = Sides::of(proposal, candidates);
            let colours = Colours::across(proposal, candidates, evidence);
            let detail = detail.densities(outline);
            assemble(proposal, outline, &sides, &colours, detail, better, frame_size(evidence))
        })
        .collect()
}

fn frame_size(evidence: &Evidence) -> [f32; 2] {
    [evidence.gradients[0].width as f32, evidence.gradients[0].height as f32]
}

fn assemble(
    proposal: &Proposal,
    outline: &Outline,
    sides: &Sides,
    colours: &Colours,
    (inside, outside): (f32, f32),
    better: f32,
    [width, height]: [f32; 2],
) -> Traits {
    let log_area = (outline.area() / (width * height)).max(1e-3).ln();
    let [x, y] = outline.centre();
    [
        sides.support,
        sides.support * sides.support,
        sides.ranked[0],
        sides.ranked[1],
        sides.ranked[0] * sides.support,
        sides.beyond,
        sides.at_corners,
        log_area,
        log_area.min(-1.0),
        sides.visible,
        sides.frames,
        sides.frames.min(1.0),
        colours.common,
        colours.mean,
        colours.spread_inside,
        inside.ln_1p(),
        outside.ln_1p(),
        outside,
        (x / width - 0.5).hypot(y / height - 0.5),
        outline.off_aspect(),
        outline.opposite_sides(),
        outline.off_square(),
        sides.weakest_quarter,
        (better - proposal.score).max(-1.0),
        proposal.score,
    ]
}

/// The best score of a larger proposal around this one.
fn better_outside(proposals: &[Proposal], outlines: &[Outline], at: usize) -> f32 {
    let own = &outlines[at];
    let around = |other: &Outline| other.area() > 1.15 * own.area() && other.contains(own);
    proposals.iter().zip(outlines).filter(|(_, other)| around(other)).map(|(p, _)| p.score).fold(0.0, f32::max)
}

/// How well the sides are supported.
struct Sides {
    support: f32,
    /// Support side by side, least first.
    ranked: [f32; 4],
    weakest_quarter: f32,
    beyond: f32,
    at_corners: f32,
    visible: f32,
    frames: f32,
}

impl Sides {
    fn of(proposal: &Proposal, candidates: &[Candidate]) -> Self {
        let (mut sum, mut seen, mut length, mut frames) = (0.0, 0.0, 0.0, 0.0);
        let (mut beyond, mut corner, mut corner_seen, mut weakest_quarter) = (0.0, 0.0, 0.0, 1.0_f32);
        let mut ranked = [0.0; 4];
        for (at, support) in ranked.iter_mut().enumerate() {
            let candidate = &candidates[proposal.lines[at]];
            let ends = [at, (at + 1) % 4].map(|corner| candidate.line.position(proposal.corners[corner]));
            let part = |from: f32, to: f32| {
                let place = |share: f32| ends[0] + share * (ends[1] - ends[0]);
                candidate.profile.between(place(from), place(to))
            };
            let (side, side_seen) = part(0.0, 1.0);
            *support = side / side_seen.max(1.0);
            sum += side;
            seen += side_seen;
            length += (ends[1] - ends[0]).abs();
            if candidate.is_frame {
                frames += 1.0;
                continue;
            }
            beyond += part(1.0, 1.12).0 + part(-0.12, 0.0).0;
            for (support, seen) in [part(0.0, 0.12), part(0.88, 1.0)] {
                corner += support;
                corner_seen += seen;
            }
            for (support, seen) in [0.0, 0.25, 0.5, 0.75].map(|start| part(start, start + 0.25)) {
                if seen > 3.0 {
                    weakest_quarter = weakest_quarter.min(support / seen);
                }
            }
        }
        ranked.sort_by(f32::total_cmp);
        Self {
            support: sum / seen,
            ranked,
            weakest_quarter,
            beyond: beyond / seen,
            at_corners: corner / corner_seen.max(1.0),
            visible: seen / length,
            frames,
        }
    }
}

/// How the colours differ across the border, in multiples of 24 grey levels.
struct Colours {
    /// Length of the mean step from outside to inside.
    common: f32,
    /// Mean length of the steps.
    mean: f32,
    /// Mean distance of the colours inside to their mean.
    spread_inside: f32,
}

impl Colours {
    fn across(proposal: &Proposal, candidates: &[Candidate], evidence: &Evidence) -> Self {
        let pairs = border_colours(proposal, candidates, evidence);
        let steps: Vec<[f32; 3]> = pairs.iter().map(|(inside, outside)| minus(*inside, *outside)).collect();
        let insides: Vec<[f32; 3]> = pairs.iter().map(|(inside, _)| *inside).collect();
        let (step, inside) = (mean(&steps), mean(&insides));
        let count = pairs.len().max(1) as f32;
        let sum_steps: f32 = steps.iter().map(|step| length(*step).min(LARGEST_STEP)).sum();
        let sum_inside: f32 = insides.iter().map(|colour| length(minus(*colour, inside))).sum();
        Self { common: length(step) / 24.0, mean: sum_steps / count / 24.0, spread_inside: sum_inside / count / 24.0 }
    }
}

/// Colours 3 to 6 pixels inside and outside of the border, at 16 places a side.
fn border_colours(proposal: &Proposal, candidates: &[Candidate], evidence: &Evidence) -> Vec<([f32; 3], [f32; 3])> {
    const PLACES: usize = 16;
    let outline = Outline(proposal.corners);
    let [width, height] = frame_size(evidence);
    let mut pairs = Vec::with_capacity(4 * PLACES);
    for (at, line) in proposal.lines.iter().enumerate() {
        if candidates[*line].is_frame {
            continue;
        }
        let (from, normal) = (proposal.corners[at], outline.inwards(at));
        let to = proposal.corners[(at + 1) % 4];
        for place in 0..PLACES {
            let share = 0.06 + 0.88 * (place as f32 + 0.5) / PLACES as f32;
            let p = [0, 1].map(|axis| from[axis] + share * (to[axis] - from[axis]));
            let at = |depth: f32| [0, 1].map(|axis| p[axis] + depth * normal[axis]);
            let [x, y] = at(-6.0);
            if x < 0.0 || y < 0.0 || x >= width || y >= height {
                continue;
            }
            let colour = |depth: f32| evidence.colours.colour(at(depth).map(|part| 0.5 * part));
            let strip = |sign: f32| mean(&[colour(3.0 * sign), colour(6.0 * sign)]);
            pairs.push((strip(1.0), strip(-1.0)));
        }
    }
    pairs
}

fn minus(a: [f32; 3], b: [f32; 3]) -> [f32; 3] {
    [0, 1, 2].map(|part| a[part] - b[part])
}

fn length(a: [f32; 3]) -> f32 {
    a.iter().map(|part| part * part).sum::<f32>().sqrt()
}

fn mean(colours: &[[f32; 3]]) -> [f32; 3] {
    [0, 1, 2].map(|part| colours.iter().map(|colour| colour[part]).sum::<f32>() / colours.len().max(1) as f32)
}

/// Edges per square cell.
pub(super) struct Detail {
    cells: Vec<f32>,
    columns: usize,
}

/// Side of a cell, pixels of the search raster.
const CELL: usize = 12;

impl Detail {
    pub(super) fn of(points: &[EdgePoint], width: usize, height: usize) -> Self {
        let (columns, rows) = (width.div_ceil(CELL), height.div_ceil(CELL));
        let mut cells = vec![0.0; columns * rows];
        for point in points {
            let (x, y) = (point.x as usize / CELL, point.y as usize / CELL);
            cells[y.min(rows - 1) * columns + x.min(columns - 1)] += point.weight;
        }
        Self { cells, columns }
    }

    /// Mean edges of the cells inside and outside, those on the border left out.
    fn densities(&self, outline: &Outline) -> (f32, f32) {
        let (mut sums, mut counts) = ([0.0; 2], [1.0; 2]);
        let normals = [0, 1, 2, 3].map(|at| outline.inwards(at));
        for (at, cell) in self.cells.iter().enumerate() {
            let place = |index: usize| (index * CELL + CELL / 2) as f32;
            let depth = outline.depth([place(at % self.columns), place(at / self.columns)], &normals);
            if depth.abs() > 6.0 {
                let side = usize::from(depth < 0.0);
                sums[side] += cell;
                counts[side] += 1.0;
            }
        }
        (sums[0] / counts[0], sums[1] / counts[1])
    }
}

/// The corners of a hypothesis, either way round.
struct Outline([[f32; 2]; 4]);

impl Outline {
    fn side(&self, at: usize) -> [f32; 2] {
        let (from, to) = (self.0[at % 4], self.0[(at + 1) % 4]);
        [to[0] - from[0], to[1] - from[1]]
    }

    fn side_length(&self, at: usize) -> f32 {
        let [x, y] = self.side(at);
        x.hypot(y).max(1.0)
    }

    /// Twice the area, negative when the corners run counter-clockwise.
    fn turn(&self) -> f32 {
        let cross = |at: usize| self.0[at][0] * self.0[(at + 1) % 4][1] - self.0[at][1] * self.0[(at + 1) % 4][0];
        (0..4).map(cross).sum()
    }

    fn area(&self) -> f32 {
        self.turn().abs() / 2.0
    }

    fn centre(&self) -> [f32; 2] {
        [0, 1].map(|axis| self.0.iter().map(|corner| corner[axis]).sum::<f32>() / 4.0)
    }

    /// Unit normal of a side.
    fn inwards(&self, at: usize) -> [f32; 2] {
        let ([x, y], sign) = (self.side(at), self.turn().signum() / self.side_length(at));
        [-y * sign, x * sign]
    }

    /// Distance to the nearest side's line, negative outside.
    fn depth(&self, p: [f32; 2], normals: &[[f32; 2]; 4]) -> f32 {
        let to_side = |at: usize| {
            let (corner, normal) = (self.0[at], normals[at]);
            normal[0] * (p[0] - corner[0]) + normal[1] * (p[1] - corner[1])
        };
        (0..4).map(to_side).fold(f32::MAX, f32::min)
    }

    fn contains(&self, other: &Self) -> bool {
        let normals = [0, 1, 2, 3].map(|at| self.inwards(at));
        other.0.iter().all(|corner| self.depth(*corner, &normals) > -6.0)
    }

    /// Distance of the aspect ratio to the nearest of an identity document, natural logarithm.
    fn off_aspect(&self) -> f32 {
        let [one, other] = [0, 1].map(|at| self.side_length(at) + self.side_length(at + 2));
        let aspect = (one.max(other) / one.min(other)).ln();
        [1.586_f32, 1.42].map(|known| (aspect - known.ln()).abs()).into_iter().fold(0.5, f32::min)
    }

    /// Largest ratio of opposite sides, natural logarithm.
    fn opposite_sides(&self) -> f32 {
        (0..2).map(|at| (self.side_length(at) / self.side_length(at + 2)).ln().abs()).fold(0.0, f32::max)
    }

    /// Largest cosine at a corner.
    fn off_square(&self) -> f32 {
        let cosine = |at: usize| {
            let ([a, b], [c, d]) = (self.side(at), self.side(at + 1));
            (a * c + b * d).abs() / (self.side_length(at) * self.side_length(at + 1))
        };
        (0..4).map(cosine).fold(0.0, f32::max)
    }
}
