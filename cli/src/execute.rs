//! A derived command: its message, its call, its answer.

use clap::ArgMatches;
use focalnet_contract::{
    catalogue,
    client::{call::Client, exit::Exit, failure::Failure, text_of},
};
use prost_reflect::{DynamicMessage, MethodDescriptor, Value};

use super::{derive, inputs::Invocation, prepare};

/// Does what the command line says, and gives the answer.
pub(crate) async fn answer(
    client: &mut Client,
    call: &Invocation,
    matches: &ArgMatches,
) -> Result<DynamicMessage, Failure> {
    let message = prepare::message(client, call, matches).await.map_err(|failure| flagged(failure, call))?;
    let is_list = catalogue::rows(&call.method.output()).is_some();
    let answer = if is_list && matches.get_flag(derive::ALL) {
        pages(client, &call.method, message.clone()).await
    } else {
        client.call(&call.method, &message).await
    };
    let answer = answer.map_err(|failure| repeatable(flagged(failure, call), &message))?;
    if call.method.name() == "Logout" {
        client.forget()?;
    }
    Ok(answer)
}

/// The same, with the flags of `call` beside the fields that the server names.
pub(crate) fn flagged(failure: Failure, call: &Invocation) -> Failure {
    failure.at(|field| call.flag_of(field))
}

/// Whether a lost act was done nobody knows: only the same id makes it safe to try again.
fn repeatable(failure: Failure, message: &DynamicMessage) -> Failure {
    match text_of(message, "request_id") {
        Some(id) if failure.exit() == Exit::Unavailable => {
            // The etag belongs to the content of the call: read anew, it would make another call of the same id.
            let etag = text_of(message, "etag").map(|etag| format!(" --etag '{etag}'")).unwrap_or_default();
            failure.next(format!(
                "it may have been done or not: repeat the command with --request-id {id}{etag}"
            ))
        }
        _ => failure,
    }
}

/// All pages of a list, as one.
pub(crate) async fn pages(
    client: &mut Client,
    list: &MethodDescriptor,
    mut page: DynamicMessage,
) -> Result<DynamicMessage, Failure> {
    let mut all = client.call(list, &page).await?;
    let Some(rows) = catalogue::rows(&list.output()) else { return Ok(all) };
    while let Some(token) = text_of(&all, "next_page_token").filter(|token| !token.is_empty()) {
        page.set_field_by_name("page_token", Value::String(token));
        let mut more = client.call(list, &page).await?;
        if let (Value::List(all), Some(Value::List(more))) =
            (all.get_field_mut(&rows), more.take_field(&rows))
        {
            all.extend(more);
        }
        all.set_field_by_name(
            "next_page_token",
            Value::String(text_of(&more, "next_page_token").unwrap_or_default()),
        );
    }
    Ok(all)
}
