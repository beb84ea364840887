use proptest::prelude::*;

use super::*;
use crate::scene::PictureHash;

const FRONT: DocumentType = DocumentType::IdCardFront;
const BACK: DocumentType = DocumentType::IdCardBack;

/// A hash that has nothing in common with those of other numbers.
fn hash(number: u64) -> PictureHash {
    let word = |at: u64| {
        let mixed = (number * 4 + at + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed ^ mixed >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9)
    };
    PictureHash::from_words([0, 1, 2, 3].map(word))
}

fn off_by(bits: u32, hash: PictureHash) -> PictureHash {
    let mut words = hash.words();
    (0..bits).for_each(|bit| words[bit as usize % 4] ^= 1 << (bit / 4));
    PictureHash::from_words(words)
}

/// An accepted photo that looks like no other.
fn photo(submission: &str, kind: Option<DocumentType>, number: u64) -> SubmittedPhoto {
    SubmittedPhoto {
        submission_id: (!submission.is_empty()).then(|| submission.into()),
        path: format!("{number}.jpg").into(),
        document_type: kind,
        verdict: Verdict::Accept,
        categories: [].into(),
        content: Some([number as u8; 32]),
        document_hash: Some(hash(2 * number)),
        frame_hash: Some(hash(2 * number + 1)),
    }
}

fn judged(photos: &[SubmittedPhoto]) -> Vec<Submission> {
    judge_submissions(photos, &[], &SubmissionPolicy::default()).submissions
}

fn only(photos: &[SubmittedPhoto]) -> Submission {
    let [submission] = &judged(photos)[..] else { panic!("one submission") };
    submission.clone()
}

fn broken(photos: &[SubmittedPhoto]) -> Vec<(Rule, Consequence)> {
    only(photos).broken
}

#[test]
fn front_and_back_that_pass_are_accepted() {
    let submission = only(&[photo("a", Some(FRONT), 1), photo("a", Some(BACK), 2)]);
    assert_eq!((submission.verdict, submission.broken, submission.missing), (Verdict::Accept, vec![], vec![]));
}

#[test]
fn one_side_misses_the_other() {
    use DocumentType as T;
    for (there, missing) in [
        (vec![T::IdCardFront], vec![T::IdCardBack]),
        (vec![T::DriverLicenseBack, T::Selfie], vec![T::DriverLicenseFront]),
        (vec![T::IdCardFront, T::DriverLicenseBack], vec![T::IdCardBack, T::DriverLicenseFront]),
        (vec![T::Passport], vec![]),
        (vec![T::Selfie], vec![]),
    ] {
        let photos: Vec<_> = (0..).zip(&there).map(|(number, kind)| photo("a", Some(*kind), number)).collect();
        let submission = only(&photos);
        assert_eq!(submission.missing, missing, "{there:?}");
        assert_eq!(submission.verdict == Verdict::Reject, !missing.is_empty());
    }
}

#[test]
fn a_photo_of_unknown_type_may_be_the_missing_side() {
    let submission = only(&[photo("a", Some(FRONT), 1), photo("a", None, 2)]);
    assert_eq!((submission.verdict, submission.missing), (Verdict::Review, vec![BACK]));
}

#[test]
fn a_selfie_is_missed_only_where_it_is_asked_for() {
    let photos = [photo("a", Some(DocumentType::Passport), 1)];
    assert!(broken(&photos).is_empty());
    let mut policy = SubmissionPolicy::default();
    policy.set(Rule::MissingSelfie, Consequence::Reject);
    let found = &judge_submissions(&photos, &[], &policy).submissions[0];
    assert_eq!((found.verdict, &found.missing[..]), (Verdict::Reject, &[DocumentType::Selfie][..]));
}

#[test]
fn a_back_that_shows_the_front_is_the_same_side_twice() {
    let (front, mut back) = (photo("a", Some(FRONT), 1), photo("a", Some(BACK), 2));
    back.document_hash = Some(off_by(20, hash(2)).turned());
    assert_eq!(broken(&[front.clone(), back.clone()]), [(Rule::SameSideTwice, Consequence::Reject)]);
    back.document_type = None;
    let unsure = [(Rule::MissingSide, Consequence::Review), (Rule::SameSideTwice, Consequence::Review)];
    assert_eq!(broken(&[front.clone(), back.clone()]), unsure);
    back.document_type = Some(FRONT);
    assert_eq!(broken(&[front, back]), [(Rule::MissingSide, Consequence::Reject)], "a second try is no fault");
}

#[test]
fn one_file_for_two_sides_is_the_same_side_twice_even_where_no_document_is_seen() {
    let (mut front, mut selfie) =
        (photo("a", Some(DocumentType::Passport), 1), photo("a", Some(DocumentType::Selfie), 1));
    (front.document_hash, selfie.document_hash) = (None, None);
    assert_eq!(broken(&[front, selfie]), [(Rule::SameSideTwice, Consequence::Reject)]);
}

#[test]
fn one_photo_in_two_submissions_is_a_duplicate_in_both() {
    let kind = Some(DocumentType::Passport);
    let mut again = photo("b", kind, 2);
    again.frame_hash = Some(off_by(9, hash(3)).turned());
    let found = judged(&[photo("a", kind, 1), again, photo("c", kind, 3)]);
    let names = |at: usize| found[at].duplicates.join(" ");
    assert_eq!([names(0), names(1), names(2)], ["b", "a", ""]);
    assert_eq!(found[0].broken, [(Rule::DuplicatePhoto, Consequence::Review)]);
    assert_eq!(found[2].verdict, Verdict::Accept);
}

#[test]
fn two_honest_photos_of_one_document_are_no_duplicates() {
    let kind = Some(DocumentType::Passport);
    let mut again = photo("b", kind, 2);
    again.document_hash = Some(hash(2));
    assert!(judged(&[photo("a", kind, 1), again]).iter().all(|submission| submission.broken.is_empty()));
}

#[test]
fn a_photo_without_submission_is_named_by_its_path() {
    let kind = Some(DocumentType::Passport);
    let found = judge_submissions(&[photo("a", kind, 1), photo("", kind, 1)], &[], &SubmissionPolicy::default());
    assert_eq!((found.submissions[0].duplicates.join(" "), found.duplicate_photos), ("1.jpg".to_owned(), 2));
}

#[test]
fn copies_within_one_submission_are_no_duplicates() {
    let kind = Some(DocumentType::Passport);
    let found = judge_submissions(&[photo("a", kind, 1), photo("a", kind, 1)], &[], &SubmissionPolicy::default());
    assert_eq!((found.submissions[0].verdict, found.duplicate_photos), (Verdict::Accept, 0));
}

#[test]
fn a_flood_of_one_photo_names_the_first_others_only() {
    let flood: Vec<_> = (100..400).map(|at| photo(&at.to_string(), Some(DocumentType::Passport), 1)).collect();
    let found = judge_submissions(&flood, &[], &SubmissionPolicy::default());
    assert_eq!(found.duplicate_photos, 300);
    assert_eq!(found.submissions[0].duplicates.len(), MOST_DUPLICATES);
    assert_eq!(found.submissions[299].duplicates[0], "100");
}

#[test]
fn a_file_that_is_no_photo_makes_an_error_that_only_a_reject_outweighs() {
    let verdict_with = |other: Verdict, kind: DocumentType| {
        let mut photos = [photo("a", Some(FRONT), 1), photo("a", Some(kind), 2)];
        (photos[0].verdict, photos[1].verdict) = (Verdict::Error, other);
        only(&photos).verdict
    };
    assert_eq!(verdict_with(Verdict::Accept, BACK), Verdict::Error);
    assert_eq!(verdict_with(Verdict::Review, BACK), Verdict::Error);
    assert_eq!(verdict_with(Verdict::Reject, BACK), Verdict::Reject);
    assert_eq!(verdict_with(Verdict::Accept, FRONT), Verdict::Reject, "the back is missing whatever the file holds");
}

#[test]
fn equal_files_that_are_no_photos_are_no_duplicates() {
    let mut photos = [photo("a", Some(DocumentType::Passport), 1), photo("b", Some(DocumentType::Passport), 1)];
    for photo in &mut photos {
        photo.verdict = Verdict::Error;
    }
    assert_eq!(judge_submissions(&photos, &[], &SubmissionPolicy::default()).duplicate_photos, 0);
}

#[test]
fn a_rule_that_is_off_is_not_looked_at() {
    let mut policy = SubmissionPolicy::default();
    for rule in Rule::ALL {
        policy.set(rule, Consequence::Off);
    }
    let photos = [photo("a", Some(FRONT), 1), photo("b", Some(BACK), 1)];
    let found = judge_submissions(&photos, &[], &policy);
    assert!(found.submissions.iter().all(|one| one.verdict == Verdict::Accept && one.missing.is_empty()));
    assert_eq!(found.duplicate_photos, 0);
}

fn any_photo() -> impl Strategy<Value = SubmittedPhoto> {
    let kind = prop_oneof![Just(None), (0..DocumentType::ALL.len()).prop_map(|at| Some(DocumentType::ALL[at]))];
    let verdict = (0..Verdict::ALL.len()).prop_map(|at| Verdict::ALL[at]);
    ("[ab]?", kind, verdict, 0..6_u64, 0..30_u32).prop_map(|(submission, kind, verdict, number, bits)| {
        let mut photo = photo(&submission, kind, number);
        photo.verdict = verdict;
        photo.path = format!("{number}-{bits}.jpg").into();
        photo.content = Some([(number + u64::from(bits)) as u8; 32]);
        photo.frame_hash = photo.frame_hash.map(|hash| off_by(bits, hash));
        photo
    })
}

proptest! {
    #[test]
    fn the_order_of_photos_changes_nothing(photos in proptest::collection::vec(any_photo(), 0..20), seed in any::<u64>()) {
        let mut shuffled = photos.clone();
        shuffled.sort_by_key(|photo| photo.path.bytes().fold(seed, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())));
        let policy = SubmissionPolicy::default();
        prop_assert_eq!(judge_submissions(&shuffled, &[], &policy), judge_submissions(&photos, &[], &policy));
    }

    #[test]
    fn a_submission_is_never_better_than_its_photos(photos in proptest::collection::vec(any_photo(), 0..20)) {
        for submission in judged(&photos) {
            let accepted = submission.verdict == Verdict::Accept;
            prop_assert!(!accepted || submission.of(Verdict::Accept) == submission.photos);
            prop_assert!(submission.of(Verdict::Reject) == 0 || submission.verdict == Verdict::Reject);
        }
    }
}
