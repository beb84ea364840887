use crate::checks::Category;
use crate::record::Row;
use crate::tune::CheckSide;
use crate::verdict::Grade;
use crate::verdict::Policy;
use crate::verdict::Verdict;

/// What a policy makes of one photo.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decision {
    pub(super) verdict: Verdict,
    pub(super) primary: Option<Category>,
    rejected: CategorySet,
    flagged: CategorySet,
}

/// How bad a photo looks by its numbers: places in bands as of [`CheckSide::depth`], larger is worse.
#[derive(Clone, Debug)]
pub(super) struct Depths {
    /// Of each side of [`CheckSide::all`]; NaN where there is no number or no limit.
    pub(super) sides: Vec<f64>,
    /// The largest of each category.
    worst: [f64; Category::ALL.len()],
}

#[derive(Clone, Copy, Debug, Default)]
struct CategorySet(u64);

// A set holds every category.
const _: () = assert!(Category::ALL.len() <= u64::BITS as usize);

impl CategorySet {
    fn add(&mut self, category: Category) {
        self.0 |= 1 << category as u64;
    }

    fn has(self, category: Category) -> bool {
        self.0 & (1 << category as u64) != 0
    }
}

impl Decision {
    pub(super) fn of(row: &Row, policy: &Policy) -> Self {
        let (mut rejected, mut flagged) = (CategorySet::default(), CategorySet::default());
        if row.error.is_some() {
            rejected.add(Category::DamagedFile);
            flagged.add(Category::DamagedFile);
            return Self { verdict: Verdict::Error, primary: Some(Category::DamagedFile), rejected, flagged };
        }
        let judgement = row.judgement(policy);
        for finding in &judgement.findings {
            flagged.add(finding.fault.category);
            if finding.grade == Grade::Reject {
                rejected.add(finding.fault.category);
            }
        }
        Self { verdict: judgement.verdict, primary: judgement.categories.first().copied(), rejected, flagged }
    }

    /// Whether a number of `category` is beyond its limit of reject; of any category, whether the photo is rejected.
    pub(super) fn rejects(&self, category: Option<Category>) -> bool {
        category
            .map_or(matches!(self.verdict, Verdict::Reject | Verdict::Error), |category| self.rejected.has(category))
    }

    /// Whether a number of `category` is beyond one of its limits; of any category, whether the photo is not accepted.
    pub(super) fn flags(&self, category: Option<Category>) -> bool {
        category.map_or(self.verdict != Verdict::Accept, |category| self.flagged.has(category))
    }
}

impl Depths {
    pub(super) fn of(row: &Row, sides: &[CheckSide], policy: &Policy) -> Self {
        let depth = |side: &CheckSide| {
            let band = policy.band(side.index, row.document_type());
            let has_limit = [side.reject(), side.review()].iter().any(|limit| band.limit(*limit).is_some());
            match row.outcomes[side.index] {
                Some(Ok(number)) if has_limit => side.depth(number, &band),
                _ => f64::NAN,
            }
        };
        let depths: Vec<f64> = sides.iter().map(depth).collect();
        let mut worst = [f64::NAN; Category::ALL.len()];
        for (side, depth) in sides.iter().zip(&depths) {
            let worst = &mut worst[side.category() as usize];
            *worst = worst.max(*depth);
        }
        Self { sides: depths, worst }
    }

    /// The largest of a category, or of all; NaN where there is none.
    pub(super) fn worst(&self, category: Option<Category>) -> f64 {
        category.map_or_else(
            || self.worst.iter().copied().fold(f64::NAN, f64::max),
            |category| self.worst[category as usize],
        )
    }
}

#[cfg(test)]
mod tests {
    use super::Decision;
    use super::Depths;
    use crate::checks;
    use crate::checks::Category;
    use crate::photo::FileFacts;
    use crate::record::Row;
    use crate::record::Source;
    use crate::tune::CheckSide;
    use crate::verdict::Policy;

    fn row(id: &str, number: f64) -> Row {
        let mut row = Row::blank(Source::default(), FileFacts::default());
        row.outcomes[checks::find(id).unwrap().0] = Some(Ok(number));
        row
    }

    #[test]
    fn a_number_beyond_its_limit_of_reject_rejects_for_its_category_only() {
        let decision = Decision::of(&row("resolution", 1.0), &Policy::default());
        assert!(decision.rejects(Some(Category::LowResolution)) && decision.rejects(None));
        assert!(!decision.rejects(Some(Category::Glare)) && !decision.flags(Some(Category::Glare)));
    }

    #[test]
    fn a_file_that_cannot_be_assessed_is_damaged() {
        let row = Row::failed(Source::default(), FileFacts::default(), "no photo".to_owned());
        let decision = Decision::of(&row, &Policy::default());
        assert!(decision.rejects(Some(Category::DamagedFile)) && decision.rejects(None));
    }

    #[test]
    fn the_worst_of_no_number_is_none() {
        let sides: Vec<CheckSide> = CheckSide::all().collect();
        let depths = Depths::of(&row("resolution", 1.0), &sides, &Policy::default());
        assert!(depths.worst(Some(Category::Glare)).is_nan());
        assert!(depths.worst(None) > 1.0);
    }
}
