//! The shape of a configuration file, and what it changes.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::ConfigIssue;
use super::Settings;
use super::budget::BudgetTable;
use super::capture::CaptureTable;
use super::submission::SubmissionTable;
use crate::checks;
use crate::checks::Band;
use crate::checks::BandError;
use crate::checks::Category;
use crate::checks::Check;
use crate::checks::Limit;
use crate::checks::REGISTRY;
use crate::checks::Side;
use crate::scene::DocumentType;

type Bands = BTreeMap<Spanned<String>, Spanned<BandTable>>;
type Names = Vec<Spanned<String>>;

/// Configuration of kyclint: bands per document type, what makes a photo fail, limits.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct File {
    /// What a photo may claim before it is read.
    limits: LimitsTable,
    /// What makes a photo fail.
    verdict: VerdictTable,
    /// What makes a submission fail.
    submission: SubmissionTable,
    /// What makes a capture of several frames fail.
    capture: CaptureTable,
    /// What a run is held to.
    budget: BudgetTable,
    /// Bands of every document type.
    #[schemars(with = "BTreeMap<String, BandTable>")]
    default: Bands,
    /// Bands of fronts of identity cards.
    #[schemars(with = "BTreeMap<String, BandTable>")]
    id_card_front: Bands,
    /// Bands of backs of identity cards.
    #[schemars(with = "BTreeMap<String, BandTable>")]
    id_card_back: Bands,
    /// Bands of passports.
    #[schemars(with = "BTreeMap<String, BandTable>")]
    passport: Bands,
    /// Bands of fronts of driving licences.
    #[schemars(with = "BTreeMap<String, BandTable>")]
    driver_license_front: Bands,
    /// Bands of backs of driving licences.
    #[schemars(with = "BTreeMap<String, BandTable>")]
    driver_license_back: Bands,
    /// Bands of selfies.
    #[schemars(with = "BTreeMap<String, BandTable>")]
    selfie: Bands,
}

/// Limits of one check. What is not set is inherited.
#[derive(Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct BandTable {
    /// Numbers below are rejects.
    reject_below: Option<f64>,
    /// Numbers below are reviews at least.
    review_below: Option<f64>,
    /// Numbers above are reviews at least.
    review_above: Option<f64>,
    /// Numbers above are rejects.
    reject_above: Option<f64>,
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct VerdictTable {
    /// Categories whose rejects reject the photo; the others only send it to review.
    #[schemars(with = "Option<Vec<String>>")]
    reject_on: Option<Names>,
    /// Checks without which nobody can say yes, by document type.
    required: RequiredTable,
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct RequiredTable {
    #[schemars(with = "Option<Vec<String>>")]
    default: Option<Names>,
    #[schemars(with = "Option<Vec<String>>")]
    id_card_front: Option<Names>,
    #[schemars(with = "Option<Vec<String>>")]
    id_card_back: Option<Names>,
    #[schemars(with = "Option<Vec<String>>")]
    passport: Option<Names>,
    #[schemars(with = "Option<Vec<String>>")]
    driver_license_front: Option<Names>,
    #[schemars(with = "Option<Vec<String>>")]
    driver_license_back: Option<Names>,
    #[schemars(with = "Option<Vec<String>>")]
    selfie: Option<Names>,
}

#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_field_names, reason = "these are the keys of the file")]
struct LimitsTable {
    /// Largest file, bytes.
    max_file_bytes: Option<u64>,
    /// Largest raster, pixels.
    max_pixels: Option<u64>,
    /// Longest side, pixels.
    max_side: Option<u32>,
}

pub(super) fn parse(text: &str) -> Result<File, ConfigIssue> {
    toml::from_str(text).map_err(|error| {
        let span = error.span().unwrap_or(0..0);
        match error.message().split_once(", expected ") {
            Some((message, expected)) => ConfigIssue::new(span, message).with_help(format!("expected {expected}")),
            None => ConfigIssue::new(span, error.message()),
        }
    })
}

impl File {
    /// What `base` becomes with this file, whose text is `text`, laid over it.
    pub(super) fn over(&self, base: &Settings, text: &str) -> Result<Settings, ConfigIssue> {
        let mut settings = base.clone();
        self.limits.apply(&mut settings);
        if let Some(names) = &self.verdict.reject_on {
            settings.policy.reject_on = names.iter().map(category).collect::<Result<_, _>>()?;
        }
        self.submission.apply(&mut settings.policy.submission)?;
        self.capture.apply(&mut settings.policy.capture)?;
        self.budget.apply(text, &mut settings.budget)?;
        for kind in every_type() {
            if let Some(names) = self.verdict.required.of(kind) {
                settings.policy.require(kind, required(names, kind)?);
            }
            lay_bands(self.bands(kind), kind, &mut settings)?;
        }
        for kind in every_type() {
            for (name, table) in self.default.iter().chain(kind.map(|_| self.bands(kind)).into_iter().flatten()) {
                let (index, check) = check(name)?;
                let effective = settings.policy.band(index, kind);
                effective.validate().map_err(|error| misplaced(table.span(), kind, check, &error))?;
            }
        }
        Ok(settings)
    }

    fn bands(&self, kind: Option<DocumentType>) -> &Bands {
        match kind {
            None => &self.default,
            Some(DocumentType::IdCardFront) => &self.id_card_front,
            Some(DocumentType::IdCardBack) => &self.id_card_back,
            Some(DocumentType::Passport) => &self.passport,
            Some(DocumentType::DriverLicenseFront) => &self.driver_license_front,
            Some(DocumentType::DriverLicenseBack) => &self.driver_license_back,
            Some(DocumentType::Selfie) => &self.selfie,
        }
    }
}

impl RequiredTable {
    fn of(&self, kind: Option<DocumentType>) -> Option<&Names> {
        match kind {
            None => &self.default,
            Some(DocumentType::IdCardFront) => &self.id_card_front,
            Some(DocumentType::IdCardBack) => &self.id_card_back,
            Some(DocumentType::Passport) => &self.passport,
            Some(DocumentType::DriverLicenseFront) => &self.driver_license_front,
            Some(DocumentType::DriverLicenseBack) => &self.driver_license_back,
            Some(DocumentType::Selfie) => &self.selfie,
        }
        .as_ref()
    }
}

impl LimitsTable {
    fn apply(&self, settings: &mut Settings) {
        let limits = &mut settings.limits;
        limits.max_file_bytes = self.max_file_bytes.unwrap_or(limits.max_file_bytes);
        limits.max_pixels = self.max_pixels.unwrap_or(limits.max_pixels);
        limits.max_side = self.max_side.unwrap_or(limits.max_side);
    }
}

/// The defaults, then each document type.
fn every_type() -> impl Iterator<Item = Option<DocumentType>> {
    std::iter::once(None).chain(DocumentType::ALL.map(Some))
}

/// Lays `bands` over those of `kind`. Tables under a type's own name must be about checks that apply to it.
fn lay_bands(bands: &Bands, kind: Option<DocumentType>, settings: &mut Settings) -> Result<(), ConfigIssue> {
    for (name, table) in bands {
        let (index, check) = check(name)?;
        applicable(name, kind, check)?;
        let band = Band::from(*table.get_ref());
        for (limit, _) in band.limits() {
            if check.faults.on(limit.side()).is_none() {
                return Err(faultless(table.span(), check, limit));
            }
        }
        settings.policy.lay(index, kind, band);
    }
    Ok(())
}

fn required(names: &Names, kind: Option<DocumentType>) -> Result<Vec<usize>, ConfigIssue> {
    let place = |name| {
        let (index, check) = check(name)?;
        applicable(name, kind, check).map(|()| index)
    };
    names.iter().map(place).collect()
}

fn applicable(name: &Spanned<String>, kind: Option<DocumentType>, check: &Check) -> Result<(), ConfigIssue> {
    if kind.is_none() || check.applies_to(kind) { Ok(()) } else { Err(not_measured(name, kind, check)) }
}

fn check(name: &Spanned<String>) -> Result<(usize, &'static Check), ConfigIssue> {
    let known = REGISTRY.iter().map(|check| check.id);
    checks::find(name.get_ref()).ok_or_else(|| ConfigIssue::unknown(name.span(), "check", name.get_ref(), known))
}

fn category(name: &Spanned<String>) -> Result<Category, ConfigIssue> {
    let known = Category::ALL.iter().map(|category| category.id());
    name.get_ref().parse().map_err(|_| ConfigIssue::unknown(name.span(), "category", name.get_ref(), known))
}

fn not_measured(name: &Spanned<String>, kind: Option<DocumentType>, check: &Check) -> ConfigIssue {
    let kind = kind.map_or("photos of unknown type", DocumentType::id);
    let types: Vec<_> = check.applies_to.iter().map(|kind| kind.id()).collect();
    ConfigIssue::new(name.span(), format!("`{}` is not measured on {kind}", check.id))
        .with_help(format!("it is measured on {}", types.join(", ")))
}

fn faultless(span: std::ops::Range<usize>, check: &Check, limit: Limit) -> ConfigIssue {
    let settable = Limit::ALL.iter().filter(|limit| check.faults.on(limit.side()).is_some());
    let settable: Vec<_> = settable.map(|limit| limit.key()).collect();
    let side = if limit.side() == Side::Below { "small" } else { "large" };
    ConfigIssue::new(span, format!("`{}` has no `{}`: a {side} number is no fault", check.id, limit.key()))
        .with_help(format!("its limits are {}", settable.join(", ")))
}

fn misplaced(
    span: std::ops::Range<usize>,
    kind: Option<DocumentType>,
    check: &Check,
    error: &BandError,
) -> ConfigIssue {
    let kind = kind.map_or("default", DocumentType::id);
    ConfigIssue::new(span, format!("`{kind}.{}`: {error}", check.id))
        .with_help("limits that are not set here are inherited; `kyclint config show` prints the band in force")
}

impl From<BandTable> for Band {
    fn from(table: BandTable) -> Self {
        let BandTable { reject_below, review_below, review_above, reject_above } = table;
        Self { reject_below, review_below, review_above, reject_above }
    }
}
