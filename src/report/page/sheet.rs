use askama::Template;
use serde_json::json;

use super::Page;
use super::cards::Card;
use super::gallery::Gallery;
use super::gallery::Picture;
use super::gallery::Thumbnails;
use super::rows::PageRow;
use super::rows::place_of;
use crate::budget::Scope;
use crate::checks::Category;
use crate::checks::Check;
use crate::checks::Fault;
use crate::checks::Faults;
use crate::checks::Limit;
use crate::checks::REGISTRY;
use crate::config::Settings;
use crate::html::Head;
use crate::html::json_in_script;
use crate::record::Digest;
use crate::record::PhotoCounts;
use crate::record::Summary;
use crate::report::ReportError;
use crate::report::Run;
use crate::scene::DocumentType;
use crate::verdict::Grade;
use crate::verdict::Verdict;
use crate::words::Language;
use crate::words::PageWords;
use crate::words::fill;

#[derive(Template)]
#[template(path = "report.html")]
struct Sheet<'a> {
    words: &'a PageWords,
    head: Head,
    script: &'static str,
    version: &'static str,
    as_of: Option<String>,
    config: String,
    photos: usize,
    tiles: Vec<Tile>,
    submissions: Vec<Tile>,
    categories: Vec<CategoryLine>,
    kinds: Vec<KindLine>,
    left_out: Option<String>,
    cards: Vec<Card>,
    lists: String,
    rows: String,
}

/// How many have one verdict.
struct Tile {
    id: &'static str,
    name: &'static str,
    count: usize,
    share: String,
    /// Where its part of the bar begins and how wide it is, of 100.
    from: String,
    width: String,
}

struct CategoryLine {
    id: &'static str,
    name: &'static str,
    primary: usize,
    found: usize,
    primary_width: String,
    found_width: String,
}

struct KindLine {
    place: usize,
    name: &'static str,
    counts: Vec<usize>,
}

impl Page {
    /// The page of `run`, whole, with the pictures of `gallery`, which has none afterwards.
    ///
    /// # Errors
    /// When it cannot be rendered.
    pub fn render(self, run: &Run, language: Language, gallery: &Gallery) -> Result<String, ReportError> {
        const SCRIPT: &str = include_str!("../../../templates/report.js");
        let words = language.page();
        let pictures = gallery.pictures();
        let summary = &run.digest.summary;
        let cards = self.cards(run.digest, words);
        let (rows, seen) = self.rows.finish();
        let left_out = (rows.len() < seen)
            .then(|| fill(&words.left_out, &[("shown", &rows.len().to_string()), ("all", &seen.to_string())]));
        let rows: Vec<PageRow> = rows.into_iter().map(|(path, row)| shown(row, pictures.get(&path))).collect();
        let sheet = Sheet {
            words,
            head: Head::new(language.bcp47(), include_str!("../../../templates/report.css"), Some(SCRIPT)),
            script: SCRIPT,
            version: env!("CARGO_PKG_VERSION"),
            as_of: run.settings.as_of.map(|day| day.to_string()),
            config: run.settings.hash()[..12].to_owned(),
            photos: summary.rows,
            tiles: tiles(language, |verdict| summary.of(verdict)),
            submissions: submissions(language, summary),
            categories: categories(run.digest, language),
            kinds: kinds(run.digest, language),
            left_out,
            cards,
            lists: json_in_script(&lists(run.settings, language, gallery.thumbnails()).to_string()),
            rows: json_in_script(&serde_json::to_string(&rows)?),
        };
        Ok(sheet.render().map_err(std::io::Error::other)?)
    }
}

fn categories(digest: &Digest, language: Language) -> Vec<CategoryLine> {
    let photos = digest.photos(Scope::All);
    let most = photos.found.values().copied().max().unwrap_or(1).max(1);
    let width = |count: usize| format!("{:.1}", 100.0 * count as f64 / most as f64);
    let line = |(category, found): (&Category, &usize)| CategoryLine {
        id: category.id(),
        name: &language.category(*category).name,
        primary: photos.rejected_for(*category),
        found: *found,
        primary_width: width(photos.rejected_for(*category)),
        found_width: width(*found),
    };
    let mut lines: Vec<CategoryLine> = photos.found.iter().map(line).collect();
    lines.sort_by_key(|line| std::cmp::Reverse((line.primary, line.found)));
    lines
}

fn kinds(digest: &Digest, language: Language) -> Vec<KindLine> {
    let line = |(kind, photos): (&Option<DocumentType>, &PhotoCounts)| KindLine {
        place: place_of(*kind),
        name: name_of(*kind, language),
        counts: Verdict::ALL.iter().map(|verdict| photos.of(*verdict)).collect(),
    };
    digest.types.iter().map(line).collect()
}

/// What rows only point at.
fn lists(settings: &Settings, language: Language, thumbnails: Thumbnails) -> serde_json::Value {
    let kinds = || DocumentType::ALL.into_iter().map(Some).chain([None]);
    let limits = |index: usize, kind| {
        let band = settings.policy.band(index, kind);
        Limit::ALL.map(|limit| band.limit(limit))
    };
    let bands = kinds().map(|kind| (0..REGISTRY.len()).map(|index| limits(index, kind)).collect::<Vec<_>>());
    let categories = Category::ALL.iter().map(|category| {
        let entry = language.category(*category);
        (category.id().to_owned(), json!({"name": entry.name, "advice": entry.advice}))
    });
    let mut words = json!(language.page());
    words["verdicts"] = Verdict::ALL.iter().map(|verdict| (verdict.id(), language.verdict(*verdict))).collect();
    words["grades"] = Grade::ALL.iter().map(|grade| (grade.id(), language.grade(*grade))).collect();
    json!({
        "words": words,
        "thumbnails": thumbnails.id(),
        "checks": REGISTRY.iter().map(|check| check_json(check, language)).collect::<Vec<_>>(),
        "kinds": kinds().map(|kind| name_of(kind, language)).collect::<Vec<_>>(),
        "bands": bands.collect::<Vec<_>>(),
        "categories": categories.collect::<serde_json::Map<_, _>>(),
    })
}

fn check_json(check: &Check, language: Language) -> serde_json::Value {
    let fault = |fault: Option<&Fault>| {
        let fault = fault?;
        // The checks speak English; elsewhere the words of the category stand.
        let own = |text: &'static str| (language == Language::En).then_some(text);
        Some(json!({"category": fault.category.id(), "message": own(fault.message), "advice": own(fault.advice)}))
    };
    let Faults { below, above } = &check.faults;
    json!({"id": check.id, "unit": check.unit, "below": fault(below.as_ref()), "above": fault(above.as_ref())})
}

fn shown(mut row: PageRow, picture: Option<&Picture>) -> PageRow {
    if let Some(picture) = picture {
        row.show(picture);
    }
    row
}

fn name_of(kind: Option<DocumentType>, language: Language) -> &'static str {
    kind.map_or(&language.page().unknown_kind, |kind| language.document_type(kind))
}

fn tiles(language: Language, count: impl Fn(Verdict) -> usize) -> Vec<Tile> {
    let all: usize = Verdict::ALL.iter().map(|verdict| count(*verdict)).sum();
    let share = |count: usize| 100.0 * count as f64 / all.max(1) as f64;
    let mut before = 0;
    let tile = |verdict: Verdict| {
        let (from, count) = (share(before), count(verdict));
        before += count;
        Tile {
            id: verdict.id(),
            name: language.verdict(verdict),
            count,
            share: format!("{:.1} %", share(count)),
            from: format!("{from:.2}"),
            width: format!("{:.2}", share(count)),
        }
    };
    Verdict::ALL.map(tile).into()
}

/// Submissions by verdict, where there are any.
fn submissions(language: Language, summary: &Summary) -> Vec<Tile> {
    if summary.submissions.is_empty() {
        return Vec::new();
    }
    tiles(language, |verdict| summary.submissions_of(verdict))
}
