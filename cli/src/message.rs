//! The message of a call from what stands on the command line.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use clap::ArgMatches;
use focalnet_contract::{
    catalogue,
    client::{failure::Failure, text_of},
};
use prost_reflect::{DynamicMessage, FieldDescriptor, Kind, Value};

use super::{
    derive,
    inputs::{How, Input, Invocation},
    value,
};

/// What `--from` gave, or an empty message.
pub(crate) fn base(call: &Invocation, matches: &ArgMatches) -> Result<DynamicMessage, Failure> {
    let Some(path) = matches.try_get_one::<PathBuf>(derive::FROM).ok().flatten() else {
        return Ok(DynamicMessage::new(call.method.input()));
    };
    let mut message =
        parse(call, &text(path)?).map_err(|error| Failure::usage(format!("--from: {error}")))?;
    let mut etag = None;
    if let Some(Value::Message(resource)) = wrapped(call, &mut message) {
        // A resource that was read carries its etag. It is sent back with the call: an etag exists to say
        // which version was read.
        etag = resource.get_field_by_name("etag").map(std::borrow::Cow::into_owned);
        let name = resource.get_field_by_name("name").map(std::borrow::Cow::into_owned);
        strip(resource);
        if let (true, Some(name)) = (call.is_update(), name) {
            resource.set_field_by_name("name", name);
        }
    }
    if let (Some(etag), Some("")) = (etag, text_of(&message, "etag").as_deref()) {
        message.set_field_by_name("etag", etag);
    }
    Ok(message)
}

fn text(path: &Path) -> Result<String, Failure> {
    let read =
        if path == Path::new("-") { io::read_to_string(io::stdin()) } else { fs::read_to_string(path) };
    read.map_err(|error| Failure::usage(format!("--from: {}: {error}", path.display())))
}

/// The message of the call, or else what its wrapper holds.
fn parse(call: &Invocation, text: &str) -> Result<DynamicMessage, String> {
    let whole = value::parse(call.method.input(), text);
    let Some(field) = call.wrapper.as_ref().filter(|_| whole.is_err()) else { return whole };
    let Kind::Message(kind) = field.kind() else { return whole };
    match value::parse(kind, text) {
        Ok(resource) => {
            let mut message = DynamicMessage::new(call.method.input());
            message.set_field(field, Value::Message(resource));
            Ok(message)
        }
        // A text that names the wrapper was meant as the whole message.
        Err(_) if text.contains(&format!("\"{}\"", field.name())) => whole,
        Err(error) => Err(error),
    }
}

fn wrapped<'a>(call: &Invocation, message: &'a mut DynamicMessage) -> Option<&'a mut Value> {
    let field = call.wrapper.as_ref().filter(|field| message.has_field(field))?;
    Some(message.get_field_mut(field))
}

/// Takes out what only the server sets, so that what was read can be edited and sent.
fn strip(message: &mut DynamicMessage) {
    let output: Vec<_> = message.fields().map(|(field, _)| field).filter(catalogue::is_output_only).collect();
    for field in output {
        message.clear_field(&field);
    }
    for (_, value) in message.fields_mut() {
        match value {
            Value::Message(inner) => strip(inner),
            Value::List(items) => items.iter_mut().filter_map(Value::as_message_mut).for_each(strip),
            _ => {}
        }
    }
}

/// The inputs that stand on the command line, with their values.
pub(crate) fn given<'a>(call: &'a Invocation, matches: &ArgMatches) -> Vec<(&'a Input, Value)> {
    let on_the_line = call.inputs.iter().filter(|input| matches!(input.how, How::Position | How::Flag));
    let read = |input: &'a Input| {
        let values: Vec<Value> = matches.get_many::<Value>(&input.path)?.cloned().collect();
        let is_list = input.trail.last().is_some_and(FieldDescriptor::is_list);
        let value = if is_list {
            Value::List(values.into_iter().flat_map(items).collect())
        } else {
            values.into_iter().last()?
        };
        Some((input, value))
    };
    on_the_line.filter_map(read).collect()
}

fn items(value: Value) -> Vec<Value> {
    match value {
        Value::List(items) => items,
        one => vec![one],
    }
}

/// Sets a field through all messages above it; a oneof keeps only the newest of its members.
pub(crate) fn set(message: &mut DynamicMessage, trail: &[FieldDescriptor], value: Value) {
    match trail {
        [] => {}
        [field] => message.set_field(field, value),
        [field, rest @ ..] => {
            if let Value::Message(inner) = message.get_field_mut(field) {
                set(inner, rest, value);
            }
        }
    }
}
