//! `focalnet migrate`: the schema of this program.

use clap::{ArgMatches, Command};
use focalnet_cli::Context;
use focalnet_contract::client::Failure;

use super::{Steps, block_on, config, config_flag};
use crate::runtime::Database;

pub(super) fn command() -> Command {
    config_flag(Command::new("migrate").about("Bring the schema of the database up to date, as its owner"))
}

pub(super) fn run(_: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let config = config(matches)?;
    let steps = Steps::new();
    block_on(async {
        let say = |what: &str| steps.say(what);
        let database = Database::open(&config, true, &say).await?;
        database.migrate(&say).await?;
        Ok(())
    })?;
    steps.done();
    eprintln!("The schema is up to date.");
    Ok(())
}
