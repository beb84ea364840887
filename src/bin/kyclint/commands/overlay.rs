use std::path::Path;
use std::path::PathBuf;

use anyhow::bail;
use kyclint::report::Overlay;
use kyclint::report::PictureFormat;
use kyclint::report::UnknownPictureFormat;

use super::is_same_file;
use super::put;

/// Where a picture is drawn to, and as what.
#[derive(Clone, Debug)]
pub struct Target {
    path: PathBuf,
    format: PictureFormat,
}

impl Target {
    /// The target at `path`, whose extension names the format.
    pub fn new(path: PathBuf) -> Result<Self, UnknownPictureFormat> {
        Ok(Self { format: PictureFormat::of(&path)?, path })
    }

    /// Refuses a target that would take the place of the photo.
    pub fn spare(&self, photo: &Path) -> anyhow::Result<()> {
        if is_same_file(&self.path, photo) {
            bail!("--overlay {} is the photo itself; nothing was written", self.path.display());
        }
        Ok(())
    }

    /// Puts the picture in place, whole or not at all, readable by its owner only.
    pub fn write(&self, overlay: &Overlay) -> anyhow::Result<()> {
        put(&self.path, &overlay.encode(self.format)?)
    }
}
