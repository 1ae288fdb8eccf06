//! What was measured, as a table and as JSON.

use serde::Serialize;

use crate::{cost::Cost, curve::Curve, drive::Run};

mod against;
mod table;

pub(crate) use self::against::{Floor, Ratio};

/// One scene: milliseconds, and bytes of each call.
#[derive(Debug, Clone, Serialize)]
struct Row {
    scene: String,
    /// What a reader of the figures has to know.
    note: String,
    calls: u64,
    per_second: f64,
    p50_ms: f64,
    p90_ms: f64,
    p99_ms: f64,
    p999_ms: f64,
    server_cpu_ms: f64,
    database_cpu_ms: f64,
    answer_bytes: f64,
    statements: f64,
    /// How often the server waited for the database; not counted when left out.
    round_trips: Option<u64>,
    wal_bytes: f64,
    wal_bytes_without_images: f64,
    /// Acts that were acknowledged and are not in the journal.
    lost: u64,
    failed: usize,
    first_failure: Option<String>,
}

/// All scenes.
#[derive(Debug, Clone, Default, Serialize)]
pub(crate) struct Report {
    rows: Vec<Row>,
    /// The server's memory.
    pub(crate) memory: Memory,
    /// Scenes under a growing load, where they were asked for.
    pub(crate) curves: Vec<Curve>,
    /// Scenes against the rival, where that was asked for.
    pub(crate) ratios: Vec<Ratio>,
    /// Scenes and the floor under them, where that was asked for.
    pub(crate) floors: Vec<Floor>,
}

/// Memory of the server, in megabytes.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(crate) struct Memory {
    /// Before the first call, and before the first connection.
    pub(crate) idle_mb: f64,
    /// With all connections, before the first call.
    pub(crate) connected_mb: f64,
    /// How many connections these are.
    pub(crate) connections: usize,
    /// The most that it ever had.
    pub(crate) peak_mb: f64,
    /// After the last call.
    pub(crate) after_mb: f64,
}

impl Report {
    /// Adds a scene.
    pub(crate) fn add(&mut self, (scene, note): (String, String), (run, lost): (&Run, i64), cost: &Cost) {
        let calls = run.latency.len();
        let ms = |quantile| milliseconds(run, quantile);
        let each = |sum: f64| sum / float(calls.max(1));
        self.rows.push(Row {
            scene,
            note,
            calls,
            per_second: run.per_second(),
            p50_ms: ms(0.5),
            p90_ms: ms(0.9),
            p99_ms: ms(0.99),
            p999_ms: ms(0.999),
            server_cpu_ms: each(cost.server_ms),
            database_cpu_ms: each(cost.database_ms),
            answer_bytes: each(float(run.bytes)),
            statements: each(cost.statements),
            round_trips: None,
            wal_bytes: each(cost.wal),
            wal_bytes_without_images: each((cost.wal - cost.images).max(0.0)),
            lost: u64::try_from(lost).unwrap_or_default(),
            failed: run.failed.len(),
            first_failure: run.failed.first().cloned(),
        });
    }

    /// Adds how many round trips a call of each scene takes.
    pub(crate) fn add_round_trips(&mut self, counts: &[u64]) {
        for (row, count) in self.rows.iter_mut().zip(counts) {
            row.round_trips = Some(*count);
        }
    }

    /// Whether no call has failed, no act was lost, and each scene had calls.
    pub(crate) fn is_sound(&self) -> bool {
        self.rows.iter().all(|row| row.failed == 0 && row.lost == 0 && row.calls > 0)
            && self.curves.iter().all(|curve| curve.failed.is_empty())
    }

    /// As JSON.
    pub(crate) fn json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self)
    }
}

/// What a part of the calls of a run took at most.
pub(crate) fn milliseconds(run: &Run, part: f64) -> f64 {
    float(run.latency.value_at_quantile(part)) / 1000.0
}

#[expect(clippy::cast_precision_loss, reason = "what is counted here is far below what a float counts")]
fn float(number: u64) -> f64 {
    number as f64
}
