//! The Prosecutor's own request, which the Registry never sees.

use focalnet_contract::{
    client::Failure,
    proto::{
        CreateFreezingRequestRequest, FreezingRequest, GetFreezingRequestRequest,
        ListFreezingRequestsRequest, MarkFreezingRequestReadyRequest,
        freezing_request::{Measure, Origin},
    },
};

use super::{approve, transmission::transmit};
use crate::{
    cast::{Place, Who},
    content::tracing,
    person::{refused, request_id},
    stage::Stage,
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.tell.chapter("The Prosecutor asks Portugal directly");
    let investigator = stage.person(Who::Investigator).await?;
    let request = FreezingRequest {
        origin: Origin::Prosecutor.into(),
        case: stage.names.case.clone(),
        requested_state: stage.place(Place::Portugal),
        measures: vec![Measure::Trace.into()],
        content: Some(tracing(&stage.names.person_bemba)),
        ..FreezingRequest::default()
    };
    let create = CreateFreezingRequestRequest { freezing_request: Some(request), request_id: request_id() };
    let name = investigator.done(investigator.requests().create_freezing_request(create).await)?.name;
    let ready: MarkFreezingRequestReadyRequest = investigator.on(&name).await?;
    investigator.done(investigator.requests().mark_freezing_request_ready(ready).await)?;
    let proposed = transmit(&investigator, &name, "OTP/2008/0527").await?;
    approve(&stage.person(Who::OtpApprover).await?, &proposed).await?;
    stage.tell.say(
        "The Office of the Prosecutor sends a tracing request of its own to Portugal, by two persons and without the \
         Registry (RPE 176(2)).",
    );

    let officer = stage.person(Who::RegistryOfficer).await?;
    let hidden = refused(
        officer
            .requests()
            .get_freezing_request(GetFreezingRequestRequest { name: name.clone(), version_number: 0 })
            .await,
    )?;
    let all = ListFreezingRequestsRequest::default();
    let seen = officer.requests().list_freezing_requests(all).await?.into_inner().freezing_requests;
    if seen.iter().any(|request| request.name == name) {
        return Err(Failure::unexpected("the Registry's list holds the Prosecutor's request"));
    }
    stage.tell.say(&format!(
        "The Registry lists {} requests, and this is none of them. Asked for it by name, the server says:",
        seen.len()
    ));
    stage.tell.refusal(&hidden);
    stage.names.request_otp_tracing = name;
    Ok(())
}
