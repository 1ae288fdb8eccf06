//! How long answers take under a growing load: from a tenth to nine tenths of what the server gives when it is asked
//! without a pause.

use std::time::Duration;

use serde::Serialize;

use crate::{
    drive::{Pace, drive},
    report::milliseconds,
    scenes::Named,
};

/// Parts of the most that the server gives.
const PARTS: [f64; 5] = [0.1, 0.3, 0.5, 0.7, 0.9];

/// One scene under a growing load.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Curve {
    /// What is called.
    pub(crate) scene: String,
    /// Calls in a second when there is no pause.
    pub(crate) most_per_second: f64,
    /// The measured loads, growing.
    pub(crate) points: Vec<Point>,
    /// Calls that failed, each with why.
    pub(crate) failed: Vec<String>,
}

/// One load.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct Point {
    /// Calls that were made in a second.
    pub(crate) offered_per_second: f64,
    /// The median, in milliseconds.
    pub(crate) p50_ms: f64,
    /// What one call in a hundred takes longer than, in milliseconds.
    pub(crate) p99_ms: f64,
}

impl Curve {
    /// Measures a scene at each load for a while.
    pub(crate) async fn of(named: &Named, callers: usize, time: Duration) -> Self {
        let most = drive(&named.scene, Pace::Closed(callers), time).await;
        let mut curve = Self {
            scene: named.name.clone(),
            most_per_second: most.per_second(),
            points: Vec::new(),
            failed: most.failed.clone(),
        };
        for part in PARTS {
            // At least one call a second: else there is nothing to tell.
            let offered_per_second = (part * curve.most_per_second).max(1.0);
            let run = drive(&named.scene, Pace::Open(offered_per_second), time).await;
            let [p50_ms, p99_ms] = [0.5, 0.99].map(|quantile| milliseconds(&run, quantile));
            curve.points.push(Point { offered_per_second, p50_ms, p99_ms });
            curve.failed.extend(run.failed);
        }
        curve
    }
}
