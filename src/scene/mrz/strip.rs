use crate::pixels::Plane;

/// One line of a machine-readable zone, resampled: dark print on light ground as a rule, luma 0–255.
///
/// Cell `i` of `cells` spans the columns `(i + 1) * CELL .. (i + 2) * CELL` of `luma`: left and right of the line lies a
/// margin of one cell, which may show anything. Capitals stand on row [`Self::FOOT`] and reach up to row [`Self::TOP`].
#[derive(Clone)]
pub struct Strip {
    /// `(cells + 2) * CELL` columns, [`Self::HEIGHT`] rows.
    pub luma: Plane,
    /// Characters on the line.
    pub cells: usize,
}

impl Strip {
    /// Columns of a cell: one pitch of OCR-B.
    pub const CELL: usize = 24;
    /// Rows.
    pub const HEIGHT: usize = 36;
    /// The row on which capitals stand.
    pub const FOOT: f32 = 30.0;
    /// The row capitals reach up to: they are 0.986 pitches high.
    pub const TOP: f32 = 6.3;
}

/// A strip shows names and numbers, so only its size is told.
impl std::fmt::Debug for Strip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Strip").field("cells", &self.cells).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::Strip;
    use crate::pixels::Plane;

    #[test]
    fn what_a_strip_shows_is_not_told() {
        let strip = Strip { luma: Plane::new(72, 36, vec![77; 72 * 36]), cells: 1 };
        assert_eq!(format!("{strip:?}"), "Strip { cells: 1, .. }");
    }
}
