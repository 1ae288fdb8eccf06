//! Questionnaires, and what is circulated.

use std::collections::BTreeMap;

use focalnet_domain::{
    names::{CirculationId, QuestionnaireId, ResponseId},
    questionnaire::{
        Document, Questionnaire, State,
        response::{Circulation, NewCirculation},
    },
};

use super::{said::*, scene::*, *};

/// A questionnaire of which everything is said. No two tests have one key.
pub(super) async fn published(scene: &Scene) -> Questionnaire {
    let (tx, permit, key) = (&scene.tx, &scene.permit, scene.case.name.0.to_string());
    let mut questionnaire = Questionnaire {
        name: QuestionnaireId::random(),
        document: Document { key: key.clone(), ..sampled("Questionnaire", 0) },
        version_number: None,
        state: State::Draft,
        create_time: at(1),
        publish_time: None,
        meanings: BTreeMap::new(),
    };
    tx.insert_questionnaire(permit, &questionnaire, head(1)).await.unwrap();
    questionnaire.document = Document { key, ..sampled("Questionnaire", 1) };
    (questionnaire.version_number, questionnaire.state) = (Some(3), State::Published);
    questionnaire.publish_time = Some(at(2));
    questionnaire.meanings = BTreeMap::from([("D2".to_owned(), 1), ("D3".to_owned(), 2)]);
    tx.save_questionnaire(permit, &questionnaire, head(2)).await.unwrap();
    questionnaire
}

/// A circulation of it to the State of the scene, and the hash of how its response begins.
pub(super) async fn circulated(scene: &Scene, questionnaire: &Questionnaire) -> (Circulation, Hash) {
    let circulation = Circulation {
        name: CirculationId { parent: questionnaire.name, id: focalnet_domain::ids::new() },
        facts: NewCirculation {
            note_verbale: "NV/2026/1".to_owned(),
            due_date: day("2026-04-05"),
            requested_states: vec![scene.state.organization()],
        },
        responses: vec![ResponseId::random()],
        create_time: at(3),
    };
    let (heads, tx) = ([head(3)], &scene.tx);
    tx.insert_circulation(&scene.permit, &circulation, &heads, head(4)).await.unwrap();
    (circulation, heads[0])
}

#[tokio::test]
async fn a_questionnaire_of_which_everything_is_said_is_read_as_it_was_saved() {
    let scene = Scene::new().await;
    let (tx, court) = (&scene.tx, &scene.court);
    let mut questionnaire = published(&scene).await;
    assert_said(&questionnaire, &[]);
    let name = questionnaire.name;
    let saved = Some((questionnaire.clone(), head(2)));
    assert_same(&tx.questionnaire(court, name).await.unwrap(), &saved);
    assert_same(&tx.lock_questionnaire(court, name).await.unwrap(), &saved);
    let newest =
        tx.newest_questionnaire(court, &questionnaire.document.key, at(2).date_naive()).await.unwrap();
    assert_same(&newest, &Some(questionnaire.clone()));

    // A list tells of a questionnaire without what it asks.
    (questionnaire.document.sections, questionnaire.document.questions) = (Vec::new(), Vec::new());
    questionnaire.meanings = BTreeMap::new();
    let listed = tx.questionnaires(court, &[], &FIRST).await.unwrap();
    assert_same(&listed, &vec![(questionnaire, head(2))]);
}

#[tokio::test]
async fn the_state_that_is_asked_is_read_with_its_name_and_its_code() {
    let scene = Scene::new().await;
    let (tx, state) = (&scene.tx, scene.requested.clone());
    let saved = vec![(state.name, state.display_name, state.country_code.unwrap())];
    assert_said(&saved, &[]);
    for which in [None, Some(state.name)] {
        assert_same(&tx.state_names(&scene.court, which).await.unwrap(), &saved);
    }
}
