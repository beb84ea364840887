//! Workflow commands of GitHub Actions: <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>.

use super::Run;
use super::markdown;
use crate::verdict::Verdict;
use crate::visible::visible;

/// Annotations at most: GitHub shows ten a step, and more than a few are not read.
const MOST: usize = 3;
/// Bytes of a summary at most: GitHub takes 1 MiB a step, and nothing of one that is larger.
const MOST_BYTES: usize = 900_000;

/// At most three annotations for standard output: what the run was held to and does not keep, else what it comes to. They name no photo.
#[must_use]
pub fn github(run: &Run) -> Vec<u8> {
    let mut told: Vec<_> = run.unmet().map(|held| ("error", format!("Budget {held}"))).collect();
    if told.len() > MOST {
        let more = told.len() + 1 - MOST;
        told.truncate(MOST - 1);
        told.push(("error", format!("{more} more budgets are not met; the summary names them")));
    }
    if told.is_empty() {
        told.push(outcome(run));
    }
    let command = |(level, message): (&str, String)| format!("::{level} title=kyclint::{}\n", data(&message));
    told.into_iter().map(command).collect::<String>().into_bytes()
}

/// The run as [`markdown`] for the page of a workflow run.
#[must_use]
pub fn step_summary(run: &Run) -> Vec<u8> {
    cut(markdown(run), MOST_BYTES)
}

/// As many whole lines as `most` bytes hold, and that there are more.
fn cut(mut text: Vec<u8>, most: usize) -> Vec<u8> {
    if text.len() > most {
        let end = text[..most].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        text.truncate(end);
        text.extend_from_slice("\n… and more, which is left out here.\n".as_bytes());
    }
    text
}

fn outcome(run: &Run) -> (&'static str, String) {
    let summary = &run.digest.summary;
    let [reject, error] = [Verdict::Reject, Verdict::Error].map(|verdict| summary.of(verdict));
    let level = if reject + error == 0 { "notice" } else { "warning" };
    (level, format!("{} photos: {reject} rejected, {error} errors", summary.rows))
}

/// The message of a workflow command.
fn data(text: &str) -> String {
    visible(text).replace('%', "%25")
}

#[cfg(test)]
mod tests {
    use super::super::run::tests::Sample;
    use super::*;
    use crate::budget::Held;
    use crate::budget::NotEvaluable;

    fn annotations(run: &Run) -> String {
        String::from_utf8(github(run)).unwrap()
    }

    #[test]
    fn what_is_not_kept_is_an_error() {
        let sample = Sample::new();
        let expected = "\
::error title=kyclint::Budget `error <= 0` is not met: 1
::error title=kyclint::Budget `glare <= +2pp vs baseline` cannot be evaluated: there is no baseline; give the report to compare with by `--baseline`
";
        assert_eq!(annotations(&sample.run()), expected);
    }

    #[test]
    fn percent_signs_of_numbers_start_no_escape() {
        assert_eq!(data("12 %0A\nb"), "12 %250A\\nb");
    }

    #[test]
    fn there_are_at_most_three() {
        let sample = Sample::new();
        let run = sample.run();
        let unmet = run.held.last().unwrap().clone();
        let held: Vec<Held> = vec![Held { evaluated: Err(NotEvaluable::NoBaseline), ..unmet }; 7];
        let text = annotations(&Run { held: &held, ..run });
        assert_eq!(text.lines().count(), 3);
        assert!(
            text.ends_with("::error title=kyclint::5 more budgets are not met; the summary names them\n"),
            "{text}"
        );
    }

    #[test]
    fn a_summary_ends_with_a_whole_line() {
        assert_eq!(cut(b"one\ntwo\n".to_vec(), 8), b"one\ntwo\n");
        let expected = "one\n\n… and more, which is left out here.\n";
        assert_eq!(String::from_utf8(cut(b"one\ntwo\n".to_vec(), 7)).unwrap(), expected);
    }

    #[test]
    fn a_run_that_is_held_to_nothing_says_what_it_comes_to() {
        let sample = Sample::new();
        let text = annotations(&Run { held: &[], ..sample.run() });
        assert_eq!(text, "::warning title=kyclint::4 photos: 2 rejected, 1 errors\n");
    }
}
