//! Callers who call at once: each as soon as the one before has an answer (closed), or at fixed instants, whether there is
//! an answer yet or not (open).

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use hdrhistogram::Histogram;
use tokio::task::JoinSet;
use tonic::Status;

/// What a call answers, as far as it is counted: its bytes.
pub(crate) type Called = Pin<Box<dyn Future<Output = Result<usize, Status>> + Send>>;
/// The call with a number; no two calls of a run have the same.
pub(crate) type Scene = Arc<dyn Fn(u64) -> Called + Send + Sync>;

/// How callers call.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Pace {
    /// So many at once, without a pause.
    Closed(usize),
    /// So many in a second, in all.
    Open(f64),
}

/// What came of a run.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    /// Microseconds of each call that was answered.
    pub(crate) latency: Histogram<u64>,
    /// How long it took in all.
    pub(crate) took: Duration,
    /// Bytes of the answers.
    pub(crate) bytes: u64,
    /// Calls that failed, each with why.
    pub(crate) failed: Vec<String>,
}

impl Run {
    /// Nothing yet.
    pub(crate) fn new() -> Self {
        Self { latency: empty(), took: Duration::ZERO, bytes: 0, failed: Vec::new() }
    }

    /// Adds a run that came after this one.
    pub(crate) fn add(&mut self, next: Self) {
        self.latency += &next.latency;
        self.took += next.took;
        self.bytes += next.bytes;
        self.failed.extend(next.failed);
    }

    /// Answers in a second.
    #[must_use]
    pub(crate) fn per_second(&self) -> f64 {
        self.calls() / self.took.as_secs_f64()
    }

    /// How many answers there were.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "far fewer calls than a float counts")]
    pub(crate) fn calls(&self) -> f64 {
        self.latency.len() as f64
    }
}

/// The longest that is told apart: a minute.
const LONGEST_US: u64 = 60_000_000;

/// How often a caller fails before it gives up: calls that fail at once would come without end.
const MOST_FAILED: usize = 100;

fn empty() -> Histogram<u64> {
    Histogram::new_with_bounds(1, LONGEST_US, 3)
        .unwrap_or_else(|error| unreachable!("the bounds are constants: {error}"))
}

/// Lets callers call for a while.
pub(crate) async fn drive(scene: &Scene, pace: Pace, time: Duration) -> Run {
    let number = Arc::new(AtomicU64::new(0));
    let begun = Instant::now();
    let end = begun + time;
    let mut callers = JoinSet::new();
    match pace {
        Pace::Closed(count) => {
            for _ in 0..count {
                let (scene, number) = (scene.clone(), number.clone());
                callers.spawn(async move {
                    let mut run = Run::new();
                    while Instant::now() < end && run.failed.len() < MOST_FAILED {
                        let call = scene(number.fetch_add(1, Ordering::Relaxed));
                        note(&mut run, Instant::now(), call.await);
                    }
                    run
                });
            }
        }
        Pace::Open(per_second) => {
            let gap = Duration::from_secs_f64(1.0 / per_second);
            let mut due = begun;
            while due < end {
                tokio::time::sleep_until(due.into()).await;
                let call = scene(number.fetch_add(1, Ordering::Relaxed));
                callers.spawn(async move {
                    let mut run = Run::new();
                    // From the instant at which it was due: what waits behind a slow call counts as slow, too.
                    note(&mut run, due, call.await);
                    run
                });
                due += gap;
            }
        }
    }
    let mut all = Run::new();
    while let Some(run) = callers.join_next().await {
        match run {
            Ok(run) => all.add(run),
            Err(error) => all.failed.push(error.to_string()),
        }
    }
    all.took = begun.elapsed();
    all
}

fn note(run: &mut Run, begun: Instant, answer: Result<usize, Status>) {
    match answer {
        Ok(bytes) => {
            run.latency.saturating_record(u64::try_from(begun.elapsed().as_micros()).unwrap_or(LONGEST_US));
            run.bytes += bytes as u64;
        }
        Err(status) => run.failed.push(format!("{:?}: {}", status.code(), status.message())),
    }
}
