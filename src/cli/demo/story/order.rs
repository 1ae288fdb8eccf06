//! The order becomes one request to each State, checked, completed, and sent by two persons.

use super::approve;
use crate::{
    cli::{
        Failure,
        demo::{
            cast::{Place, Who},
            content::{belgium, congo, portugal},
            output::table,
            person::{Person, request_id},
            stage::Stage,
        },
    },
    grpc::proto::{
        CheckFreezingRequestRequest, CreateFreezingRequestRequest, Finding, FreezingRequest,
        MarkFreezingRequestReadyRequest, Order, PurposeKind, RecordOrderRequest, RequestContent,
        Transmission, TransmitFreezingRequestRequest, UpdateFreezingRequestRequest,
        finding::Severity,
        freezing_request::{Measure, Origin},
        order::Classification,
        transmission::Medium,
    },
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.tell.chapter("A sealed order, and one request to each State");
    stage.at("2008-05-27T09:00:00Z").await?;
    record(stage).await?;
    let person = stage.names.person_bemba.clone();
    let whole = portugal(&person);
    let request = draft(stage, Place::Portugal, unfinished(&whole)).await?;
    complete(stage, &request, whole).await?;
    stage.names.request_portugal = request.name;
    stage.names.request_belgium = draft(stage, Place::Belgium, belgium(&person)).await?.name;
    stage.names.request_drc = draft(stage, Place::Congo, congo(&person)).await?.name;
    stage.tell.say(
        "The requests to Belgium (a fine and reparations) and to the Democratic Republic of the Congo (all assets, \
         for all purposes) are drafts of their own: no State can learn of the other two.",
    );
    send(stage).await
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

/// The request to Portugal as it first was: some sections forgotten, one digit wrong.
fn unfinished(whole: &RequestContent) -> RequestContent {
    let mut content = RequestContent {
        facts: None,
        issuing_authority: None,
        remedies: String::new(),
        management_plan: String::new(),
        ..whole.clone()
    };
    for identifier in content.assets.iter_mut().flat_map(|asset| &mut asset.identifiers) {
        identifier.value = identifier.value.replace("5678", "5687");
    }
    content
}

async fn findings(officer: &Person, name: &str) -> Result<Vec<Finding>, Failure> {
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
    let missing = findings(&officer, &request.name).await?;
    if missing.is_empty() {
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

async fn send(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let (officer, second) =
        (stage.person(Who::RegistryOfficer).await?, stage.person(Who::RegistryApprover).await?);
    let notes = [
        (stage.names.request_belgium.clone(), "NV/2008/COOP/101"),
        (stage.names.request_portugal.clone(), "NV/2008/COOP/102"),
        (stage.names.request_drc.clone(), "NV/2008/COOP/103"),
    ];
    for (name, reference) in notes {
        let ready: MarkFreezingRequestReadyRequest = officer.on(&name).await?;
        officer.done(officer.requests().mark_freezing_request_ready(ready).await)?;
        let proposed = transmit(&officer, &name, reference).await?;
        approve(&second, &proposed).await?;
    }
    stage.tell.say(&format!(
        "{} proposes to transmit the three; nothing is sent yet. {}, another human being, looks at each and approves: \
         now they are with the States.",
        Who::RegistryOfficer.display_name(),
        Who::RegistryApprover.display_name()
    ));
    Ok(())
}

/// Proposes to send a request through the formal channel.
pub(super) async fn transmit(
    officer: &Person,
    name: &str,
    reference: &str,
) -> Result<FreezingRequest, Failure> {
    let transmission = Transmission {
        medium: Medium::FormalChannel.into(),
        reference: reference.to_owned(),
        ..Transmission::default()
    };
    let transmit =
        TransmitFreezingRequestRequest { transmission: Some(transmission), ..officer.on(name).await? };
    officer.done(officer.requests().transmit_freezing_request(transmit).await)
}
