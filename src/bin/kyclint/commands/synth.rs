use std::path::PathBuf;

use anyhow::bail;
use clap::Args;
use indicatif::ProgressBar;
use indicatif::ProgressDrawTarget;
use kyclint::scene::DocumentType;
use kyclint::synth;
use kyclint::synth::Fault;
use kyclint::synth::Options;

use crate::args::GlobalArgs;
use crate::exit::Exit;

/// Draw fictitious documents and photograph them with known faults.
///
/// Writes `photos/<submission>/<document type>.jpg` and `labels.csv` with the truth of every photo. The same arguments give
/// the same bytes.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  kyclint synth --out drawn --count 200 --size 1600x1200
  kyclint synth --out glare --count 50 --fault glare_spot --fault glare_window --type passport")]
pub struct SynthArgs {
    /// Folder to write to; it must be empty or not exist yet
    #[arg(long, short, value_name = "DIR")]
    out: PathBuf,
    /// How many photos
    #[arg(long, short = 'n', default_value_t = 100, value_name = "N")]
    count: u64,
    /// Another seed gives other people and other captures
    #[arg(long, default_value_t = 1, value_name = "S")]
    seed: u64,
    /// Width and height of the capture, pixels
    #[arg(long, default_value = "4032x3024", value_name = "WxH", value_parser = size)]
    size: (u32, u32),
    /// Faults to draw from; without it, all
    #[arg(long = "fault", value_name = "FAULT")]
    faults: Vec<Fault>,
    /// Document types to draw; without it, all
    #[arg(long = "type", value_name = "TYPE")]
    document_types: Vec<DocumentType>,
    /// Share of photos without a fault, 0 to 1
    #[arg(long, default_value_t = 0.3, value_name = "SHARE")]
    good_share: f32,
}

pub fn run(args: &SynthArgs, global: &GlobalArgs) -> anyhow::Result<Exit> {
    if args.out.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
        bail!("the folder {} is not empty; nothing was written", args.out.display());
    }
    if !(0.0..=1.0).contains(&args.good_share) {
        bail!("--good-share is {}, but a share lies between 0 and 1", args.good_share);
    }
    let (width, height) = args.size;
    let options = Options {
        count: args.count,
        seed: args.seed,
        width,
        height,
        faults: args.faults.clone(),
        document_types: args.document_types.clone(),
        good_share: args.good_share,
        max_file_bytes: None,
    };
    let bar = ProgressBar::new(args.count);
    if global.quiet || global.log_format.is_json() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    let truths = synth::write(&args.out, &options, &|done| bar.set_position(done))?;
    bar.finish_and_clear();
    tracing::info!("wrote {} photos and labels.csv to {}", truths.len(), args.out.display());
    Ok(Exit::Clean)
}

fn size(text: &str) -> Result<(u32, u32), String> {
    let sides = text.split_once('x').and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    sides.ok_or_else(|| "expected width x height in pixels, like 4032x3024".to_owned())
}
