use crate::geometry::Quad;

/// A raster of 8-bit samples, row-major, without padding between rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plane {
    width: usize,
    height: usize,
    samples: Vec<u8>,
}

impl Plane {
    /// Wraps `samples`, of which there must be `width * height`.
    ///
    /// # Panics
    /// When the number of samples is another one.
    #[must_use]
    pub fn new(width: usize, height: usize, samples: Vec<u8>) -> Self {
        assert_eq!(samples.len(), width * height, "a plane holds width x height samples");
        Self { width, height, samples }
    }

    /// Columns.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// The outline, its first corner at the first sample's outer one.
    #[must_use]
    pub fn frame(&self) -> Quad {
        Quad::rectangle(self.width as f64, self.height as f64)
    }

    /// All samples, row after row.
    #[must_use]
    pub fn samples(&self) -> &[u8] {
        &self.samples
    }

    /// The samples themselves, row after row.
    #[must_use]
    pub fn into_samples(self) -> Vec<u8> {
        self.samples
    }

    /// Row `y`, of `width` samples.
    ///
    /// # Panics
    /// When `y` is not below the height.
    #[must_use]
    pub fn row(&self, y: usize) -> &[u8] {
        &self.samples[y * self.width..(y + 1) * self.width]
    }

    /// The rows, top to bottom. A plane without columns has none.
    #[must_use]
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        self.samples.chunks_exact(self.width.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::Plane;

    #[test]
    fn a_plane_without_columns_has_no_rows() {
        assert_eq!(Plane::new(0, 3, Vec::new()).rows().count(), 0);
    }

    #[test]
    fn rows_are_cut_at_the_width() {
        let plane = Plane::new(2, 2, vec![1, 2, 3, 4]);
        assert_eq!(plane.row(1), [3, 4]);
        assert_eq!(plane.rows().collect::<Vec<_>>(), [[1, 2], [3, 4]]);
    }
}
