use std::collections::BTreeSet;

use crate::checks::Band;
use crate::checks::Category;
use crate::checks::REGISTRY;
use crate::scene::DocumentType;
use crate::verdict::CapturePolicy;
use crate::verdict::SubmissionPolicy;

/// What makes a photo fail: the bands of every document type, the categories that reject, the checks that are required.
///
/// Each document type has the defaults but for the limits and lists it sets itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Categories whose rejects reject the photo; the others only send it to review.
    pub reject_on: BTreeSet<Category>,
    /// What makes a submission fail beyond its photos.
    pub submission: SubmissionPolicy,
    /// What makes a capture fail beyond its frames.
    pub capture: CapturePolicy,
    default_bands: Vec<Band>,
    default_required: BTreeSet<usize>,
    own: [Own; DocumentType::ALL.len()],
}

/// What one document type sets itself.
#[derive(Clone, Debug, PartialEq)]
struct Own {
    bands: Vec<Band>,
    required: Option<BTreeSet<usize>>,
}

impl Policy {
    /// The band of the check at `index` of the registry. Photos of unknown type have the default bands.
    ///
    /// # Panics
    /// When the registry has no such check.
    #[must_use]
    pub fn band(&self, index: usize, document_type: Option<DocumentType>) -> Band {
        document_type.map_or_else(Band::default, |kind| self.own_band(index, kind)).or(self.default_bands[index])
    }

    /// The limits that a document type sets itself for the check at `index` of the registry.
    ///
    /// # Panics
    /// When the registry has no such check.
    #[must_use]
    pub fn own_band(&self, index: usize, document_type: DocumentType) -> Band {
        self.own[document_type as usize].bands[index]
    }

    /// Sets the limits of `band` that are set for the check at `index` of the registry: for one document type, or as the
    /// defaults of all.
    ///
    /// # Panics
    /// When the registry has no such check.
    pub fn lay(&mut self, index: usize, document_type: Option<DocumentType>, band: Band) {
        let below = match document_type {
            Some(kind) => &mut self.own[kind as usize].bands[index],
            None => &mut self.default_bands[index],
        };
        *below = band.or(*below);
    }

    /// The checks, as places in the registry, without which nobody can say yes.
    pub fn required(&self, document_type: Option<DocumentType>) -> impl Iterator<Item = usize> {
        let own = document_type.and_then(|kind| self.own[kind as usize].required.as_ref());
        let applies = move |index: &usize| REGISTRY[*index].applies_to(document_type);
        own.unwrap_or(&self.default_required).iter().copied().filter(applies)
    }

    /// The required checks as they are set, whatever they apply to: those of one document type where it sets its own, or the
    /// defaults of all.
    #[must_use]
    pub fn set_as_required(&self, document_type: Option<DocumentType>) -> Option<impl Iterator<Item = usize>> {
        let set = match document_type {
            Some(kind) => self.own[kind as usize].required.as_ref()?,
            None => &self.default_required,
        };
        Some(set.iter().copied())
    }

    /// Replaces the required checks of one document type, or the defaults of all.
    pub fn require(&mut self, document_type: Option<DocumentType>, checks: impl IntoIterator<Item = usize>) {
        let checks = checks.into_iter().collect();
        match document_type {
            Some(kind) => self.own[kind as usize].required = Some(checks),
            None => self.default_required = checks,
        }
    }

    /// Whether a reject of this category rejects the photo.
    #[must_use]
    pub fn rejects_on(&self, category: Category) -> bool {
        self.reject_on.contains(&category)
    }
}

impl Default for Policy {
    /// The registry's bands and required checks; every category rejects.
    fn default() -> Self {
        let own = |kind| Own { bands: vec![Band::default(); REGISTRY.len()], required: own_required(kind) };
        Self {
            reject_on: Category::ALL.into_iter().collect(),
            submission: SubmissionPolicy::default(),
            capture: CapturePolicy::default(),
            default_bands: REGISTRY.iter().map(|check| check.band).collect(),
            default_required: (0..REGISTRY.len()).filter(|&index| is_required_everywhere(index)).collect(),
            own: DocumentType::ALL.map(own),
        }
    }
}

fn is_required_everywhere(index: usize) -> bool {
    let check = &REGISTRY[index];
    check.applies_to.iter().all(|kind| check.required.contains(kind))
}

/// The checks required of `kind`, where they are not those of all types.
fn own_required(kind: DocumentType) -> Option<BTreeSet<usize>> {
    let required: BTreeSet<usize> =
        (0..REGISTRY.len()).filter(|&index| REGISTRY[index].required.contains(&kind)).collect();
    (!required.iter().copied().all(is_required_everywhere)).then_some(required)
}
