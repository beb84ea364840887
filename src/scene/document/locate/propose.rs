//! Quads from lines: every two pairs of roughly opposite lines, scored by their support.

use super::lines::Line;
use super::profile::Evidence;
use super::profile::Mark;
use super::profile::Profile;

/// Support of a frame border as a side.
const FRAME_SUPPORT: f32 = 0.2;

/// Smallest document, share of the frame.
const LEAST_AREA: f32 = 0.007;

/// Support that each side must have.
const LEAST_SUPPORT: f32 = 0.06;

/// A quad on the search raster and the lines it was made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Proposal {
    pub(super) corners: [[f32; 2]; 4],
    pub(super) lines: [usize; 4],
    pub(super) score: f32,
}

/// A line with its support; the last four are the frame.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) line: Line,
    pub(super) profile: Profile,
    pub(super) is_frame: bool,
}

impl Candidate {
    /// `lines` with what the photo shows along them, then the borders of the frame.
    pub(super) fn all(lines: Vec<Line>, evidence: &Evidence) -> Vec<Self> {
        let (width, height) = (evidence.gradients[0].width as f32, evidence.gradients[0].height as f32);
        let seen =
            lines.into_iter().map(|line| Self { line, profile: Profile::along(&line, evidence), is_frame: false });
        let border = |line: Line| {
            let profile = Profile::even(&line, width, height, FRAME_SUPPORT);
            Self { line, profile, is_frame: true }
        };
        seen.chain(frame(width, height).map(border)).collect()
    }
}

fn frame(width: f32, height: f32) -> [Line; 4] {
    let line = |normal, rho| Line { normal, rho };
    [line([1.0, 0.0], 0.0), line([1.0, 0.0], width), line([0.0, 1.0], 0.0), line([0.0, 1.0], height)]
}

/// The `count` best quads that differ from each other, best first; then some of those that the frame bounds on one side, and of
/// those that it bounds on more: they have little support by nature.
pub(super) fn quads(candidates: &[Candidate], width: f32, height: f32, count: usize) -> Vec<Proposal> {
    let stretches = Stretches::of(candidates, width, height);
    let least = LEAST_AREA * width * height;
    let [mut free, mut cut, mut bound] = [0, 1, 2].map(|_| Best::default());
    let mut rungs: Vec<Rung> = Vec::new();
    for [a, b] in pairs(candidates, width.hypot(height)) {
        rungs.clear();
        rungs.extend((a + 1..candidates.len()).filter_map(|c| stretches.rung([a, b], c)));
        for (at, one) in rungs.iter().enumerate() {
            for other in &rungs[at + 1..] {
                let Some(proposal) = stretches.join([a, b], [one, other], least) else { continue };
                let frames = proposal.lines.iter().filter(|line| candidates[**line].is_frame).count();
                let best = match frames {
                    0 => &mut free,
                    1 => &mut cut,
                    _ => &mut bound,
                };
                best.offer(proposal);
            }
        }
    }
    let apart = 0.02 * width.hypot(height);
    let mut quads = free.distinct(apart, count);
    quads.extend(cut.distinct(apart, count / 4));
    quads.extend(bound.distinct(apart, count / 6));
    quads.push(whole_frame(candidates));
    quads
}

/// The frame itself: of a document that fills it no border is seen.
fn whole_frame(candidates: &[Candidate]) -> Proposal {
    let [left, right, top, bottom] = [4, 3, 2, 1].map(|back| candidates.len() - back);
    let (width, height) = (candidates[right].line.rho, candidates[bottom].line.rho);
    let corners = [[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]];
    Proposal { corners, lines: [top, right, bottom, left], score: 1.5 * FRAME_SUPPORT }
}

/// The best proposals so far.
struct Best {
    proposals: Vec<Proposal>,
    bar: f32,
}

impl Default for Best {
    fn default() -> Self {
        Self { proposals: Vec::new(), bar: f32::MIN }
    }
}

impl Best {
    const MOST: usize = 2048;

    fn offer(&mut self, proposal: Proposal) {
        if proposal.score > self.bar {
            self.proposals.push(proposal);
            if self.proposals.len() >= Self::MOST {
                self.sort();
                self.proposals.truncate(Self::MOST / 4);
                self.bar = self.proposals.last().map_or(f32::MIN, |last| last.score);
            }
        }
    }

    fn sort(&mut self) {
        self.proposals.sort_by(|a, b| b.score.total_cmp(&a.score));
    }

    /// The best `count` of which no two have all corners within `apart`, best first.
    fn distinct(mut self, apart: f32, count: usize) -> Vec<Proposal> {
        self.sort();
        let mut kept: Vec<Proposal> = Vec::new();
        for proposal in self.proposals {
            if kept.len() == count {
                break;
            }
            if kept.iter().all(|other| distance(&other.corners, &proposal.corners) > apart) {
                kept.push(proposal);
            }
        }
        kept
    }
}

/// A side between two opposite lines.
struct Rung {
    line: usize,
    /// Its rank among the lines that cross the one and the other line.
    ranks: [usize; 2],
    /// Where it meets the one and the other line.
    points: [[f32; 2]; 2],
    side: Side,
}

/// Support of a side of a quad.
#[derive(Clone, Copy)]
struct Side {
    sum: f32,
    seen: f32,
    beyond: f32,
}

/// Where a line is crossed by another.
struct Crossing {
    line: usize,
    point: [f32; 2],
    /// The point on the line that is crossed.
    mark: Mark,
}

/// The stretches of every line between two others that cross it: each is a side of many quads.
struct Stretches {
    /// For each line where others cross it, in the order of the lines.
    crossings: Vec<Vec<Crossing>>,
    /// For each line the rank of each other one among those that cross it.
    ranks: Vec<Vec<Option<usize>>>,
    /// For each line the stretches that may be sides: from the first crossing to the second, from both to the third, and so on.
    sides: Vec<Vec<Option<Side>>>,
}

impl Stretches {
    fn of(candidates: &[Candidate], width: f32, height: f32) -> Self {
        let crossings: Vec<Vec<Crossing>> =
            candidates.iter().map(|candidate| crossings(candidate, candidates, width, height)).collect();
        let ranks = |crossings: &Vec<Crossing>| {
            let mut ranks = vec![None; candidates.len()];
            crossings.iter().enumerate().for_each(|(rank, crossing)| ranks[crossing.line] = Some(rank));
            ranks
        };
        let sides = |(candidate, crossings): (&Candidate, &Vec<Crossing>)| {
            let ends = crossings.iter().enumerate();
            let ending = ends.flat_map(|(at, end)| crossings[..at].iter().map(move |start| [&start.mark, &end.mark]));
            ending.map(|[start, end]| side(candidate, start, end)).collect()
        };
        let ranks = crossings.iter().map(ranks).collect();
        let sides = candidates.iter().zip(&crossings).map(sides).collect();
        Self { crossings, ranks, sides }
    }

    /// The stretch of `line` between the crossings of these ranks, the lower one first, where it may be a side.
    fn side(&self, line: usize, [start, end]: [usize; 2]) -> Option<Side> {
        self.sides[line][end * (end - 1) / 2 + start]
    }

    /// The stretch of line `c` between lines `a` and `b`, the earlier one first.
    fn rung(&self, [a, b]: [usize; 2], c: usize) -> Option<Rung> {
        let side = self.side(c, [self.ranks[c][a]?, self.ranks[c][b]?])?;
        let ranks = [self.ranks[a][c]?, self.ranks[b][c]?];
        let points = [self.crossings[a][ranks[0]].point, self.crossings[b][ranks[1]].point];
        Some(Rung { line: c, ranks, points, side })
    }

    /// The quad of lines `a` and `b` and two rungs between them, the one of the earlier line first.
    fn join(&self, [a, b]: [usize; 2], [c, d]: [&Rung; 2], least: f32) -> Option<Proposal> {
        let sides = [self.side(a, [c.ranks[0], d.ranks[0]])?, c.side, self.side(b, [c.ranks[1], d.ranks[1]])?, d.side];
        let corners = [d.points[0], c.points[0], c.points[1], d.points[1]];
        if !convex(&corners, least) {
            return None;
        }
        let total = |part: fn(&Side) -> f32| sides.iter().map(part).sum::<f32>();
        let (support, visible, beyond) = (total(|s| s.sum), total(|s| s.seen), total(|s| s.beyond));
        let weakest = sides.iter().map(|s| s.sum / s.seen).fold(1.0, f32::min);
        let score = support / visible + 0.5 * weakest - 1.2 * beyond / visible;
        Some(Proposal { corners, lines: [a, c.line, b, d.line], score })
    }
}

fn side(candidate: &Candidate, from: &Mark, to: &Mark) -> Option<Side> {
    let (sum, seen) = from.to(to);
    let length = to.place - from.place;
    if seen < 0.12 * length.abs() || seen < 12.0 || sum < LEAST_SUPPORT * seen {
        return None;
    }
    let mut beyond = 0.0;
    if !candidate.is_frame {
        let support_to = |mark: &Mark, reach: f32| mark.to(&candidate.profile.mark(mark.place + reach)).0;
        beyond = support_to(to, 0.12 * length) + support_to(from, -0.12 * length);
    }
    Some(Side { sum, seen, beyond })
}

/// Largest distance between corners, over the four ways to count them.
fn distance(one: &[[f32; 2]; 4], other: &[[f32; 2]; 4]) -> f32 {
    let shifted = |shift: usize| {
        let apart = |at: usize| {
            let (p, q) = (one[at], other[(at + shift) % 4]);
            (p[0] - q[0]).hypot(p[1] - q[1])
        };
        (0..4).map(apart).fold(0.0, f32::max)
    };
    (0..4).map(shifted).fold(f32::MAX, f32::min)
}

/// Where `others` cross `one` at a clear angle, not far outside the frame.
fn crossings(one: &Candidate, others: &[Candidate], width: f32, height: f32) -> Vec<Crossing> {
    let (mx, my) = (0.35 * width, 0.35 * height);
    let near = |p: &[f32; 2]| p[0] > -mx && p[1] > -my && p[0] < width + mx && p[1] < height + my;
    let cross = |(line, other): (usize, &Candidate)| {
        let turned = (one.line.normal[0] * other.line.normal[1] - one.line.normal[1] * other.line.normal[0]).abs();
        let point = one.line.meet(&other.line).filter(|_| turned > 0.42).filter(near)?;
        Some(Crossing { line, point, mark: one.profile.mark(one.line.position(point)) })
    };
    others.iter().enumerate().filter_map(cross).collect()
}

/// Lines that may be opposite sides.
fn pairs(candidates: &[Candidate], diagonal: f32) -> Vec<[usize; 2]> {
    let mut pairs = Vec::new();
    for (at, a) in candidates.iter().enumerate() {
        for (step, b) in candidates[at + 1..].iter().enumerate() {
            let cos = (a.line.normal[0] * b.line.normal[0] + a.line.normal[1] * b.line.normal[1]).abs();
            if cos < 0.72 {
                continue;
            }
            let middle = |of: &Candidate| of.line.point(of.profile.middle());
            let (ma, mb) = (middle(a), middle(b));
            let apart = a.line.distance(mb[0], mb[1]).abs().max(b.line.distance(ma[0], ma[1]).abs());
            if apart > 0.04 * diagonal {
                pairs.push([at, at + 1 + step]);
            }
        }
    }
    pairs
}

fn convex(p: &[[f32; 2]; 4], least: f32) -> bool {
    let turn = |at: usize| {
        let [a, b, c] = [p[at], p[(at + 1) % 4], p[(at + 2) % 4]];
        (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
    };
    let turns = [0, 1, 2, 3].map(turn);
    let all_one_way = turns.iter().all(|turn| *turn > 0.0) || turns.iter().all(|turn| *turn < 0.0);
    all_one_way && (turns[0] + turns[2]).abs() > 2.0 * least
}
