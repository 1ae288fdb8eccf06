//! Answers in force, and what else is known of a State.

use focalnet_domain::{
    freezing_request::national::National,
    questionnaire::{answer::SavedAnswer, response::InForce},
    response_statistics::Asked,
    states,
};

use super::{directory::channel, questionnaires::published, responses::attested, said::*, scene::*, *};
use crate::{authz::Scope, store::AsOf};

/// All answers are attested at once: the order among them is that of random ids.
fn by_question(mut answers: Vec<InForce>) -> Vec<InForce> {
    answers.sort_by(|one, other| one.question.cmp(&other.question));
    answers
}

#[tokio::test]
async fn answers_of_which_everything_is_said_are_read_as_they_were_attested() {
    let scene = Scene::new().await;
    let (tx, permit, state) = (&scene.tx, &scene.permit, scene.state.organization());
    let questionnaire = published(&scene).await;
    let responding = attested(&scene, &questionnaire).await;
    let code = scene.requested.country_code.clone().unwrap();
    let (response, key) = (&responding.response, questionnaire.document.key.clone());
    let answer = |answer: &SavedAnswer| InForce {
        requested_state: Some(state),
        country_code: code.clone(),
        questionnaire_key: key.clone(),
        version_number: response.version_number,
        response: Some(response.name),
        question: answer.question.clone(),
        value: answer.value.clone(),
        comment: answer.comment.clone(),
        valid_from_date: answer.valid_from_date,
        attest_time: response.attest_time.unwrap(),
        shared: answer.shared,
    };
    let mut saved: Vec<_> = responding.answers.iter().map(answer).collect();
    assert_said(&saved, &[]);
    let today = day("2026-01-10");
    let as_of = AsOf { day: today, known: today };
    for scope in [&scene.court, &scene.state] {
        let read = tx.answers_in_force(scope, &key, Some(state), as_of).await.unwrap();
        assert_same(&by_question(read), &saved);
        let page = tx.answers_page(scope, false, None, as_of, &[], &FIRST).await.unwrap();
        assert_same(&by_question(page.into_iter().map(|(answer, _)| answer).collect()), &saved);
    }

    tx.save_directory(permit, state, &[], &[], Some(&channel()), head(9)).await.unwrap();
    let known = National {
        state: states::by_code(&code),
        channel: Some(channel()),
        questionnaire: Some(questionnaire),
        answers: saved.clone(),
    };
    assert_said(&(known.state.is_some(), &known.channel, &known.questionnaire, &known.answers), &[]);
    let mut read = tx.national(state, &key, as_of).await.unwrap();
    read.answers = by_question(read.answers);
    assert_same(&read, &known);

    // Another State reads what is shared, and not whose it is.
    for answer in &mut saved {
        (answer.requested_state, answer.response) = (None, None);
    }
    let other = Scope::of(&join(tx, &organization(Kind::State, None), Role::FocalPoint).await);
    let page = tx.answers_page(&other, true, None, as_of, &[], &FIRST).await.unwrap();
    assert_same(&by_question(page.into_iter().map(|(answer, _)| answer).collect()), &saved);
}

#[tokio::test]
async fn when_a_state_was_asked_and_answered_is_read_as_it_was_saved() {
    let scene = Scene::new().await;
    let (tx, state) = (&scene.tx, scene.state.organization());
    let questionnaire = published(&scene).await;
    let response = attested(&scene, &questionnaire).await.response;
    let code = scene.requested.country_code.as_ref().unwrap();
    let asked = Asked {
        group: states::by_code(code).unwrap().group,
        state: state.0,
        circulate_date: response.create_time.date_naive(),
        due_date: response.due_date,
        attest_date: response.attest_time.map(|time| time.date_naive()),
    };
    assert_said(&asked, &[]);
    let read = tx.asked(&scene.court, day("2026-01-01"), day("2026-12-31")).await.unwrap();
    assert_same(&read, &vec![asked]);
}
