//! Questionnaires for tests: a small one, and the ways of a response.

use focalnet_contract::Rpc;
use focalnet_domain::questionnaire::Document;
use prost_reflect::DynamicMessage;
use serde_json::{Value, json};

use super::{
    asking::joined,
    new_id,
    samples::{Read, Things, sample},
    world::{self, World},
};

/// A label in English.
pub(crate) fn words(text: &str) -> Value {
    json!([{ "language_code": "en", "text": text }])
}

/// A question, with whatever else is said of it.
pub(crate) fn question(key: &str, kind: &str, other: Value) -> Value {
    let question = json!({ "key": key, "section": "A", "type": format!("TYPE_{kind}"), "label": words(key) });
    joined(question, other)
}

/// A questionnaire of a few questions.
pub(crate) fn document() -> Value {
    json!({
        "key": "asset_recovery", "title": words("Asset recovery"),
        "sections": [{ "key": "A", "label": words("Authority") }],
        "questions": [
            question("A1", "BOOLEAN", json!({ "required": "true()", "gap_rules": [{
                "when": "${A1} = 'no'", "severity": "SEVERITY_CRITICAL", "provision": "RS 87(1)",
                "description": words("No authority receives requests."),
            }]})),
            question("A2", "TEXT", json!({ "relevant": "${A1} = 'yes'" })),
            question("D2", "PERIOD", json!({ "gap_rules": [{
                "when": "${D2} < 365", "severity": "SEVERITY_MAJOR", "provision": "RS 93(1)(k)",
                "description": words("A freeze ends within a year."),
            }]})),
        ],
    })
}

/// The set that comes with the program, in the words of the contract.
pub(crate) fn shipped() -> Value {
    let text = focalnet_domain::questionnaire::STANDARD;
    let mut document = serde_json::to_value(toml::from_str::<Document>(text).unwrap()).unwrap();
    let worded = |value: &mut Value, field: &str| {
        if let Some(word) = value[field].as_str() {
            value[field] = format!("{}_{word}", field.trim_end_matches('s')).to_uppercase().into();
        }
    };
    for question in document["questions"].as_array_mut().unwrap() {
        for field in ["type", "feeds"] {
            worded(question, field);
        }
        for rule in question["gap_rules"].as_array_mut().into_iter().flatten() {
            worded(rule, "severity");
        }
    }
    document
}

/// One whose answers feed the directory.
pub(crate) fn feeding() -> Value {
    let options = |keys: &[&str]| -> Value {
        keys.iter().map(|key| json!({ "key": key, "label": words(key) })).collect()
    };
    json!({
        "key": "directory", "title": words("Whom to turn to"),
        "sections": [{ "key": "A", "label": words("Authority") }],
        "questions": [
            question("A3_focal_point", "CONTACT", json!({ "feeds": "FEED_FOCAL_POINT" })),
            question("A3_deputy", "CONTACT", json!({ "feeds": "FEED_DEPUTY_FOCAL_POINT" })),
            question("A4", "SELECT_ONE", json!({
                "feeds": "FEED_CHANNEL", "options": options(&["diplomatic", "ministry"]),
            })),
            question("A5", "SELECT_MULTIPLE", json!({
                "feeds": "FEED_LANGUAGES", "options": options(&["en", "fr", "pt"]),
            })),
        ],
    })
}

/// Answers to that one.
pub(crate) fn feed() -> Value {
    let contact = |name: &str| json!({ "contact": { "authority": name, "email": "icc@justice.example" } });
    json!([
        { "question": "A3_focal_point", "value": contact("Ministry of Justice"), "valid_from_date": "2020-01-01" },
        { "question": "A3_deputy", "value": contact("Prosecutor General"), "valid_from_date": "2020-01-01" },
        { "question": "A4", "value": { "option": "ministry" } },
        { "question": "A5", "value": { "options": { "keys": ["pt", "en"] } } },
    ])
}

/// Answers to it.
pub(crate) fn answers() -> Value {
    json!([
        { "question": "A1", "value": { "boolean": true } },
        { "question": "D2", "value": { "period": { "amount": 24, "unit": "UNIT_MONTHS" } } },
    ])
}

/// A text field of an answer.
pub(crate) fn text(message: &DynamicMessage, field: &str) -> String {
    message.get_field_by_name(field).unwrap().as_str().unwrap().to_owned()
}

fn read(message: &DynamicMessage) -> Read {
    Read { name: text(message, "name"), etag: text(message, "etag") }
}

/// The names of a repeated field.
pub(crate) fn texts(message: &DynamicMessage, field: &str) -> Vec<String> {
    let list = message.get_field_by_name(field).unwrap();
    list.as_list().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

impl World {
    /// A draft of the small questionnaire.
    pub(crate) async fn drafted_questionnaire(&self) -> Read {
        self.drafted(document()).await
    }

    /// A draft of a document; unchanged, where there is a version of its key already and nothing else is said.
    pub(crate) async fn drafted(&self, mut document: Value) -> Read {
        let filter = format!("state = STATE_PUBLISHED AND key = {}", document["key"].as_str().unwrap());
        let before =
            self.registry().officer().call(Rpc::ListQuestionnaires, json!({ "filter": filter })).await;
        let before = before.unwrap();
        if !before.get_field_by_name("questionnaires").unwrap().as_list().unwrap().is_empty() {
            for question in document["questions"].as_array_mut().unwrap() {
                let change = question.as_object_mut().unwrap().entry("change");
                change.or_insert_with(|| "CHANGE_UNCHANGED".into());
            }
        }
        let message = json!({ "questionnaire": document, "request_id": new_id() });
        read(&self.registry().officer().call(Rpc::CreateQuestionnaire, message).await.unwrap())
    }

    /// A document, published.
    pub(crate) async fn published(&self, document: Value) -> Read {
        let questionnaire = self.drafted(document).await;
        let things = Things { questionnaire, ..Things::default() };
        let message = sample(Rpc::PublishQuestionnaire, &things);
        read(&self.registry().officer().call(Rpc::PublishQuestionnaire, message).await.unwrap())
    }

    /// Circulates a version to States, and gives the names of their responses.
    pub(crate) async fn circulated(&self, questionnaire: &str, states: &[&str]) -> Vec<String> {
        let message = json!({ "parent": questionnaire, "request_id": new_id(), "circulation": {
            "note_verbale": "NV/2008/001", "due_date": "2100-01-01", "requested_states": states,
        }});
        texts(
            &self.registry().officer().call(Rpc::CirculateQuestionnaire, message).await.unwrap(),
            "responses",
        )
    }

    /// The small questionnaire, published and circulated to one State; and its response.
    pub(crate) async fn asked(&self, state: &world::State<'_>) -> (Read, Read) {
        let questionnaire = self.published(document()).await;
        let response = self.circulated(&questionnaire.name, &[state.name()]).await.remove(0);
        (questionnaire, self.response(state, &response).await)
    }

    /// A response as its State reads it.
    pub(crate) async fn response(&self, state: &world::State<'_>, name: &str) -> Read {
        let message = json!({ "name": name });
        read(&state.focal_point().call(Rpc::GetResponse, message).await.unwrap())
    }

    /// A response with the answers to the small questionnaire.
    pub(crate) async fn saved(&self, state: &world::State<'_>, response: &Read) -> Read {
        let things = Things { response: response.clone(), ..Things::default() };
        read(&state.focal_point().call(Rpc::SaveAnswers, sample(Rpc::SaveAnswers, &things)).await.unwrap())
    }

    /// A response with these answers, submitted.
    pub(crate) async fn submitted_with(
        &self,
        state: &world::State<'_>,
        response: &str,
        answers: Value,
    ) -> Read {
        let message = json!({ "name": response, "answers": answers, "request_id": new_id() });
        let response = read(&state.focal_point().call(Rpc::SaveAnswers, message).await.unwrap());
        let things = Things { response, ..Things::default() };
        read(
            &state
                .focal_point()
                .call(Rpc::SubmitResponse, sample(Rpc::SubmitResponse, &things))
                .await
                .unwrap(),
        )
    }

    /// The same, submitted.
    pub(crate) async fn submitted(&self, state: &world::State<'_>, response: &Read) -> Read {
        let response = self.saved(state, response).await;
        let things = Things { response, ..Things::default() };
        read(
            &state
                .focal_point()
                .call(Rpc::SubmitResponse, sample(Rpc::SubmitResponse, &things))
                .await
                .unwrap(),
        )
    }

    /// The same, attested by the deputy.
    pub(crate) async fn attested(&self, state: &world::State<'_>, response: &Read) -> Read {
        let response = self.submitted(state, response).await;
        let things = Things { response, ..Things::default() };
        read(&state.deputy().call(Rpc::AttestResponse, sample(Rpc::AttestResponse, &things)).await.unwrap())
    }

    /// A designation of a State, with the etag of its entry.
    pub(crate) async fn designated(&self, state: &world::State<'_>) -> Read {
        let organization = Read { name: state.name().into(), ..Read::default() };
        let message = sample(Rpc::DesignateFocalPoint, &Things { organization, ..Things::default() });
        state.focal_point().call(Rpc::DesignateFocalPoint, message).await.unwrap();
        self.newest_designation(state).await
    }

    /// The designation recorded last, with the etag of its entry.
    pub(crate) async fn newest_designation(&self, state: &world::State<'_>) -> Read {
        let listed = state.focal_point().call(Rpc::ListFocalPoints, json!({ "parent": state.name() })).await;
        let listed = listed.unwrap();
        let entries = listed.get_field_by_name("entries").unwrap();
        let entry = entries.as_list().unwrap()[0].as_message().unwrap();
        let designations = entry.get_field_by_name("designations").unwrap();
        let newest = designations.as_list().unwrap().last().unwrap().as_message().unwrap();
        Read { name: text(newest, "name"), etag: text(entry, "etag") }
    }
}
