//! The derived commands: a noun per service, a verb per method, a flag per input.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Command, value_parser};
use focalnet_contract::{catalogue, naming};
use prost_reflect::{Kind, ServiceDescriptor};

use super::{
    inputs::{How, Input, Invocation},
    value,
};

/// The id of the flag that takes a whole message.
pub(crate) const FROM: &str = "from";
/// The id of the flag that follows the pages of a list.
pub(crate) const ALL: &str = "all";

/// The command of a service, with one command per method.
pub(crate) fn noun(service: &ServiceDescriptor) -> Command {
    let about = naming::prose(catalogue::comment(&service.parent_file(), service.path()));
    Command::new(naming::noun(service))
        .about(naming::summary(&about))
        .long_about(about)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands(service.methods().map(|method| verb(&Invocation::new(method))))
}

/// The command of a method.
pub(crate) fn verb(call: &Invocation) -> Command {
    let about = naming::prose(catalogue::comment(&call.method.parent_file(), call.method.path()));
    let inputs = call.inputs.iter().filter(|input| matches!(input.how, How::Position | How::Flag));
    let mut command = Command::new(naming::verb(&call.method))
        .about(naming::summary(&about))
        .long_about(about)
        .args(inputs.map(|input| arg(call, input)));
    if call.inputs.iter().any(|input| input.how != How::Prompt) {
        command = command.arg(from(call));
    }
    if catalogue::rows(&call.method.output()).is_some() {
        let help = "Follow the pages and answer with all of them";
        command = command.arg(Arg::new(ALL).long("all").help(help).action(ArgAction::SetTrue));
    }
    command
}

fn from(call: &Invocation) -> Arg {
    let wrapper = call.wrapper.as_ref().map(|field| format!(", or `{}` alone", field.name()));
    let help = format!(
        "Take the message `{}`{} as proto JSON from FILE or, for `-`, from standard input; flags win over it",
        call.method.input().name(),
        wrapper.unwrap_or_default()
    );
    Arg::new(FROM).long("from").value_name("FILE").value_parser(value_parser!(PathBuf)).help(help)
}

fn arg(call: &Invocation, input: &Input) -> Arg {
    let arg = Arg::new(input.path.clone());
    let Some(field) = input.trail.last() else { return arg };
    let comment = naming::prose(catalogue::comment(&field.parent_message().parent_file(), field.path()));
    let required = if input.trail.iter().all(catalogue::is_required) { " (required)" } else { "" };
    let arg = match addition(&input.path) {
        Some(extra) => arg
            .help(format!("{}. {extra}", naming::summary(&comment)))
            .long_help(format!("{} {extra}.", comment.trim_start_matches("Required. "))),
        None => arg.help(naming::summary(&comment) + required).long_help(comment),
    };
    if input.how == How::Position {
        return arg
            .value_name(input.label.clone())
            .required_unless_present(FROM)
            .value_parser(value::parser(field).0);
    }
    let (parser, value_name) = value::parser(field);
    let mut arg = arg.long(input.label.clone()).value_name(value_name).value_parser(parser);
    if call.is_wrapped(&input.trail) {
        arg = arg.alias(naming::dotted(&input.trail));
    }
    if field.is_list() {
        arg = arg.action(ArgAction::Append);
    }
    match field.kind() {
        Kind::Bool => arg = arg.num_args(0..=1).require_equals(true).default_missing_value("true"),
        Kind::Int32 | Kind::Int64 => arg = arg.allow_negative_numbers(true),
        _ => {}
    }
    arg.conflicts_with_all(rivals(call, input))
}

/// What the program does when one of these is left out.
fn addition(path: &str) -> Option<&'static str> {
    match path {
        "etag" => Some("Without it the resource is read first, and the etag it has then is sent"),
        "request_id" => {
            Some("Without it a new one is made, which stays the same when the call is sent again")
        }
        _ => None,
    }
}

/// The inputs that belong to another member of a oneof above this input.
fn rivals(call: &Invocation, input: &Input) -> Vec<String> {
    let excluded = |other: &&Input| {
        input.trail.iter().enumerate().any(|(depth, field)| {
            let rival = other.trail.get(depth).filter(|_| other.trail.starts_with(&input.trail[..depth]));
            let oneof = field.containing_oneof().filter(|oneof| !oneof.is_synthetic());
            rival.is_some_and(|rival| rival != field && oneof.is_some() && rival.containing_oneof() == oneof)
        })
    };
    call.inputs.iter().filter(excluded).map(|rival| rival.path.clone()).collect()
}
