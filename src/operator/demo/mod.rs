//! `focalnet demo`: starts a private server, opens its door for the story, and ends both.

mod world;

use std::{io, path::PathBuf, pin::pin};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use focalnet_cli::{Context, render};
use focalnet_contract::client::Failure;
use focalnet_demo::{Narrator, json, play};

pub use self::world::World;
use super::{Steps, block_on, start_logs, stop_signal};
use crate::config::{LogConfig, LogFormat};

pub(super) fn command() -> Command {
    let flag = |name: &'static str, help: &'static str| Arg::new(name).long(name).help(help);
    Command::new("demo")
        .about("Play a real case on a private database: laws, orders, requests, reports, proofs")
        .long_about(
            "Play a real case on a private database: States are asked about their law; an order of a Chamber becomes \
             one request to each of three States, checked against what they answered; they ask, execute, postpone and \
             report; an aircraft loses its value, parking is owed, a wife claims half of a house; ten years later the \
             obligation ends, and a fine and a debt survive it. At the end each party's own view is shown and all receipts \
             are checked. Nothing is left behind. With --json one line on standard output names the server, the \
             people with their passwords, and what they made; the story is told on standard error.",
        )
        .arg(flag("json", "Print one JSON object: endpoint, actors, names").action(ArgAction::SetTrue))
        .arg(flag("keep", "Keep serving after the story, until SIGINT or SIGTERM").action(ArgAction::SetTrue))
        .arg(
            flag("data", "Keep database and keys in this new or empty folder")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf)),
        )
}

pub(super) fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    start_logs(&LogConfig { filter: "warn".to_owned(), format: LogFormat::Text })?;
    let data = matches.get_one::<PathBuf>("data");
    let as_json = context.json || matches.get_flag("json");
    block_on(async {
        let mut stop = pin!(stop_signal()?);
        let steps = Steps::new();
        let started = World::start(data.map(PathBuf::as_path), &|what| steps.say(what)).await;
        steps.done();
        let world = started?;
        let outcome = tokio::select! {
            biased;
            () = &mut stop => Ok(()),
            outcome = perform(&world, as_json, matches.get_flag("keep")) => outcome,
        };
        // Whatever happened, nothing may be left running.
        let stopped = world.stop().await;
        outcome.and(stopped)
    })
}

async fn perform(world: &World, as_json: bool, keep: bool) -> Result<(), Failure> {
    let mut narrator = Narrator::new(if as_json { Box::new(io::stderr()) } else { Box::new(io::stdout()) });
    let played = Box::pin(play(world.door(), &mut narrator)).await?;
    world.reset_clock().await?;
    if as_json {
        render::print(&(json(world.door().endpoint(), &played) + "\n"))?;
    }
    if keep {
        eprintln!("Serving on {} until SIGINT or SIGTERM.", world.door().endpoint());
        std::future::pending::<()>().await;
    }
    Ok(())
}
