//! What the server and the database have used so far, as the system counts it.

use std::{fs, io, path::Path};

/// CPU time of a process in milliseconds, in the program and in the kernel.
pub(crate) fn of_process(process: u32) -> io::Result<f64> {
    let stat = stat(process)?;
    Ok(ticks_ms(stat.get(11..13)))
}

/// CPU time of a process and its children in milliseconds, those that have ended included.
pub(crate) fn of_family(parent: u32) -> io::Result<f64> {
    let stat = stat(parent)?;
    let own = ticks_ms(stat.get(11..15));
    // One that ends at this moment counts among the ended the next time.
    Ok(own + children(parent)?.into_iter().filter_map(|child| of_process(child).ok()).sum::<f64>())
}

/// The memory that a process has, in megabytes.
pub(crate) fn memory_mb(process: u32) -> io::Result<f64> {
    Ok(kilobytes(&fs::read_to_string(format!("/proc/{process}/status"))?, "VmRSS:") / 1024.0)
}

/// The most memory that a process had, in megabytes.
pub(crate) fn peak_mb(process: u32) -> io::Result<f64> {
    Ok(kilobytes(&fs::read_to_string(format!("/proc/{process}/status"))?, "VmHWM:") / 1024.0)
}

fn kilobytes(status: &str, field: &str) -> f64 {
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}

/// Numbers of the file `stat` of a process, from its state on; its name may hold blanks.
fn stat(process: u32) -> io::Result<Vec<f64>> {
    let text = fs::read_to_string(format!("/proc/{process}/stat"))?;
    let rest = text.rsplit_once(')').map_or("", |(_, rest)| rest);
    Ok(rest.split_whitespace().map(|word| word.parse().unwrap_or_default()).collect())
}

fn ticks_ms(ticks: Option<&[f64]>) -> f64 {
    let per_second = rustix::param::clock_ticks_per_second();
    #[expect(clippy::cast_precision_loss, reason = "a hundred ticks or so are a second")]
    let per_second = per_second as f64;
    ticks.unwrap_or_default().iter().sum::<f64>() * 1000.0 / per_second
}

fn children(parent: u32) -> io::Result<Vec<u32>> {
    let tasks = Path::new("/proc").join(parent.to_string()).join("task").join(parent.to_string());
    let text = fs::read_to_string(tasks.join("children"))?;
    Ok(text.split_whitespace().filter_map(|word| word.parse().ok()).collect())
}
