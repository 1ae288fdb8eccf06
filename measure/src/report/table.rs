//! The figures as a table.

use std::fmt::Write as _;

use comfy_table::{CellAlignment, Table, presets::ASCII_MARKDOWN};

use super::{Floor, Ratio, Report, Row};

/// The columns.
const HEADER: [&str; 16] = [
    "scene",
    "calls/s",
    "p50 ms",
    "p90",
    "p99",
    "p99.9",
    "server CPU ms",
    "database CPU ms",
    "statements",
    "round trips",
    "answer bytes",
    "WAL bytes",
    "without images",
    "lost",
    "failed",
    "note",
];

impl Report {
    /// As a table.
    pub(crate) fn table(&self) -> String {
        let mut table = Table::new();
        table.load_style(ASCII_MARKDOWN);
        table.set_header(HEADER);
        for row in &self.rows {
            table.add_row(cells(row));
        }
        let last = HEADER.len() - 1;
        for column in table.column_iter_mut().take(last).skip(1) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        let memory = &self.memory;
        let table = if self.rows.is_empty() { String::new() } else { format!("{table}\n") };
        let mut text = format!(
            "{table}The server had {:.0} MB at first, {:.0} MB with {} connections, at most {:.0} MB, and {:.0} MB at last.",
            memory.idle_mb, memory.connected_mb, memory.connections, memory.peak_mb, memory.after_mb
        );
        for curve in self.curves.iter().filter(|curve| !curve.failed.is_empty()) {
            let (scene, count, first) = (&curve.scene, curve.failed.len(), curve.failed.first());
            let first = first.map_or("", String::as_str);
            // Writing to a text does not fail.
            let _ = write!(text, "\n{scene} under a growing load: {count} calls failed ({first})");
        }
        for line in self.ratios.iter().map(Ratio::line).chain(self.floors.iter().map(Floor::line)) {
            let _ = write!(text, "\n{line}");
        }
        text
    }
}

fn cells(row: &Row) -> [String; 16] {
    let failed = row.first_failure.as_ref().map_or_else(String::new, |why| format!(" ({why})"));
    [
        row.scene.clone(),
        format!("{:.0}", row.per_second),
        format!("{:.2}", row.p50_ms),
        format!("{:.2}", row.p90_ms),
        format!("{:.2}", row.p99_ms),
        format!("{:.2}", row.p999_ms),
        format!("{:.3}", row.server_cpu_ms),
        format!("{:.3}", row.database_cpu_ms),
        format!("{:.1}", row.statements),
        row.round_trips.map_or_else(String::new, |count| count.to_string()),
        format!("{:.0}", row.answer_bytes),
        format!("{:.0}", row.wal_bytes),
        format!("{:.0}", row.wal_bytes_without_images),
        row.lost.to_string(),
        format!("{}{failed}", row.failed),
        row.note.clone(),
    ]
}
