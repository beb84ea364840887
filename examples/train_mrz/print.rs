//! The ink of a line on the photo's raster.

use kyclint::synth::Face;
use kyclint::synth::print_cells;

use crate::random::Random;
use crate::recipe::Recipe;

/// Room around the cells on the photo, pitches: left and right, above and below the line's foot.
const BESIDE: f32 = 0.6;
const ABOVE: f32 = 1.6;
const BELOW: f32 = 0.7;

/// Where a line lies on its photo.
pub struct Layout {
    pub width: usize,
    pub height: usize,
    /// Place of the left end of the line's foot, and the steps of a pitch along the line and down, in pixels.
    origin: [f32; 2],
    along: [f32; 2],
    down: [f32; 2],
}

impl Layout {
    /// Room for `cells` and their margins.
    pub fn new(recipe: &Recipe, cells: usize) -> Self {
        let pitch = recipe.pitch;
        let length = (cells + 2) as f32;
        let rise = length * recipe.tilt[0];
        let height = (ABOVE + BELOW + rise.abs()) * pitch;
        Self {
            width: ((length + 2.0 * BESIDE) * pitch).ceil() as usize,
            height: height.ceil() as usize,
            origin: [BESIDE * pitch, (ABOVE + (-rise).max(0.0)) * pitch],
            along: [pitch, pitch * recipe.tilt[0]],
            down: [-pitch * recipe.tilt[0], pitch],
        }
    }

    /// The place on the photo of what lies `x` pitches along the line and `y` down from its foot, in pixels.
    pub fn place(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        [0, 1].map(|axis| self.origin[axis] + x * self.along[axis] + y * self.down[axis])
    }
}

/// How a typeface draws one character.
struct Shape {
    width: f32,
    height: f32,
    bend: [[f32; 5]; 2],
}

impl Shape {
    fn new(recipe: &Recipe, typeface: u64, character: char) -> Self {
        let mut random = Random::new(typeface, u64::from(u32::from(character)));
        let digit = if character.is_ascii_digit() { recipe.digits } else { 1.0 };
        let mut coefficient = || recipe.deformation * random.normal();
        let bend = [0, 1].map(|_| std::array::from_fn(|_| coefficient()));
        let width = recipe.size[0] * (1.0 + recipe.widths * random.normal().clamp(-1.5, 1.5));
        Self { width, height: recipe.size[1] * digit, bend }
    }

    /// Bends a point of the glyph whose middle is the origin and whose sides are 1.
    fn apply(&self, [x, y]: [f32; 2]) -> [f32; 2] {
        let (u, v) = (2.0 * x, 2.0 * y);
        let bend = self.bend.map(|k| k[0] * u * v + k[1] * u * u + k[2] * v * v + k[3] * u * v * v + k[4] * u * u * v);
        [(x + bend[0]) * self.width, y + bend[1]]
    }
}

/// Share of ink in each pixel. `text` has a character for each margin too.
pub fn print(recipe: &Recipe, layout: &Layout, face: Face, text: &str, random: &mut Random) -> Vec<f32> {
    let typeface = random.next();
    let shapes: Vec<Shape> = text.chars().map(|character| Shape::new(recipe, typeface, character)).collect();
    let places: Vec<[f32; 2]> = shapes.iter().map(|_| [0, 1].map(|_| recipe.scatter * random.normal())).collect();
    print_cells(face, text, recipe.weight, [layout.width, layout.height], |cell, [x, y]| {
        let shape = &shapes[cell];
        // The middle of capitals lies 0.493 above the foot.
        let [x, y] = shape.apply([x - 0.5, y + 0.493]);
        let (x, y) = (x - recipe.lean * y, (y - 0.493) * shape.height);
        layout.place([cell as f32 + 0.5 + x + places[cell][0], y + places[cell][1]])
    })
}
