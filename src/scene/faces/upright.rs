use super::detector::FaceDetector;
use super::detector::Sighting;
use crate::geometry::Point;
use crate::geometry::Quad;
use crate::photo::Orientation;
use crate::pixels::Plane;

/// Faces of a raster that all stand the same way.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Upright {
    /// How the raster must be turned for them to stand upright.
    pub(super) turn: Orientation,
    /// Their squares, pixels of the raster as it is, clockwise from each face's own top left; and their scores. Surest first.
    pub(super) faces: Vec<(Quad, f64)>,
}

impl Upright {
    /// The faces under the one of `turns` that shows the surest, none wider than `largest` pixels. Later turns are tried only while no
    /// face is certain: upside down faces are sometimes taken for upright ones.
    pub(super) fn sought<D: FaceDetector>(
        detector: &D,
        raster: &Plane,
        turns: &[Orientation],
        largest: f64,
    ) -> Option<Self> {
        let mut best: Option<Self> = None;
        for &turn in turns {
            let found = Self::under(turn, detector, raster, largest);
            if found.surest() > best.as_ref().map_or(0.0, Self::surest) {
                best = Some(found);
            }
            if best.as_ref().is_some_and(|best| best.surest() >= D::CERTAIN) {
                break;
            }
        }
        best
    }

    fn under<D: FaceDetector>(turn: Orientation, detector: &D, raster: &Plane, largest: f64) -> Self {
        let size = (raster.width() as u32, raster.height() as u32);
        let seen = match turn {
            Orientation::Upright => detector.faces(raster, largest),
            turn => detector.faces(&turn.apply(raster.clone()), largest),
        };
        let back = |corner| turn.to_stored(corner, size);
        Self { turn, faces: seen.iter().map(|face| (square(face).map(back), face.score)).collect() }
    }

    /// The score of the surest face, 0 where there is none.
    pub(super) fn surest(&self) -> f64 {
        self.faces.iter().map(|(_, score)| *score).fold(0.0, f64::max)
    }
}

fn square(face: &Sighting) -> Quad {
    let half = Point::new(face.side / 2.0, face.side / 2.0);
    Quad::rectangle(face.side, face.side).map(|corner| corner + face.middle - half)
}

#[cfg(test)]
mod tests {
    use super::Upright;
    use crate::geometry::Point;
    use crate::photo::Orientation;
    use crate::pixels::Plane;
    use crate::scene::faces::FaceDetector;
    use crate::scene::faces::Sighting;

    /// Sees a face of two pixels on each bright sample that has a dim one on its right.
    struct Eyes;

    impl FaceDetector for Eyes {
        const SMALLEST: f64 = 2.0;
        const CERTAIN: f64 = 10.0;

        fn faces(&self, luma: &Plane, _: f64) -> Vec<Sighting> {
            let in_row = |(y, row): (usize, &[u8])| {
                let at = row.windows(2).position(|pair| pair == [200, 100])?;
                Some(Sighting { middle: Point::new(at as f64 + 0.5, y as f64 + 0.5), side: 2.0, score: 5.0 })
            };
            luma.rows().enumerate().filter_map(in_row).collect()
        }
    }

    const ALL: [Orientation; 4] =
        [Orientation::Upright, Orientation::Turned90, Orientation::Turned180, Orientation::Turned270];

    /// A raster of 7 x 5 with a bright sample at (3, 2) and a dim one beside it.
    fn raster(dim: [usize; 2]) -> Plane {
        let mut samples = vec![0; 35];
        samples[2 * 7 + 3] = 200;
        samples[dim[1] * 7 + dim[0]] = 100;
        Plane::new(7, 5, samples)
    }

    #[test]
    fn a_face_is_found_whichever_way_it_stands_and_its_corners_say_which() {
        let stands = [
            ([4, 2], Orientation::Upright, (2.5, 1.5)),
            ([3, 1], Orientation::Turned90, (2.5, 3.5)),
            ([2, 2], Orientation::Turned180, (4.5, 3.5)),
            ([3, 3], Orientation::Turned270, (4.5, 1.5)),
        ];
        for (dim, turn, (x, y)) in stands {
            let found = Upright::sought(&Eyes, &raster(dim), &ALL, f64::INFINITY).unwrap();
            assert_eq!(found.turn, turn);
            let [(quad, score)] = found.faces[..] else { panic!("{turn:?}: {:?}", found.faces) };
            assert!((quad.0[0] - Point::new(x, y)).length() < 1e-12, "{turn:?}: {quad:?}");
            assert!(quad.is_convex() && (quad.area() - 4.0).abs() < 1e-12 && score > 4.0);
            assert!((quad.0[0].towards(quad.0[2], 0.5) - Point::new(3.5, 2.5)).length() < 1e-12);
        }
    }

    /// As unsure of a face the wide way as it is sure of one the high way.
    struct Doubtful;

    impl FaceDetector for Doubtful {
        const SMALLEST: f64 = 2.0;
        const CERTAIN: f64 = 10.0;

        fn faces(&self, luma: &Plane, _: f64) -> Vec<Sighting> {
            let score = if luma.width() > luma.height() { 3.0 } else { 12.0 };
            vec![Sighting { middle: Point::new(2.0, 2.0), side: 2.0, score }]
        }
    }

    #[test]
    fn the_surest_turn_wins_and_certainty_ends_the_search() {
        let found = |turns| Upright::sought(&Doubtful, &raster([4, 2]), turns, f64::INFINITY).unwrap().turn;
        assert_eq!(found(&ALL), Orientation::Turned90);
        assert_eq!(found(&[Orientation::Turned270, Orientation::Turned90]), Orientation::Turned270);
        assert_eq!(found(&[Orientation::Upright, Orientation::Turned180]), Orientation::Upright);
    }

    #[test]
    fn a_turn_that_is_not_tried_finds_nothing() {
        assert_eq!(Upright::sought(&Eyes, &raster([3, 1]), &[Orientation::Upright], f64::INFINITY), None);
    }
}
