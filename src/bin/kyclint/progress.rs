use std::fmt;
use std::io::IsTerminal;
use std::time::Duration;
use std::time::Instant;

use indicatif::ProgressBar;
use indicatif::ProgressStyle;
use kyclint::audit::WORKER;
use kyclint::record::Row;
use kyclint::record::Summary;
use kyclint::verdict::Verdict;
use tracing::Event;
use tracing::Level;
use tracing::Subscriber;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt::FmtContext;
use tracing_subscriber::fmt::FormatEvent;
use tracing_subscriber::fmt::FormatFields;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::registry::LookupSpan;

use crate::args::GlobalArgs;

/// How often a plain line is written where there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(30);
/// When the first such line is written.
const FIRST_LINE: Duration = Duration::from_secs(1);

/// Sends messages to standard error, in the format asked for.
pub fn log_to_stderr(global: &GlobalArgs) {
    let level = if global.quiet { LevelFilter::ERROR } else { LevelFilter::INFO };
    let log = tracing_subscriber::fmt().log_internal_errors(false).with_max_level(level).with_writer(std::io::stderr);
    if global.log_format.is_json() {
        log.json().with_target(false).init();
    } else {
        log.with_ansi(false).event_format(Plain).init();
    }
    let default = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        // A panic of one photo becomes its row.
        if !std::thread::current().name().is_some_and(|name| name.starts_with(WORKER)) {
            default(panic);
        }
    }));
}

/// Messages for people: the words alone, and what they are where it matters.
struct Plain;

impl<S, N> FormatEvent<S, N> for Plain
where
    S: Subscriber + for<'span> LookupSpan<'span>,
    N: for<'writer> FormatFields<'writer> + 'static,
{
    fn format_event(&self, context: &FmtContext<'_, S, N>, mut writer: Writer<'_>, event: &Event<'_>) -> fmt::Result {
        match *event.metadata().level() {
            Level::ERROR => writer.write_str("error: ")?,
            Level::WARN => writer.write_str("warning: ")?,
            _ => {}
        }
        context.field_format().format_fields(writer.by_ref(), event)?;
        writeln!(writer)
    }
}

/// Shows how far a run is: a bar on a terminal, a line now and then elsewhere.
pub struct Progress {
    bar: ProgressBar,
    plain: bool,
    summary: Summary,
    total: usize,
    started: Instant,
    next_line: Instant,
}

impl Progress {
    /// Shows that photos are being looked for.
    pub fn walking(global: &GlobalArgs) -> Self {
        let bar = !global.quiet && !global.log_format.is_json() && std::io::stderr().is_terminal();
        let bar = if bar { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        bar.enable_steady_tick(Duration::from_millis(100));
        let now = Instant::now();
        Self {
            plain: bar.is_hidden(),
            bar,
            summary: Summary::default(),
            total: 0,
            started: now,
            next_line: now + FIRST_LINE,
        }
    }

    /// So many files have been found.
    pub fn found(&mut self, files: usize) {
        self.bar.set_message(format!("looking for photos: {files}"));
        if self.line_is_due() {
            tracing::info!("looking for photos: {files}");
        }
    }

    /// The photos are known; measuring starts.
    pub fn measuring(&mut self, total: usize) {
        self.total = total;
        self.started = Instant::now();
        self.next_line = self.started + FIRST_LINE;
        self.bar.set_length(total as u64);
        self.bar.set_position(0);
        let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {per_sec} ETA {eta}  {msg}");
        self.bar.set_style(style.expect("the template is a valid one"));
    }

    /// A photo has been measured.
    pub fn measured(&mut self, row: &Row) {
        self.summary.count(row);
        self.bar.inc(1);
        self.bar.set_message(self.tally());
        if self.line_is_due() {
            let (done, total) = (self.summary.rows, self.total);
            let per_second = done as f64 / self.started.elapsed().as_secs_f64();
            let left = ((total - done) as f64 / per_second).round();
            tracing::info!("{done}/{total} photos, {per_second:.1}/s, {left} s left; {}", self.tally());
        }
    }

    /// A photo has a row of an earlier run.
    pub fn taken_over(&mut self, row: &Row) {
        self.summary.taken_over += 1;
        self.measured(row);
    }

    fn tally(&self) -> String {
        match self.summary.taken_over {
            0 => tally(&self.summary),
            taken_over => format!("{}; {taken_over} taken over", tally(&self.summary)),
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }

    fn line_is_due(&mut self) -> bool {
        let due = self.plain && Instant::now() >= self.next_line;
        if due {
            self.next_line = Instant::now() + LINE_EVERY;
        }
        due
    }
}

/// The verdicts so far, in words.
pub fn tally(summary: &Summary) -> String {
    in_words(|verdict| summary.of(verdict))
}

/// How many there are of each verdict, in words.
pub fn in_words(of: impl Fn(Verdict) -> usize) -> String {
    format!(
        "{} accepted, {} to review, {} rejected, {} errors",
        of(Verdict::Accept),
        of(Verdict::Review),
        of(Verdict::Reject),
        of(Verdict::Error)
    )
}
