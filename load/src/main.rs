//! `focalnet-load`: fills an empty database with many requests and assets.

use std::{io::Write as _, path::PathBuf, process::ExitCode};

use clap::Parser;
use focalnet::testing::{
    config::{Config, Profile},
    runtime::Database,
};
use focalnet_load::{Error, Size, load};
use sqlx::{Connection as _, PgConnection};

/// Fill an empty database with many requests and assets, to measure on.
///
/// The database is that of the configuration, as for `focalnet migrate`, with the same settings: the URL of the owner
/// comes from a file or from the environment. Nothing is written into a database that holds requests, nor outside the
/// development profile.
#[derive(Debug, Parser)]
#[command(name = "focalnet-load", version)]
struct Arguments {
    /// How many requests.
    #[arg(long, value_name = "NUMBER", default_value_t = Size::default().requests)]
    requests: u32,
    /// How many assets a request has, on average.
    #[arg(long, value_name = "NUMBER", default_value_t = Size::default().assets_per_request)]
    assets_per_request: u32,
    /// How many cases; one for each fifty requests when left out.
    #[arg(long, value_name = "NUMBER")]
    cases: Option<u32>,
    /// How many States the requests go to.
    #[arg(long, value_name = "NUMBER", default_value_t = Size::default().states)]
    states: u32,
    /// What chance begins with: the same seed makes the same rows.
    #[arg(long, value_name = "NUMBER", default_value_t = Size::default().seed)]
    seed: u64,
    /// Assign this account to all cases; can be given several times.
    #[arg(long, value_name = "LOGIN")]
    member: Vec<String>,
    /// Settings in TOML, over the defaults; the environment (`FOCALNET__SECTION__KEY`) wins over both.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

fn main() -> ExitCode {
    let done = tokio::runtime::Runtime::new()
        .map_err(|error| Error::Refused(error.to_string()))
        .and_then(|runtime| runtime.block_on(run(&Arguments::parse())));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> Result<(), Error> {
    let refused = |error: &dyn std::error::Error| Error::Refused(error.to_string());
    let config = Config::load(arguments.config.as_ref(), None).map_err(|error| refused(&error))?;
    if config.profile != Profile::Development {
        return Err(Error::Refused("made-up requests are for the development profile".into()));
    }
    let size = Size {
        requests: arguments.requests,
        assets_per_request: arguments.assets_per_request,
        cases: arguments.cases.unwrap_or_else(|| arguments.requests.div_ceil(50)),
        states: arguments.states,
        seed: arguments.seed,
    };
    size.check()?;
    let say = |what: &str| eprintln!("{what} …");
    let database = Database::open(&config, true, &say).await.map_err(|error| refused(&error))?;
    database.migrate(&say).await.map_err(|error| refused(&error))?;
    let mut owner = PgConnection::connect(&database.owner_url).await?;
    eprintln!("loading {size:?} …");
    let progress = |done| {
        // Who closed standard error does not want to know.
        let _ = write!(std::io::stderr(), "\r{done} requests");
    };
    let loaded = load(&mut owner, &size, &arguments.member, &progress).await?;
    eprintln!("\r{} requests and {} assets in {} cases", size.requests, loaded.assets, loaded.cases.len());
    owner.close().await?;
    Ok(())
}
