//! What comes before a measurement.

use std::time::Duration;

use crate::{
    drive::{Pace, drive},
    scenes::Named,
    world::{Failed, World},
};

/// Lets callers call for a while: the first calls of each connection plan their statements. An act fills tables that were
/// empty, and what is planned for an empty table reads the whole of it ever after; where autovacuum is on it looks at them
/// again soon, here it is done once.
pub(crate) async fn warm(world: &mut World, named: &Named, pace: Pace, time: Duration) -> Result<(), Failed> {
    drive(&named.scene, pace, time).await;
    if !named.acts.is_empty() {
        world.analyze().await?;
        drive(&named.scene, pace, time).await;
    }
    Ok(())
}
