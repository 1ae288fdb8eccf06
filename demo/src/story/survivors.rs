//! What the acquittal does not end: a fine of another case, and the legal aid that was advanced.

use focalnet_contract::{
    client::Failure,
    proto::{
        AddPersonRequest, AssignAuthorityRequest, AssignMemberRequest, Case, CreateCaseRequest,
        CreateFreezingRequestRequest, ExecutionOutcome, FreezingRequest, MarkFreezingRequestReadyRequest,
        Money, Order, Person, PurposeAmount, PurposeKind, RecordOrderRequest, ReportExecutionRequest,
        UpdatePersonStatusRequest,
        freezing_request::{Measure, Origin},
        order::Classification,
        person,
    },
};

use super::{
    answers::{acknowledge, start},
    approve,
    order::findings,
    transmission::transmit,
};
use crate::{
    cast::{Place, Who},
    content::{survivors, survivors_found},
    person::request_id,
    stage::Stage,
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.tell.chapter("A fine and a debt survive");
    stage.at("2018-07-16T09:00:00Z").await?;
    stage.tell.say(
        "The Registry asks him to repay EUR 1.88 million: the advances for his defence are a debt, acquitted or not.",
    );
    stage.at("2018-09-24T09:00:00Z").await?;
    Box::pin(convicted(stage)).await?;
    Box::pin(fined(stage)).await?;
    Box::pin(asked(stage)).await?;
    Box::pin(executed(stage)).await
}

/// The other case, and where he stands in it.
async fn convicted(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let officer = stage.person(Who::RegistryOfficer).await?;
    let case = Case {
        situation_number: "ICC-01/05".to_owned(),
        case_number: "ICC-01/05-01/13".to_owned(),
        display_name: "The Prosecutor v. Jean-Pierre Bemba Gombo et al.".to_owned(),
        ..Case::default()
    };
    let create = CreateCaseRequest { case: Some(case), request_id: request_id() };
    let case = officer.done(officer.cases().create_case(create).await)?.name;
    let person = Person {
        family_name: "Bemba Gombo".to_owned(),
        given_names: "Jean-Pierre".to_owned(),
        birth_date: "1962-11-04".to_owned(),
        nationalities: vec!["CD".to_owned()],
        warrant_date: "2013-11-20".to_owned(),
        ..Person::default()
    };
    let add = AddPersonRequest { parent: case.clone(), person: Some(person), request_id: request_id() };
    let person = officer.done(officer.cases().add_person(add).await)?.name;
    let status = UpdatePersonStatusRequest {
        status: person::Status::Convicted.into(),
        status_date: "2016-10-19".to_owned(),
        reason: "Convicted by Trial Chamber VII on 19 October 2016; sentenced anew on 17 September 2018."
            .to_owned(),
        ..officer.on(&person).await?
    };
    officer.done(officer.cases().update_person_status(status).await)?;
    for who in [Who::RegistryApprover, Who::Investigator] {
        let assign = AssignMemberRequest { user: who.login().to_owned(), ..officer.on(&case).await? };
        officer.done(officer.cases().assign_member(assign).await)?;
    }
    stage.names.case_witnesses = case;
    stage.names.person_bemba_witnesses = person;
    Ok(())
}

fn amount(purpose: PurposeKind, euros: &str) -> PurposeAmount {
    let amount = Money { currency_code: "EUR".to_owned(), amount: euros.to_owned() };
    PurposeAmount { purpose: purpose.into(), amount: Some(amount) }
}

async fn fined(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let officer = stage.person(Who::RegistryOfficer).await?;
    let order = Order {
        case: stage.names.case_witnesses.clone(),
        document_number: "ICC-01/05-01/13-2312".to_owned(),
        chamber: stage.place(Place::TrialChamber),
        applicant: stage.place(Place::Otp),
        decision_date: "2018-09-17".to_owned(),
        classification: Classification::Public.into(),
        summary: "Jean-Pierre Bemba Gombo is sentenced anew and fined EUR 300,000. The Registry is to ask States to \
                  secure the fine, and with it the legal aid advanced in case ICC-01/05-01/08."
            .to_owned(),
        purposes: [PurposeKind::Fine, PurposeKind::LegalAid].map(Into::into).to_vec(),
        persons: vec![stage.names.person_bemba_witnesses.clone()],
        measures: [Measure::Freeze, Measure::RecoverLegalAid].map(Into::into).to_vec(),
        amounts: vec![amount(PurposeKind::Fine, "300000.00"), amount(PurposeKind::LegalAid, "1880000.00")],
        ..Order::default()
    };
    let record = RecordOrderRequest { order: Some(order), request_id: request_id() };
    stage.names.order_fine = officer.done(officer.orders().record_order(record).await)?.name;
    stage.tell.say(
        "On 17 September 2018 Trial Chamber VII fines him EUR 300,000 for having influenced witnesses, in case \
         ICC-01/05-01/13. That is another case with another status: there he is convicted. The Registry records it.",
    );
    Ok(())
}

async fn asked(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let officer = stage.person(Who::RegistryOfficer).await?;
    let request = FreezingRequest {
        origin: Origin::Chamber.into(),
        case: stage.names.case_witnesses.clone(),
        order: stage.names.order_fine.clone(),
        requested_state: stage.place(Place::Portugal),
        measures: vec![Measure::Freeze.into(), Measure::RecoverLegalAid.into()],
        content: Some(survivors(&stage.names.person_bemba_witnesses)),
        ..FreezingRequest::default()
    };
    let create = CreateFreezingRequestRequest { freezing_request: Some(request), request_id: request_id() };
    let name = officer.done(officer.requests().create_freezing_request(create).await)?.name;
    if let Some(finding) = findings(&officer, &name).await?.first() {
        return Err(Failure::unexpected(format!("{}: {}", finding.field, finding.description)));
    }
    let ready: MarkFreezingRequestReadyRequest = officer.on(&name).await?;
    officer.done(officer.requests().mark_freezing_request_ready(ready).await)?;
    let proposed = transmit(&officer, &name, "NV/2018/COOP/214").await?;
    approve(&stage.person(Who::RegistryApprover).await?, &proposed).await?;
    stage.tell.say(
        "A second request goes to Portugal, by two persons: to freeze the house for the fine of EUR 300,000, and to \
         recover EUR 1,880,000 of legal aid, EUR 2,180,000 in all.",
    );
    stage.names.request_portugal_second = name;
    Ok(())
}

async fn executed(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let name = stage.names.request_portugal_second.clone();
    stage.at("2018-10-01T09:00:00Z").await?;
    let portugal = stage.person(Who::PortugalFocalPoint).await?;
    acknowledge(&portugal, &name, "PT-2018/902", "Public Prosecution Service").await?;
    let assign = AssignAuthorityRequest { authority: stage.place(Place::Faro), ..portugal.on(&name).await? };
    portugal.done(portugal.requests().assign_authority(assign).await)?;
    stage.tell.say("Portugal confirms receipt and assigns it to Faro.");
    stage.at("2018-10-15T09:00:00Z").await?;
    let faro = stage.person(Who::Faro).await?;
    start(&faro, &name, "Proc. 91/18, Faro").await?;
    let report = ReportExecutionRequest {
        outcome: ExecutionOutcome::ExecutedInPart.into(),
        assets: vec![survivors_found()],
        note: "Nothing else is known that the person owns in Portugal and that is not held already."
            .to_owned(),
        ..faro.on(&name).await?
    };
    faro.done(faro.requests().report_execution(report).await)?;
    stage.tell.say(
        "Faro freezes the three quarters of the house anew, for the fine and the debt: EUR 930,000.00. For the rest of \
         the sum nothing is found.",
    );
    Ok(())
}
