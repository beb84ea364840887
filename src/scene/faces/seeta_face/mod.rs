//! The funnel-structured cascade of SeetaFace: a boosted classifier on every window, then perceptrons on those that are left.

mod boosted;
mod funnel;
mod merge;
mod model;
mod perceptron;

use std::sync::OnceLock;

use super::detector::FaceDetector;
use super::detector::Sighting;
use crate::geometry::Point;
use crate::pixels::Plane;
use funnel::Window;
use model::Model;

/// The model, which the build script takes from the package of `rustface`.
const PACKAGED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/faces.bin"));
/// Side of the window that the model knows, pixels.
const WINDOW: usize = 40;
/// Sum of the scores of the windows on a face from which on it is one (docs/accuracy.md).
const LEAST_SCORE: f64 = 2.0;

/// Score that no face on its side or upside down has reached; the greatest was 6.5 (docs/accuracy.md).
const CERTAIN: f64 = 8.0;

/// Finds faces by the funnel-structured cascade of SeetaFace (Wu, Kan, He, Shan, Chen 2017, "Funnel-structured cascade for
/// multi-view face detection with alignment-awareness"): turned in the picture by up to about 30 degrees, from frontal to half profile.
#[derive(Clone, Copy, Debug, Default)]
pub struct SeetaFace;

impl FaceDetector for SeetaFace {
    const SMALLEST: f64 = WINDOW as f64;
    const CERTAIN: f64 = CERTAIN;

    fn faces(&self, luma: &Plane, largest: f64) -> Vec<Sighting> {
        let found = funnel::windows(model(), luma, largest as f32);
        found.iter().filter(|window| window.score >= LEAST_SCORE).map(sighting).collect()
    }
}

/// The packaged model, read once.
fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| Model::read(PACKAGED).expect("the build script has checked the model's length"))
}

fn sighting(window: &Window) -> Sighting {
    let side = f64::from(window.side);
    let middle = Point::new(f64::from(window.x) + side / 2.0, f64::from(window.y) + side / 2.0);
    Sighting { middle, side, score: window.score }
}

#[cfg(test)]
mod tests {
    use super::FaceDetector;
    use super::SeetaFace;
    use crate::pixels::Plane;

    #[test]
    fn nothing_flat_or_tiny_is_a_face() {
        for (width, height) in [(0, 0), (1, 1), (39, 200), (40, 40), (50, 50), (320, 240)] {
            let plane = Plane::new(width, height, vec![128; width * height]);
            assert_eq!(SeetaFace.faces(&plane, f64::INFINITY), [], "{width} x {height}");
        }
    }

    #[test]
    fn textures_are_no_faces() {
        let textures: [fn(usize, usize) -> u8; 4] = [
            |x, y| ((x * 7919 + y * 104_729).wrapping_mul(2_654_435_761) >> 13) as u8,
            |x, _| if x / 5 % 2 == 0 { 0 } else { 255 },
            |x, y| if (x / 9 + y / 9) % 2 == 0 { 0 } else { 255 },
            |x, y| (x * y / 64) as u8,
        ];
        for (number, texture) in textures.iter().enumerate() {
            let samples = (0..200 * 150).map(|at| texture(at % 200, at / 200)).collect();
            assert_eq!(SeetaFace.faces(&Plane::new(200, 150, samples), f64::INFINITY), [], "texture {number}");
        }
    }
}
