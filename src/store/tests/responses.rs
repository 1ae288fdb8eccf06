//! Responses of States with the answers saved in them.

use std::{collections::HashSet, mem::discriminant};

use focalnet_domain::{
    names::UserId,
    questionnaire::{
        Questionnaire,
        answer::{NewAnswer, SavedAnswer},
        response::{Response, State},
    },
};

use super::{
    questionnaires::{circulated, published},
    said::*,
    scene::*,
    *,
};
use crate::store::{Responding, ResponseChange};

/// How many kinds of values there are.
const KINDS: usize = 12;

/// A response to a questionnaire as it begins.
async fn begun(scene: &Scene, questionnaire: &Questionnaire) -> Responding {
    let (circulation, shared_head) = circulated(scene, questionnaire).await;
    let response = Response {
        name: circulation.responses[0],
        circulation: circulation.name,
        questionnaire_key: questionnaire.document.key.clone(),
        version_number: questionnaire.version_number.unwrap(),
        requested_state: scene.state.organization(),
        requested_state_display_name: scene.requested.display_name.clone(),
        note_verbale: circulation.facts.note_verbale,
        due_date: circulation.facts.due_date,
        state: State::Draft,
        reminders: Vec::new(),
        submitter: None,
        submitter_display_name: None,
        reopen_reason: None,
        attest_time: None,
        create_time: circulation.create_time,
    };
    let document = Some(questionnaire.document.clone());
    Responding { response, document, answers: Vec::new(), shared_head, issuer_head: None, state_head: None }
}

/// An answer of each kind.
fn answers(scene: &Scene) -> impl Iterator<Item = SavedAnswer> {
    let author = scene.state.user();
    (0..KINDS).map(move |kind| {
        let new: NewAnswer = sampled("Answer", kind);
        SavedAnswer {
            question: format!("Q{kind:02}"),
            number: 1,
            value: new.value,
            valid_from_date: day("2025-12-13"),
            shared: true,
            comment: new.comment,
            author,
            author_display_name: "Who answers".to_owned(),
            create_time: at(20),
            head: head(20),
            attested: true,
        }
    })
}

/// A response of which everything is said.
pub(super) async fn attested(scene: &Scene, questionnaire: &Questionnaire) -> Responding {
    let mut responding = begun(scene, questionnaire).await;
    let read = scene.tx.response(&scene.state, responding.response.name).await.unwrap();
    assert_same(&read, &Some(responding.clone()));
    responding.response.state = State::Attested;
    responding.response.reminders = vec![of(json!({ "reference": "NV/2026/2", "create_time": at(21) }))];
    responding.response.submitter = Some(scene.state.user());
    responding.response.submitter_display_name = Some("Who submits".to_owned());
    responding.response.reopen_reason = Some("The law is new".to_owned());
    responding.response.attest_time = Some(at(22));
    responding.answers = answers(scene).collect();
    responding.shared_head = head(23);
    (responding.issuer_head, responding.state_head) = (Some(head(24)), Some(head(25)));
    let attested = Some((UserId::random(), responding.answers.clone()));
    let change = ResponseChange { answers: responding.answers.clone(), attested };
    scene.tx.save_response(&scene.permit, &responding, &change).await.unwrap();
    responding
}

#[tokio::test]
async fn a_response_of_which_everything_is_said_is_read_as_it_was_saved() {
    let scene = Scene::new().await;
    let tx = &scene.tx;
    let questionnaire = published(&scene).await;
    let mut saved = attested(&scene, &questionnaire).await;
    assert_said(&saved, &[]);
    let kinds: HashSet<_> = saved.answers.iter().map(|answer| discriminant(&answer.value)).collect();
    assert_eq!(kinds.len(), KINDS, "each kind of value is answered");
    for scope in [&scene.court, &scene.state] {
        let read = tx.response(scope, saved.response.name).await.unwrap();
        assert_same(&read, &Some(saved.clone()));
    }

    // What is not attested is not for the Court.
    let newer = SavedAnswer { number: 2, attested: false, head: head(30), ..saved.answers[0].clone() };
    let change = ResponseChange { answers: vec![newer.clone()], attested: None };
    tx.save_response(&scene.permit, &saved, &change).await.unwrap();
    let read = tx.response(&scene.court, saved.response.name).await.unwrap();
    assert_same(&read, &Some(saved.clone()));
    saved.answers[0] = newer;
    let read = tx.response(&scene.state, saved.response.name).await.unwrap();
    assert_same(&read, &Some(saved.clone()));

    (saved.document, saved.answers) = (None, Vec::new());
    for scope in [&scene.court, &scene.state] {
        assert_same(&tx.responses(scope, &[], &FIRST).await.unwrap(), &vec![saved.clone()]);
    }
}
