//! The command line.
//!
//! Every method of the contract is a command of its own, made from the descriptor set (`derive`). Written by hand is
//! only what is more than one call; it stands beside the derived commands as a [`Handwritten`].

mod asset;
mod call;
pub mod case_status;
mod columns;
mod derive;
mod execute;
mod files;
mod inputs;
mod login;
mod message;
mod pages;
mod paper;
mod prepare;
pub mod prompt;
mod questionnaire;
pub mod render;
mod value;
mod verify;

#[cfg(test)]
mod conversation;
#[cfg(test)]
mod tests;

use std::{ffi::OsString, path::PathBuf, process::ExitCode};

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use focalnet_contract::{
    catalogue,
    client::{Exit, Failure, exit, words},
    naming,
};

use self::inputs::Invocation;

/// A command that is written by hand.
#[derive(Debug, Clone, Copy)]
pub struct Handwritten {
    /// Makes its name, help and arguments.
    pub command: fn() -> Command,
    /// Does it.
    pub run: fn(&Context<'_>, &ArgMatches) -> Result<(), Failure>,
}

/// What the flags of every client command say.
#[derive(Debug)]
pub struct Context<'a> {
    /// The server, when it was named.
    pub endpoint: Option<String>,
    /// The name of the session.
    pub profile: String,
    /// The certificate authority of the server.
    pub ca: Option<PathBuf>,
    /// Whether answers and errors are JSON.
    pub json: bool,
    program: &'a Command,
}

/// Runs one command line. The commands of the operator come from outside: they work on this machine, and the flags of
/// a client are not for them.
pub fn run(args: impl IntoIterator<Item = OsString>, operator: &[Handwritten]) -> ExitCode {
    let program = program(operator);
    let matches = match program.clone().try_get_matches_from(args) {
        Ok(matches) => matches,
        Err(error) => {
            // Nobody is left to tell when even this cannot be written.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { Exit::Usage } else { Exit::Ok } as u8);
        }
    };
    let context = Context {
        endpoint: matches.get_one::<String>("endpoint").map(|url| url.trim_end_matches('/').to_owned()),
        profile: matches.get_one::<String>("profile").cloned().unwrap_or_default(),
        ca: matches.get_one::<PathBuf>("ca").and_then(|path| std::path::absolute(path).ok()),
        json: matches.get_flag("json"),
        program: &program,
    };
    let done =
        matches.subcommand().map_or(Ok(()), |(name, matches)| dispatch(&context, operator, name, matches));
    done.map_or_else(|failure| report(&failure, context.json), |()| ExitCode::SUCCESS)
}

/// Says what went wrong on standard error, and gives the exit code.
fn report(failure: &Failure, as_json: bool) -> ExitCode {
    eprint!("{}", if as_json { failure.json() } else { failure.text() });
    ExitCode::from(failure.exit() as u8)
}

/// The whole tree of commands.
#[must_use]
pub fn program(operator: &[Handwritten]) -> Command {
    let hidden = |command: Command| {
        let flags = client_flags().into_iter().filter(|flag| {
            let taken = |arg: &Arg| arg.get_id() == flag.get_id();
            !command.get_arguments().any(taken)
        });
        let flags: Vec<_> = flags.map(|flag| flag.hide(true)).collect();
        command.args(flags)
    };
    Command::new("focalnet")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Exchange of asset-freezing requests between an international court and States")
        .after_help(exit::help())
        .subcommand_required(true)
        .arg_required_else_help(true)
        .args(client_flags())
        .subcommands(catalogue::services().map(|service| {
            let noun = derive::noun(&service);
            let own = verbs(&naming::noun(&service)).iter().map(|own| (own.command)());
            noun.subcommands(own)
        }))
        .subcommands(client().map(|own| (own.command)()))
        .subcommands(operator.iter().map(|own| hidden((own.command)())))
}

fn client<'a>() -> impl Iterator<Item = &'a Handwritten> {
    login::COMMANDS.iter().chain(verify::COMMANDS).chain(pages::COMMANDS)
}

/// The verbs of a noun that are written by hand.
fn verbs(noun: &str) -> &'static [Handwritten] {
    match noun {
        "asset" => asset::VERBS,
        "case" => case_status::VERBS,
        "questionnaire" => questionnaire::VERBS,
        _ => &[],
    }
}

fn client_flags() -> [Arg; 4] {
    let flag = |name: &'static str| Arg::new(name).long(name).global(true).help_heading("Connection");
    [
        flag("endpoint")
            .value_name("URL")
            .help("The server [default: the session's, else http://127.0.0.1:7400]"),
        flag("profile")
            .value_name("NAME")
            .default_value("default")
            .help("The session, by a name of your choice"),
        flag("ca")
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .help("The server's certificate authority, PEM"),
        flag("json")
            .action(ArgAction::SetTrue)
            .help("Answer with one JSON object, and errors with one on standard error"),
    ]
}

fn dispatch(
    context: &Context<'_>,
    operator: &[Handwritten],
    name: &str,
    matches: &ArgMatches,
) -> Result<(), Failure> {
    if let Some(own) = client().chain(operator).find(|own| (own.command)().get_name() == name) {
        return (own.run)(context, matches);
    }
    let Some((verb, matches)) = matches.subcommand() else { return Ok(()) };
    if let Some(own) = verbs(name).iter().find(|own| (own.command)().get_name() == verb) {
        return (own.run)(context, matches);
    }
    let method = catalogue::methods()
        .find(|method| naming::noun(method.parent_service()) == name && naming::verb(method) == verb)
        .ok_or_else(|| Failure::unexpected(format!("no command {name} {verb}")))?;
    let call = Invocation::new(method);
    block_on(async {
        let mut client = context.client()?;
        let answer = execute::answer(&mut client, &call, matches).await?;
        render::print(&if context.json { words::json(&answer)? } else { render::human(&answer) })
    })
}

fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
}
