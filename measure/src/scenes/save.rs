//! Answers to a questionnaire, fifty at a time.

use focalnet_contract::Rpc;
use focalnet_domain::ids;
use serde_json::{Value, json};
use tonic::Status;

use super::{Named, pool::each, stage::Stage};
use crate::{caller::Caller, world::Failed};

/// How many questions there are, which are all answered at once.
const QUESTIONS: usize = 50;
/// How many States are asked at once: as many as the contract allows.
const STATES: usize = 250;

/// A response with the etags of its answers.
#[derive(Debug)]
struct Draft {
    name: String,
    etags: Vec<String>,
    state: Caller,
}

/// The responses of all States.
pub(super) async fn fifty(stage: &mut Stage<'_>) -> Result<Named, Failed> {
    let mut drafts = Vec::new();
    for (name, login) in circulated(stage).await? {
        drafts.push(Draft {
            name,
            etags: vec![String::new(); QUESTIONS],
            state: stage.caller(&login).await?,
        });
    }
    let note = format!("{} States in turn", drafts.len());
    Ok(Named { note, ..Named::act("save_50_answers", "save_answers", each(drafts, save)) })
}

/// Publishes a questionnaire and circulates it to the States; gives their responses, each with who signs in for it.
pub(super) async fn circulated(stage: &mut Stage<'_>) -> Result<Vec<(String, String)>, Failed> {
    let officer = stage.caller("load.officer").await?;
    let drafted = json!({ "questionnaire": questionnaire(), "request_id": ids::new() });
    let drafted = officer.call(Rpc::CreateQuestionnaire, drafted).await?;
    let published = json!({
        "name": drafted.text("name")?, "etag": drafted.text("etag")?, "request_id": ids::new(),
    });
    let published = officer.call(Rpc::PublishQuestionnaire, published).await?.text("name")?;
    let people = stage.world.loaded.people.iter().filter(|person| person.login.starts_with("load.state."));
    let (logins, states): (Vec<_>, Vec<_>) =
        people.take(STATES).map(|person| (person.login.clone(), person.organization.to_string())).unzip();
    let circulation = json!({ "parent": published, "request_id": ids::new(), "circulation": {
        "note_verbale": "NV/2026/001", "due_date": "2100-01-01", "requested_states": states,
    }});
    let circulation = officer.call(Rpc::CirculateQuestionnaire, circulation).await?.json()?;
    let responses = circulation["responses"].as_array().ok_or("there are no responses")?;
    let names = responses.iter().filter_map(|name| name.as_str().map(str::to_owned));
    Ok(names.zip(logins).collect())
}

async fn save(mut draft: Draft) -> Result<(usize, Draft), Status> {
    let text = format!("The law of 2001 as it was changed last, see {}", ids::new());
    let answer = |(number, etag): (usize, &String)| {
        json!({
            "question": format!("Q{number}"), "etag": etag,
            "value": { "text": { "text": text, "language_code": "en" } },
        })
    };
    let answers: Vec<Value> = draft.etags.iter().enumerate().map(answer).collect();
    let message = json!({ "name": draft.name, "answers": answers, "request_id": ids::new() });
    let saved = draft.state.call(Rpc::SaveAnswers, message).await?;
    let read = saved.json()?;
    let etag = |answer: &Value| answer["etag"].as_str().unwrap_or_default().to_owned();
    draft.etags = read["answers"].as_array().map(|all| all.iter().map(etag).collect()).unwrap_or_default();
    Ok((saved.len(), draft))
}

fn questionnaire() -> Value {
    let words = |text: &str| json!([{ "language_code": "en", "text": text }]);
    let question = |number: usize| {
        json!({
            "key": format!("Q{number}"), "section": "A", "type": "TYPE_TEXT",
            "label": words(&format!("Which law says what is asked in question {number}?")),
        })
    };
    json!({
        "key": "measured", "title": words("Fifty questions"),
        "sections": [{ "key": "A", "label": words("Laws") }],
        "questions": (0..QUESTIONS).map(question).collect::<Vec<_>>(),
    })
}
