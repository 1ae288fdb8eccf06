//! Calls of any method in JSON, with what every act needs filled in, and what is read from the answers.

use chrono::{Duration, NaiveDate};
use focalnet_contract::Rpc;
use focalnet_domain::clock::Clock;
use prost::Message as _;
use serde_json::{Value, json};
use tonic::Status;
use tonic_types::StatusExt as _;

use super::{
    actor::Clients, content::CONTRACT, dynamic::method, ledger::as_json, new_id, refusals::all_of,
    waiting::pages, world::World,
};

impl Clients {
    /// Calls a method, with a fresh `request_id` where it takes one, and gives the answer in JSON.
    pub(crate) async fn asks(&self, rpc: Rpc, mut message: Value) -> Result<Value, Status> {
        if method(rpc).input().get_field_by_name("request_id").is_some() && message["request_id"].is_null() {
            message["request_id"] = new_id().into();
        }
        Ok(as_json(&self.call(rpc, message).await?))
    }

    /// Everything that comes over the wire in answer to a read, also of a refusal.
    pub(crate) async fn bytes_of(&self, rpc: Rpc, message: Value) -> Vec<u8> {
        match self.call(rpc, message).await {
            Ok(answer) => answer.encode_to_vec(),
            Err(status) => format!("{:?}", all_of(&status)).into_bytes(),
        }
    }

    /// All pages of a list.
    pub(crate) async fn lists(&self, rpc: Rpc, mut message: Value) -> Result<Vec<Value>, Status> {
        let entries = method(rpc).output().get_field(1).unwrap();
        message["page_size"] = 200.into();
        pages(async |token| {
            message["page_token"] = token.into();
            let page = self.asks(rpc, message.clone()).await?;
            let found = page[entries.name()].as_array().cloned().unwrap_or_default();
            Ok((found, page["next_page_token"].as_str().unwrap_or_default().to_owned()))
        })
        .await
    }

    /// A response, as the caller reads it.
    pub(crate) async fn reads_response(&self, name: &str) -> Result<Value, Status> {
        self.asks(Rpc::GetResponse, json!({ "name": name })).await
    }

    /// Does an act on a response as the caller reads it.
    pub(crate) async fn acts_on(&self, rpc: Rpc, response: &str, other: Value) -> Result<Value, Status> {
        let etag = self.reads_response(response).await?["etag"].clone();
        self.asks(rpc, joined(json!({ "name": response, "etag": etag }), other)).await
    }

    /// Saves answers, each after the one that the caller reads.
    pub(crate) async fn saves(&self, response: &str, answers: Value) -> Result<Value, Status> {
        let read = self.reads_response(response).await?;
        let answers = following(&read, answers);
        self.asks(Rpc::SaveAnswers, json!({ "name": response, "answers": answers })).await
    }
}

/// Answers with the etags of those that a response had when it was read.
pub(crate) fn following(read: &Value, mut answers: Value) -> Value {
    for answer in answers.as_array_mut().unwrap() {
        let present = entry(&read["answers"], "question", answer["question"].as_str().unwrap());
        answer["etag"] = present["etag"].as_str().unwrap_or_default().into();
    }
    answers
}

/// An answer to a question, with whatever else is said of it.
pub(crate) fn answer(question: &str, value: Value, other: Value) -> Value {
    let mut answer = json!({ "question": question });
    answer["value"] = value;
    joined(answer, other)
}

/// The entry of a list that has this word in a field; null when there is none.
pub(crate) fn entry<'a>(list: &'a Value, field: &str, word: &str) -> &'a Value {
    list.as_array().into_iter().flatten().find(|entry| entry[field] == word).unwrap_or(&Value::Null)
}

/// One field of all entries of a list.
pub(crate) fn column<'a>(list: impl IntoIterator<Item = &'a Value>, field: &str) -> Vec<&'a str> {
    list.into_iter().map(|entry| entry[field].as_str().unwrap_or_default()).collect()
}

/// The entries of a list of texts.
pub(crate) fn words_of(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().map(|word| word.as_str().unwrap()).collect()
}

/// An object with the fields of another.
pub(crate) fn joined(mut one: Value, other: Value) -> Value {
    if let Value::Object(fields) = other {
        one.as_object_mut().unwrap().extend(fields);
    }
    one
}

/// The fields that a refusal names, each with what it says of it.
pub(crate) fn complaints(status: &Status) -> Vec<(String, String)> {
    let details = status.get_error_details();
    let violations = details.bad_request().map(|bad| bad.field_violations.clone()).unwrap_or_default();
    violations.into_iter().map(|violation| (violation.field, violation.description)).collect()
}

/// The fields alone.
pub(crate) fn fields(status: &Status) -> Vec<String> {
    complaints(status).into_iter().map(|(field, _)| field).collect()
}

/// A detail of a status in JSON, by its message in the contract.
pub(crate) fn detail(status: &Status, name: &str) -> Option<Value> {
    let all = tonic_types::pb::Status::decode(status.details()).unwrap();
    let any = all.details.into_iter().find(|any| any.type_url.ends_with(name))?;
    let descriptor = CONTRACT.get_message_by_name(name).unwrap();
    let message = prost_reflect::DynamicMessage::decode(descriptor, any.value.as_slice()).unwrap();
    Some(as_json(&message))
}

impl World {
    /// Turns the clock to the middle of a day. Whoever calls afterwards needs a new token.
    pub(crate) async fn turns_to(&self, day: &str) {
        let noon = day.parse::<NaiveDate>().unwrap().and_hms_opt(12, 30, 0).unwrap().and_utc();
        self.set_clock_ahead(noon - Clock.now(Duration::zero())).await;
    }
}
