//! The operator's commands, which work on this machine rather than through a server.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};
use focalnet_cli::Handwritten;
use focalnet_contract::client::Failure;

use crate::{config::Config, error::Error};

mod bootstrap;
pub mod demo;
mod migrate;
mod progress;
mod serve;
mod tables;
mod telemetry;

pub(crate) use progress::Steps;
pub(crate) use serve::stop_signal;
pub(crate) use telemetry::start as start_logs;

/// All of them.
pub const COMMANDS: &[Handwritten] = &[
    Handwritten { command: serve::command, run: serve::run },
    Handwritten { command: demo::command, run: demo::run },
    Handwritten { command: migrate::command, run: migrate::run },
    Handwritten { command: bootstrap::command, run: bootstrap::run },
    Handwritten { command: tables::lifecycle_command, run: tables::lifecycle },
    Handwritten { command: tables::policy_command, run: tables::policy },
    Handwritten { command: tables::completeness_command, run: tables::completeness },
];

fn config_flag(command: Command) -> Command {
    let help = "Settings in TOML, over the defaults; the environment (FOCALNET__SECTION__KEY) wins over both";
    let flag =
        Arg::new("config").long("config").value_name("FILE").value_parser(value_parser!(PathBuf)).help(help);
    command.arg(flag)
}

fn config(matches: &ArgMatches) -> Result<Config, Failure> {
    Config::load(matches.get_one::<PathBuf>("config"), None)
        .map_err(|error| Failure::usage(error.to_string()))
}

/// Runs something to its end on a runtime of its own.
pub(crate) fn block_on<T>(future: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(future)
}

impl From<crate::runtime::StartError> for Failure {
    fn from(error: crate::runtime::StartError) -> Self {
        Self::unexpected(error.to_string())
    }
}

impl From<Error> for Failure {
    /// For the operator, who is told what every caller is told, and of our own errors the cause.
    fn from(error: Error) -> Self {
        match &error {
            Error::Internal(cause) => Self::unexpected(format!("{error}: {cause}")),
            _ => Self::from(tonic::Status::from(error)).without_hint(),
        }
    }
}
