use std::collections::BTreeSet;
use std::collections::HashMap;
use std::collections::HashSet;

use super::Key;
use super::Label;
use super::LabelMistake;
use super::LabelNames;
use super::Labels;
use super::LabelsIssue;
use super::Meaning;
use super::Unlabelled;
use super::error::Disagreement;
use super::error::UnknownName;
use super::said::Said;
use crate::checks::Category;

/// Unknown names that are listed at most.
const LISTED: usize = 10;

/// Translates what was said of each photo, and makes one label of all that is said of one.
pub(super) fn gather(said: Vec<Said>, names: &LabelNames, hash: String) -> Result<Labels, LabelsIssue> {
    let places = said.iter().flat_map(|said| said.names.iter().map(|name| (&**name, &*said.label.place)));
    check_names(places, names)?;
    let mut gathered = Gathered::default();
    for said in said {
        gathered.add(said, names)?;
    }
    gathered.finish(hash)
}

/// Whether each name is known; each comes with its place.
pub(super) fn check_names<'a>(
    places: impl Iterator<Item = (&'a str, &'a str)>,
    names: &LabelNames,
) -> Result<(), LabelsIssue> {
    let (mut seen, mut unknown) = (HashSet::new(), Vec::new());
    for (name, place) in places.filter(|(name, _)| names.meaning(name).is_none()) {
        if seen.insert(name) && unknown.len() < LISTED {
            unknown.push(UnknownName { name: name.to_owned(), place: place.to_owned() });
        }
    }
    let more = seen.len() - unknown.len();
    if unknown.is_empty() { Ok(()) } else { Err(LabelsIssue::UnknownNames { names: unknown, more }) }
}

/// The labels so far.
#[derive(Default)]
struct Gathered {
    labels: Vec<Label>,
    unlabelled: Vec<Unlabelled>,
    /// Where the label of a photo in a submission stands.
    seen: HashMap<(Key, Option<String>), usize>,
    /// Where the first label of a photo stands.
    first: HashMap<Key, usize>,
}

impl Gathered {
    fn add(&mut self, said: Said, names: &LabelNames) -> Result<(), LabelsIssue> {
        let Said { mut label, names: said } = said;
        let mut meanings = said.iter().filter_map(|name| names.meaning(name)).collect::<Vec<_>>();
        meanings.retain(|meaning| *meaning != Meaning::Ignored);
        if meanings.is_empty() {
            self.unlabelled.push(Unlabelled { key: label.key, place: label.place });
            return Ok(());
        }
        label.faults = faults(&meanings).map_err(|mistake| mistake.at(&label.place))?;
        if let Some(at) = self.rival(&label) {
            return merge(&mut self.labels[at], &label);
        }
        self.push(label);
        Ok(())
    }

    /// The label of the same photo. One photo in two submissions is two, where both are named.
    fn rival(&self, label: &Label) -> Option<usize> {
        let of = |submission: Option<String>| self.seen.get(&(label.key.clone(), submission));
        let same = match &label.submission_id {
            None => self.first.get(&label.key),
            submission => of(submission.clone()).or_else(|| of(None)),
        };
        same.copied()
    }

    fn push(&mut self, label: Label) {
        let at = self.labels.len();
        self.first.entry(label.key.clone()).or_insert(at);
        self.seen.insert((label.key.clone(), label.submission_id.clone()), at);
        self.labels.push(label);
    }

    fn finish(self, hash: String) -> Result<Labels, LabelsIssue> {
        let Self { labels, mut unlabelled, first, .. } = self;
        if labels.is_empty() {
            return Err(LabelsIssue::NoneLabelled);
        }
        let mut listed = HashSet::new();
        unlabelled.retain(|photo| !first.contains_key(&photo.key) && listed.insert(photo.key.clone()));
        let judged = labels.iter().flat_map(|label| label.faults.iter().copied()).collect();
        Ok(Labels { labels, judged, unlabelled, hash })
    }
}

fn faults(meanings: &[Meaning]) -> Result<BTreeSet<Category>, LabelMistake> {
    let of = |meaning: &Meaning| if let Meaning::Fault(category) = meaning { Some(*category) } else { None };
    let faults: BTreeSet<Category> = meanings.iter().filter_map(of).collect();
    match faults.first() {
        Some(fault) if meanings.contains(&Meaning::Faultless) => Err(LabelMistake::OkAndFault(fault.to_string())),
        _ => Ok(faults),
    }
}

/// Adds a later label to an earlier one of the same photo. Incomplete ones add up; others must be equal.
fn merge(label: &mut Label, later: &Label) -> Result<(), LabelsIssue> {
    if !label.is_complete && !later.is_complete {
        label.faults.extend(&later.faults);
        return Ok(());
    }
    let differ = |say: &fn(&Label) -> String| Some((say(label), say(later))).filter(|(a, b)| a != b);
    SAYINGS.iter().find_map(differ).map_or(Ok(()), |(says, but)| {
        let (first, second, key) = (label.place.clone(), later.place.clone(), label.key.clone());
        Err(LabelsIssue::Disagree(Box::new(Disagreement { first, second, key, says, but })))
    })
}

/// What a label says, thing by thing.
const SAYINGS: [fn(&Label) -> String; 6] = [
    named_faults,
    |label| optional("document type", label.document_type.as_ref()),
    |label| optional("submission", label.submission_id.as_ref()),
    |label| format!("weight {}", label.weight),
    |label| optional("split", label.split.as_ref()),
    |label| optional("failure", label.outcome.as_ref()),
];

fn named_faults(label: &Label) -> String {
    let faults: Vec<&str> = label.faults.iter().map(|fault| fault.id()).collect();
    if faults.is_empty() { Meaning::Faultless.to_string() } else { faults.join(", ") }
}

fn optional(what: &str, value: Option<&impl ToString>) -> String {
    value.map_or_else(|| format!("no {what}"), |value| format!("{what} {}", value.to_string()))
}

#[cfg(test)]
mod tests {
    use super::super::tests::lines;
    use super::super::tests::read;
    use crate::checks::Category;

    #[test]
    fn names_are_translated_or_ignored() {
        let text = "path,labels\na,Soft;weird\nb,weird\nc,good;weird\n";
        let aliases = ["Soft=blurry", "weird=ignore", "good=ok"];
        assert_eq!(lines(text, &aliases), ["line 2, a: blurry", "line 4, c: ", "line 3, b?"]);
        assert!(read(text, &aliases).unwrap().judged.iter().eq(&[Category::Blurry]));
    }

    #[test]
    fn an_unknown_name_is_met_with_its_place_and_what_to_do() {
        let error = read("path,labels\na,ok\nb,bluury\nc,bluury\n", &[]).unwrap_err();
        let start = "an unknown category: `bluury` (line 3; did you mean `blurry`?); translate with `--alias \"bluury=blurry\"` \
                     or leave out with `--alias \"bluury=ignore\"`; known are ok, damaged_file, ";
        assert!(error.starts_with(start), "{error}");
    }

    #[test]
    fn ten_unknown_names_are_listed_and_the_others_counted() {
        let names: Vec<String> = (0..12).map(|n| format!("weird{n}")).collect();
        let error = read(&format!("path,labels\na,{}\n", names.join(";")), &[]).unwrap_err();
        assert!(error.starts_with("unknown categories: `weird0` (line 2), `weird1` (line 2), "), "{error}");
        assert!(error.contains("`weird9` (line 2), 2 more; translate with `--alias \"weird0=blurry\"`"), "{error}");
    }

    #[test]
    fn equal_rows_are_one_and_a_label_goes_before_none() {
        let text = "path,labels\na,\nb,\na,glare;blurry\n./a,blurry;glare\nb,\n";
        assert_eq!(lines(text, &[]), ["line 4, a: blurry glare", "line 3, b?"]);
    }

    #[test]
    fn a_contradiction_names_both_places() {
        for (first, second, says) in [
            ("blurry,,,", "ok,,,", "blurry; ok"),
            ("ok,passport,,", "ok,,,", "document type passport; no document type"),
            ("ok,,2,", "ok,,,", "weight 2; weight 1"),
            ("ok,,,1", "ok,,,0", "failure true; failure false"),
        ] {
            let text =
                format!("path,labels,document_type,weight,outcome\na.jpg,{first}\nb.jpg,ok,,,\na.jpg,{second}\n");
            assert_eq!(read(&text, &[]), Err(format!("line 2 and line 4 disagree about a.jpg: {says}")));
        }
    }

    #[test]
    fn a_photo_in_two_submissions_is_two() {
        let header = "path,submission_id,labels\n";
        assert_eq!(lines(&format!("{header}a,1,ok\na,2,type_mismatch\na,1,ok\n"), &[]).len(), 2);
        for text in ["a,1,ok\na,,ok\n", "a,,ok\na,1,ok\n", "a,1,ok\na,1,blurry\n"] {
            let error = read(&format!("{header}{text}"), &[]).unwrap_err();
            assert!(error.starts_with("line 2 and line 3 disagree about a: "), "{error}");
        }
    }
}
