use super::PhotoError;

/// What a photo may claim before anything is allocated for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest file, bytes.
    pub max_file_bytes: u64,
    /// Largest raster, pixels.
    pub max_pixels: u64,
    /// Longest side, pixels.
    pub max_side: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_file_bytes: 64 << 20, max_pixels: 100_000_000, max_side: 20_000 }
    }
}

impl Limits {
    /// Refuses a file of `bytes`.
    ///
    /// # Errors
    /// When it is larger than the limit.
    pub fn admit_file(&self, bytes: u64) -> Result<(), PhotoError> {
        within("the file's size in bytes", bytes, "max_file_bytes", self.max_file_bytes)
    }

    /// Refuses a raster of `width` x `height`.
    pub(super) fn admit_raster(&self, width: u32, height: u32) -> Result<(), PhotoError> {
        let pixels = u64::from(width) * u64::from(height);
        within("the longest side in pixels", width.max(height).into(), "max_side", self.max_side.into())?;
        within("the number of pixels", pixels, "max_pixels", self.max_pixels)
    }
}

fn within(what: &'static str, actual: u64, key: &'static str, limit: u64) -> Result<(), PhotoError> {
    if actual > limit { Err(PhotoError::TooLarge { what, actual, key, limit }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::Limits;

    #[test]
    fn the_message_names_the_key_and_both_numbers() {
        let limits = Limits { max_pixels: 10, ..Limits::default() };
        let error = limits.admit_raster(3, 4).unwrap_err();
        assert_eq!(error.to_string(), "the number of pixels is 12, over `limits.max_pixels` = 10");
        assert!(limits.admit_raster(2, 5).is_ok());
    }
}
