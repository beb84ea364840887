//! CPU time.

use std::error::Error;

use nix::sys::resource::UsageWho;
use nix::sys::resource::getrusage;

/// What `work` makes, and the milliseconds of CPU time that it took.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> Result<(T, f64), Box<dyn Error>> {
    let before = used()?;
    let made = work();
    Ok((made, used()? - before))
}

fn used() -> Result<f64, Box<dyn Error>> {
    let usage = getrusage(UsageWho::RUSAGE_SELF)?;
    let parts = [usage.user_time(), usage.system_time()];
    Ok(parts.map(|time| time.tv_sec() as f64 * 1e3 + time.tv_usec() as f64 * 1e-3).iter().sum())
}

/// Median, 95th percentile and maximum.
pub(crate) fn summary(mut times: Vec<f64>) -> String {
    times.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| times.get(((times.len().max(1) - 1) as f64 * share).round() as usize).copied();
    let [median, most, longest] = [0.5, 0.95, 1.0].map(|share| at(share).unwrap_or(f64::NAN));
    format!("{median:.1} / {most:.1} / {longest:.1}")
}
