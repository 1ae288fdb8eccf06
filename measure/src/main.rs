//! `focalnet-measure`: what calls cost, on a database filled for it.

use std::{path::PathBuf, process::ExitCode, time::Duration};

use clap::Parser;
use focalnet_load::{Random, Size};

use self::{
    cost::Mark,
    drive::{Pace, drive},
    report::{Memory, Report},
    scenes::Named,
    world::{Failed, World},
};

mod caller;
mod codec;
mod cost;
mod drive;
mod line;
mod report;
mod rounds;
mod scenes;
mod usage;
mod world;

/// Measure what calls cost: a filled PostgreSQL that keeps what it is told, a server of its own, and callers.
#[derive(Debug, Parser)]
#[command(name = "focalnet-measure", version)]
struct Arguments {
    /// How many requests the database holds, with twenty assets each.
    #[arg(long, value_name = "NUMBER", default_value_t = 10_000)]
    requests: u32,
    /// How many callers call at once, each as soon as the one before has an answer.
    #[arg(long, value_name = "NUMBER", default_value_t = 4)]
    callers: usize,
    /// How many calls are made in a second, whether there are answers yet or not; in place of `--callers`.
    #[arg(long, value_name = "NUMBER", conflicts_with = "callers")]
    rate: Option<f64>,
    /// How many connections the callers share, each call on the next of them.
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    connections: usize,
    /// Seconds of each run.
    #[arg(long, value_name = "NUMBER", default_value_t = 5)]
    seconds: u64,
    /// What chance begins with: the same seed makes the same rows and the same calls.
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// The server's program; the one beside this program when left out.
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
    /// Write JSON instead of a table.
    #[arg(long)]
    json: bool,
    /// Only these scenes.
    scenes: Vec<String>,
}

/// How long a run is where there are many like it.
const BRIEF: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    // The first provider installed wins, and there is only one compiled in.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let runtime = tokio::runtime::Runtime::new();
    let done = runtime.map_err(Failed::from).and_then(|runtime| runtime.block_on(run(&Arguments::parse())));
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => {
            eprintln!("error: calls have failed, or acts were lost");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Measures, and says whether all calls were answered and no act was lost.
async fn run(arguments: &Arguments) -> Result<bool, Failed> {
    let beside = std::env::current_exe()?.with_file_name("focalnet");
    let program = arguments.program.clone().unwrap_or(beside);
    let cases = arguments.requests.div_ceil(50);
    let size = Size { requests: arguments.requests, cases, seed: arguments.seed, ..Size::default() };
    let mut world = World::start(&size, &program).await?;
    let mut random = Random::new(arguments.seed);
    let pace = arguments.rate.map_or(Pace::Closed(arguments.callers), Pace::Open);
    let time = Duration::from_secs(arguments.seconds);
    let idle_mb = usage::memory_mb(world.server.id())?;
    world.line.connect(&world.server.address, arguments.connections).await?;
    let connected_mb = usage::memory_mb(world.server.id())?;
    let made = scenes::make(&mut world, &arguments.scenes, &mut random).await?;
    world.settle().await?;

    let mut report = Report::default();
    for Named { name, act, note, is_brief, scene } in &made {
        eprintln!("{name} …");
        let time = if *is_brief { time.min(BRIEF) } else { time };
        // The first calls of each connection plan their statements.
        let first = if *is_brief { time / 2 } else { time.min(2 * BRIEF) };
        drive(scene, pace, first).await;
        let before = (Mark::now(&mut world).await?, world.recorded(*act).await?);
        let run = drive(scene, pace, time).await;
        let cost = before.0.cost(&mut world).await?;
        let recorded = act.is_some().then_some(world.recorded(*act).await? - before.1);
        report.add((name.clone(), note.clone()), (&run, recorded), &cost);
    }
    let (peak_mb, after_mb) = (usage::peak_mb(world.server.id())?, usage::memory_mb(world.server.id())?);
    report.memory = Memory { idle_mb, connected_mb, connections: arguments.connections, peak_mb, after_mb };
    if report.is_sound() {
        eprintln!("round trips …");
        let scenes: Vec<_> = made.iter().map(|made| &made.scene).collect();
        report.add_round_trips(&rounds::count(&world, &program, &scenes).await?);
    }
    println!("{}", if arguments.json { report.json()? } else { report.table() });
    Ok(report.is_sound())
}
