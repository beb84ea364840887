use super::Kept;
use super::Objective;
use super::Outcome;
use super::TuneOptions;
use super::Tuning;
use super::tune;
use crate::checks;
use crate::checks::Category;
use crate::photo::FileFacts;
use crate::random::SplitMix64;
use crate::record::Row;
use crate::record::Source;
use crate::scene::DocumentType;
use crate::tune::Cases;
use crate::tune::Key;
use crate::tune::Label;
use crate::tune::Labels;
use crate::verdict::Policy;

const OPTIONS: TuneOptions = TuneOptions {
    objective: Objective::MaxFalseReject(0.02),
    review_budget: 0.05,
    seed: 1,
    is_forced: false,
    is_pooled: false,
};

/// Passports, every fifth of them blurry: sharp ones have 0.6 to 1, blurry ones 0.1 to 0.5, and one in twenty is the other way round.
fn photos(count: usize) -> (Vec<Row>, Labels) {
    let mut random = SplitMix64::new(7);
    let mut share = move || (random.below(1 << 20) as f64) / f64::from(1 << 20);
    let (mut rows, mut labels) = (Vec::new(), Vec::new());
    for at in 0..count {
        let (is_bad, is_odd) = (at % 5 == 0, at % 20 == 7 || at % 100 == 0);
        let number = if is_bad == is_odd { 0.6 + 0.4 * share() } else { 0.1 + 0.4 * share() };
        rows.push(row(at, DocumentType::Passport, &[("sharpness", number)]));
        labels.push(label(at, if is_bad { &[Category::Blurry] } else { &[] }));
    }
    (rows, gathered(labels))
}

fn row(at: usize, kind: DocumentType, numbers: &[(&str, f64)]) -> Row {
    let source = Source { path: format!("{at}.jpg"), document_type: Some(kind), ..Source::default() };
    let mut row = Row::blank(source, FileFacts::default());
    for (id, number) in numbers {
        row.outcomes[checks::find(id).unwrap().0] = Some(Ok(*number));
    }
    row.judge(&Policy::default());
    row
}

fn label(at: usize, faults: &[Category]) -> Label {
    Label {
        faults: faults.iter().copied().collect(),
        ..Label::new(Key::path(&format!("{at}.jpg")), format!("line {at}"))
    }
}

fn gathered(labels: Vec<Label>) -> Labels {
    let judged = labels.iter().flat_map(|label| label.faults.iter().copied()).collect();
    Labels { labels, judged, unlabelled: Vec::new(), hash: String::new() }
}

fn tuned((rows, labels): &(Vec<Row>, Labels), options: &TuneOptions) -> Tuning {
    tune(&Cases::join(rows, labels).unwrap(), &Policy::default(), options)
}

#[test]
fn a_limit_moves_to_the_middle_of_the_gap_in_two_digits() {
    // The blurry fifth against the rest, without odd ones.
    let (rows, labels) = photos(2000);
    let clean: Vec<usize> = (0..2000).filter(|at| !(at % 20 == 7 || at % 100 == 0)).collect();
    let data = (
        clean.iter().map(|at| rows[*at].clone()).collect::<Vec<_>>(),
        gathered(clean.iter().map(|at| labels.labels[*at].clone()).collect()),
    );
    let mut spoiled = Policy::default();
    let (index, _) = checks::find("sharpness").unwrap();
    spoiled.lay(index, None, checks::Band::at_least(0.2, 0.2));
    let tuning = tune(&Cases::join(&data.0, &data.1).unwrap(), &spoiled, &OPTIONS);
    let (_, moved) = tuning.moves().next().unwrap();
    assert_eq!((moved.side.check.id, moved.was, moved.reject), ("sharpness", Some(0.2), 0.55));
    assert!(moved.review > moved.reject && moved.review < 0.65, "{moved:?}");
    assert_eq!(tuning.policy.band(index, Some(DocumentType::Passport)).reject_below, Some(0.55));
}

#[test]
fn the_bound_on_false_rejects_is_kept() {
    // One good photo in twenty reads as blurry: no limit that finds blurry ones rejects fewer than 1 %.
    let data = photos(4000);
    for most in [0.1, 0.001] {
        let options = TuneOptions { objective: Objective::MaxFalseReject(most), ..OPTIONS };
        for (trial, _) in tuned(&data, &options).moves() {
            let rate = trial.held_out.unwrap().counts.false_reject_rate();
            assert!(rate <= most, "{rate} of {most}");
        }
    }
}

#[test]
fn few_labels_move_nothing_unless_forced() {
    let data = photos(120);
    let outcome = |options: &TuneOptions| tuned(&data, options).trials[0].outcome.clone();
    assert_eq!(outcome(&OPTIONS), Outcome::Kept(Kept::TooFew));
    let forced = TuneOptions { is_forced: true, objective: Objective::MaxFalseReject(0.2), ..OPTIONS };
    assert!(!matches!(outcome(&forced), Outcome::Kept(Kept::TooFew)));
}

#[test]
fn numbers_that_say_nothing_move_nothing() {
    let rows: Vec<Row> = (0..1000)
        .map(|at| row(at, DocumentType::Passport, &[("sharpness", 0.5 + 0.001 * ((at * 7) % 13) as f64)]))
        .collect();
    let labels = gathered((0..1000).map(|at| label(at, if at % 4 == 0 { &[Category::Blurry] } else { &[] })).collect());
    let tuning = tuned(&(rows, labels), &OPTIONS);
    assert_eq!(tuning.moves().count(), 0);
    assert_eq!(tuning.policy, Policy::default());
}

#[test]
fn a_type_with_few_labels_takes_limits_over_from_all_types() {
    let (mut rows, mut labels) = photos(2000);
    for at in 2000..2040 {
        let is_bad = at % 5 == 0;
        rows.push(row(at, DocumentType::IdCardFront, &[("sharpness", if is_bad { 0.4 } else { 0.9 })]));
        labels.labels.push(label(at, if is_bad { &[Category::Blurry] } else { &[] }));
    }
    let options = TuneOptions { objective: Objective::MaxFalseReject(0.1), ..OPTIONS };
    let tuning = tuned(&(rows, labels), &options);
    let few = tuning.trials.iter().find(|trial| trial.kind == Some(DocumentType::IdCardFront)).unwrap();
    assert!(few.is_pooled && !few.moved().is_empty(), "{few:?}");
    assert_eq!(few.photos, [8, 32]);
}

#[test]
fn the_same_seed_gives_the_same_limits() {
    let data = photos(1000);
    assert_eq!(tuned(&data, &OPTIONS), tuned(&data, &OPTIONS));
}
