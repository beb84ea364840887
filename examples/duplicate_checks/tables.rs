//! What is printed.

use kyclint::scene::DocumentType;
use kyclint::scene::PictureHash;
use kyclint::verdict::SubmissionPolicy;

use crate::Resent;
use crate::Simulated;
use crate::candidates::CANDIDATES;
use crate::candidates::Candidate;
use crate::candidates::Turns;
use crate::candidates::distance;
use crate::pictures::Hashed;
use crate::pictures::VARIANTS;

/// How two photos of the simulator belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kinship {
    /// The same side of the same holder's document, photographed again.
    Again,
    /// The same side of another holder's document of the same design.
    OtherHolder,
    /// The other side of the same document.
    OtherSide,
    /// Anything else.
    Stranger,
}

const KINSHIPS: [(Kinship, &str); 4] = [
    (Kinship::Again, "the same side photographed again"),
    (Kinship::OtherHolder, "another holder, the same design and side"),
    (Kinship::OtherSide, "front and back of one document"),
    (Kinship::Stranger, "another document"),
];

fn kinship(one: &Simulated, other: &Simulated) -> Kinship {
    let (one, other) = (&one.plan, &other.plan);
    let same_kind = one.document_type == other.document_type;
    match (one.submission == other.submission, same_kind) {
        (true, true) => Kinship::Again,
        (false, true) if one.design == other.design => Kinship::OtherHolder,
        (true, false) if are_sides(one.document_type, other.document_type) => Kinship::OtherSide,
        _ => Kinship::Stranger,
    }
}

fn are_sides(one: DocumentType, other: DocumentType) -> bool {
    use DocumentType as T;
    [(T::IdCardFront, T::IdCardBack), (T::DriverLicenseFront, T::DriverLicenseBack)]
        .iter()
        .any(|sides| *sides == (one, other) || *sides == (other, one))
}

/// The distances between all pairs of `things`, by kinship; `None` where one of the two has no hash.
fn pairs<T>(
    simulated: &[Simulated],
    hash: impl Fn(&Hashed) -> Option<T>,
    apart: impl Fn(&T, &T) -> f64,
) -> Vec<(Kinship, f64)> {
    let hashes: Vec<(&Simulated, T)> =
        simulated.iter().filter_map(|photo| Some((photo, hash(&photo.hashed)?))).collect();
    let mut pairs = Vec::new();
    for (at, (one, one_hash)) in hashes.iter().enumerate() {
        for (other, other_hash) in &hashes[at + 1..] {
            pairs.push((kinship(one, other), apart(one_hash, other_hash)));
        }
    }
    pairs
}

fn of(pairs: &[(Kinship, f64)], wanted: &[Kinship]) -> Vec<f64> {
    pairs.iter().filter(|(kinship, _)| wanted.contains(kinship)).map(|(_, distance)| *distance).collect()
}

/// Distances of variants to their original.
fn changes<T>(
    resent: &[&Resent],
    names: &[&str],
    hash: impl Fn(&Hashed) -> Option<T>,
    apart: impl Fn(&T, &T) -> f64,
) -> Vec<f64> {
    let mut changes = Vec::new();
    for photo in resent {
        let Some(original) = hash(&photo.original) else { continue };
        for (name, variant) in VARIANTS.iter().zip(&photo.variants) {
            let Some(variant) = variant.as_ref().filter(|_| names.contains(name)) else { continue };
            // A variant of which nothing can be compared is as far as can be.
            changes.push(hash(variant).map_or(1.0, |variant| apart(&original, &variant)));
        }
    }
    changes
}

/// Share of `near` below everything in `far` but a share of it.
fn recall(near: &[f64], far: &[f64], false_alarms: f64) -> f64 {
    let mut far = far.to_vec();
    far.sort_unstable_by(f64::total_cmp);
    let limit = far[(far.len() as f64 * false_alarms) as usize];
    near.iter().filter(|distance| **distance < limit).count() as f64 / near.len() as f64
}

fn quantiles(numbers: &[f64]) -> [f64; 5] {
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| sorted.get(((sorted.len().max(1) - 1) as f64 * share) as usize).copied().unwrap_or(f64::NAN);
    [0.0, 0.05, 0.5, 0.95, 1.0].map(at)
}

pub fn race(simulated: &[Simulated], again: &[Resent], real: &[Resent]) {
    println!(
        "\n| hash | side twice: recall | frame sent again | of real photos | document sent again | of real photos |"
    );
    println!("|---|---|---|---|---|---|");
    for candidate in &CANDIDATES {
        race_one(candidate, simulated, again, real);
    }
}

fn race_one(candidate: &Candidate, simulated: &[Simulated], again: &[Resent], real: &[Resent]) {
    let document = |hashed: &Hashed| hashed.document.as_ref().map(|plane| candidate.turns(plane));
    let frame = |hashed: &Hashed| Some(candidate.turns(&hashed.frame));
    let apart = |one: &Turns, other: &Turns| distance(one, other);
    let documents = pairs(simulated, document, apart);
    let frames = pairs(simulated, frame, apart);
    let sides = recall(&of(&documents, &[Kinship::Again]), &of(&documents, &[Kinship::OtherSide]), 0.002);
    let honest = [Kinship::Again, Kinship::OtherHolder, Kinship::Stranger];
    let [simulated_again, real_again] = [again, real].map(|resent| resent.iter().collect::<Vec<_>>());
    let sent = |resent: &[&Resent], of_frame: bool| {
        if of_frame {
            recall(&changes(resent, &VARIANTS, frame, apart), &of(&frames, &honest), 0.0)
        } else {
            let with_document: Vec<&Resent> =
                resent.iter().copied().filter(|photo| photo.original.document.is_some()).collect();
            recall(&changes(&with_document, &VARIANTS, document, apart), &of(&documents, &honest), 0.0)
        }
    };
    println!(
        "| {} | {sides:.3} | {:.3} | {:.3} | {:.3} | {:.3} |",
        candidate.name,
        sent(&simulated_again, true),
        sent(&real_again, true),
        sent(&simulated_again, false),
        sent(&real_again, false)
    );
}

pub fn distances(simulated: &[Simulated], again: &[Resent], real: &[Resent]) {
    let apart = |one: &PictureHash, other: &PictureHash| f64::from(one.distance_turned(other));
    let policy = SubmissionPolicy::default();
    for (title, limit, hash) in [
        ("document", policy.same_side_bits, (|hashed| hashed.document_hash) as fn(&Hashed) -> Option<PictureHash>),
        ("frame", policy.duplicate_bits, |hashed| hashed.frame_hash),
    ] {
        println!(
            "\n| bits of the {title}'s hash that differ | pairs | least | 5 % | median | 95 % | most | within {limit} |"
        );
        println!("|---|---|---|---|---|---|---|---|");
        let line = |name: &str, distances: &[f64]| line(name, distances, limit);
        for (name, resent) in [("simulated", again), ("real", real)] {
            let resent: Vec<&Resent> = resent.iter().filter(|photo| hash(&photo.original).is_some()).collect();
            for variant in VARIANTS {
                let far = changes(&resent, &[variant], hash, apart);
                line(&format!("{name}: {variant}"), &far);
            }
        }
        let pairs = pairs(simulated, hash, apart);
        for (kinship, name) in KINSHIPS {
            line(name, &of(&pairs, &[kinship]));
        }
        line("two real photos", &strangers(real, hash, apart));
    }
}

fn strangers<T>(real: &[Resent], hash: impl Fn(&Hashed) -> Option<T>, apart: impl Fn(&T, &T) -> f64) -> Vec<f64> {
    let hashes: Vec<T> = real.iter().filter_map(|photo| hash(&photo.original)).collect();
    let after = |at: usize| hashes[at + 1..].iter();
    hashes
        .iter()
        .enumerate()
        .flat_map(|(at, one)| after(at).map(|other| apart(one, other)).collect::<Vec<_>>())
        .collect()
}

fn line(name: &str, distances: &[f64], limit: u32) {
    let [least, low, median, high, most] = quantiles(distances);
    let within = distances.iter().filter(|distance| **distance <= f64::from(limit)).count();
    let (count, share) = (distances.len(), within as f64 / distances.len() as f64);
    println!("| {name} | {count} | {least:.0} | {low:.0} | {median:.0} | {high:.0} | {most:.0} | {share:.3} |");
}
