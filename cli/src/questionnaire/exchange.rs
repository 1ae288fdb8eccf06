//! Questionnaires and responses as the domain knows them, from and to the server.

use focalnet_contract::{
    catalogue,
    client::{call::Client, failure::Failure},
    convert,
};
use focalnet_domain::{
    ids,
    questionnaire::{Document, answer::NewAnswer, response::ResponseView},
};
use prost_reflect::{DynamicMessage, Value};
use serde_json::{Map, Value as Json, json};

/// The fields of a questionnaire that are its document.
const DOCUMENT: [&str; 4] = ["key", "title", "sections", "questions"];

/// Calls a method with content in the domain's words.
pub(crate) async fn call(
    client: &mut Client,
    method: &str,
    content: &Json,
) -> Result<DynamicMessage, Failure> {
    let method = catalogue::method(method)?;
    let mut message = convert::from_domain(&method.input(), content)?;
    if let Some(field) = method.input().get_field_by_name("request_id") {
        message.set_field(&field, Value::String(ids::new().to_string()));
    }
    client.call(&method, &message).await
}

/// A questionnaire's document, with its etag.
pub(crate) async fn document(client: &mut Client, name: &str) -> Result<(Document, String), Failure> {
    let answer = call(client, "GetQuestionnaire", &json!({ "name": name })).await?;
    let mut all: Map<String, Json> = convert::to_domain(&answer)?;
    let etag = all.get("etag").and_then(Json::as_str).unwrap_or_default().to_owned();
    all.retain(|key, _| DOCUMENT.contains(&key.as_str()));
    let document = serde_json::from_value(Json::Object(all));
    Ok((document.map_err(|error| Failure::unexpected(error.to_string()))?, etag))
}

/// The document of the newest published version of a key, if there is one.
pub(crate) async fn newest_published(client: &mut Client, key: &str) -> Result<Option<Document>, Failure> {
    let filter = format!("key = \"{key}\" AND state = published");
    // Newest drafts come first, and not always the newest versions: of two drafts the later one may be published first.
    let list = json!({ "filter": filter, "page_size": 200 });
    let answer: Map<String, Json> = convert::to_domain(&call(client, "ListQuestionnaires", &list).await?)?;
    let versions = answer.get("questionnaires").and_then(Json::as_array).into_iter().flatten();
    let number = |version: &&Json| version["version_number"].as_i64().unwrap_or_default();
    match versions.max_by_key(number).and_then(|version| version["name"].as_str()) {
        Some(name) => document(client, name).await.map(|(document, _)| Some(document)),
        None => Ok(None),
    }
}

/// A response with the document it answers.
pub(crate) async fn response(client: &mut Client, name: &str) -> Result<(ResponseView, Document), Failure> {
    let answer = call(client, "GetResponse", &json!({ "name": name })).await?;
    let response: ResponseView = convert::to_domain(&answer)?;
    let (document, _) = document(client, &response.questionnaire.to_string()).await?;
    Ok((response, document))
}

/// Saves answers, all or none, and gives the response as it is then.
pub(crate) async fn save(
    client: &mut Client,
    name: &str,
    answers: &[NewAnswer],
) -> Result<ResponseView, Failure> {
    call(client, "SaveAnswers", &json!({ "name": name, "answers": answers })).await?;
    let answer = call(client, "GetResponse", &json!({ "name": name })).await?;
    Ok(convert::to_domain(&answer)?)
}
