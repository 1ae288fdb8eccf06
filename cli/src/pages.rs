//! Completions for shells, and the manual.

use std::{fs, path::PathBuf};

use clap::{Arg, ArgMatches, Command, value_parser};
use clap_complete::Shell;
use focalnet_contract::client::failure::Failure;

use super::{Context, Handwritten, render};

/// The commands of this file.
pub(crate) const COMMANDS: &[Handwritten] = &[
    Handwritten { command: completions_command, run: completions },
    Handwritten { command: man_command, run: man },
];

fn completions_command() -> Command {
    let shell = Arg::new("shell").value_name("SHELL").required(true).value_parser(value_parser!(Shell));
    Command::new("completions").about("Print the completions for a shell").arg(shell)
}

fn completions(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let mut script = Vec::new();
    if let Some(shell) = matches.get_one::<Shell>("shell") {
        clap_complete::generate(*shell, &mut context.program.clone(), "focalnet", &mut script);
    }
    render::print(&String::from_utf8_lossy(&script))
}

fn man_command() -> Command {
    let folder = Arg::new("folder").value_name("DIR").required(true).value_parser(value_parser!(PathBuf));
    Command::new("man").about("Write a manual page for each command into a folder").arg(folder)
}

fn man(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let Some(folder) = matches.get_one::<PathBuf>("folder") else { return Ok(()) };
    fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(context.program.clone(), folder))
        .map_err(|error| Failure::usage(format!("{}: {error}", folder.display())))
}
