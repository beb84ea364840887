//! What a whole audit costs against the bare decode of the same files, and how much memory it takes.
//!
//! `cargo bench --bench audit` draws its corpora with the capture simulator, runs the program and the decoders in turn on
//! one core, and prints ratios of CPU time: they hold on a noisy machine where seconds do not. With `--features referee`
//! libjpeg-turbo's full RGB decode stands beside.
#![expect(clippy::print_stdout, reason = "a program that prints tables")]

use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use kyclint::synth;
use nix::sys::resource::Usage;
use nix::sys::resource::UsageWho;
use nix::sys::resource::getrusage;
use nix::sys::time::TimeValLike;

/// How often each photo is audited in a run, so that starting the program weighs little.
const COPIES: usize = 4;
/// Rounds; the median ratio is printed.
const ROUNDS: usize = 5;

struct Corpus {
    name: &'static str,
    folder: PathBuf,
    files: Vec<Vec<u8>>,
}

fn main() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let corpora = [("12 MP", 8, (4032, 3024)), ("2 MP", 48, (1632, 1224))]
        .map(|(name, count, size)| Corpus::draw(name, &work.path().join(name.replace(' ', "")), count, size));
    println!("| corpus | photos | bare decode, ms | audit / bare decode | audit / libjpeg-turbo RGB |");
    println!("|---|---|---|---|---|");
    for corpus in &corpora {
        corpus.race(work.path());
    }
    println!("\n| run | peak memory, MiB |\n|---|---|");
    memory(work.path(), &corpora);
}

impl Corpus {
    fn draw(name: &'static str, folder: &Path, count: u64, (width, height): (u32, u32)) -> Self {
        let options = synth::Options { count, width, height, good_share: 1.0, ..synth::Options::default() };
        let truths = synth::write(folder, &options, &|_| {}).expect("the corpus is drawn");
        let paths = truths.iter().map(|truth| folder.join(&truth.path));
        let files = paths.map(|path| std::fs::read(path).expect("the photo was written")).collect();
        let corpus = Self { name, folder: folder.join("photos"), files };
        corpus.copy(COPIES);
        corpus
    }

    /// Puts copies of the photos beside them, until each is there `times` times.
    fn copy(&self, times: usize) {
        for copy in 1..times {
            for (at, bytes) in self.files.iter().enumerate() {
                std::fs::write(self.folder.join(format!("{copy:03}-{at:03}.jpg")), bytes).expect("room for copies");
            }
        }
    }

    fn race(&self, work: &Path) {
        let mut against_ours = Vec::new();
        let mut against_turbo = Vec::new();
        let mut bare = Vec::new();
        for _ in 0..ROUNDS {
            let ours = cpu(|| self.files.iter().for_each(|bytes| bare_decode(bytes)));
            let turbo = turbo_rgb(&self.files);
            let audit = children(|| audit(&self.folder, work, 1)) / COPIES as u32;
            bare.push(ours.as_secs_f64() * 1000.0 / self.files.len() as f64);
            against_ours.push(audit.as_secs_f64() / ours.as_secs_f64());
            against_turbo.extend(turbo.map(|turbo| audit.as_secs_f64() / turbo.as_secs_f64()));
        }
        let turbo = if against_turbo.is_empty() { "-".to_owned() } else { format!("{:.2}", median(against_turbo)) };
        let (count, bare, ours) = (self.files.len(), median(bare), median(against_ours));
        println!("| {} | {count} | {bare:.1} | {ours:.2} | {turbo} |", self.name);
    }
}

/// The decoder in use and nothing else: no facts, no turning upright, no check.
fn bare_decode(bytes: &[u8]) {
    let decoder = libjpeg_turbo_rs::Decoder::new(bytes).expect("a whole JPEG");
    std::hint::black_box(decoder.decode_raw().expect("a whole JPEG"));
}

/// libjpeg-turbo's full RGB decode, where it is built in.
#[cfg_attr(feature = "referee", expect(clippy::unnecessary_wraps, reason = "without the feature there is none"))]
fn turbo_rgb(files: &[Vec<u8>]) -> Option<Duration> {
    #[cfg(feature = "referee")]
    {
        let decode = |bytes: &Vec<u8>| turbojpeg::decompress(bytes, turbojpeg::PixelFormat::RGB).expect("a whole JPEG");
        Some(cpu(|| files.iter().for_each(|bytes| drop(std::hint::black_box(decode(bytes))))))
    }
    #[cfg(not(feature = "referee"))]
    {
        let _ = files;
        None
    }
}

fn program(folder: &Path, work: &Path, jobs: usize) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kyclint"));
    command.args(["audit", "--quiet", "--jobs", &jobs.to_string(), "--out"]).arg(work.join("report")).arg(folder);
    command
}

fn audit(folder: &Path, work: &Path, jobs: usize) {
    assert!(program(folder, work, jobs).status().expect("the program starts").success());
}

/// Peak of the resident memory, MiB, read from the running process every few milliseconds: what the system counts for a
/// finished child includes the memory of the parent it was forked from.
fn peak_memory(folder: &Path, work: &Path) -> u64 {
    let mut child = program(folder, work, 2).spawn().expect("the program starts");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().expect("the child is ours").is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
        peak = peak.max(kib.unwrap_or_default());
        std::thread::sleep(Duration::from_millis(5));
    }
    peak / 1024
}

fn memory(work: &Path, corpora: &[Corpus]) {
    let small = Corpus::draw("small", &work.join("small"), 100, (640, 480));
    let peak = |label: &str, folder: &Path| println!("| {label} | {} |", peak_memory(folder, work));
    peak("400 photos of 0.3 MP, 2 workers", &small.folder);
    small.copy(100);
    peak("10,000 photos of 0.3 MP, 2 workers", &small.folder);
    peak("32 photos of 12 MP, 2 workers", &corpora[0].folder);
}

fn cpu(work: impl FnOnce()) -> Duration {
    spent(UsageWho::RUSAGE_SELF, work)
}

fn children(work: impl FnOnce()) -> Duration {
    spent(UsageWho::RUSAGE_CHILDREN, work)
}

fn spent(who: UsageWho, work: impl FnOnce()) -> Duration {
    let total = |usage: Usage| usage.user_time() + usage.system_time();
    let before = total(usage(who));
    work();
    let spent = total(usage(who)) - before;
    Duration::from_micros(spent.num_microseconds().unsigned_abs())
}

fn usage(who: UsageWho) -> Usage {
    getrusage(who).expect("the system counts")
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
