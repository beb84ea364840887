use super::aligned::Aligned;
use super::aligned::Patch;
use super::aligned::Tone;

/// How far the colour of skin strays on one face, in Cb and Cr, and its luma, natural logarithm.
const CHROMA_SPREAD: f32 = 9.0;
const LUMA_SPREAD: f32 = 0.45;
/// Least luma that is told from black.
const DARKEST: f32 = 8.0;

/// The skin of one face, whatever its tone: what other parts of the same face are held against.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Skin {
    /// Its median luma and chroma.
    pub tone: Tone,
}

impl Skin {
    /// The skin in `patches` of a face; `None` where these hold no pixels.
    #[must_use]
    pub fn of(face: &Aligned, patches: &[Patch]) -> Option<Self> {
        face.tone(patches).map(|tone| Self { tone })
    }

    /// How much darker `tone` is, natural logarithm of the ratio of lumas.
    #[must_use]
    pub fn darkness_of(&self, tone: Tone) -> f32 {
        (self.tone.luma.max(DARKEST) / tone.luma.max(DARKEST)).ln()
    }

    /// How much `tone` is like it, 0–1: 1 where both are the same.
    #[must_use]
    pub fn likeness(&self, tone: Tone) -> f32 {
        let [blue, red] = [0, 1].map(|part| (tone.chroma[part] - self.tone.chroma[part]) / CHROMA_SPREAD);
        let light = self.darkness_of(tone) / LUMA_SPREAD;
        (-0.5 * (blue * blue + red * red + light * light)).exp()
    }

    /// Mean likeness of the pixels of `patch`, 0–1.
    #[must_use]
    pub fn share(&self, face: &Aligned, patch: Patch) -> f64 {
        let (sum, count) =
            face.pixels(patch).fold((0.0, 0), |(sum, count), tone| (sum + self.likeness(tone), count + 1));
        f64::from(sum) / f64::from(count.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::Skin;
    use super::Tone;

    #[test]
    fn darker_and_bluer_is_less_like_skin() {
        let tone = |luma: f32, blue: f32, red: f32| Tone { luma, chroma: [blue, red] };
        let skin = Skin { tone: tone(150.0, -10.0, 20.0) };
        let likeness =
            [tone(150.0, -10.0, 20.0), tone(120.0, -10.0, 20.0), tone(60.0, -10.0, 20.0), tone(60.0, 10.0, 0.0)];
        let likeness = likeness.map(|tone| skin.likeness(tone));
        assert!(likeness.is_sorted_by(|one, other| one > other), "{likeness:?}");
        assert!(likeness[0] > 0.999 && likeness[3] < 0.02);
    }
}
