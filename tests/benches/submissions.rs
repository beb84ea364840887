//! The second pass over 100,000 photos: `cargo bench --bench submissions`.

use divan::Bencher;
use divan::black_box;
use kyclint::scene::DocumentType;
use kyclint::scene::PictureHash;
use kyclint::verdict::SubmissionPolicy;
use kyclint::verdict::SubmittedPhoto;
use kyclint::verdict::Verdict;
use kyclint::verdict::judge_submissions;

const PHOTOS: u64 = 100_000;
/// Ways in which documents lie on tables: photos of one way share most of their low frequencies.
const SCENES: u64 = 100;

fn main() {
    divan::main();
}

/// Equal seeds give equal numbers (Steele, Lea, Flood 2014).
fn mixed(seed: u64) -> u64 {
    let z = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A photo of one of the scenes: the lower the frequency of a bit, the more seldom it differs from the scene's.
fn ordinary(number: u64) -> PictureHash {
    let mut words = [0, 1, 2, 3].map(|at| mixed(1 << 40 | (number % SCENES) << 2 | at));
    for bit in 0..256 {
        let chance = 0.04 + 0.014 * (bit % 16 + bit / 16) as f64;
        let flips = (mixed(number << 8 | bit) >> 11) as f64 / (1_u64 << 53) as f64;
        words[bit as usize / 64] ^= u64::from(flips < chance) << (bit % 64);
    }
    PictureHash::from_words(words)
}

/// Differs from one scene in up to three bits.
fn nearly_equal(number: u64) -> PictureHash {
    let mut words = ordinary(7).words();
    for at in 0..3 {
        let bit = mixed(number << 2 | at) % 256;
        words[bit as usize / 64] ^= 1 << (bit % 64);
    }
    PictureHash::from_words(words)
}

fn photos(frame: impl Fn(u64) -> PictureHash) -> Vec<SubmittedPhoto> {
    let photo = |number: u64| SubmittedPhoto {
        submission_id: Some(format!("s{:06}", number / 2).into()),
        path: format!("s{:06}/{number}.jpg", number / 2).into(),
        document_type: Some([DocumentType::IdCardFront, DocumentType::IdCardBack][number as usize % 2]),
        verdict: Verdict::Accept,
        categories: [].into(),
        content: Some(
            [0, 1, 2, 3].map(|at| mixed(number << 2 | at).to_le_bytes()).as_flattened().try_into().expect("32"),
        ),
        document_hash: Some(ordinary(PHOTOS + number)),
        frame_hash: Some(frame(number)),
    };
    (0..PHOTOS).map(photo).collect()
}

fn judge(bencher: Bencher, photos: &[SubmittedPhoto]) {
    bencher.bench_local(|| judge_submissions(black_box(photos), &[], &SubmissionPolicy::default()));
}

#[divan::bench(sample_count = 3)]
fn ordinary_photos(bencher: Bencher) {
    judge(bencher, &photos(ordinary));
}

/// One photo in a hundred is that of another submission, a few bits off.
#[divan::bench(sample_count = 3)]
fn some_duplicates(bencher: Bencher) {
    let original = |number: u64| if number.is_multiple_of(100) { (number + PHOTOS / 2) % PHOTOS + 1 } else { number };
    judge(bencher, &photos(|number| ordinary(original(number))));
}

#[divan::bench(sample_count = 3)]
fn one_photo_all_over(bencher: Bencher) {
    judge(bencher, &photos(|_| ordinary(7)));
}

#[divan::bench(sample_count = 3)]
fn a_flood_of_nearly_equal_photos(bencher: Bencher) {
    judge(bencher, &photos(nearly_equal));
}

/// All photos have a quarter of their bits in common, and little else.
#[divan::bench(sample_count = 3)]
fn photos_made_to_collide(bencher: Bencher) {
    let collide = |number: u64| {
        let mut words = ordinary(number).words();
        // Rows of frequencies are set to 0: several keys have most of their bits there.
        words[1] = 0;
        PictureHash::from_words(words)
    };
    judge(bencher, &photos(collide));
}
