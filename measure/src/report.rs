//! What was measured, as a table and as JSON.

use comfy_table::{CellAlignment, Table, presets::ASCII_MARKDOWN};
use serde::Serialize;

use crate::{
    drive::Run,
    usage,
    world::{Failed, World},
};

/// What server and database have used, at one moment or from one to another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    server_ms: f64,
    database_ms: f64,
    /// Bytes of the log by which the database recovers.
    wal: f64,
    /// Of these, images of whole pages, which depend on when the last checkpoint was.
    images: f64,
}

impl Cost {
    /// What they have used until now.
    pub(crate) async fn so_far(world: &mut World) -> Result<Self, Failed> {
        let (wal, images): (f64, f64) =
            sqlx::query_as("SELECT wal_bytes::float8, wal_fpi::float8 * 8192 FROM pg_stat_wal")
                .fetch_one(&mut world.owner)
                .await?;
        Ok(Self {
            server_ms: usage::of_process(world.server.id())?,
            database_ms: usage::of_family(world.postmaster)?,
            wal,
            images,
        })
    }

    /// What they have used since an earlier moment.
    pub(crate) fn since(self, before: &Self) -> Self {
        Self {
            server_ms: self.server_ms - before.server_ms,
            database_ms: self.database_ms - before.database_ms,
            wal: self.wal - before.wal,
            images: self.images - before.images,
        }
    }
}

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
    /// The most memory that the server had, in megabytes.
    pub(crate) peak_mb: f64,
}

impl Report {
    /// Adds a scene.
    pub(crate) fn add(
        &mut self,
        (scene, note): (String, String),
        (run, recorded): (&Run, Option<u64>),
        cost: &Cost,
    ) {
        let calls = run.latency.len();
        let ms = |quantile| float(run.latency.value_at_quantile(quantile)) / 1000.0;
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
            wal_bytes: each(cost.wal),
            wal_bytes_without_images: each((cost.wal - cost.images).max(0.0)),
            lost: recorded.map_or(0, |recorded| calls.saturating_sub(recorded)),
            failed: run.failed.len(),
            first_failure: run.failed.first().cloned(),
        });
    }

    /// Whether no call has failed, no act was lost, and each scene had calls.
    pub(crate) fn is_sound(&self) -> bool {
        self.rows.iter().all(|row| row.failed == 0 && row.lost == 0 && row.calls > 0)
    }

    /// As JSON.
    pub(crate) fn json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self)
    }

    /// As a table.
    pub(crate) fn table(&self) -> String {
        let mut table = Table::new();
        table.load_style(ASCII_MARKDOWN);
        table.set_header([
            "scene",
            "calls/s",
            "p50 ms",
            "p90",
            "p99",
            "p99.9",
            "server CPU ms",
            "database CPU ms",
            "answer bytes",
            "WAL bytes",
            "without images",
            "lost",
            "failed",
            "note",
        ]);
        for row in &self.rows {
            let failed = row.first_failure.as_ref().map_or_else(String::new, |why| format!(" ({why})"));
            table.add_row([
                row.scene.clone(),
                format!("{:.0}", row.per_second),
                format!("{:.2}", row.p50_ms),
                format!("{:.2}", row.p90_ms),
                format!("{:.2}", row.p99_ms),
                format!("{:.2}", row.p999_ms),
                format!("{:.3}", row.server_cpu_ms),
                format!("{:.3}", row.database_cpu_ms),
                format!("{:.0}", row.answer_bytes),
                format!("{:.0}", row.wal_bytes),
                format!("{:.0}", row.wal_bytes_without_images),
                row.lost.to_string(),
                format!("{}{failed}", row.failed),
                row.note.clone(),
            ]);
        }
        for column in table.column_iter_mut().skip(1) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        format!("{table}\nThe server had at most {:.0} MB.", self.peak_mb)
    }
}

#[expect(clippy::cast_precision_loss, reason = "what is counted here is far below what a float counts")]
fn float(number: u64) -> f64 {
    number as f64
}
