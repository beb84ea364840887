//! The file of the model: little-endian 32-bit integers and floats, one classifier after the other.

use super::boosted::Boosted;
use super::boosted::Weak;
use super::perceptron::Layer;
use super::perceptron::Perceptron;

/// Numbers that stand for the kinds of classifiers.
const BOOSTED: usize = 0;
const PERCEPTRON: usize = 1;
/// No table of the model is longer; what claims to be is no model.
const LONGEST: usize = 1 << 20;

/// The cascade's classifiers.
#[derive(Debug)]
pub(super) struct Model {
    /// Those that look at every window, one for each pose of the head.
    pub(super) first: Vec<Boosted>,
    /// What follows, tier after tier.
    pub(super) tiers: Vec<Vec<Member>>,
}

/// A part of a tier.
#[derive(Debug)]
pub(super) struct Member {
    /// Of which parts of the tier before it looks at the windows; the windows take the place of the first one's.
    pub(super) sources: Vec<usize>,
    pub(super) stages: Vec<Perceptron>,
}

impl Model {
    /// The model in `bytes`, or `None` where they are cut short or are no model.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader(bytes);
        let tiers = reader.count()?;
        let mut first = Vec::new();
        for _ in 0..reader.count()? {
            for _ in 0..reader.count()? {
                first.push(reader.boosted()?);
            }
            let sources = reader.count()?;
            reader.counts(sources)?;
        }
        let tiers = (1..tiers).map(|_| reader.tier()).collect::<Option<Vec<_>>>()?;
        let known = first.len();
        let fits = |member: &Member| !member.sources.is_empty() && member.sources.iter().all(|&source| source < known);
        let is_whole = known > 0 && tiers.iter().all(|tier| !tier.is_empty()) && reader.0.is_empty();
        (is_whole && tiers.iter().flatten().all(fits)).then_some(Self { first, tiers })
    }
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn word(&mut self) -> Option<[u8; 4]> {
        let (word, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*word)
    }

    /// The file has -1 for some counts of nothing.
    fn count(&mut self) -> Option<usize> {
        let count = i32::from_le_bytes(self.word()?).max(0) as usize;
        (count <= LONGEST).then_some(count)
    }

    fn counts(&mut self, length: usize) -> Option<Vec<usize>> {
        (0..length).map(|_| self.count()).collect()
    }

    fn float(&mut self) -> Option<f32> {
        self.word().map(f32::from_le_bytes)
    }

    fn floats(&mut self, length: usize) -> Option<Vec<f32>> {
        let (floats, rest) = self.0.split_at_checked(length.checked_mul(4)?)?;
        self.0 = rest;
        Some(floats.as_chunks().0.iter().map(|word| f32::from_le_bytes(*word)).collect())
    }

    fn tier(&mut self) -> Option<Vec<Member>> {
        (0..self.count()?).map(|_| self.member()).collect()
    }

    fn member(&mut self) -> Option<Member> {
        let stages = (0..self.count()?).map(|_| self.perceptron()).collect::<Option<_>>()?;
        let sources = self.count()?;
        Some(Member { sources: self.counts(sources)?, stages })
    }

    fn boosted(&mut self) -> Option<Boosted> {
        if self.count()? != BOOSTED {
            return None;
        }
        let (length, bins) = (self.count()?, self.count()?);
        let places = (0..length).map(|_| Some([self.count()?, self.count()?])).collect::<Option<Vec<_>>>()?;
        let thresholds = self.floats(length)?;
        let weak = places.into_iter().zip(thresholds).map(|(place, threshold)| {
            let weights = Box::new(self.floats(bins + 1)?.try_into().ok()?);
            Some(Weak { place, weights, threshold })
        });
        Boosted::new(weak.collect::<Option<_>>()?)
    }

    fn perceptron(&mut self) -> Option<Perceptron> {
        if self.count()? != PERCEPTRON {
            return None;
        }
        let (layers, features) = (self.count()?, self.count()?);
        let features = self.counts(features)?;
        let threshold = self.float()?;
        let mut inputs = self.count()?;
        let layers = (1..layers).map(|_| {
            let outputs = self.count()?;
            let weights = self.floats(inputs.checked_mul(outputs)?)?;
            let layer = Layer { inputs, weights, biases: self.floats(outputs)? };
            inputs = outputs;
            Some(layer)
        });
        let layers = layers.collect::<Option<_>>()?;
        Perceptron::new(&features, threshold, layers)
    }
}

#[cfg(test)]
mod tests {
    use super::super::PACKAGED;
    use super::Model;

    #[test]
    fn the_packaged_model_has_three_poses_and_two_tiers() {
        let model = Model::read(PACKAGED).unwrap();
        assert_eq!((model.first.len(), model.tiers.len()), (3, 2));
    }

    #[test]
    fn a_model_cut_short_is_none() {
        for length in [0, 3, 4, 600, 5_000, PACKAGED.len() / 2, PACKAGED.len() - 1] {
            assert!(Model::read(&PACKAGED[..length]).is_none(), "{length} bytes");
        }
        assert!(Model::read(&[255; 4096]).is_none());
    }
}
