//! The States answer: receipt, execution, postponement.

use focalnet_contract::{
    client::Failure,
    proto::{
        AcknowledgeFreezingRequestRequest, Acknowledgement, AssetType, AssignAuthorityRequest,
        CloseFreezingRequestRequest, ExecutionObstacle, ExecutionOutcome, GetFreezingRequestRequest,
        PostponeFreezingRequestRequest, Postponement, ReportExecutionRequest, ResumeFreezingRequestRequest,
        StartExecutionRequest, postponement::Ground,
    },
};
use focalnet_domain::names::FreezingRequestId;
use prost::Message as _;
use tonic::Status;
use tonic_types::pb;

use crate::{
    cast::{Place, Who},
    content::{belgium_found, portugal_found},
    person::{Person, refused},
    stage::Stage,
    views::holdings,
};

pub(super) async fn acknowledge(
    person: &Person,
    name: &str,
    reference: &str,
    authority: &str,
) -> Result<(), Failure> {
    let acknowledgement = Acknowledgement {
        national_reference: reference.to_owned(),
        responsible_authority: authority.to_owned(),
        contact: format!("{}, {}@state.example", person.who.display_name(), person.who.login()),
    };
    let receipt = AcknowledgeFreezingRequestRequest {
        acknowledgement: Some(acknowledgement),
        ..person.on(name).await?
    };
    person.done(person.requests().acknowledge_freezing_request(receipt).await)?;
    Ok(())
}

pub(super) async fn start(person: &Person, name: &str, proceeding: &str) -> Result<(), Failure> {
    let start =
        StartExecutionRequest { national_proceeding: proceeding.to_owned(), ..person.on(name).await? };
    person.done(person.requests().start_execution(start).await)?;
    Ok(())
}

/// The three States confirm receipt, and one tries to see more than its own.
pub(super) async fn arrival(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.tell.chapter("The States receive their requests");
    stage.at("2008-05-28T08:30:00Z").await?;
    let names = stage.names.clone();
    let portugal = stage.person(Who::PortugalFocalPoint).await?;
    acknowledge(&portugal, &names.request_portugal, "PT-2008/311", "Public Prosecution Service").await?;
    let assign = AssignAuthorityRequest {
        authority: stage.place(Place::Faro),
        ..portugal.on(&names.request_portugal).await?
    };
    portugal.done(portugal.requests().assign_authority(assign).await)?;
    let deputy = stage.person(Who::PortugalDeputy).await?;
    acknowledge(&deputy, &names.request_otp_tracing, "PT-2008/312", "Financial intelligence unit").await?;
    stage.tell.say(
        "Portugal's focal point confirms receipt and assigns the request to the prosecution service at Faro, which \
         sees it from now on. Her deputy confirms the Prosecutor's own request; Faro does not see that one.",
    );
    let belgium = stage.person(Who::BelgiumFocalPoint).await?;
    acknowledge(&belgium, &names.request_belgium, "BE/2008/0529", "Investigating judge, Brussels").await?;
    let congo = stage.person(Who::CongoFocalPoint).await?;
    acknowledge(&congo, &names.request_drc, "RDC/JUST/2008/44", "Ministry of Justice").await?;
    stage.tell.say("Belgium and the Democratic Republic of the Congo confirm receipt of theirs.");

    let get = |name: String| GetFreezingRequestRequest { name, version_number: 0 };
    let other = refused(belgium.requests().get_freezing_request(get(names.request_portugal)).await)?;
    let nothing = FreezingRequestId::random().to_string();
    let nothing = refused(belgium.requests().get_freezing_request(get(nothing)).await)?;
    if said(&other) != said(&nothing) {
        return Err(Failure::unexpected(
            "a hidden request is answered differently from one that does not exist",
        ));
    }
    stage.tell.say("Belgium, which has heard a name somewhere, asks for the request to Portugal:");
    stage.tell.refusal(&other);
    stage.tell.say("It asks for a name that never existed, and gets the same answer, byte for byte but for the id that each call has.");
    Ok(())
}

/// All that reaches a client, apart from the hour and the id of the call.
fn said(status: &Status) -> (i32, String, Vec<u8>, Vec<String>) {
    let metadata = status.metadata().clone().into_headers();
    let metadata = metadata.iter().filter(|(key, _)| *key != "date").map(|entry| format!("{entry:?}"));
    let mut details = pb::Status::decode(status.details()).unwrap_or_default();
    details.details.retain(|detail| !detail.type_url.ends_with("/google.rpc.RequestInfo"));
    (status.code().into(), status.message().to_owned(), details.encode_to_vec(), metadata.collect())
}

/// Portugal's authority and Belgium's focal point report what they froze.
pub(super) async fn execution(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.tell.chapter("Execution");
    stage.at("2008-06-18T09:00:00Z").await?;
    let names = stage.names.clone();
    let faro = stage.person(Who::Faro).await?;
    start(&faro, &names.request_portugal, "Proc. 12/08.1TELSB, Faro").await?;
    let report = ReportExecutionRequest {
        outcome: ExecutionOutcome::ExecutedInPart.into(),
        assets: portugal_found(),
        third_parties_met: "The airport, which claims parking fees.".to_owned(),
        note: "The aircraft stands at Faro, its keys are missing. A yacht that was reported was not found."
            .to_owned(),
        ..faro.on(&names.request_portugal).await?
    };
    faro.done(faro.requests().report_execution(report).await)?;
    let found = faro.holdings(&names.request_portugal).await?;
    let first = |kind| found.iter().find(|asset| asset.r#type() == kind).map(|asset| asset.name.clone());
    let first = |kind| first(kind).unwrap_or_default();
    stage.names.asset_aircraft = first(AssetType::Aircraft);
    stage.names.asset_account_lisbon = first(AssetType::BankAccount);
    stage.names.asset_house = first(AssetType::RealEstate);
    stage.tell.say(
        "The prosecution service at Faro executes in part and reports an aircraft (seized), an account and a house \
         (frozen), each with its national order and its value. It names no end: by Portugal's answer a freeze lasts 24 months \
         and is renewed on application 60 days before, so each asset has a day on which to think of that:",
    );
    stage.tell.show(&holdings(&found));
    let belgium = stage.person(Who::BelgiumFocalPoint).await?;
    start(&belgium, &names.request_belgium, "BR 2008/77, Brussels").await?;
    let report = ReportExecutionRequest {
        outcome: ExecutionOutcome::Executed.into(),
        assets: belgium_found(),
        ..belgium.on(&names.request_belgium).await?
    };
    belgium.done(belgium.requests().report_execution(report).await)?;
    stage.tell.say("Belgium executes and reports a house, a car, an account and three telephones.");
    traced(stage).await
}

/// Portugal answers the Prosecutor, not the Registry.
async fn traced(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let name = stage.names.request_otp_tracing.clone();
    let deputy = stage.person(Who::PortugalDeputy).await?;
    start(&deputy, &name, "UIF 2008/90").await?;
    let report = ReportExecutionRequest {
        outcome: ExecutionOutcome::NothingFound.into(),
        obstacle: ExecutionObstacle::NotKnown.into(),
        ..deputy.on(&name).await?
    };
    deputy.done(deputy.requests().report_execution(report).await)?;
    let investigator = stage.person(Who::Investigator).await?;
    let close: CloseFreezingRequestRequest = investigator.on(&name).await?;
    investigator.done(investigator.requests().close_freezing_request(close).await)?;
    stage.tell.say(
        "To the Prosecutor, directly, Portugal answers that nothing was found behind the companies. The investigator \
         closes that request.",
    );
    Ok(())
}

/// The Congo postpones, and takes the request up again.
pub(super) async fn postponement(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.tell.chapter("A postponement");
    stage.at("2008-06-20T10:00:00Z").await?;
    let name = stage.names.request_drc.clone();
    let congo = stage.person(Who::CongoFocalPoint).await?;
    let postponement = Postponement {
        ground: Ground::OtherInvestigation.into(),
        until_date: "2009-01-30".to_owned(),
        case_reference: "RMP 2008/5521".to_owned(),
    };
    let postpone =
        PostponeFreezingRequestRequest { postponement: Some(postponement), ..congo.on(&name).await? };
    congo.done(congo.requests().postpone_freezing_request(postpone).await)?;
    let early =
        StartExecutionRequest { national_proceeding: "RMP 2008/5530".to_owned(), ..congo.on(&name).await? };
    let early = refused(congo.requests().start_execution(early).await)?;
    stage.tell.say(
        "The Democratic Republic of the Congo postpones execution to 30 January 2009, for an investigation of its own \
         (RS 94). Until then it cannot begin:",
    );
    stage.tell.refusal(&early);

    stage.at("2008-12-15T09:00:00Z").await?;
    let congo = stage.person(Who::CongoFocalPoint).await?;
    let resume = ResumeFreezingRequestRequest {
        note: "The investigation no longer stands in the way.".to_owned(),
        ..congo.on(&name).await?
    };
    congo.done(congo.requests().resume_freezing_request(resume).await)?;
    start(&congo, &name, "RMP 2008/5530").await?;
    stage.tell.say("It takes the request up again before the agreed day, and begins to execute.");
    Ok(())
}
