//! The floor under what a call costs: the best SQL for it, and the very statements that the server sends, both without a
//! server. The first ratio tells how good our SQL is, the second how little the service adds to it.

use std::{path::Path, time::Duration};

use focalnet_domain::clock::Clock;
use focalnet_load::Random;

use self::pgbench::Pgbench;
pub(crate) use self::record::Recorded;
use crate::{
    cost::Mark,
    drive::{Pace, drive},
    report::{Floor, Report},
    rival::{Calls, SCENES, WARM},
    scenes::{self, Named},
    warm::warm,
    world::{Failed, World},
};

mod best;
mod pgbench;
mod record;
mod replay;

/// For how long calls are recorded at most: the log is long.
const RECORDED: Duration = Duration::from_secs(5);
/// How often reads that were recorded are sent again; acts once, because they make something.
const READ_AGAIN: usize = 3;

/// Measures all three, and reports what came of it.
pub(crate) async fn measure(
    (world, random): (&mut World, &mut Random),
    report: &mut Report,
    program: &Path,
    calls: Calls,
) -> Result<(), Failed> {
    let pgbench = Pgbench::find(world).await?;
    let requests = best::prepare(world).await?;
    let folder = tempfile::Builder::new().prefix("focalnet-floor").tempdir()?;
    for name in SCENES {
        let named = scenes::make(world, &[name.to_owned()], random).await?.remove(0);
        eprintln!("{name} by the server …");
        let (per_second, database_ms) = served(world, &named, calls).await?;
        eprintln!("{name} by the server's statements …");
        let recorded = record(world, program, &named, calls).await?;
        let times = if named.acts.is_empty() { READ_AGAIN } else { 1 };
        world.settle().await?;
        let mark = Mark::now(world, world.server.id()).await?;
        let replay_per_second = replay::replay(&pgbench, folder.path(), &recorded, times)?;
        let replay_ms = mark.cost(world).await?.database_ms / number(recorded.calls() * times);
        eprintln!("{name} by the best SQL …");
        world.settle().await?;
        let mark = Mark::now(world, world.server.id()).await?;
        let (transactions, best_per_second) =
            best::run(&pgbench, folder.path(), (name, requests), (calls.callers, calls.time))?;
        let best_ms = mark.cost(world).await?.database_ms / transactions.max(1.0);
        report.floors.push(Floor {
            scene: name.to_owned(),
            per_second,
            database_ms,
            replay_per_second,
            replay_ms,
            best_per_second,
            best_ms,
            of_best: replay_ms / best_ms,
            of_replay: per_second / replay_per_second,
        });
    }
    Ok(())
}

/// Calls in a second as the server answers them, and what each costs the database.
async fn served(world: &mut World, named: &Named, calls: Calls) -> Result<(f64, f64), Failed> {
    world.line.connect(&world.server.address, calls.connections).await?;
    world.settle().await?;
    warm(world, named, Pace::Closed(calls.callers), calls.time.min(WARM)).await?;
    let mark = Mark::now(world, world.server.id()).await?;
    let run = drive(&named.scene, Pace::Closed(calls.callers), calls.time).await;
    let cost = mark.cost(world).await?;
    if let Some(why) = run.failed.first() {
        return Err(format!("a call of {} has failed: {why}", named.name).into());
    }
    Ok((run.per_second(), cost.database_ms / run.calls().max(1.0)))
}

/// Lets a server of its own answer, whose statements the database logs, and takes back what its calls have made.
async fn record(world: &mut World, program: &Path, named: &Named, calls: Calls) -> Result<Recorded, Failed> {
    let since = Clock.now(chrono::Duration::zero());
    let begin = world.log()?.len();
    let server = world.serve_logged(program, calls.callers).await?;
    world.line.connect(&server.address, calls.connections).await?;
    let run = drive(&named.scene, Pace::Closed(calls.callers), calls.time.min(RECORDED)).await;
    drop(server);
    world.log_no_more().await?;
    let log = world.log()?;
    let recorded = Recorded::of(log.get(begin..).unwrap_or_default());
    if !named.acts.is_empty() {
        world.take_back(since).await?;
    }
    match run.failed.first() {
        Some(why) => Err(format!("a call has failed that was to be recorded: {why}").into()),
        None if number(recorded.calls()) < run.calls() => {
            Err(format!("of {} calls the log tells only {}", run.calls(), recorded.calls()).into())
        }
        None => Ok(recorded),
    }
}

#[expect(clippy::cast_precision_loss, reason = "some thousand calls")]
fn number(count: usize) -> f64 {
    count.max(1) as f64
}
