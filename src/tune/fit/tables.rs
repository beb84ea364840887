//! What came of tuning, as a table.

use std::fmt::Write as _;

use super::ENOUGH;
use super::Kept;
use super::LEAST;
use super::Outcome;
use super::Trial;
use super::TuneOptions;
use super::Tuning;
use crate::scene::DocumentType;
use crate::tune::evaluate::in_words;

impl Tuning {
    /// A line a type and category of which enough is labelled: what becomes of photos that limits were not sought on, which limits move and
    /// why others do not; then a line a type with the categories of which too little is.
    #[must_use]
    pub fn to_markdown(&self, options: &TuneOptions) -> String {
        let mut out =
            format!("{}; limits of review for {} of the photos\n\n", options.objective, options.review_budget);
        out.push_str(
            "| type | category | bad | good | F1 before | F1 held out | false rejects before | held out | limits |\n",
        );
        out.push_str("|---|---|---|---|---|---|---|---|---|\n");
        for trial in self.trials.iter().filter(|trial| trial.outcome != Outcome::Kept(Kept::TooFew)) {
            let _ = writeln!(out, "{}", trial.line());
        }
        self.too_few(&mut out);
        let moved = self.moves().count();
        let _ = writeln!(out, "\n{moved} limits of reject move.");
        if self.trials.iter().any(|trial| !trial.moved().is_empty() && trial.is_uncertain()) {
            let [bad, good] = ENOUGH;
            let _ = writeln!(
                out,
                "Limits marked (few labels) rest on fewer than {bad} bad or {good} good photos: their recall may be off by 15 points."
            );
        }
        out
    }

    fn too_few(&self, out: &mut String) {
        let few = |trial: &&Trial| trial.outcome == Outcome::Kept(Kept::TooFew);
        let few: Vec<&Trial> = self.trials.iter().filter(few).collect();
        if few.is_empty() {
            return;
        }
        let [bad, good] = LEAST;
        let _ = writeln!(
            out,
            "\nKept, for fewer than {bad} bad or {good} good photos (bad, good; --force moves them too):"
        );
        for of_kind in few.chunk_by(|one, other| one.kind == other.kind) {
            let counts = |trial: &&Trial| format!("{} ({}, {})", trial.category, trial.photos[0], trial.photos[1]);
            let counts: Vec<String> = of_kind.iter().map(counts).collect();
            let _ = writeln!(out, "- {}: {}", of_kind[0].kind.map_or("default", DocumentType::id), counts.join(", "));
        }
    }
}

impl Trial {
    fn line(&self) -> String {
        let held_out = self.held_out;
        format!(
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            self.kind.map_or("default", DocumentType::id),
            self.category,
            self.photos[0],
            self.photos[1],
            in_words(self.before.f1),
            in_words(held_out.and_then(|judged| judged.f1)),
            in_words(self.before.false_reject),
            in_words(held_out.and_then(|judged| judged.false_reject)),
            self.in_words()
        )
    }

    fn in_words(&self) -> String {
        match &self.outcome {
            Outcome::Moved(moved) => {
                let limit = |moved: &super::Moved| {
                    let was = moved.was.map_or_else(|| "none".to_owned(), |was| was.to_string());
                    format!("{}.{} {was} -> {}", moved.side.check.id, moved.side.reject().key(), moved.reject)
                };
                let limits: Vec<String> = moved.iter().map(limit).collect();
                let pooled = if self.is_pooled { " (from all types)" } else { "" };
                let few = if self.is_uncertain() { " (few labels)" } else { "" };
                format!("{}{pooled}{few}", limits.join(", "))
            }
            Outcome::Kept(Kept::TooFew) => format!("kept: fewer than {} bad or {} good photos", LEAST[0], LEAST[1]),
            Outcome::Kept(Kept::NoSeparation) => "kept: no number tells bad photos from others".to_owned(),
            Outcome::Kept(Kept::NotBetter) => "kept: no better on photos held out".to_owned(),
            Outcome::Kept(Kept::Crossing) => "kept: it would cross a limit on the other side".to_owned(),
            Outcome::Kept(Kept::NothingToMove) => "kept: no limit that follows labels".to_owned(),
        }
    }
}
