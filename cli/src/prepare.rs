//! What the program adds by itself: secrets from a prompt, the id of the call, the etag, the update mask.

use std::{borrow::Cow, collections::BTreeSet};

use clap::ArgMatches;
use focalnet_contract::{
    catalogue,
    client::{call::Client, failure::Failure, text_of, words},
};
use focalnet_domain::ids;
use prost_reflect::{DynamicMessage, FieldDescriptor, MethodDescriptor, Value};

use super::{
    execute,
    inputs::{How, Input, Invocation},
    message, prompt,
};

/// The message of the call, ready to be sent.
pub(crate) async fn message(
    client: &mut Client,
    call: &Invocation,
    matches: &ArgMatches,
) -> Result<DynamicMessage, Failure> {
    let base = message::base(call, matches)?;
    let mut message = base.clone();
    let given = message::given(call, matches);
    apply(&mut message, &given);
    ask(call, &mut message)?;
    if is_empty(&message, "request_id") {
        message.set_field_by_name("request_id", Value::String(ids::new().to_string()));
    }
    let (parts, without_etag) = (parts(call, &base, &given), is_empty(&message, "etag"));
    if without_etag || !parts.is_empty() {
        let current = current(client, call, &message).await?;
        for trail in parts {
            let part = current.get_field_by_name(trail[1].name()).map(Cow::into_owned);
            message::set(
                &mut message,
                trail,
                part.unwrap_or_else(|| Value::default_value_for_field(&trail[1])),
            );
        }
        apply(&mut message, &given);
        if let (true, Some(etag)) = (without_etag, text_of(&current, "etag")) {
            message.set_field_by_name("etag", Value::String(etag));
        }
    }
    if call.is_update() {
        mask(call, &mut message, &given);
    }
    Ok(message)
}

fn is_empty(message: &DynamicMessage, field: &str) -> bool {
    text_of(message, field).is_some_and(|text| text.is_empty())
}

fn apply(message: &mut DynamicMessage, given: &[(&Input, Value)]) {
    for (input, value) in given {
        message::set(message, &input.trail, value.clone());
    }
}

fn ask(call: &Invocation, message: &mut DynamicMessage) -> Result<(), Failure> {
    for input in call.inputs.iter().filter(|input| input.how == How::Prompt) {
        let Some(field) = input.trail.last() else { continue };
        let label = input.label.clone();
        let secret = if field.name().starts_with("new_") {
            prompt::new_secret(&label)
        } else {
            prompt::secret(&label)
        };
        message::set(message, &input.trail, Value::String(secret?));
    }
    Ok(())
}

/// Fields of which flags change a part, while an update would replace the whole: the rest has to be read first.
fn parts<'a>(
    call: &Invocation,
    base: &DynamicMessage,
    given: &[(&'a Input, Value)],
) -> Vec<&'a [FieldDescriptor]> {
    let is_whole = |trail: &[FieldDescriptor]| {
        base.get_field(&trail[0]).as_message().is_some_and(|resource| resource.has_field(&trail[1]))
    };
    let trails = given.iter().map(|(input, _)| input.trail.as_slice());
    let deep = trails.filter(|trail| call.is_update() && call.is_wrapped(trail) && trail.len() > 2);
    deep.map(|trail| &trail[..2]).filter(|trail| !is_whole(trail)).collect()
}

/// Names the fields that an update sets, whether by flags or by `--from`.
fn mask(call: &Invocation, message: &mut DynamicMessage, given: &[(&Input, Value)]) {
    let field =
        call.method.input().get_field_by_name("update_mask").filter(|field| !message.has_field(field));
    let (Some(wrapper), Some(field)) = (&call.wrapper, field) else { return };
    let resource = message.get_field(wrapper).into_owned();
    let set = resource.as_message().into_iter().flat_map(DynamicMessage::fields).map(|(field, _)| field);
    // A flag may also make a field empty, and an empty field is not set.
    let flags = given
        .iter()
        .filter(|(input, _)| call.is_wrapped(&input.trail))
        .map(|(input, _)| input.trail[1].clone());
    let paths: BTreeSet<_> =
        set.chain(flags).map(|field| field.name().to_owned()).filter(|path| path != "name").collect();
    if let Value::Message(mask) = message.get_field_mut(&field) {
        mask.set_field_by_name("paths", Value::List(paths.into_iter().map(Value::String).collect()));
    }
}

/// The resource as it is now, by the method that gets it, or else from its list.
async fn current(
    client: &mut Client,
    call: &Invocation,
    message: &DynamicMessage,
) -> Result<DynamicMessage, Failure> {
    let resource = call.method.output();
    let wrapped =
        call.wrapper.as_ref().and_then(|field| text_of(message.get_field(field).as_message()?, "name"));
    let name = text_of(message, "name").or(wrapped).unwrap_or_default();
    let mut methods = catalogue::methods();
    if let Some(get) = methods.find(|method| method.name().starts_with("Get") && method.output() == resource)
    {
        let mut read = DynamicMessage::new(get.input());
        read.set_field_by_name("name", Value::String(name));
        return client.call(&get, &read).await;
    }
    let unread = || Failure::usage(format!("{name} cannot be read: give its --etag"));
    let has_rows = |method: &MethodDescriptor| {
        catalogue::rows(&method.output()).filter(|rows| rows.kind().as_message() == Some(&resource))
    };
    let (rows, list) =
        catalogue::methods().find_map(|method| Some((has_rows(&method)?, method))).ok_or_else(unread)?;
    let mut page = DynamicMessage::new(list.input());
    if let Some(field) = list.input().get_field_by_name("parent") {
        let parent = name.rsplitn(3, '/').nth(2).ok_or_else(unread)?;
        page.set_field(&field, Value::String(parent.to_owned()));
    }
    let all = execute::pages(client, &list, page).await?;
    // A resource without an etag of its own has the etag of the entry that it is a part of.
    let is_it = |row: &&DynamicMessage| {
        text_of(row, "name").is_some_and(|of| {
            name.strip_prefix(&of).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    };
    let found = words::rows(&all, &rows).into_iter().find(is_it);
    found.cloned().ok_or_else(unread)
}
