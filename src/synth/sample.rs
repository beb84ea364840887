use crate::scene::DocumentType;
use crate::synth::fault::Fault;
use crate::synth::fault::Severity;
use crate::synth::plan::Plan;

use DocumentType::DriverLicenseBack as LicenseBack;
use DocumentType::DriverLicenseFront as LicenseFront;
use DocumentType::IdCardBack as CardBack;
use DocumentType::IdCardFront as CardFront;
use DocumentType::Passport;
use DocumentType::Selfie;

/// Seed of `sample_data/`.
const SEED: u64 = 2026;

/// Good submissions, complete.
const GOOD: [&[DocumentType]; 4] = [
    &[CardFront, CardBack, Selfie],
    &[Passport, Selfie],
    &[LicenseFront, LicenseBack, Selfie],
    &[CardFront, CardBack, Selfie],
];

/// Each fault on two document types: one photo mild, one strong.
const FAULTY: [(Fault, DocumentType, DocumentType); 30] = [
    (Fault::Defocus, CardFront, Passport),
    (Fault::Motion, LicenseFront, CardBack),
    (Fault::GlareSpot, Passport, CardFront),
    (Fault::GlareWindow, CardBack, LicenseFront),
    (Fault::ShadowHard, CardFront, LicenseBack),
    (Fault::ShadowSoft, Passport, CardBack),
    (Fault::CutCorner, LicenseBack, CardFront),
    (Fault::CutSide, CardBack, Passport),
    (Fault::Finger, LicenseFront, CardFront),
    (Fault::Glove, CardBack, LicenseBack),
    (Fault::TooFar, CardFront, LicenseFront),
    (Fault::TooClose, Passport, CardBack),
    (Fault::Tilted, LicenseFront, CardFront),
    (Fault::Clutter, CardFront, LicenseFront),
    (Fault::LowContrast, LicenseBack, CardFront),
    (Fault::LowResolution, CardBack, Passport),
    (Fault::Upscaled, CardFront, LicenseBack),
    (Fault::Messenger, Passport, CardFront),
    (Fault::Truncated, LicenseFront, Passport),
    (Fault::Underexposed, CardFront, LicenseFront),
    (Fault::Overexposed, LicenseBack, CardFront),
    (Fault::Faded, CardBack, LicenseFront),
    (Fault::Photocopy, Passport, CardFront),
    (Fault::Screen, CardFront, Passport),
    (Fault::HalfLit, Selfie, Selfie),
    (Fault::Mask, Selfie, Selfie),
    (Fault::EyesClosed, Selfie, Selfie),
    (Fault::HeadRoll, Selfie, Selfie),
    (Fault::Defocus, Selfie, Selfie),
    (Fault::TooFar, Selfie, Selfie),
];

/// The plans of `sample_data/`: good submissions of every document, then each fault mild and strong, then empty scenes.
#[must_use]
pub fn sample_plans() -> Vec<Plan> {
    let mut plans = Vec::new();
    for (submission, kinds) in (0..).zip(GOOD) {
        plans.extend(kinds.iter().map(|kind| Plan::good(SEED, submission, *kind)));
    }
    let mut submission = GOOD.len() as u64;
    for (fault, mild, strong) in FAULTY {
        for (kind, severity) in [(mild, Severity::Mild), (strong, Severity::Strong)] {
            plans.push(Plan { fault, severity, ..Plan::good(SEED, submission, kind) });
            submission += 1;
        }
    }
    for (fault, kind) in [(Fault::NoDocument, CardFront), (Fault::NoFace, Selfie)] {
        plans.push(Plan { fault, severity: Severity::Strong, ..Plan::good(SEED, submission, kind) });
        submission += 1;
    }
    plans.iter_mut().for_each(shrink);
    plans
}

/// Small enough for a repository. What a messenger gets is larger, so that there is something to make smaller; a screen's
/// pattern must be resolved to be seen, and compresses badly.
fn shrink(plan: &mut Plan) {
    (plan.width, plan.height) = match plan.fault {
        Fault::Messenger => (1408, 1056),
        Fault::Screen => (1280, 960),
        _ => (768, 576),
    };
    plan.max_file_bytes = Some(if plan.fault == Fault::Screen { 450_000 } else { 150_000 });
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use rayon::iter::IntoParallelRefIterator;
    use rayon::iter::ParallelIterator;

    use super::sample_plans;
    use crate::synth::Photograph;
    use crate::synth::labels_csv;
    use crate::synth::write_plans;

    #[test]
    fn the_committed_samples_are_what_the_simulator_makes() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data");
        let plans = sample_plans();
        if std::env::var_os("UPDATE").is_some() {
            write_plans(&folder, &plans, &|_| ()).unwrap();
            return;
        }
        let photos: Vec<Photograph> = plans.par_iter().map(|plan| plan.photograph().unwrap()).collect();
        let rows: Vec<_> = photos.iter().map(|photo| photo.truth.clone()).collect();
        let labels = fs::read(folder.join("labels.csv")).unwrap();
        assert!(labels == labels_csv(&rows).unwrap(), "labels.csv differs; UPDATE=1 cargo test rewrites it");
        for (plan, photo) in plans.iter().zip(&photos) {
            let committed = fs::read(folder.join(&photo.truth.path)).unwrap();
            assert!(committed == photo.bytes, "{} differs; UPDATE=1 cargo test rewrites it", photo.truth.path);
            let fits = plan.max_file_bytes.is_some_and(|limit| committed.len() <= limit);
            assert!(fits, "{} has {} bytes", photo.truth.path, committed.len());
        }
    }

    #[test]
    fn every_sample_has_its_own_path() {
        let plans = sample_plans();
        assert_eq!(plans.iter().map(crate::synth::Plan::path).collect::<BTreeSet<_>>().len(), plans.len());
    }
}
