//! Before any case: the States are asked about their law. One answers, one begins to, one is silent.

use focalnet_contract::{
    client::Failure,
    proto::{
        AttestResponseRequest, CirculateQuestionnaireRequest, Circulation, CreateQuestionnaireRequest,
        ListResponsesRequest, PublishQuestionnaireRequest, RecordReminderRequest, Reminder, Response,
        SaveAnswersRequest, SubmitResponseRequest,
    },
};
use focalnet_domain::questionnaire::{Document, STANDARD};
use serde_json::json;

use crate::{
    cast::{Place, Who},
    content::answers,
    output::table,
    person::{Person, message, refused, request_id},
    stage::Stage,
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.tell.chapter("A questionnaire about law and practice");
    stage.at("2008-01-15T09:00:00Z").await?;
    publish(stage).await?;
    circulate(stage).await?;
    stage.at("2008-02-18T09:00:00Z").await?;
    portugal(stage).await?;
    stage.at("2008-03-03T09:00:00Z").await?;
    attest(stage).await?;
    belgium(stage).await?;
    stage.at("2008-04-07T09:00:00Z").await?;
    remind(stage).await
}

async fn publish(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let document: Document =
        toml::from_str(STANDARD).map_err(|error| Failure::unexpected(error.to_string()))?;
    let rules: usize = document.questions.iter().map(|question| question.gap_rules.len()).sum();
    let officer = stage.person(Who::RegistryOfficer).await?;
    let content = json!({ "questionnaire": document, "request_id": request_id() });
    let create: CreateQuestionnaireRequest = message("CreateQuestionnaire", &content)?;
    let name = officer.done(officer.questionnaires().create_questionnaire(create).await)?.name;
    let publish: PublishQuestionnaireRequest = officer.on(&name).await?;
    let published = officer.done(officer.questionnaires().publish_questionnaire(publish).await)?;
    stage.tell.say(&format!(
        "The Registry drafts the questionnaire on the freezing and recovery of assets and publishes it as version {}: \
         {} sections, {} questions, {rules} rules that tell a gap in a State's law.",
        published.version_number,
        document.sections.len(),
        document.questions.len()
    ));
    stage.names.questionnaire = name;
    Ok(())
}

async fn circulate(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let officer = stage.person(Who::RegistryOfficer).await?;
    let circulation = Circulation {
        note_verbale: "NV/2008/COOP/007".to_owned(),
        due_date: "2008-03-31".to_owned(),
        requested_states: [Place::Portugal, Place::Belgium, Place::Congo]
            .map(|place| stage.place(place))
            .into(),
        ..Circulation::default()
    };
    let circulate = CirculateQuestionnaireRequest {
        parent: stage.names.questionnaire.clone(),
        circulation: Some(circulation),
        request_id: request_id(),
    };
    let sent = officer.done(officer.questionnaires().circulate_questionnaire(circulate).await)?;
    let responses = <[String; 3]>::try_from(sent.responses);
    [stage.names.response_portugal, stage.names.response_belgium, stage.names.response_drc] =
        responses.map_err(|_| Failure::unexpected("three States were asked"))?;
    stage.tell.say(
        "It circulates it by note verbale to Portugal, Belgium and the Democratic Republic of the Congo, and asks for \
         answers by 31 March. No State learns who else was asked.",
    );
    Ok(())
}

/// Saves answers, all of one table.
async fn save(person: &Person, name: &str, table: &str) -> Result<(usize, Response), Failure> {
    let answers = answers(table)?;
    let content = json!({ "name": name, "answers": answers, "request_id": request_id() });
    let save: SaveAnswersRequest = message("SaveAnswers", &content)?;
    Ok((answers.len(), person.done(person.questionnaires().save_answers(save).await)?))
}

async fn portugal(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let name = stage.names.response_portugal.clone();
    let (first, second) =
        (stage.person(Who::PortugalFocalPoint).await?, stage.person(Who::PortugalDeputy).await?);
    let (authority, _) = save(&first, &name, "portugal_authority").await?;
    let (others, _) = save(&second, &name, "portugal_tracing_and_after").await?;
    let (freezing, response) = save(&first, &name, "portugal_freezing").await?;
    let progress = response.progress.unwrap_or_default();
    if !progress.open.is_empty() {
        return Err(Failure::unexpected(format!("Portugal leaves open: {}", progress.open.join(", "))));
    }
    stage.tell.say(&format!(
        "Portugal's focal point answers {} questions in two parts, her deputy {others} others at the same time. {} more \
         are not asked after these answers; none is open.",
        authority + freezing,
        progress.hidden.len()
    ));
    let submit: SubmitResponseRequest = first.on(&name).await?;
    first.done(first.questionnaires().submit_response(submit).await)?;
    let attest: AttestResponseRequest = first.on(&name).await?;
    let alone = refused(first.questionnaires().attest_response(attest).await)?;
    stage.tell.say("She submits the response, and cannot attest it herself:");
    stage.tell.refusal(&alone);
    Ok(())
}

async fn attest(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let second = stage.person(Who::PortugalDeputy).await?;
    let attest: AttestResponseRequest = second.on(&stage.names.response_portugal).await?;
    second.done(second.questionnaires().attest_response(attest).await)?;
    stage.tell.say(
        "Her deputy looks at all of it and attests. From now on the answers are in force, and the Court reads them.",
    );
    Ok(())
}

async fn belgium(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let belgium = stage.person(Who::BelgiumFocalPoint).await?;
    let name = stage.names.response_belgium.clone();
    let (answered, response) = save(&belgium, &name, "belgium").await?;
    let progress = response.progress.unwrap_or_default();
    let officer = stage.person(Who::RegistryOfficer).await?;
    if progress.open.is_empty() || !officer.response(&name).await?.answers.is_empty() {
        return Err(Failure::unexpected("a draft is not finished, and the State's own"));
    }
    stage.tell.say(&format!(
        "Belgium's focal point answers {answered} of {} questions and leaves the rest for later. A draft is the State's \
         own: the Court sees none of it.",
        progress.asked.len()
    ));
    Ok(())
}

async fn remind(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let officer = stage.person(Who::RegistryOfficer).await?;
    let reminders = [
        (stage.names.response_belgium.clone(), "NV/2008/COOP/061"),
        (stage.names.response_drc.clone(), "NV/2008/COOP/062"),
    ];
    for (name, reference) in reminders {
        let reminder = Some(Reminder { reference: reference.to_owned(), ..Reminder::default() });
        let record = RecordReminderRequest { reminder, ..officer.on(&name).await? };
        officer.done(officer.questionnaires().record_reminder(record).await)?;
    }
    let list =
        ListResponsesRequest { filter: "state = STATE_DRAFT".to_owned(), ..ListResponsesRequest::default() };
    let waiting = officer.questionnaires().list_responses(list).await?.into_inner().responses;
    stage.tell.say(
        "The day has passed. The Registry reminds both others, and lists who has not answered; to the Court, Belgium's \
         half and nothing at all look the same:",
    );
    let rows = waiting.into_iter().map(|response| {
        let overdue = if response.overdue { "overdue" } else { "" };
        let reminders = response.reminders.into_iter().map(|reminder| reminder.reference);
        [
            response.requested_state_display_name,
            response.due_date,
            overdue.to_owned(),
            reminders.collect::<Vec<_>>().join(", "),
        ]
    });
    stage.tell.show(&table(["state", "due", "", "reminded by"], rows));
    Ok(())
}
