//! focalnet against the rival of `tools/rivals`: the same calls on the same database, in turns, so that whatever else
//! goes on in the machine meets both alike.

use std::{path::Path, time::Duration};

use focalnet_load::Random;

use crate::{
    cost::{Cost, Mark},
    drive::{Pace, Run, drive},
    floor::Recorded,
    report::{Ratio, Report},
    scenes::{self, Named},
    warm::warm,
    world::{Failed, Server, World},
};

mod alike;
mod sql;

/// What is compared: a read and an act.
pub(crate) const SCENES: [&str; 2] = ["read_request", "ask"];
/// How often each of them has its turn.
const TURNS: usize = 3;
/// How long connections are warmed up in each turn: their first calls plan the statements.
pub(crate) const WARM: Duration = Duration::from_secs(2);

/// How it is called.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calls {
    /// How many call at once.
    pub(crate) callers: usize,
    /// On how many connections.
    pub(crate) connections: usize,
    /// For how long in each turn.
    pub(crate) time: Duration,
}

/// What one of them has done in its turns.
struct Side {
    name: &'static str,
    address: String,
    process: u32,
    run: Run,
    cost: Cost,
    lost: i64,
    /// Calls for a second of CPU time, in each turn.
    of_turns: Vec<f64>,
}

impl Side {
    fn new(name: &'static str, server: &Server) -> Self {
        let (address, process) = (server.address.clone(), server.id());
        let (run, cost) = (Run::new(), Cost::default());
        Self { name, address, process, run, cost, lost: 0, of_turns: Vec::new() }
    }

    /// Calls for a second of CPU time of server and database.
    fn per_cpu_second(&self) -> f64 {
        per_second(&self.run, &self.cost)
    }

    async fn turn(&mut self, world: &mut World, named: &Named, calls: Calls) -> Result<(), Failed> {
        world.line.connect(&self.address, calls.connections).await?;
        // Each turn begins with a checkpoint, after which every page is written whole once.
        world.settle().await?;
        warm(world, named, Pace::Closed(calls.callers), calls.time.min(WARM)).await?;
        let before = world.unanswered(&named.acts).await?;
        let mark = Mark::now(world, self.process).await?;
        let run = drive(&named.scene, Pace::Closed(calls.callers), calls.time).await;
        let cost = mark.cost(world).await?;
        self.lost += before - world.unanswered(&named.acts).await?;
        self.of_turns.push(per_second(&run, &cost));
        self.run.add(run);
        self.cost += cost;
        Ok(())
    }
}

/// Lets both of them answer in turns, and reports what came of it.
pub(crate) async fn compare(
    (world, random): (&mut World, &mut Random),
    report: &mut Report,
    (folder, program): (&Path, &Path),
    calls: Calls,
) -> Result<(), Failed> {
    let rival = world.rival(folder)?;
    eprintln!("whether both answer alike …");
    let begin = world.log()?.len();
    let logged = world.serve_logged(program, 1).await?;
    alike::check(world, &logged.address, &rival.address).await?;
    drop(logged);
    world.log_no_more().await?;
    sql::check(&Recorded::of(world.log()?.get(begin..).unwrap_or_default()), folder)?;
    world.line.connect(&world.server.address, calls.connections).await?;
    for name in SCENES {
        let named = scenes::make(world, &[name.to_owned()], random).await?.remove(0);
        let [mut own, mut other] = [Side::new("focalnet", &world.server), Side::new("rival", &rival)];
        for turn in 1..=TURNS {
            eprintln!("{name} against the rival, {turn} of {TURNS} …");
            own.turn(world, &named, calls).await?;
            other.turn(world, &named, calls).await?;
        }
        let of_turns = own.of_turns.iter().zip(&other.of_turns).map(|(own, other)| own / other).collect();
        report.ratios.push(Ratio {
            scene: name.to_owned(),
            per_cpu_second: own.per_cpu_second(),
            rival_per_cpu_second: other.per_cpu_second(),
            times: own.per_cpu_second() / other.per_cpu_second(),
            of_turns,
        });
        for side in [own, other] {
            let note = format!("{:.0} calls for a CPU second", side.per_cpu_second());
            report.add((format!("{name}, {}", side.name), note), (&side.run, side.lost), &side.cost);
        }
    }
    Ok(())
}

fn per_second(run: &Run, cost: &Cost) -> f64 {
    run.calls() * 1000.0 / cost.cpu_ms()
}
