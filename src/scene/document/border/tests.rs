use super::Border;
use crate::geometry::Point;
use crate::geometry::Quad;

/// Three pixels a unit, 20 units away from the frame.
const CARD: Quad =
    Quad([Point::new(60.0, 60.0), Point::new(318.0, 60.0), Point::new(318.0, 222.0), Point::new(60.0, 222.0)]);

const PAPER: [f32; 3] = [210.0, 124.0, 130.0];
const TABLE: [f32; 3] = [60.0, 120.0, 140.0];
const SKIN: [f32; 3] = [130.0, 105.0, 155.0];

fn on_card(p: Point) -> bool {
    p.x > 60.0 && p.x < 318.0 && p.y > 60.0 && p.y < 222.0
}

fn card_on_table(p: Point) -> [f32; 3] {
    if on_card(p) { PAPER } else { TABLE }
}

/// A finger 42 px wide over the lower side, 20 px deep.
fn under_finger(p: Point) -> bool {
    p.x > 120.0 && p.x < 162.0 && p.y > 202.0
}

fn read(colour: impl Fn(Point) -> [f32; 3]) -> Border {
    let framed = |p: Point| (p.x > 0.0 && p.x < 378.0 && p.y > 0.0 && p.y < 282.0).then(|| colour(p));
    Border::read(framed, &CARD).unwrap()
}

#[test]
fn a_card_on_a_plain_table_is_whole_and_stands_out() {
    let border = read(card_on_table);
    assert!(border.seen > 0.999 && border.occlusion.share < 1e-9 && border.contrast.low_share < 1e-9);
    assert!(border.contrast.median > 40.0 && border.contrast.low.is_empty());
    assert!(border.clutter.unwrap() < 0.01);
}

#[test]
fn a_finger_hides_its_width_of_the_border_whatever_its_colour() {
    for finger in [SKIN, [40.0, 122.0, 136.0], [170.0, 108.0, 146.0], [120.0, 170.0, 100.0], [15.0, 128.0, 128.0]] {
        let border = read(|p| if under_finger(p) { finger } else { card_on_table(p) });
        assert!((border.occlusion.share - 42.0 / 840.0).abs() < 0.015, "{finger:?}: {}", border.occlusion.share);
        let [body] = &border.occlusion.bodies[..] else { panic!("one finger is one body") };
        assert!(body.iter().all(|p| p.x > 115.0 && p.x < 167.0 && (p.y - 222.0).abs() < 7.0), "{body:?}");
        assert!(border.contrast.low_share < 0.02);
    }
}

#[test]
fn paper_of_the_cards_own_colour_beside_it_is_low_contrast_and_hides_nothing() {
    let border = read(|p| if p.x > 318.0 { PAPER } else { card_on_table(p) });
    assert!(border.occlusion.bodies.is_empty());
    assert!((border.contrast.low_share - 0.2).abs() < 0.03, "{}", border.contrast.low_share);
    let [[from, to]] = border.contrast.low[..] else { panic!("one side is low") };
    assert!((from.x - 318.0).abs() < 1e-6 && (to.x - 318.0).abs() < 1e-6 && to.y - from.y > 130.0);
}

#[test]
fn print_of_the_tables_colour_at_the_border_hides_nothing() {
    let printed = |p: Point| on_card(p) && p.y > 100.0 && p.y < 140.0;
    assert!(read(|p| if printed(p) { TABLE } else { card_on_table(p) }).occlusion.bodies.is_empty());
}

#[test]
fn a_pen_beside_the_card_and_a_picture_on_it_hide_nothing() {
    let pen = |p: Point| !on_card(p) && p.x > 120.0 && p.x < 162.0;
    let picture = |p: Point| on_card(p) && p.x > 120.0 && p.x < 162.0;
    assert!(read(|p| if pen(p) { SKIN } else { card_on_table(p) }).occlusion.bodies.is_empty());
    assert!(read(|p| if picture(p) { SKIN } else { card_on_table(p) }).occlusion.bodies.is_empty());
}

#[test]
fn strewn_things_are_more_cluttered_than_stripes_of_cloth() {
    let stripes = |p: Point| if ((p.x / 12.0) as u32).is_multiple_of(2) { [72.0, 122.0, 138.0] } else { TABLE };
    let things = |p: Point| match ((p.x / 25.0) as u32 * 7 + (p.y / 25.0) as u32 * 5) % 4 {
        0 => [230.0, 128.0, 128.0],
        1 => [30.0, 128.0, 128.0],
        2 => SKIN,
        _ => TABLE,
    };
    let [cloth, strewn] = [&stripes as &dyn Fn(Point) -> [f32; 3], &things]
        .map(|table| read(|p| if on_card(p) { PAPER } else { table(p) }).clutter.unwrap());
    assert!(cloth > 0.0 && cloth < 0.3 && strewn > 0.7, "{cloth} {strewn}");
}

#[test]
fn a_card_that_fills_the_frame_has_no_border() {
    assert_eq!(Border::read(|p| on_card(p).then_some(PAPER), &CARD), None);
    assert_eq!(Border::read(|_| None, &CARD), None);
}
