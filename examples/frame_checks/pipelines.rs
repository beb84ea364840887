//! Camera files, and what messengers and apps make of them.

use image::imageops::FilterType;
use jpeg_encoder::QuantizationTableType;

use super::raster::Raster;
use super::raster::Save;
use super::raster::open;

/// What a derived file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A camera's own file with EXIF at quality 85 or more.
    Camera,
    /// Once compressed, but without EXIF: stripped by an upload form or captured by a web page.
    Plain,
    /// Through a messenger.
    Messenger,
    /// Saved again by an app, without EXIF.
    Resaved,
    /// Saved again by an app that keeps EXIF.
    Kept,
}

/// A derived file.
pub struct Derived {
    pub recipe: &'static str,
    pub kind: Kind,
    pub bytes: Vec<u8>,
}

/// Everything derived from one original, number `index`.
pub fn derive(fresh: &Raster, index: usize) -> Vec<Derived> {
    let sizes = [(4032, 3024), (3264, 2448), (4608, 3456), (4000, 2250)];
    let (width, height) = sizes[index % sizes.len()];
    let scene = fresh.mirrored(width, height).noisy([0.0, 1.0, 2.0][index % 3], index as u32);
    let mut files = camera_files(&scene, index);
    files.extend(plain_files(&scene, index));
    let capture = &files[index % 5].bytes;
    if let Ok(photo) = open(capture) {
        let capture = Raster::of(&photo);
        files.extend(messenger_files(&capture));
        files.extend(resaved_files(&capture));
    }
    files
}

/// Half of the cameras write a JFIF header before EXIF.
fn camera(quality: u8, table: QuantizationTableType, index: usize) -> Save {
    Save { quality, table, progressive: false, exif: true, jfif: index.is_multiple_of(2) }
}

fn app(quality: u8) -> Save {
    Save { quality, table: QuantizationTableType::Default, progressive: false, exif: false, jfif: true }
}

fn camera_files(scene: &Raster, index: usize) -> Vec<Derived> {
    use QuantizationTableType as Table;
    let tables =
        [Table::Default, Table::ImageMagick, Table::CustomMsSsim, Table::Default, Table::KleinSilversteinCarney];
    let file = |recipe, raster: &Raster, save: &Save| Derived { recipe, kind: Kind::Camera, bytes: raster.jpeg(save) };
    let mut files: Vec<Derived> =
        [("camera q85", 85), ("camera q88", 88), ("camera q92", 92), ("camera q95", 95), ("camera q98", 98)]
            .into_iter()
            .enumerate()
            .map(|(n, (recipe, quality))| {
                file(recipe, scene, &camera(quality, tables[(n + index) % 5].clone(), n + index))
            })
            .collect();
    let small = [(1600, 1200), (2048, 1536), (2560, 1920), (1280, 960)][index % 4];
    let small = scene.cropped(100, 100, small.0, small.1);
    files.push(file("small camera q85", &small, &camera(85, Table::Default, index)));
    files.push(file("small camera q90", &small, &camera(90, tables[index % 5].clone(), index)));
    files
}

fn plain_files(scene: &Raster, index: usize) -> Vec<Derived> {
    let stripped = |quality| Save { exif: false, ..camera(quality, QuantizationTableType::Default, index) };
    let (width, height) = [(1280, 720), (1920, 1080), (1600, 1200)][index % 3];
    let page = scene.cropped(64, 32, width, height);
    let file = |recipe, bytes| Derived { recipe, kind: Kind::Plain, bytes };
    vec![
        file("camera q90, EXIF stripped", scene.jpeg(&stripped(90))),
        file("camera q95, EXIF stripped", scene.jpeg(&stripped(95))),
        file("web page capture q92", page.jpeg(&app(92))),
        file("web page capture q95", page.jpeg(&app(95))),
    ]
}

fn messenger_files(capture: &Raster) -> Vec<Derived> {
    let progressive = |quality| Save { progressive: true, ..app(quality) };
    let file =
        |recipe, raster: &Raster, save: &Save| Derived { recipe, kind: Kind::Messenger, bytes: raster.jpeg(save) };
    let whatsapp = capture.long_side(1600, FilterType::Triangle);
    let telegram = capture.long_side(1280, FilterType::Triangle);
    let facebook = capture.long_side(2048, FilterType::Lanczos3);
    vec![
        file("WhatsApp 1600 q70", &whatsapp, &app(70)),
        file("WhatsApp 1600 q80", &whatsapp, &app(80)),
        file("WhatsApp 1600 q75 progressive", &whatsapp, &progressive(75)),
        file("WhatsApp HD, size kept, q80", capture, &app(80)),
        file("Telegram 1280 q87", &telegram, &app(87)),
        file("WeChat 1440 q70", &capture.long_side(1440, FilterType::CatmullRom), &app(70)),
        file("WeChat half size q60", &capture.long_side(capture.width() / 2, FilterType::CatmullRom), &app(60)),
        file("Messenger 2048 q71 progressive", &facebook, &progressive(71)),
        file("Messenger 2048 q85 progressive", &facebook, &progressive(85)),
        file("Messenger 960 q80 progressive", &capture.long_side(960, FilterType::Lanczos3), &progressive(80)),
        file("Viber 1280 q80", &telegram, &app(80)),
    ]
}

fn resaved_files(capture: &Raster) -> Vec<Derived> {
    let file = |recipe, kind, raster: &Raster, save: &Save| Derived { recipe, kind, bytes: raster.jpeg(save) };
    let sent = capture.long_side(1600, FilterType::Triangle).jpeg(&app(75));
    let mut files = vec![
        file("editor: cropped, q90", Kind::Resaved, &capture.cropped(11, 5, 2400, 1800), &app(90)),
        file("gallery: EXIF kept, q90", Kind::Kept, capture, &camera(90, QuantizationTableType::Default, 1)),
    ];
    if let Ok(photo) = open(&sent) {
        let sent = Raster::of(&photo);
        files.push(file("WhatsApp 1600 q75, forwarded q75", Kind::Messenger, &sent, &app(75)));
        files.push(file("WhatsApp 1600 q75, gallery q95", Kind::Resaved, &sent, &app(95)));
    }
    files
}
