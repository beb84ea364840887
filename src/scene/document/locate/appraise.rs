//! What speaks for a quad being the document's border, in numbers.

use super::cells::Cells;
use super::outline::Outline;
use super::profile::Evidence;
use super::propose::Candidate;
use super::propose::Proposal;

/// The traits of a hypothesis, in order, and what each counts in its score. The weights maximise the likelihood of right
/// hypotheses over the wrong ones of the same photo (conditional logit of 1974 by Daniel `McFadden`), over real, derived and simulated
/// photos: `tools/fit_quads.py`.
pub const TRAITS: [(&str, f32); 28] = [
    ("support", 1.576),
    ("support_squared", 1.632),
    ("weakest_side", 1.001),
    ("second_weakest_side", 1.509),
    ("weakest_times_support", 1.452),
    ("support_beyond_corners", -8.912),
    ("support_at_corners", 1.84),
    ("log_area", 0.5012),
    ("log_area_below_third", 0.6356),
    ("visible_share", 7.662),
    ("frame_sides", -0.1411),
    ("any_frame_side", -0.07315),
    ("common_step", 0.1883),
    ("mean_step", 0.5114),
    ("spread_inside", 0.1089),
    ("detail_inside", 0.1607),
    ("detail_outside", -1.067),
    ("texture_outside", -0.05747),
    ("off_centre", -7.539),
    ("off_aspect", -4.549),
    ("opposite_sides", -0.8204),
    ("off_square", -2.495),
    ("weakest_quarter", 2.391),
    ("better_outside", -1.118),
    ("first_score", 1.793),
    ("print_inside", 1.134),
    ("print_outside", -3.291),
    ("print_in_least_quarter", 1.668),
];

/// The values of [`TRAITS`].
pub type Traits = [f32; TRAITS.len()];

/// The weighted sum of the traits; only differences between hypotheses of one photo have a meaning.
pub(super) fn score(traits: &Traits) -> f32 {
    TRAITS.iter().zip(traits).map(|((_, weight), value)| weight * value).sum()
}

/// Colour steps across the border count up to this many grey levels.
const LARGEST_STEP: f32 = 60.0;

/// What the surface looks like, cell by cell.
pub(super) struct Texture {
    /// Edges per cell.
    pub(super) edges: Cells,
    /// 1 where there is print.
    pub(super) print: Cells,
}

/// The traits of every proposal.
pub(super) fn traits(
    proposals: &[Proposal],
    candidates: &[Candidate],
    evidence: &Evidence,
    texture: &Texture,
) -> Vec<Traits> {
    let outlines: Vec<Outline> = proposals.iter().map(|proposal| Outline(proposal.corners)).collect();
    (0..proposals.len())
        .map(|at| {
            let better = better_outside(proposals, &outlines, at);
            let (proposal, outline) = (&proposals[at], &outlines[at]);
            let sides = Sides::of(proposal, candidates);
            let colours = Colours::across(proposal, candidates, evidence);
            assemble(proposal, outline, &sides, &colours, texture, better, frame_size(evidence))
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
    texture: &Texture,
    better: f32,
    [width, height]: [f32; 2],
) -> Traits {
    let log_area = (outline.area() / (width * height)).max(1e-3).ln();
    let [x, y] = outline.centre();
    let (inside, outside) = texture.edges.means(outline);
    let (print_inside, print_outside) = texture.print.means(outline);
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
        print_inside,
        print_outside,
        texture.print.least_quarter(outline),
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
