use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::SyncSender;
use std::sync::mpsc::sync_channel;
use std::time::Duration;

use rayon::ThreadPool;
use rayon::ThreadPoolBuildError;
use rayon::ThreadPoolBuilder;

use super::Entry;
use super::Known;
use super::PathStyle;
use super::SameBy;
use super::assess_showing;
use crate::config::Settings;
use crate::record::Row;
use crate::record::Summary;
use crate::scene::Scene;

/// How the names of worker threads start.
pub const WORKER: &str = "kyclint-worker";
/// Rows that may wait for a slow photo before them.
const WINDOW: usize = 4096;

/// How to audit.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Photos in work at once; 0 for one a processor.
    pub jobs: usize,
    /// How paths stand in the rows.
    pub paths: PathStyle,
}

/// What happens during a run.
#[derive(Debug)]
pub enum Event<'a> {
    /// A photo has been measured, in whatever order; for progress.
    Measured(&'a Row),
    /// The same of a photo whose row is taken over from an earlier run.
    TakenOver(&'a Row),
    /// The next row in the order of the entries; for reports.
    Row(&'a Row),
}

/// Audits `entries` in parallel and tells `observe` of each photo, on the calling thread: of [`Event::Row`] in the order of
/// the entries, whatever the number of workers. `show` sees each photo on its worker, while it is still decoded.
///
/// The run stops early when `stop` is set or `observe` breaks: photos in work are finished and every row that is done is
/// still handed over, in order; [`Summary::missing`] counts the others.
///
/// # Errors
/// When the workers cannot be started.
pub fn run(
    entries: &[Entry],
    settings: &Settings,
    options: &Options,
    stop: &AtomicBool,
    show: impl Fn(&Scene, &Row) + Sync,
    observe: impl FnMut(Event) -> ControlFlow<()>,
) -> Result<Summary, ThreadPoolBuildError> {
    resume(entries, settings, options, &Known { find: &|_| None, same_by: SameBy::default() }, stop, show, observe)
}

/// As [`run`], but takes rows over that are `known` from an earlier run; their photos are not shown. They are judged anew; [`Summary::taken_over`] counts them.
///
/// # Errors
/// When the workers cannot be started.
pub fn resume(
    entries: &[Entry],
    settings: &Settings,
    options: &Options,
    known: &Known,
    stop: &AtomicBool,
    show: impl Fn(&Scene, &Row) + Sync,
    observe: impl FnMut(Event) -> ControlFlow<()>,
) -> Result<Summary, ThreadPoolBuildError> {
    let audit = |entry: &Entry| {
        let source = entry.source(&options.paths);
        match known.take_over(&entry.path, &source, settings) {
            Some(row) => Done { row, is_taken_over: true },
            None => Done { row: assess_showing(&entry.path, source, settings, &show).0, is_taken_over: false },
        }
    };
    let pool = ThreadPoolBuilder::new().num_threads(options.jobs).thread_name(|at| format!("{WORKER}-{at}")).build()?;
    Ok(run_with(entries, &pool, stop, audit, observe))
}

fn run_with(
    entries: &[Entry],
    pool: &ThreadPool,
    stop: &AtomicBool,
    audit: impl Fn(&Entry) -> Done + Sync,
    observe: impl FnMut(Event) -> ControlFlow<()>,
) -> Summary {
    let queue = Queue { entries, next: AtomicUsize::new(0), turn: AtomicUsize::new(0), stop };
    let (sender, receiver) = sync_channel(2 * pool.current_num_threads());
    let (queue, audit) = (&queue, &audit);
    let mut summary = pool.in_place_scope(move |scope| {
        for _ in 0..pool.current_num_threads() {
            let sender = sender.clone();
            scope.spawn(move |_| queue.work(audit, &sender));
        }
        drop(sender);
        // The receiver is moved in: should the observer panic, it is dropped, and no worker waits for ever.
        queue.hand_over(receiver, observe)
    });
    summary.missing = entries.len() - summary.rows;
    summary
}

/// A row that a worker hands in.
struct Done {
    row: Row,
    is_taken_over: bool,
}

/// The entries, and how far they are.
struct Queue<'a> {
    entries: &'a [Entry],
    /// The next one to be taken by a worker.
    next: AtomicUsize,
    /// The next one to be handed over.
    turn: AtomicUsize,
    stop: &'a AtomicBool,
}

impl Done {
    fn count(&self, summary: &mut Summary) {
        summary.count(&self.row);
        summary.taken_over += usize::from(self.is_taken_over);
    }
}

/// Lets no worker wait for its turn once nothing is handed over any more, by an end or by a panic.
struct Release<'a>(&'a AtomicUsize);

impl Drop for Release<'_> {
    fn drop(&mut self) {
        self.0.store(usize::MAX - WINDOW, Ordering::Relaxed);
    }
}

impl Queue<'_> {
    fn work(&self, audit: &impl Fn(&Entry) -> Done, sender: &SyncSender<(usize, Done)>) {
        while !self.stop.load(Ordering::Relaxed) {
            let at = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(entry) = self.entries.get(at) else { return };
            while at > self.turn.load(Ordering::Relaxed) + WINDOW {
                std::thread::sleep(Duration::from_millis(1));
            }
            if sender.send((at, audit(entry))).is_err() {
                return;
            }
        }
    }

    /// Puts the rows back in order.
    fn hand_over(
        &self,
        receiver: Receiver<(usize, Done)>,
        mut observe: impl FnMut(Event) -> ControlFlow<()>,
    ) -> Summary {
        let _release = Release(&self.turn);
        let mut summary = Summary::default();
        let mut waiting = BTreeMap::new();
        let mut broken = false;
        let mut tell = |event: Event| {
            broken = broken || observe(event).is_break();
            if broken {
                self.stop.store(true, Ordering::Relaxed);
            }
        };
        let mut turn = 0;
        for (at, done) in receiver {
            tell(if done.is_taken_over { Event::TakenOver(&done.row) } else { Event::Measured(&done.row) });
            waiting.insert(at, done);
            while let Some(done) = waiting.remove(&turn) {
                done.count(&mut summary);
                tell(Event::Row(&done.row));
                turn += 1;
                self.turn.store(turn, Ordering::Relaxed);
            }
        }
        for done in waiting.values() {
            done.count(&mut summary);
            tell(Event::Row(&done.row));
        }
        summary
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::photo::FileFacts;

    fn entries(count: usize) -> Vec<Entry> {
        (0..count).map(|at| Entry::found(format!("{at:03}.jpg").into(), format!("{at:03}.jpg").into())).collect()
    }

    fn pool(threads: usize) -> ThreadPool {
        ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
    }

    /// Early photos take longest, so that they finish out of order.
    fn slow_then_fast(entry: &Entry) -> Done {
        let at: u64 = entry.path.file_stem().unwrap().to_str().unwrap().parse().unwrap();
        std::thread::sleep(Duration::from_millis(20 / (at + 1)));
        let row = Row::failed(entry.source(&PathStyle::Given), FileFacts::default(), String::new());
        Done { row, is_taken_over: at.is_multiple_of(2) }
    }

    #[test]
    fn rows_come_in_order_whatever_the_number_of_workers() {
        let entries = entries(40);
        for threads in [1, 4] {
            let mut paths = Vec::new();
            let summary = run_with(&entries, &pool(threads), &AtomicBool::new(false), slow_then_fast, |event| {
                if let Event::Row(row) = event {
                    paths.push(row.source.path.clone());
                }
                ControlFlow::Continue(())
            });
            assert!(paths.is_sorted(), "{paths:?}");
            assert_eq!((paths.len(), summary.rows, summary.missing, summary.taken_over), (40, 40, 0, 20));
        }
    }

    #[test]
    fn a_stopped_run_hands_over_what_is_done_and_counts_the_rest() {
        let stop = AtomicBool::new(false);
        let mut measured = 0;
        let mut rows = 0;
        let summary = run_with(&entries(100), &pool(3), &stop, slow_then_fast, |event| {
            match event {
                Event::Measured(_) | Event::TakenOver(_) => measured += 1,
                Event::Row(_) => rows += 1,
            }
            if measured == 10 {
                stop.store(true, Ordering::Relaxed);
            }
            ControlFlow::Continue(())
        });
        assert_eq!(rows, measured, "nothing that was measured is lost");
        assert!((10..30).contains(&rows), "{rows}");
        assert_eq!((summary.rows, summary.missing), (rows, 100 - rows));
    }

    #[test]
    fn an_observer_that_breaks_hears_no_more() {
        let mut heard = 0;
        run_with(&entries(100), &pool(2), &AtomicBool::new(false), slow_then_fast, |_| {
            heard += 1;
            ControlFlow::Break(())
        });
        assert_eq!(heard, 1);
    }

    #[test]
    fn an_observer_that_panics_does_not_leave_workers_waiting() {
        let run = || run_with(&entries(100), &pool(2), &AtomicBool::new(false), slow_then_fast, |_| panic!("full"));
        assert!(std::panic::catch_unwind(run).is_err());
    }
}
