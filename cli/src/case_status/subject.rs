//! What the status is asked of: a case, or a person of it, by name or by what people call it.

use focalnet_contract::{
    client::{Exit, Failure, call::Client, escape},
    proto,
};
use serde_json::json;

/// What is asked about, and the method that tells of it: a person, or the whole case.
pub(super) async fn named(
    client: &mut Client,
    given: Option<String>,
    person: Option<String>,
) -> Result<(&'static str, String), Failure> {
    match person {
        Some(name) if name.starts_with("cases/") => Ok(("GetPatrimony", name)),
        Some(part) => {
            let case = case_named(client, given).await?;
            Ok(("GetPatrimony", person_named(client, &case, &part).await?))
        }
        None => Ok(("GetCaseAssetStatus", case_named(client, given).await?)),
    }
}

/// The person of a case who is meant by a part of the name.
async fn person_named(client: &mut Client, case: &str, part: &str) -> Result<String, Failure> {
    let mut found = Vec::new();
    let mut page_token = String::new();
    loop {
        let message = json!({ "parent": case, "page_size": 200, "page_token": page_token });
        let page: proto::ListPersonsResponse = read(&client.json("ListPersons", message).await?)?;
        found.extend(page.persons);
        page_token = page.next_page_token;
        if page_token.is_empty() {
            break;
        }
    }
    let name = |person: &proto::Person| format!("{} {}", person.given_names, person.family_name);
    let is_meant = |person: &&proto::Person| name(person).to_lowercase().contains(&part.to_lowercase());
    let meant: Vec<_> = found.iter().filter(is_meant).collect();
    match meant.as_slice() {
        [only] => Ok(only.name.clone()),
        [] => Err(Failure::new(Exit::NotFound, "the case has no person of that name")
            .next(format!("`focalnet case list-persons {case}` shows them."))),
        several => {
            let names: Vec<_> = several.iter().map(|person| escape::line(&name(person))).collect();
            Err(Failure::usage(format!("more than one person is called so: {}", names.join(", ")))
                .next(format!("name one: `focalnet case list-persons {case}` shows them.")))
        }
    }
}

/// An answer as the message that it is.
pub(super) fn read<M: prost::Message + Default>(
    answer: &prost_reflect::DynamicMessage,
) -> Result<M, Failure> {
    answer.transcode_to().map_err(|error| Failure::unexpected(error.to_string()))
}

/// The name of the case that is meant.
pub(crate) async fn case_named(client: &mut Client, given: Option<String>) -> Result<String, Failure> {
    let filter = match given {
        Some(name) if name.starts_with("cases/") => return Ok(name),
        Some(number) => format!("case_number = {number}"),
        None => String::new(),
    };
    let found = client.json("ListCases", json!({ "filter": filter, "page_size": 2 })).await?;
    let found: proto::ListCasesResponse = read(&found)?;
    match found.cases.as_slice() {
        [only] => Ok(only.name.clone()),
        [] => Err(Failure::new(Exit::NotFound, "you see no such case")
            .next("`focalnet case list` shows those you see.")),
        _ => {
            Err(Failure::usage("there is more than one case")
                .next("name one: `focalnet case list` shows them."))
        }
    }
}
