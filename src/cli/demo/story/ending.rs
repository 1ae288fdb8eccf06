//! Ten years later: the acquittal, and the end of the obligation.

use super::approve;
use crate::{
    cli::{
        Failure,
        demo::{cast::Who, stage::Stage},
    },
    grpc::proto::{
        CeaseFreezingRequestRequest, FreezingRequest, UpdatePersonStatusRequest, person, request_person,
    },
};

const JUDGMENT: &str =
    "Judgment of the Appeals Chamber of 8 June 2018 (ICC-01/05-01/08-3636-Red): acquitted.";
const DAY: &str = "2018-06-08";

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.tell.chapter("Ten years later: the acquittal");
    stage.at("2018-06-12T09:00:00Z").await?;
    let chamber = stage.person(Who::LegalOfficer).await?;
    let status = UpdatePersonStatusRequest {
        status: person::Status::Acquitted.into(),
        status_date: DAY.to_owned(),
        reason: JUDGMENT.to_owned(),
        ..chamber.on(&stage.names.person_bemba).await?
    };
    chamber.done(chamber.cases().update_person_status(status).await)?;
    stage.tell.say(
        "On 8 June 2018 the Appeals Chamber acquits Jean-Pierre Bemba Gombo. The Chamber records it. The requests do \
         not end by that: a purpose such as legal aid would survive an acquittal.",
    );

    let names = stage.names.clone();
    for name in [&names.request_portugal, &names.request_belgium, &names.request_drc] {
        cease(stage, name).await?;
    }
    stage.tell.say(
        "The Registry tells each State, by two persons, that the obligation has ended for every purpose of its \
         request: forfeiture and reparations for Portugal. What to release, and when, is for the State.",
    );
    Ok(())
}

/// Ends all purposes of a request.
async fn cease(stage: &mut Stage<'_>, name: &str) -> Result<(), Failure> {
    let (officer, second) =
        (stage.person(Who::RegistryOfficer).await?, stage.person(Who::RegistryApprover).await?);
    let FreezingRequest { persons, purposes, .. } = officer.request(name).await?;
    let cease = CeaseFreezingRequestRequest {
        persons: persons.iter().map(|person| person.position).collect(),
        purposes: purposes.iter().map(|purpose| purpose.purpose).collect(),
        status: request_person::Status::Acquitted.into(),
        effective_date: DAY.to_owned(),
        reason: JUDGMENT.to_owned(),
        ..officer.on(name).await?
    };
    let proposed = officer.done(officer.requests().cease_freezing_request(cease).await)?;
    approve(&second, &proposed).await
}
