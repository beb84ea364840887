//! Rasters of light: filters and sampling.

/// Values, row after row.
#[derive(Clone)]
pub struct Raster {
    pub width: usize,
    pub height: usize,
    pub values: Vec<f32>,
}

impl Raster {
    /// The value at a place, between the samples whose middles are nearest; outside, the nearest.
    pub fn linear(&self, [x, y]: [f32; 2]) -> f32 {
        let (x, y) = (x - 0.5, y - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (u, v) = (x - left, y - top);
        let at = |dx: i32, dy: i32| self.nearest(left as i32 + dx, top as i32 + dy);
        let (above, below) = (at(0, 0) * (1.0 - u) + at(1, 0) * u, at(0, 1) * (1.0 - u) + at(1, 1) * u);
        above * (1.0 - v) + below * v
    }

    /// The same by cubic convolution (Keys 1981).
    pub fn cubic(&self, [x, y]: [f32; 2]) -> f32 {
        let (x, y) = (x - 0.5, y - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (across, down) = (keys(x - left), keys(y - top));
        let row = |dy: usize| -> f32 {
            (0..4).map(|dx| across[dx] * self.nearest(left as i32 + dx as i32 - 1, top as i32 + dy as i32 - 1)).sum()
        };
        (0..4).map(|dy| down[dy] * row(dy)).sum()
    }

    fn nearest(&self, x: i32, y: i32) -> f32 {
        let x = x.clamp(0, self.width as i32 - 1) as usize;
        let y = y.clamp(0, self.height as i32 - 1) as usize;
        self.values[y * self.width + x]
    }

    /// Gaussian blur of standard deviation `sigma` pixels.
    pub fn blurred(self, sigma: f32) -> Self {
        if sigma < 0.2 {
            return self;
        }
        let reach = (3.0 * sigma).ceil() as i32;
        let weights: Vec<f32> =
            (-reach..=reach).map(|at| libm::expf(-0.5 * (at as f32 / sigma) * (at as f32 / sigma))).collect();
        let sum: f32 = weights.iter().sum();
        let weights: Vec<f32> = weights.iter().map(|weight| weight / sum).collect();
        self.filtered_along(&weights).filtered_down(&weights)
    }

    /// The mean along a way of so many pixels.
    pub fn moved(self, way: [f32; 2]) -> Self {
        let length = libm::hypotf(way[0], way[1]);
        if length < 0.5 {
            return self;
        }
        let steps = (2.0 * length).ceil() as usize + 1;
        let mut values = vec![0.0; self.values.len()];
        for step in 0..steps {
            let part = step as f32 / (steps - 1) as f32 - 0.5;
            for (at, value) in values.iter_mut().enumerate() {
                let (x, y) = ((at % self.width) as f32 + 0.5, (at / self.width) as f32 + 0.5);
                *value += self.linear([x + part * way[0], y + part * way[1]]) / steps as f32;
            }
        }
        Self { values, ..self }
    }

    fn filtered_along(&self, weights: &[f32]) -> Self {
        let reach = weights.len() / 2;
        let mut values = vec![0.0; self.values.len()];
        let rows = self.values.chunks_exact(self.width).zip(values.chunks_exact_mut(self.width));
        for (row, out) in rows {
            let mut padded = vec![row[0]; reach];
            padded.extend_from_slice(row);
            padded.extend(std::iter::repeat_n(row[self.width - 1], reach));
            for (start, weight) in weights.iter().enumerate() {
                out.iter_mut().zip(&padded[start..]).for_each(|(sum, value)| *sum += weight * value);
            }
        }
        Self { values, ..*self }
    }

    fn filtered_down(&self, weights: &[f32]) -> Self {
        let reach = weights.len() / 2;
        let mut values = vec![0.0; self.values.len()];
        for (y, out) in values.chunks_exact_mut(self.width).enumerate() {
            for (at, weight) in weights.iter().enumerate() {
                let from = (y + at).saturating_sub(reach).min(self.height - 1);
                let row = &self.values[from * self.width..(from + 1) * self.width];
                out.iter_mut().zip(row).for_each(|(sum, value)| *sum += weight * value);
            }
        }
        Self { values, ..*self }
    }
}

/// Weights of the four samples around a place `t` behind the second (a = -1/2).
fn keys(t: f32) -> [f32; 4] {
    let (t2, t3) = (t * t, t * t * t);
    [-0.5 * t + t2 - 0.5 * t3, 1.0 - 2.5 * t2 + 1.5 * t3, 0.5 * t + 2.0 * t2 - 1.5 * t3, 0.5 * (t3 - t2)]
}
