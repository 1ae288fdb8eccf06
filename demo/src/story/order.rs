//! The order becomes one request to each State, checked against the certificate and the State's own answers.

use focalnet_contract::{
    client::Failure,
    proto::{
        CheckFreezingRequestRequest, CreateFreezingRequestRequest, Finding, FreezingRequest, Order,
        PurposeKind, RecordOrderRequest, RequestContent, UpdateFreezingRequestRequest,
        finding::Severity,
        freezing_request::{Measure, Origin},
        order::Classification,
    },
};

use crate::{
    cast::{Place, Who},
    content::{belgium, congo, portugal, portugal_unfinished},
    output::table,
    person::{Person, request_id},
    stage::Stage,
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.tell.chapter("A sealed order, and one request to each State");
    stage.at("2008-05-27T09:00:00Z").await?;
    record(stage).await?;
    let person = stage.names.person_bemba.clone();
    let whole = portugal(&person);
    let request = Box::pin(draft(stage, Place::Portugal, portugal_unfinished(&whole))).await?;
    Box::pin(complete(stage, &request, whole)).await?;
    stage.names.request_portugal = request.name;
    stage.names.request_belgium = Box::pin(draft(stage, Place::Belgium, belgium(&person))).await?.name;
    stage.names.request_drc = Box::pin(draft(stage, Place::Congo, congo(&person))).await?.name;
    stage.tell.say(
        "The requests to Belgium (a fine and reparations) and to the Democratic Republic of the Congo (all assets, \
         for all purposes) are drafts of their own: no State can learn of the other two.",
    );
    Ok(())
}

async fn record(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let officer = stage.person(Who::LegalOfficer).await?;
    let order = Order {
        case: stage.names.case.clone(),
        document_number: "ICC-01/05-01/08-8-US-Exp".to_owned(),
        chamber: stage.place(Place::Chamber),
        applicant: stage.place(Place::Otp),
        decision_date: "2008-05-27".to_owned(),
        classification: Classification::UnderSeal.into(),
        summary: "Requests to States to identify, trace, freeze and seize property and assets of Jean-Pierre Bemba \
                  Gombo, on the Prosecutor's application."
            .to_owned(),
        purposes: [PurposeKind::Fine, PurposeKind::Forfeiture, PurposeKind::Reparations].map(Into::into).to_vec(),
        persons: vec![stage.names.person_bemba.clone()],
        measures: [Measure::Trace, Measure::Freeze].map(Into::into).to_vec(),
        ..Order::default()
    };
    let record = RecordOrderRequest { order: Some(order), request_id: request_id() };
    stage.names.order = officer.done(officer.orders().record_order(record).await)?.name;
    stage.tell.say(
        "Pre-Trial Chamber III orders, under seal and on the Prosecutor's application, that assets be traced, frozen \
         and seized. Its legal officer records the order.",
    );
    Ok(())
}

async fn draft(
    stage: &mut Stage<'_>,
    to: Place,
    content: RequestContent,
) -> Result<FreezingRequest, Failure> {
    let officer = stage.person(Who::RegistryOfficer).await?;
    let request = FreezingRequest {
        origin: Origin::Chamber.into(),
        case: stage.names.case.clone(),
        order: stage.names.order.clone(),
        requested_state: stage.place(to),
        measures: vec![Measure::Freeze.into()],
        content: Some(content),
        ..FreezingRequest::default()
    };
    let create = CreateFreezingRequestRequest { freezing_request: Some(request), request_id: request_id() };
    officer.done(officer.requests().create_freezing_request(create).await)
}

pub(super) async fn findings(officer: &Person, name: &str) -> Result<Vec<Finding>, Failure> {
    let check = CheckFreezingRequestRequest { name: name.to_owned() };
    let found = officer.requests().check_freezing_request(check).await?.into_inner().findings;
    Ok(found.into_iter().filter(|finding| finding.severity() == Severity::Error).collect())
}

async fn complete(
    stage: &mut Stage<'_>,
    request: &FreezingRequest,
    content: RequestContent,
) -> Result<(), Failure> {
    let officer = stage.person(Who::RegistryOfficer).await?;
    let (asked_by_state, missing): (Vec<_>, Vec<_>) = findings(&officer, &request.name)
        .await?
        .into_iter()
        .partition(|finding| !finding.question.is_empty());
    if missing.is_empty() || asked_by_state.is_empty() {
        return Err(Failure::unexpected("an unfinished draft was found complete"));
    }
    stage
        .tell
        .say("The Registry drafts the request to Portugal (forfeiture and reparations) and has it checked:");
    let rows = missing.into_iter().map(|finding| {
        let field = finding.field.trim_start_matches("freezing_request.").to_owned();
        [finding.section, field, finding.description]
    });
    stage.tell.show(&table(["section", "field", "what is missing"], rows));
    stage.tell.say("The same check holds the draft against what Portugal has answered of its law:");
    let rows = asked_by_state.into_iter().map(|finding| {
        let answer = finding.answer.replace(' ', ", ");
        [finding.question, answer, finding.answer_date, finding.description]
    });
    stage.tell.show(&table(["question", "answer", "since", "what is missing"], rows));
    let update = UpdateFreezingRequestRequest {
        freezing_request: Some(FreezingRequest {
            name: request.name.clone(),
            content: Some(content),
            ..FreezingRequest::default()
        }),
        update_mask: None,
        etag: request.etag.clone(),
        request_id: request_id(),
    };
    officer.done(officer.requests().update_freezing_request(update).await)?;
    if !findings(&officer, &request.name).await?.is_empty() {
        return Err(Failure::unexpected("the completed draft is still not complete"));
    }
    stage.tell.say("The officer completes it, and the check finds nothing more.");
    Ok(())
}
