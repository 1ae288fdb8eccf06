//! One run of the program: make what is wanted, measure it, tell it.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use focalnet_load::{Random, Size};

use crate::{
    Arguments,
    cost::Mark,
    curve::Curve,
    drive::{Pace, drive},
    floor,
    report::{Memory, Report},
    rival::{self, Calls},
    rounds,
    scenes::{self, Named},
    svg, usage,
    warm::warm,
    world::{Failed, World},
};

/// How long a run is where there are many like it.
const BRIEF: Duration = Duration::from_secs(1);

/// How many connections there are at least for calls at fixed instants, which are those of many people.
const MANY: usize = 32;
/// How many callers share a connection at most: a server answers only so many at once on one.
const OF_CONNECTION: usize = 16;
/// Where the rival is.
const RIVAL: &str = "tools/rivals";
/// What is drawn.
const DRAWN: [&str; 2] = ["read_request", "ask"];

/// Measures, and says whether all calls were answered and no act was lost.
pub(crate) async fn run(arguments: &Arguments) -> Result<bool, Failed> {
    scenes::check(&arguments.scenes)?;
    let beside = std::env::current_exe()?.with_file_name("focalnet");
    let program: PathBuf = arguments.program.clone().unwrap_or(beside);
    let cases = arguments.requests.div_ceil(50);
    let size = Size { requests: arguments.requests, cases, seed: arguments.seed, ..Size::default() };
    let mut world = World::start(&size, &program).await?;
    let mut random = Random::new(arguments.seed);
    let mut memory = Memory { idle_mb: usage::memory_mb(world.server.id())?, ..Memory::default() };
    let least = if arguments.rate.is_some() { MANY } else { arguments.callers.div_ceil(OF_CONNECTION) };
    let connections = arguments.connections.max(least);
    world.line.connect(&world.server.address, connections).await?;
    memory.connections = connections;
    memory.connected_mb = usage::memory_mb(world.server.id())?;

    let rival = arguments.rival.clone().or_else(|| arguments.all.then(|| PathBuf::from(RIVAL)));
    let floor = arguments.floor || arguments.all;
    let made = if arguments.scenes.is_empty() && !arguments.all && (rival.is_some() || floor) {
        Vec::new()
    } else {
        scenes::make(&mut world, &arguments.scenes, &mut random).await?
    };
    world.settle().await?;
    let mut report = Report::default();
    for named in &made {
        measure(&mut world, &mut report, named, arguments).await?;
    }
    memory.peak_mb = usage::peak_mb(world.server.id())?;
    memory.after_mb = usage::memory_mb(world.server.id())?;
    report.memory = memory;
    if let Some(file) = &arguments.svg {
        draw((&mut world, &mut random), (&mut report, &made), arguments, file).await?;
    }
    if report.is_sound() && !made.is_empty() {
        eprintln!("round trips …");
        let scenes: Vec<_> = made.iter().map(|made| &made.scene).collect();
        report.add_round_trips(&rounds::count(&mut world, &program, &scenes).await?);
    }
    let time = Duration::from_secs(arguments.seconds);
    let calls = Calls { callers: arguments.callers, connections, time };
    if floor {
        floor::measure((&mut world, &mut random), &mut report, &program, calls).await?;
    }
    let compared = match &rival {
        Some(folder) => {
            rival::compare((&mut world, &mut random), &mut report, (folder, &program), calls).await
        }
        None => Ok(()),
    };
    // What was measured is told in any case.
    println!("{}", if arguments.json { report.json()? } else { report.table() });
    compared?;
    Ok(report.is_sound())
}

async fn measure(
    world: &mut World,
    report: &mut Report,
    named: &Named,
    arguments: &Arguments,
) -> Result<(), Failed> {
    let Named { name, acts, note, is_brief, scene } = named;
    eprintln!("{name} …");
    let pace = arguments.rate.map_or(Pace::Closed(arguments.callers), Pace::Open);
    let time = Duration::from_secs(arguments.seconds);
    let time = if *is_brief { time.min(BRIEF) } else { time };
    let first = if *is_brief { time / 2 } else { time.min(2 * BRIEF) };
    warm(world, named, pace, first).await?;
    let server = world.server.id();
    let (before, unanswered) = (Mark::now(world, server).await?, world.unanswered(acts).await?);
    let run = drive(scene, pace, time).await;
    let cost = before.cost(world).await?;
    let lost = unanswered - world.unanswered(acts).await?;
    report.add((name.clone(), note.clone()), (&run, lost), &cost);
    Ok(())
}

/// Draws scenes under a growing load; what was made before is used again.
async fn draw(
    (world, random): (&mut World, &mut Random),
    (report, made): (&mut Report, &[Named]),
    arguments: &Arguments,
    file: &Path,
) -> Result<(), Failed> {
    let time = Duration::from_secs(arguments.seconds);
    world.line.connect(&world.server.address, arguments.connections.max(MANY)).await?;
    for name in DRAWN {
        eprintln!("{name} under a growing load …");
        let curve = if let Some(named) = made.iter().find(|made| made.name == name) {
            Curve::of(named, arguments.callers, time).await
        } else {
            let named = scenes::make(world, &[name.to_owned()], random).await?.remove(0);
            Curve::of(&named, arguments.callers, time).await
        };
        report.curves.push(curve);
    }
    Ok(fs::write(file, svg::picture(&report.curves)?)?)
}
