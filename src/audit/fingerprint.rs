use std::env::consts::ARCH;
use std::env::consts::OS;

use crate::config::Settings;
use crate::photo::Limits;

/// What decides the numbers of a photo besides its bytes, its document type and the day of the audit, 64 hexadecimal digits:
/// version and sources of kyclint, its decoders, the machine and `limits`. Bands are no part of it: they judge and do not measure.
#[must_use]
pub fn fingerprint(settings: &Settings) -> String {
    let Limits { max_file_bytes, max_pixels, max_side } = settings.limits;
    let (heif, turbojpeg) = (cfg!(feature = "heif"), cfg!(feature = "turbojpeg"));
    let version = concat!(env!("CARGO_PKG_VERSION"), " ", env!("KYCLINT_SOURCES"));
    let text = format!("{version} {ARCH} {OS} {heif} {turbojpeg} {max_file_bytes} {max_pixels} {max_side}");
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_count_and_bands_do_not() {
        let mut settings = Settings::default();
        let before = fingerprint(&settings);
        settings.overlay("own.toml", "[default.resolution]\nreject_below = 1").unwrap();
        assert_eq!(fingerprint(&settings), before);
        settings.overlay("own.toml", "[limits]\nmax_side = 1000").unwrap();
        assert_ne!(fingerprint(&settings), before);
    }
}
