use std::collections::BTreeMap;

use crate::random::SplitMix64;

/// The fold, 0 to `k` − 1, of each photo, for cross-validation: photo `i` is of group `groups[i]` and bad where `is_bad[i]`.
///
/// Groups are kept whole. The groups with a bad photo, in random order, are dealt out to the folds in turn, and then the others:
/// so no fold has two groups of a kind more than another. The same seed gives the same folds, in whatever order the photos come.
/// One fold where `k` is 0.
#[must_use]
pub fn folds(groups: &[u32], is_bad: &[bool], k: usize, seed: u64) -> Vec<usize> {
    let mut has_bad: BTreeMap<u32, bool> = BTreeMap::new();
    for (group, is_bad) in groups.iter().zip(is_bad) {
        *has_bad.entry(*group).or_default() |= is_bad;
    }
    let order = shuffled(&has_bad, seed);
    let folds: BTreeMap<u32, usize> = order.into_iter().zip((0..k.max(1)).cycle()).collect();
    groups.iter().filter_map(|group| folds.get(group).copied()).collect()
}

/// First the groups with a bad photo, then the others.
fn shuffled(has_bad: &BTreeMap<u32, bool>, seed: u64) -> Vec<u32> {
    let mut order: Vec<(bool, u32)> = has_bad.iter().map(|(group, has_bad)| (!has_bad, *group)).collect();
    SplitMix64::new(seed).shuffle(&mut order);
    order.sort_by_key(|&(is_good, _)| is_good);
    order.into_iter().map(|(_, group)| group).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::folds;

    #[test]
    fn each_fold_gets_its_part_of_the_bad_groups() {
        let groups: Vec<u32> = (0..20).collect();
        let is_bad = groups.iter().map(|group| group % 2 == 0).collect::<Vec<_>>();
        let folds = folds(&groups, &is_bad, 5, 1);
        for fold in 0..5 {
            let mine = || folds.iter().zip(&is_bad).filter(|(at, _)| **at == fold);
            assert_eq!((mine().count(), mine().filter(|(_, is_bad)| **is_bad).count()), (4, 2));
        }
    }

    #[test]
    fn another_seed_deals_otherwise() {
        let groups: Vec<u32> = (0..20).collect();
        assert_eq!(folds(&groups, &[false; 20], 4, 1), folds(&groups, &[false; 20], 4, 1));
        assert_ne!(folds(&groups, &[false; 20], 4, 1), folds(&groups, &[false; 20], 4, 2));
        assert_eq!(folds(&groups, &[false; 20], 0, 1), [0; 20]);
    }

    proptest! {
        #[test]
        fn folds_keep_groups_whole_and_share_them_out(photos in prop::collection::vec((0..30_u32, any::<bool>()), 0..80), k in 1..8_usize, seed in any::<u64>()) {
            let (groups, is_bad): (Vec<u32>, Vec<bool>) = photos.iter().copied().unzip();
            let folds = folds(&groups, &is_bad, k, seed);
            prop_assert_eq!(folds.len(), photos.len());
            let mut of_group = [None; 30];
            for (group, fold) in groups.iter().zip(&folds) {
                prop_assert!(*fold < k && of_group[*group as usize].is_none_or(|seen| seen == *fold));
                of_group[*group as usize] = Some(*fold);
            }
            let sizes: Vec<usize> = (0..k).map(|fold| of_group.iter().filter(|of| **of == Some(fold)).count()).collect();
            prop_assert!(sizes.iter().max().zip(sizes.iter().min()).is_some_and(|(most, least)| most - least <= 1));
        }

        #[test]
        fn the_order_of_photos_does_not_matter(photos in prop::collection::vec((0..30_u32, any::<bool>()), 0..80)) {
            let (groups, is_bad): (Vec<u32>, Vec<bool>) = photos.iter().copied().unzip();
            let (back, bad_back): (Vec<u32>, Vec<bool>) = photos.iter().copied().rev().unzip();
            let mut folds_back = folds(&back, &bad_back, 3, 9);
            folds_back.reverse();
            prop_assert_eq!(folds(&groups, &is_bad, 3, 9), folds_back);
        }
    }
}
