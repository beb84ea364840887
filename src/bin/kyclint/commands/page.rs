//! The page of a report, with pictures of the photos on it.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

use clap::Args;
use kyclint::audit;
use kyclint::audit::Entry;
use kyclint::audit::Options;
use kyclint::audit::PathStyle;
use kyclint::config::Settings;
use kyclint::record::Row;
use kyclint::record::unescape_path;
use kyclint::report::EarlierPictures;
use kyclint::report::Folder;
use kyclint::report::Gallery;
use kyclint::report::Page;
use kyclint::report::Picture;
use kyclint::report::ReportError;
use kyclint::report::Run;
use kyclint::report::Thumbnails;
use kyclint::scene::Scene;
use kyclint::words::Language;

use crate::args::LangArgs;

/// The file of the page.
pub const FILE: &str = "report.html";

/// How the page looks.
#[derive(Args, Clone, Debug)]
pub struct PageArgs {
    /// Pictures of photos in report.html: `redacted` are too small to recognise anything on, `full` show documents and faces, or `none`
    #[arg(long, default_value_t, value_name = "KIND")]
    pub thumbnails: Thumbnails,
    #[command(flatten)]
    lang: LangArgs,
}

/// Draws pictures of the photos in `rows` that the page will show, where they are at hand as they were: below `folder`, else where their
/// paths say. Tells how many are not.
pub fn draw(gallery: &Gallery, rows: &[Row], folder: Option<&Path>, settings: &Settings) -> anyhow::Result<()> {
    let chosen = gallery.chosen(rows);
    let entries: Vec<Entry> = chosen.iter().map(|row| entry(row, folder)).collect();
    let content: BTreeMap<&str, &str> =
        chosen.iter().map(|row| (row.source.path.as_str(), row.facts.blake3.as_str())).collect();
    let drawn = AtomicUsize::new(0);
    let show = |scene: &Scene, row: &Row| {
        if content.get(row.source.path.as_str()) == Some(&row.facts.blake3.as_str()) {
            gallery.see(scene, row);
            drawn.fetch_add(1, Ordering::Relaxed);
        }
    };
    let options = Options { paths: PathStyle::Relative, ..Options::default() };
    audit::run(&entries, settings, &options, &AtomicBool::new(false), show, |_| ControlFlow::Continue(()))?;
    let missing = entries.len() - drawn.into_inner();
    if missing > 0 {
        tracing::warn!(
            "{missing} of {} photos are not at hand as they were, and have no picture; --photos names the folder they lie in",
            entries.len()
        );
    }
    Ok(())
}

fn entry(row: &Row, folder: Option<&Path>) -> Entry {
    let relative = unescape_path(&row.source.path);
    let path = folder.map_or_else(|| relative.clone(), |folder| folder.join(&relative));
    Entry { document_type: row.source.document_type, prompt: row.source.prompt, ..Entry::found(path, relative) }
}

/// The pictures of the page in the report folder `folder`, where they are such as `gallery` has; a page that is none has none.
pub fn earlier(folder: &Path, gallery: &Gallery) -> BTreeMap<String, Picture> {
    let page = std::fs::read_to_string(folder.join(FILE)).unwrap_or_default();
    let earlier = EarlierPictures::read(&page).filter(|earlier| earlier.thumbnails == gallery.thumbnails());
    earlier.map(|earlier| earlier.pictures).unwrap_or_default()
}

impl PageArgs {
    pub fn language(&self) -> Language {
        self.lang.lang.unwrap_or_default()
    }
}

/// A page while rows come in.
pub struct PageOutput {
    page: Page,
    gallery: Arc<Gallery>,
    language: Language,
}

impl PageOutput {
    pub fn open(args: &PageArgs, settings: &Settings) -> Self {
        Self {
            page: Page::new(settings.policy.clone()),
            gallery: Arc::new(Gallery::new(args.thumbnails, settings.policy.clone())),
            language: args.language(),
        }
    }

    /// Where pictures are drawn.
    pub fn gallery(&self) -> Arc<Gallery> {
        Arc::clone(&self.gallery)
    }

    /// Adds one row.
    pub fn add(&mut self, row: &Row) {
        self.page.add(row);
    }

    /// Writes the page.
    pub fn put(self, folder: &mut Folder, run: &Run) -> Result<(), ReportError> {
        folder.put(FILE, self.page.render(run, self.language, &self.gallery)?.as_bytes())
    }
}
