//! Hands the library the model of its face detector, which lies in the package of the crate `rustface`, and a hash of the sources
//! that measure.
//!
//! Cargo does not tell a build script where a dependency's package lies, and `cargo metadata` needs every optional dependency on
//! the disk. The compiler knows: the place of a panic names the source file. So it works offline, locked, vendored
//! and when this package is itself a dependency.

use std::env;
use std::error::Error;
use std::fs;
use std::hash::DefaultHasher;
use std::hash::Hash;
use std::hash::Hasher;
use std::io;
use std::panic;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Mutex;

/// The model inside the package.
const MODEL: &str = "model/seeta_fd_frontal_v1.0.bin";
/// Length of the model, bytes.
const LENGTH: usize = 1_209_904;
/// Names the model's file where the package cannot be found.
const OVERRIDE: &str = "KYCLINT_FACE_MODEL";
/// Where the library expects the model, inside `OUT_DIR`.
const COPY: &str = "faces.bin";
/// What decides the numbers: sources and weights, and the versions of the decoders.
const MEASURING: [&str; 10] = [
    "Cargo.lock",
    "src/audit/assess.rs",
    "src/checks",
    "src/geometry",
    "src/identity",
    "src/photo",
    "src/pixels",
    "src/record/corners.rs",
    "src/record/row.rs",
    "src/scene",
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    hand_over_model()?;
    hand_over_hash()?;
    Ok(())
}

/// Sets `KYCLINT_SOURCES`, which changes wherever a number may.
fn hand_over_hash() -> io::Result<()> {
    let mut hash = DefaultHasher::new();
    for place in MEASURING.map(Path::new).into_iter().filter(|place| place.exists()) {
        println!("cargo::rerun-if-changed={}", place.display());
        add(place, &mut hash)?;
    }
    println!("cargo::rustc-env=KYCLINT_SOURCES={:016x}", hash.finish());
    Ok(())
}

/// Adds a file, or all files of a folder in the order of their names.
fn add(place: &Path, hash: &mut DefaultHasher) -> io::Result<()> {
    if place.is_dir() {
        let mut inner: Vec<_> = fs::read_dir(place)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
        inner.sort();
        return inner.iter().try_for_each(|place| add(place, hash));
    }
    (place, fs::read(place)?).hash(hash);
    Ok(())
}

/// Copies the model to where the library expects it.
fn hand_over_model() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-env-changed={OVERRIDE}");
    let model = match env::var_os(OVERRIDE) {
        Some(path) => PathBuf::from(path),
        None => packaged_model()?,
    };
    println!("cargo::rerun-if-changed={}", model.display());
    let bytes =
        fs::read(&model).map_err(|error| format!("failed to read the face model {}: {error}", model.display()))?;
    if bytes.len() != LENGTH {
        return Err(format!("{} is not the face model of rustface 0.1.7", model.display()).into());
    }
    fs::write(Path::new(&env::var("OUT_DIR")?).join(COPY), bytes)?;
    Ok(())
}

/// The model in the package of `rustface`.
fn packaged_model() -> Result<PathBuf, String> {
    let source = source_file().ok_or("failed to make rustface name its source file")?;
    let package = source.ancestors().map(|folder| folder.join(MODEL));
    let roots = env::current_dir().map_err(|error| format!("failed to tell the folder of the build: {error}"))?;
    // The path of a package inside the workspace, as vendored ones may be, starts at the workspace.
    let places = package.flat_map(|model| roots.ancestors().map(move |root| root.join(&model)).collect::<Vec<_>>());
    places.into_iter().find(|model| model.is_file()).ok_or_else(|| {
        let source = source.display();
        format!("failed to find {MODEL} of the crate rustface around {source}: if paths are remapped, let {OVERRIDE} name that file")
    })
}

/// A source file of `rustface`, as its compiler was told it: where it refuses an image without pixels.
fn source_file() -> Option<PathBuf> {
    static PLACE: Mutex<Option<PathBuf>> = Mutex::new(None);
    let before = panic::take_hook();
    panic::set_hook(Box::new(|panic| {
        if let (Some(place), Ok(mut file)) = (panic.location(), PLACE.lock()) {
            *file = Some(PathBuf::from(place.file()));
        }
    }));
    let refused = panic::catch_unwind(|| rustface::ImageData::new(&[], 1, 1).width());
    panic::set_hook(before);
    refused.err().and_then(|_| PLACE.lock().ok()?.take())
}
