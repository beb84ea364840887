use super::Page;
use super::histogram::Drawing;
use crate::checks::Band;
use crate::checks::Check;
use crate::checks::REGISTRY;
use crate::record::Digest;
use crate::verdict::Policy;
use crate::words::PageWords;
use crate::words::fill;

/// How the numbers of one check are spread, as the page shows it.
pub(super) struct Card {
    pub id: &'static str,
    pub unit: &'static str,
    pub svg: String,
    pub ends: [String; 2],
    /// How many photos pass and do not, in words.
    pub counts: String,
    /// The usual limits.
    pub limits: String,
}

impl Page {
    /// A card for each check that has numbers.
    pub(super) fn cards(&self, digest: &Digest, words: &PageWords) -> Vec<Card> {
        let card = |(index, check): (usize, &'static Check)| {
            let bands = self.bands(digest, index, check);
            let Drawing { svg, ends } = self.histograms[index].draw(&bands)?;
            let [pass, review, reject] = self.histograms[index].grades().map(|count| count.to_string());
            let counts = fill(&words.card_counts, &[("pass", &pass), ("review", &review), ("reject", &reject)]);
            let limits = bands.first().map_or_else(String::new, ToString::to_string);
            Some(Card { id: check.id, unit: check.unit, svg, ends, counts, limits })
        };
        REGISTRY.iter().enumerate().filter_map(card).collect()
    }

    /// The bands of a check that are in force for the types there are, each once; the first is that of most types.
    fn bands(&self, digest: &Digest, index: usize, check: &Check) -> Vec<Band> {
        let kinds = digest.types.keys().filter(|kind| check.applies_to(**kind));
        let mut bands: Vec<(Band, usize)> = Vec::new();
        for band in kinds.map(|kind| Policy::band(&self.policy, index, *kind)) {
            match bands.iter_mut().find(|(known, _)| *known == band) {
                Some((_, count)) => *count += 1,
                None => bands.push((band, 1)),
            }
        }
        bands.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        bands.into_iter().map(|(band, _)| band).filter(|band| *band != Band::default()).collect()
    }
}
