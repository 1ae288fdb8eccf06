//! What was measured against something else than the server.

use serde::Serialize;

/// A scene against the rival: calls for a second of CPU time of server and database.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Ratio {
    /// What is called.
    pub(crate) scene: String,
    /// focalnet's.
    pub(crate) per_cpu_second: f64,
    /// The rival's.
    pub(crate) rival_per_cpu_second: f64,
    /// How many times as many focalnet answers.
    pub(crate) times: f64,
    /// The same in each pair of turns.
    pub(crate) of_turns: Vec<f64>,
}

/// A scene, and the same without a server: in a second, and milliseconds of the database's CPU time for each.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Floor {
    /// What is called.
    pub(crate) scene: String,
    /// Calls that the server answers.
    pub(crate) per_second: f64,
    /// What they cost the database.
    pub(crate) database_ms: f64,
    /// Calls whose statements are sent once more.
    pub(crate) replay_per_second: f64,
    /// What these cost it.
    pub(crate) replay_ms: f64,
    /// Transactions of the best SQL.
    pub(crate) best_per_second: f64,
    /// What these cost it.
    pub(crate) best_ms: f64,
    /// How many times as much as the best SQL our statements cost the database.
    pub(crate) of_best: f64,
    /// Which part of the calls that the statements alone would allow the server answers.
    pub(crate) of_replay: f64,
}

impl Ratio {
    /// In a sentence.
    pub(super) fn line(&self) -> String {
        let Self { scene, per_cpu_second, rival_per_cpu_second, times, of_turns } = self;
        let of_turns: Vec<_> = of_turns.iter().map(|times| format!("{times:.2}")).collect();
        format!(
            "{scene}: {per_cpu_second:.0} calls for a CPU second of server and database, {times:.2} times the rival's \
             {rival_per_cpu_second:.0} (turn by turn {})",
            of_turns.join(", ")
        )
    }
}

impl Floor {
    /// In a sentence.
    pub(super) fn line(&self) -> String {
        let Self { scene, per_second, replay_per_second, best_per_second, .. } = self;
        let Self { database_ms, replay_ms, best_ms, of_best, of_replay, .. } = self;
        format!(
            "{scene}: the server answers {per_second:.0} calls/s ({database_ms:.3} ms of database CPU each), \
             {of_replay:.2} of the {replay_per_second:.0} that its statements allow ({replay_ms:.3} ms); these cost \
             {of_best:.2} times the best SQL ({best_ms:.3} ms, {best_per_second:.0}/s)"
        )
    }
}
