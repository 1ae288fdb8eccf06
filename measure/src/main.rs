//! `focalnet-measure`: what calls cost, on a database filled for it.

use std::{path::PathBuf, process::ExitCode};

use clap::Parser;

use self::world::Failed;

mod caller;
mod codec;
mod cost;
mod curve;
mod drive;
mod floor;
mod line;
mod report;
mod rival;
mod rounds;
mod run;
mod scenes;
mod svg;
mod usage;
mod warm;
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
    /// How many connections the callers share, each call on the next of them; at least one for sixteen callers.
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
    /// Draw how long `read_request` and `ask` take under a growing load, and write the picture (SVG) to this file.
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,
    /// Compare `read_request` and `ask` with the rival in this folder, in turns; where no scene is named, nothing else is
    /// measured.
    #[arg(long, value_name = "FOLDER", num_args = 0..=1, require_equals = true, default_missing_value = "tools/rivals")]
    rival: Option<PathBuf>,
    /// Compare `read_request` and `ask` with the same statements without a server, and with the best SQL for them; where no
    /// scene is named, nothing else is measured. It takes pgbench.
    #[arg(long)]
    floor: bool,
    /// Everything that docs/performance.md tells of: all scenes, and both comparisons.
    #[arg(long, conflicts_with = "scenes")]
    all: bool,
    /// Only these scenes: a name that is none is told which there are; `lists` are all lists, `list_assets_court` is one.
    scenes: Vec<String>,
}

fn main() -> ExitCode {
    // The first provider installed wins, and there is only one compiled in.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let runtime = tokio::runtime::Runtime::new();
    let done =
        runtime.map_err(Failed::from).and_then(|runtime| runtime.block_on(run::run(&Arguments::parse())));
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
