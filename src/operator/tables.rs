//! The tables that the server enforces, printed.

#![expect(clippy::unnecessary_wraps, reason = "all commands have the same shape")]

use clap::{Arg, ArgAction, ArgMatches, Command};
use comfy_table::{ContentArrangement, Table, presets};
use focalnet_cli::Context;
use focalnet_contract::client::Failure;
use focalnet_domain::{
    asset,
    freezing_request::{completeness, lifecycle},
    order,
    questionnaire::response,
};

use crate::authz::policy;

fn printed(name: &'static str, about: &'static str) -> Command {
    let help = "As a page of the documentation";
    Command::new(name)
        .about(about)
        .arg(Arg::new("markdown").long("markdown").action(ArgAction::SetTrue).help(help))
}

pub(super) fn lifecycle_command() -> Command {
    printed("lifecycle", "Print the lifecycle of a request: acts, states, sides, roles, legal basis")
}

pub(super) fn policy_command() -> Command {
    printed("policy", "Print who may call which method")
}

pub(super) fn completeness_command() -> Command {
    printed("completeness", "Print what a request must contain, by kind of measure")
}

pub(super) fn lifecycle(_: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    if matches.get_flag("markdown") {
        print!("{}{}{}{}", lifecycle::markdown(), order::act::markdown(), response::markdown(), assets());
        return Ok(());
    }
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_FULL_CONDENSED)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(180);
    table.set_header(lifecycle::HEADINGS);
    for row in lifecycle::ROWS {
        table.add_row(lifecycle::cells(row));
    }
    println!("{table}\n{}{}{}", order::act::markdown(), response::markdown(), assets());
    Ok(())
}

/// The tables of assets: acts, dispositions, steps of a claim.
fn assets() -> String {
    format!(
        "\n# Assets\n\n{}\n{}\n{}",
        asset::lifecycle::markdown(),
        asset::disposition::markdown(),
        asset::claim::markdown()
    )
}

pub(super) fn policy(_: &Context<'_>, _: &ArgMatches) -> Result<(), Failure> {
    print!("{}", policy::markdown());
    Ok(())
}

pub(super) fn completeness(_: &Context<'_>, _: &ArgMatches) -> Result<(), Failure> {
    print!("{}", completeness::markdown());
    Ok(())
}
