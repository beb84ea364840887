//! Start and stop patterns: the bars at the ends of a symbol that are the same in all its rows.

use crate::pixels::Plane;

/// Bars and spaces of the start pattern, modules (ISO/IEC 15438).
const START: [f32; 8] = [8.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 3.0];
/// Bars and spaces of the stop pattern, modules.
const STOP: [f32; 9] = [7.0, 1.0, 1.0, 3.0, 1.0, 1.0, 1.0, 2.0, 1.0];
/// Modules of either.
pub(super) const START_MODULES: u32 = 17;
pub(super) const STOP_MODULES: u32 = 18;
/// Share of a line's contrast, and grey levels, that a bar must stand out by.
const STANDS_OUT: f32 = 0.1;
const LEAST_CONTRAST: f32 = 6.0;
/// Modules by which the bars of a pattern may be wrong, on average over its modules and each of them.
const MEAN_ERROR: f32 = 0.3;
const GREATEST_ERROR: f32 = 0.85;
/// Modules by which a pattern may be off the straight line through those of other lines.
const STRAY: f32 = 1.5;
/// Steepest such line, samples a line, in lengths of a line over their number.
const STEEPEST: f32 = 1.0;
/// Lines by which sightings of one end may lie apart.
const GAP: f32 = 3.0;
/// Share of the lines on which a pattern must be seen for it to count.
const LEAST_SHARE: f32 = 0.1;

/// A pattern seen on a line, places and lengths in samples.
#[derive(Clone, Copy, Debug)]
struct Sighting {
    line: f32,
    /// Its end away from the codewords.
    outer: f32,
    module: f32,
}

/// One end of a symbol: a pattern that lines up over many lines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Guard {
    /// Place of the outer end on line 0, and how much further it is on each next line, samples.
    start: f32,
    slope: f32,
    /// Width of a module, samples.
    pub(super) module: f32,
    /// First and last line on which it was seen.
    pub(super) lines: [f32; 2],
    /// On how many.
    count: usize,
}

impl Guard {
    /// Where its outer end is on a line, samples.
    pub(super) fn at(&self, line: f32) -> f32 {
        self.start + self.slope * line
    }
}

/// The ends of a symbol that a bundle of lines crosses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ends {
    pub(super) start: Option<Guard>,
    pub(super) stop: Option<Guard>,
    /// Whether the start lies to the right: the symbol is upside down.
    pub(super) reversed: bool,
}

/// The ends of the symbol that the rows of `lines` cross; `None` where fewer lines than [`LEAST_SHARE`] do.
pub(super) fn ends(lines: &Plane) -> Option<Ends> {
    let mut sightings = [(); 4].map(|()| Vec::new());
    for (line, samples) in lines.rows().enumerate() {
        sight(line as f32, &edges(samples), &mut sightings);
    }
    let steepest = STEEPEST * lines.width() as f32 / lines.height().max(1) as f32;
    let least = ((LEAST_SHARE * lines.height() as f32) as usize).max(4);
    let [start, stop, reversed_start, reversed_stop] =
        sightings.map(|sightings| aligned(&sightings, steepest).filter(|guard| guard.count >= least));
    let count = |ends: &Ends| [ends.start, ends.stop].iter().flatten().map(|guard| guard.count).sum::<usize>();
    let forwards = Ends { start, stop, reversed: false };
    let backwards = Ends { start: reversed_start, stop: reversed_stop, reversed: true };
    let best = if count(&forwards) >= count(&backwards) { forwards } else { backwards };
    (count(&best) > 0).then_some(best)
}

/// An edge between a bar and a space: where, and whether the line gets darker.
#[derive(Clone, Copy)]
struct Edge {
    at: f32,
    darkens: bool,
}

/// The edges on a line: halfway, in grey levels, between turns of falling and rising by more than noise, so that blur moves
/// them little.
fn edges(line: &[u8]) -> Vec<Edge> {
    let mut edges = Vec::new();
    let least = least(line);
    let Some(&first) = line.first() else { return edges };
    let (mut rises, mut extreme, mut last) = (true, (0, f32::from(first)), (0, f32::from(first)));
    for (at, sample) in line.iter().map(|&sample| f32::from(sample)).enumerate() {
        if (sample - extreme.1) * if rises { 1.0 } else { -1.0 } >= 0.0 {
            extreme = (at, sample);
        } else if (sample - extreme.1).abs() > least {
            push_edge(&mut edges, line, last, extreme);
            (last, extreme, rises) = (extreme, (at, sample), !rises);
        }
    }
    push_edge(&mut edges, line, last, extreme);
    close(&mut edges, line.len());
    edges
}

/// Adds edges at the ends of a line that begins or ends in a bar: a symbol may fill its picture.
fn close(edges: &mut Vec<Edge>, length: usize) {
    if edges.first().is_some_and(|edge| !edge.darkens) {
        edges.insert(0, Edge { at: 0.0, darkens: true });
    }
    if edges.last().is_some_and(|edge| edge.darkens) {
        edges.push(Edge { at: length as f32, darkens: false });
    }
}

/// Grey levels by which bars on a line stand out.
fn least(line: &[u8]) -> f32 {
    let mut counts = [0_usize; 256];
    for &sample in line {
        counts[usize::from(sample)] += 1;
    }
    let level = |share: usize| {
        let mut left = line.len() * share / 100;
        counts.iter().position(|&count| {
            let is_here = count > left;
            left = left.saturating_sub(count);
            is_here
        })
    };
    let contrast = level(95).zip(level(5)).map_or(0, |(light, dark)| light - dark);
    (STANDS_OUT * contrast as f32).max(LEAST_CONTRAST)
}

/// Adds the edge between two turns, where there is one.
fn push_edge(edges: &mut Vec<Edge>, line: &[u8], from: (usize, f32), to: (usize, f32)) {
    let middle = f32::midpoint(from.1, to.1);
    let darkens = to.1 < from.1;
    let is_beyond = |sample: u8| if darkens { f32::from(sample) <= middle } else { f32::from(sample) >= middle };
    if let Some(step) = line[from.0..=to.0].iter().position(|&sample| is_beyond(sample)).filter(|&step| step > 0) {
        let at = from.0 + step;
        let (before, after) = (f32::from(line[at - 1]), f32::from(line[at]));
        edges.push(Edge { at: at as f32 - 0.5 + (middle - before) / (after - before), darkens });
    }
}

/// Adds the patterns among the `edges` of a line to those of start, stop, and both reversed.
fn sight(line: f32, edges: &[Edge], sightings: &mut [Vec<Sighting>; 4]) {
    let (mut reversed_start, mut reversed_stop) = (START, STOP);
    reversed_start.reverse();
    reversed_stop.reverse();
    let patterns: [&[f32]; 4] = [&START, &STOP, &reversed_start, &reversed_stop];
    for (at, edge) in edges.iter().enumerate() {
        for (which, (pattern, sightings)) in patterns.iter().zip(sightings.iter_mut()).enumerate() {
            // A start pattern read backwards begins with its space.
            if edge.darkens == (which == 2) {
                continue;
            }
            let Some(run) = edges.get(at..=at + pattern.len()) else { continue };
            if let Some(module) = module(run, pattern) {
                let outer = if which == 0 || which == 3 { run[0].at } else { run[pattern.len()].at };
                sightings.push(Sighting { line, outer, module });
            }
        }
    }
}

/// The width of a module where the distances between `run` of edges are those of `pattern`.
fn module(run: &[Edge], pattern: &[f32]) -> Option<f32> {
    let modules: f32 = pattern.iter().sum();
    let module = (run[pattern.len()].at - run[0].at) / modules;
    let errors =
        || run.windows(2).zip(pattern).map(|(edges, wanted)| ((edges[1].at - edges[0].at) / module - wanted).abs());
    let is_close = errors().all(|error| error <= GREATEST_ERROR) && errors().sum::<f32>() <= MEAN_ERROR * modules;
    (module > 0.0 && is_close).then_some(module)
}

/// The straight line that most sightings agree on.
fn aligned(sightings: &[Sighting], steepest: f32) -> Option<Guard> {
    let agree = |start: f32, slope: f32, module: f32| {
        sightings.iter().filter(move |sighting| {
            let off = (sighting.outer - start - slope * sighting.line).abs();
            off <= STRAY * module && (sighting.module / module - 1.0).abs() <= 0.25
        })
    };
    let mut best = (0, 0.0, 0.0, 1.0);
    // Pairs far apart tell the slope; with many sightings not every pair is needed.
    let step = (sightings.len() / 24).max(1);
    for one in sightings.iter().step_by(step) {
        for other in sightings.iter().step_by(step).filter(|other| other.line > one.line) {
            let slope = (other.outer - one.outer) / (other.line - one.line);
            let start = one.outer - slope * one.line;
            let module = f32::midpoint(one.module, other.module);
            if slope.abs() <= steepest {
                let count = agree(start, slope, module).count();
                best = if count > best.0 { (count, start, slope, module) } else { best };
            }
        }
    }
    let (_, start, slope, module) = best;
    let agreeing: Vec<&Sighting> = agree(start, slope, module).collect();
    // Symbols below one another have ends on one line.
    let together = agreeing.chunk_by(|one, next| next.line - one.line <= GAP);
    let agreeing = together.max_by_key(|sightings| sightings.len())?;
    let (first, last) = (agreeing.first()?, agreeing.last()?);
    let module = agreeing.iter().map(|sighting| sighting.module).sum::<f32>() / agreeing.len() as f32;
    let (start, slope) = fitted(agreeing);
    Some(Guard { start, slope, module, lines: [first.line, last.line], count: agreeing.len() })
}

/// Start and slope of the line of least squares.
fn fitted(sightings: &[&Sighting]) -> (f32, f32) {
    let count = sightings.len() as f32;
    let mean = |of: fn(&Sighting) -> f32| sightings.iter().map(|sighting| of(sighting)).sum::<f32>() / count;
    let (line, outer) = (mean(|sighting| sighting.line), mean(|sighting| sighting.outer));
    let (mut products, mut squares) = (0.0, 0.0);
    for sighting in sightings {
        products += (sighting.line - line) * (sighting.outer - outer);
        squares += (sighting.line - line) * (sighting.line - line);
    }
    let slope = if squares > 0.0 { products / squares } else { 0.0 };
    (outer - slope * line, slope)
}

#[cfg(test)]
mod tests {
    use super::START;
    use super::STOP;
    use super::edges;
    use super::ends;
    use crate::pixels::Plane;

    /// A line of space, start pattern, some codewords, stop pattern and space, `module` samples a module, begun at `at`.
    fn line(at: usize, module: usize) -> Vec<u8> {
        let codeword = [2.0, 3.0, 4.0, 2.0, 1.0, 1.0, 2.0, 2.0];
        let modules: Vec<f32> = [&START[..], &codeword, &codeword, &codeword, &STOP].concat();
        let mut line = vec![210; at];
        for (run, length) in modules.iter().enumerate() {
            line.extend(std::iter::repeat_n(if run % 2 == 0 { 30 } else { 210 }, *length as usize * module));
        }
        line.resize(360, 210);
        line
    }

    fn lines() -> Plane {
        Plane::new(360, 20, (0..20).flat_map(|row| line(20 + row / 2, 3)).collect())
    }

    #[test]
    fn edges_lie_between_samples() {
        let found: Vec<(f32, bool)> =
            edges(&[200, 200, 100, 0, 0, 200]).iter().map(|edge| (edge.at, edge.darkens)).collect();
        assert_eq!(found, [(2.5, true), (5.0, false)]);
        assert!(edges(&[]).is_empty() && edges(&[7; 30]).is_empty());
    }

    #[test]
    fn both_ends_of_a_slanted_symbol_are_found() {
        let found = ends(&lines()).unwrap();
        let (start, stop) = (found.start.unwrap(), found.stop.unwrap());
        assert!(!found.reversed && (start.at(10.0) - 24.7).abs() < 0.5, "{found:?}");
        assert!((stop.at(10.0) - start.at(10.0) - 3.0 * 86.0).abs() < 1.0 && (start.module - 3.0).abs() < 0.1);
        assert!(start.lines[0] < 0.5 && start.lines[1] > 18.5, "{found:?}");
    }

    #[test]
    fn an_upside_down_symbol_is_reversed() {
        let turned: Vec<u8> = lines().samples().iter().rev().copied().collect();
        let found = ends(&Plane::new(360, 20, turned)).unwrap();
        assert!(found.reversed && found.start.unwrap().at(5.0) > found.stop.unwrap().at(5.0), "{found:?}");
    }

    #[test]
    fn stripes_have_no_ends() {
        let stripes = (0..360 * 20).map(|at| if at % 360 / 3 % 2 == 0 { 30 } else { 210 }).collect();
        assert_eq!(ends(&Plane::new(360, 20, stripes)), None);
        assert_eq!(ends(&Plane::default()), None);
    }
}
