//! The run as Markdown, for step summaries and merge requests.

use std::fmt::Write as _;

use super::Run;
use crate::budget::Amount;
use crate::budget::Scope;
use crate::checks::Category;
use crate::checks::REGISTRY;
use crate::record::PhotoCounts;
use crate::record::PhotoFinding;
use crate::share::Share;
use crate::verdict::Verdict;
use crate::visible::visible;

/// Photos that are named of each category.
const NAMED: usize = 5;
/// Characters of a path that are shown at most, its end.
const PATH: usize = 120;

/// The run as Markdown: what it was held to, verdicts by document type, categories with their shares, the worst photos. Its size does not grow with
/// the run: it stays far below the 1 MiB that GitHub takes of a step summary.
#[must_use]
pub fn markdown(run: &Run) -> Vec<u8> {
    let mut out = String::from("# kyclint\n");
    let _ = writeln!(out, "\n{}", headline(run));
    held(&mut out, run);
    verdicts(&mut out, run);
    categories(&mut out, run);
    together(&mut out, run);
    not_assessed(&mut out, run);
    worst(&mut out, run);
    out.into_bytes()
}

fn headline(run: &Run) -> String {
    let summary = &run.digest.summary;
    let of = |verdict| summary.of(verdict);
    let [accept, review, reject, error] = Verdict::ALL.map(of);
    let mut told = format!(
        "**{} photos**: {accept} accepted, {review} to review, {reject} rejected, {error} errors.",
        summary.rows
    );
    if summary.missing > 0 {
        let _ = write!(told, " The run was stopped: {} photos are missing.", summary.missing);
    }
    told
}

fn held(out: &mut String, run: &Run) {
    if run.held.is_empty() {
        return;
    }
    heading(out, "Budget", "| condition | | value | limit | baseline |\n|---|---|---|---|---|");
    for held in run.held {
        let condition = code(&held.condition.to_string());
        let _ = match &held.evaluated {
            Ok(evaluated) => {
                let state = if evaluated.is_met { "met" } else { "**not met**" };
                let limit = match evaluated.amount {
                    Amount::Count(_) => format!("{:.2}", evaluated.limit).trim_end_matches(".00").to_owned(),
                    Amount::Share(_) => crate::budget::percent(evaluated.limit),
                };
                let baseline = evaluated.baseline.map_or_else(String::new, |amount| amount.to_string());
                writeln!(out, "| {condition} | {state} | {} | {limit} | {baseline} |", evaluated.amount)
            }
            Err(reason) => writeln!(out, "| {condition} | **not evaluated** | {} | | |", text(&reason.to_string())),
        };
    }
}

fn verdicts(out: &mut String, run: &Run) {
    heading(
        out,
        "Verdicts",
        "| document type | photos | accept | review | reject | error | rejected |\n|---|--:|--:|--:|--:|--:|---|",
    );
    for kind in run.digest.types.keys() {
        let scope = Scope::Type(*kind);
        verdict_line(out, scope.name().unwrap_or_default(), &run.digest.photos(scope));
    }
    verdict_line(out, "**all**", &run.digest.photos(Scope::All));
}

fn verdict_line(out: &mut String, name: &str, counts: &PhotoCounts) {
    let [accept, review, reject, error] = Verdict::ALL.map(|verdict| counts.of(verdict));
    let rejected = share(reject, counts.photos);
    let _ = writeln!(out, "| {name} | {} | {accept} | {review} | {reject} | {error} | {rejected} |", counts.photos);
}

fn categories(out: &mut String, run: &Run) {
    let photos = run.digest.photos(Scope::All);
    if photos.found.is_empty() {
        return;
    }
    heading(out, "Findings", "| category | photos | share | rejected for it |\n|---|--:|---|--:|");
    let mut found: Vec<Category> = photos.found.keys().copied().collect();
    found.sort_by_key(|category| std::cmp::Reverse(photos.found(*category)));
    for category in found {
        let (count, rejected) = (photos.found(category), photos.rejected_for(category));
        let _ = writeln!(out, "| {category} | {count} | {} | {rejected} |", share(count, photos.photos));
    }
}

fn together(out: &mut String, run: &Run) {
    let summary = &run.digest.summary;
    let groups = [("submissions", &summary.submissions), ("captures", &summary.captures)];
    if groups.iter().all(|(_, counts)| counts.is_empty()) {
        return;
    }
    heading(out, "Submissions", "| | accept | review | reject | error |\n|---|--:|--:|--:|--:|");
    for (name, counts) in groups.into_iter().filter(|(_, counts)| !counts.is_empty()) {
        let [accept, review, reject, error] =
            Verdict::ALL.map(|verdict| counts.get(&verdict).copied().unwrap_or_default());
        let _ = writeln!(out, "| {name} | {accept} | {review} | {reject} | {error} |");
    }
    for (rule, count) in &summary.rules {
        let _ = writeln!(out, "\n{count} × `{rule}`: {}", rule.message());
    }
}

fn not_assessed(out: &mut String, run: &Run) {
    let photos = run.digest.photos(Scope::All);
    let lacking: Vec<_> = REGISTRY.iter().zip(&photos.checks).filter(|(_, counts)| counts.not_assessed > 0).collect();
    if lacking.is_empty() {
        return;
    }
    heading(out, "Not assessed", "| check | photos | of those it was made on |\n|---|--:|---|");
    for (check, counts) in lacking {
        let _ =
            writeln!(out, "| `{}` | {} | {} |", check.id, counts.not_assessed, share(counts.not_assessed, counts.made));
    }
}

fn worst(out: &mut String, run: &Run) {
    let worst: Vec<&PhotoFinding> =
        Category::ALL.into_iter().flat_map(|category| run.digest.worst(category).iter().take(NAMED)).collect();
    if !worst.is_empty() {
        heading(out, "Worst photos", "| category | photo | | number |\n|---|---|---|---|");
        for PhotoFinding { path, check, number, band, grade, fault, .. } in worst {
            let (path, grade) = (code(&end(path)), grade.id());
            let _ = writeln!(out, "| {} | {path} | {grade} | `{}` = {number} ({band}) |", fault.category, check.id);
        }
    }
    if !run.digest.failed().is_empty() {
        heading(out, "Files that could not be assessed", "| file | why |\n|---|---|");
        for (path, error) in run.digest.failed() {
            let _ = writeln!(out, "| {} | {} |", code(&end(path)), text(&end(error)));
        }
    }
}

fn heading(out: &mut String, name: &str, table: &str) {
    let _ = writeln!(out, "\n## {name}\n\n{table}");
}

fn share(part: usize, whole: usize) -> String {
    Amount::Share(Share { part, whole }).to_string()
}

/// The end of a long text.
fn end(text: &str) -> String {
    let surplus = text.chars().count().saturating_sub(PATH);
    if surplus == 0 {
        text.to_owned()
    } else {
        text.chars().skip(surplus).fold("…".to_owned(), |end, c| end + &c.to_string())
    }
}

/// Text as a code span in a table, whatever stands in it.
fn code(text: &str) -> String {
    let text = visible(text).replace('|', "\\|");
    let runs = text.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or_default() + 1);
    let blank = if text.starts_with('`') || text.ends_with('`') || text.trim().is_empty() { " " } else { "" };
    format!("{fence}{blank}{text}{blank}{fence}")
}

/// Text as text in a table: no punctuation in it means anything.
fn text(text: &str) -> String {
    visible(text).chars().fold(String::new(), |mut out, c| {
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(c);
        out
    })
}

#[cfg(test)]
mod tests {
    use super::super::run::tests::Sample;
    use super::*;

    #[test]
    fn the_summary_of_four_photos() {
        let expected = r#"# kyclint

**4 photos**: 1 accepted, 0 to review, 2 rejected, 1 errors.

## Budget

| condition | | value | limit | baseline |
|---|---|---|---|---|
| `error <= 0` | **not met** | 1 | 0 |  |
| `passport.glare <= 60%` | met | 50 % (1 of 2, 95 % interval 9.45–90.55 %) | 60 % |  |
| `photos >= 4` | met | 4 | 4 |  |
| `glare <= +2pp vs baseline` | **not evaluated** | there is no baseline\; give the report to compare with by \`\-\-baseline\` | | |

## Verdicts

| document type | photos | accept | review | reject | error | rejected |
|---|--:|--:|--:|--:|--:|---|
| unknown | 1 | 0 | 0 | 0 | 1 | 0 % (0 of 1, 95 % interval 0–79.35 %) |
| passport | 2 | 1 | 0 | 1 | 0 | 50 % (1 of 2, 95 % interval 9.45–90.55 %) |
| selfie | 1 | 0 | 0 | 1 | 0 | 100 % (1 of 1, 95 % interval 20.65–100 %) |
| **all** | 4 | 1 | 0 | 2 | 1 | 50 % (2 of 4, 95 % interval 15–85 %) |

## Findings

| category | photos | share | rejected for it |
|---|--:|---|--:|
| low_resolution | 1 | 25 % (1 of 4, 95 % interval 4.56–69.94 %) | 1 |
| glare | 1 | 25 % (1 of 4, 95 % interval 4.56–69.94 %) | 1 |

## Worst photos

| category | photo | | number |
|---|---|---|---|
| low_resolution | `in/3.jpg` | reject | `resolution` = 1 (reject_below = 320, review_below = 480) |
| glare | ``in/<script>&"']]>\|`a`\n::error::x\u{1b}[31m\u{202e}\u{ffff}%0A.jpg`` | reject | `glare_area` = 0.9 (review_above = 0.001, reject_above = 0.02) |

## Files that could not be assessed

| file | why |
|---|---|
| `in/none.jpg` | the file is empty |
"#;
        assert_eq!(String::from_utf8(markdown(&Sample::new().run())).unwrap(), expected);
    }

    #[test]
    fn names_cannot_leave_their_code_span_or_their_cell() {
        assert_eq!(code("a.jpg"), "`a.jpg`");
        assert_eq!(code("a|b"), "`a\\|b`");
        assert_eq!(code("``<b>`"), "``` ``<b>` ```");
        assert_eq!(code("a\n# b"), "`a\\n# b`");
        assert_eq!(code(""), "`  `");
        assert_eq!(text("[x](y)<b>|"), "\\[x\\]\\(y\\)\\<b\\>\\|");
    }

    #[test]
    fn long_names_show_their_end() {
        let name = format!("{}/1.jpg", "é".repeat(300));
        assert_eq!(end(&name).chars().count(), PATH + 1);
        assert!(end(&name).ends_with("é/1.jpg"));
    }
}
