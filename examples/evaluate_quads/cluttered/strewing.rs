//! Which things lie where.

use kyclint::geometry::Point;
use kyclint::geometry::area;
use kyclint::geometry::intersection;

use super::super::random::Random;
use super::desk::Desk;
use super::material::Materials;
use super::material::cover;
use super::material::paint;
use super::object::Look;
use super::object::Object;

/// Share of the things that touch the document or lie under its border.
const TOUCHING: f64 = 0.6;
/// Share of those nearly parallel to the side they lie at, and by how much at most, degrees.
const PARALLEL: f64 = 0.5;
const SKEW_DEG: f64 = 8.0;
/// How much of the document may be covered.
const COVERED: [f64; 2] = [0.01, 0.07];
const TRIES: usize = 200;
/// Width of cables, pixels.
const CABLE: [f64; 2] = [3.0, 10.0];

/// A thing before it is laid down: its length and breadth in pixels and its look.
struct Thing {
    size: [f64; 2],
    look: Look,
    shadow: [f32; 2],
}

/// Things that lie under the document or beside it.
pub fn below(desk: &Desk, count: usize, materials: &Materials, random: &mut Random) -> Vec<Object> {
    let mut keyboards = 0;
    let objects = (0..count).map(|_| {
        let kind = random.between(0.0, if keyboards == 0 { 1.0 } else { 0.9 });
        keyboards += usize::from(kind > 0.9);
        let thing = thing(kind, desk, materials, random);
        if random.chance(TOUCHING) { at_border(desk, thing, random) } else { anywhere(desk, thing, random) }
    });
    objects.collect()
}

/// A thing that covers a side or a corner of the document a little.
pub fn over(desk: &Desk, materials: &Materials, random: &mut Random) -> Option<Object> {
    (0..TRIES).find_map(|_| {
        let kind = random.between(0.2, 0.75);
        let mut object = at_border(desk, thing(kind, desk, materials, random), random);
        object.shadow = [0.45, 4.0];
        let covered = area(&intersection(&object.outline().0, &desk.flat.0)) / desk.flat.area();
        (COVERED[0]..COVERED[1]).contains(&covered).then_some(object)
    })
}

/// A paper, a patch, a cover, a pen, a ruler, a cable or a keyboard as `kind` grows from 0 to 1.
fn thing(kind: f64, desk: &Desk, materials: &Materials, random: &mut Random) -> Thing {
    let side = (desk.frame[0] * desk.frame[1]).sqrt();
    match kind {
        ..0.3 => paper(side, materials, random),
        ..0.42 => patch(side, materials, random),
        ..0.56 => book(side, random),
        ..0.68 => pen(side, random),
        ..0.75 => ruler(side, random),
        ..0.9 => cable(side, random),
        _ => keyboard(side, random),
    }
}

fn paper(side: f64, materials: &Materials, random: &mut Random) -> Thing {
    let long = side * random.between(0.25, 0.6);
    let print = materials.paper(1.2 * long, random);
    let scale = long / f64::from(print.width().max(print.height()));
    let size = [print.width(), print.height()].map(|length| f64::from(length) * scale);
    Thing { size, look: Look::Sheet { print, radius: 0.0 }, shadow: [0.3, 1.5] }
}

fn patch(side: f64, materials: &Materials, random: &mut Random) -> Thing {
    let (long, aspect) = (side * random.between(0.08, 0.5), random.between(1.0, 1.8));
    let print = materials.patch(aspect, 1.2 * long, random);
    let radius = if random.chance(0.5) { random.between(0.03, 0.12) } else { 0.0 };
    Thing { size: [long, long / aspect], look: Look::Sheet { print, radius }, shadow: [0.35, 2.0] }
}

fn book(side: f64, random: &mut Random) -> Thing {
    let (long, aspect) = (side * random.between(0.2, 0.6), random.between(1.2, 1.6));
    let (print, radius) = (cover(random), if random.chance(0.4) { random.between(0.02, 0.15) } else { 0.0 });
    Thing { size: [long, long / aspect], look: Look::Sheet { print, radius }, shadow: [0.45, 5.0] }
}

fn pen(side: f64, random: &mut Random) -> Thing {
    let long = side * random.between(0.2, 0.5);
    let size = [long, long * random.between(0.05, 0.08)];
    let look = Look::Pen { colours: [paint(random), paint(random)], cap: random.between(0.2, 0.95) };
    Thing { size, look, shadow: [0.45, 3.0] }
}

fn ruler(side: f64, random: &mut Random) -> Thing {
    let long = side * random.between(0.3, 0.6);
    let size = [long, long * random.between(0.08, 0.14)];
    let look = Look::Ruler { colour: paint(random), ticks: (long / random.between(8.0, 14.0)).round() };
    Thing { size, look, shadow: [0.35, 1.5] }
}

/// As broad as it swings.
fn cable(side: f64, random: &mut Random) -> Thing {
    let size = [side * random.between(0.5, 1.2), side * random.between(0.08, 0.35)];
    let width = random.between(CABLE[0], CABLE[1]) / size[1];
    let dark = random.between(20.0, 60.0) as f32;
    let colour = *random.pick(&[[dark; 3], [dark; 3], [225.0, 225.0, 222.0], [150.0, 150.0, 155.0]]);
    let look = Look::Cable { colour, width, waves: random.between(1.0, 4.0), phase: random.between(0.0, 6.3) };
    Thing { size, look, shadow: [0.4, 2.0] }
}

fn keyboard(side: f64, random: &mut Random) -> Thing {
    let keys = [*random.pick(&[12.0, 15.0]), 5.0];
    let long = side * random.between(0.4, 0.6);
    let [dark, light] = [random.between(20.0, 60.0), random.between(190.0, 235.0)];
    let [base, key] = *random.pick(&[[dark, dark + 28.0], [light - 70.0, light], [light - 60.0, dark]]);
    let look = Look::Keyboard { base: [base as f32; 3], key: [key as f32; 3], keys };
    Thing { size: [long, long * 1.1 * keys[1] / keys[0]], look, shadow: [0.45, 5.0] }
}

/// Turned any way, its middle anywhere in the frame.
fn anywhere(desk: &Desk, thing: Thing, random: &mut Random) -> Object {
    let [x, y] = desk.frame.map(|length| random.between(0.0, length));
    let angle = random.between(0.0, std::f64::consts::TAU);
    laid(desk, thing, desk.to_plane.apply(Point::new(x, y)), Point::new(angle.cos(), angle.sin()))
}

/// At a side of the document: a little apart, touching it or partly under it.
fn at_border(desk: &Desk, thing: Thing, random: &mut Random) -> Object {
    let [from, to] = *random.pick(&desk.flat.sides());
    let side = (to - from).unit();
    let outwards = Point::new(side.y, -side.x);
    let skew = if random.chance(PARALLEL) { random.between(-SKEW_DEG, SKEW_DEG) } else { random.between(0.0, 360.0) };
    let angle = (skew + 90.0 * random.below(4) as f64).to_radians();
    let along = side * angle.cos() + outwards * angle.sin();
    let half = thing.size.map(|length| length / desk.scale / 2.0);
    let reach = half[0] * along.dot(outwards).abs() + half[1] * along.cross(outwards).abs();
    let centre = from.towards(to, random.between(-0.1, 1.1)) + outwards * (reach * random.between(-0.1, 1.1));
    laid(desk, thing, centre, along)
}

fn laid(desk: &Desk, Thing { size, look, shadow }: Thing, centre: Point, along: Point) -> Object {
    Object { centre, along, half: size.map(|length| length / desk.scale / 2.0), look, shadow }
}
