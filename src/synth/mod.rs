//! The capture simulator: draws documents of the fictitious country Utopia and photographs them with known faults.
//!
//! Light takes its natural way: print → lamps, shadows and mirror images → lens (perspective, defocus, shake) → sensor
//! (exposure, noise, clipping, tone) → the camera's sharpening → JPEG with EXIF → sometimes a messenger. Every measure on
//! the way is written down in [`Truth`].
//!
//! Nothing here prints, and the same [`Plan`] gives the same bytes on any number of threads. All transcendental functions are
//! computed in software (`libm`), so the bytes do not depend on the platform's mathematics library either.
//!
//! ```
//! use kyclint::scene::DocumentType;
//! use kyclint::synth::{Fault, Plan, Severity};
//!
//! let plan = Plan { width: 320, height: 240, fault: Fault::GlareSpot, severity: Severity::Strong, ..Plan::good(7, 0, DocumentType::Passport) };
//! let photo = plan.photograph()?;
//! assert_eq!(photo.truth.labels, "glare");
//! assert_eq!(photo.bytes[..2], [0xFF, 0xD8]);
//! # Ok::<(), kyclint::synth::GenerateError>(())
//! ```

mod barcode;
mod camera;
mod canvas;
mod card;
mod colour;
mod compose;
mod deliver;
mod document;
mod exif;
mod fault;
mod finger;
mod folder;
mod frame;
mod glyphs;
mod guilloche;
mod licence;
mod light;
mod mrz;
mod passport;
mod path;
mod person;
mod photograph;
mod picture;
mod plan;
mod portrait;
mod random;
mod sample;
mod screen;
mod selfie;
mod sensor;
mod shot;
mod table;
mod truth;

pub use fault::Fault;
pub use fault::Severity;
pub use fault::UnknownFault;
pub use folder::WriteError;
pub use folder::write;
pub use folder::write_plans;
pub use glyphs::Face;
pub use glyphs::print_cells;
pub use plan::GenerateError;
pub use plan::Options;
pub use plan::Photograph;
pub use plan::Plan;
pub use sample::sample_plans;
pub use truth::Truth;
pub use truth::labels_csv;
