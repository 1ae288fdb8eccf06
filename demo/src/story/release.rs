//! What became of the assets: neither request can be closed, each for a reason of its own.

use focalnet_contract::{
    client::Failure,
    proto::{
        Asset, AssetRelease, AssetType, CloseFreezingRequestRequest, Disposition, LiftMeasureRequest,
        ReportReleaseRequest, disposition::Kind,
    },
};

use crate::{
    cast::Who,
    person::{Person, refused},
    stage::Stage,
};

const LOSS: &str = "Parked since 2008 and without its keys, the aircraft could neither fly nor be sold; the parking \
                    fees exceed what is left of its value. Expert's report of 12 March 2018.";
const BLOCKED: &str = "Three quarters stay frozen for the fine of EUR 300,000 and the debt of EUR 1,880,000 (Proc. \
                       91/18).";
const DECISION: &str = "Decision of Trial Chamber III of 20 November 2018: the requests bind no longer, release is for the State.";
/// The day from which Portugal's measures hold no more.
const DAY: &str = "2018-11-30";

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.tell.chapter("What became of the assets");
    stage.at("2018-11-20T09:00:00Z").await?;
    stage.tell.say(
        "Trial Chamber III decides what the end of the obligation means: the requests bind no longer; what to release, \
         and when, is for the State under its law. It orders States nothing, and asks for no inventory.",
    );
    stage.at("2018-12-03T09:00:00Z").await?;
    Box::pin(portugal(stage)).await?;
    let name = stage.names.request_belgium.clone();
    let belgium = stage.person(Who::BelgiumFocalPoint).await?;
    report(&belgium, &name, |asset| match asset.r#type() {
        AssetType::RealEstate => None,
        _ => Some((Kind::Released, "")),
    })
    .await?;
    stage
        .tell
        .say("Belgium reports the release of car, account and telephones. Of the house it says nothing.");
    stage.at("2018-12-10T09:00:00Z").await?;
    Box::pin(closing(stage)).await
}

/// A partial release.
async fn portugal(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let names = stage.names.clone();
    let faro = stage.person(Who::Faro).await?;
    for name in
        [&names.asset_aircraft, &names.asset_account_lisbon, &names.asset_account_porto, &names.asset_house]
    {
        for measure in faro.asset(name).await?.measures {
            let lift = LiftMeasureRequest {
                measure: measure.name,
                lift_date: DAY.to_owned(),
                reason: DECISION.to_owned(),
                ..faro.on(name).await?
            };
            faro.done(faro.assets().lift_measure(lift).await)?;
        }
    }
    let portugal = stage.person(Who::PortugalFocalPoint).await?;
    report(&portugal, &names.request_portugal, |asset| match asset.r#type() {
        AssetType::Aircraft => Some((Kind::Lost, LOSS)),
        AssetType::RealEstate => Some((Kind::ContinuedBlocking, BLOCKED)),
        _ if asset.name == names.asset_account_porto => Some((Kind::Returned, "")),
        _ => Some((Kind::Released, "")),
    })
    .await?;
    stage.tell.say(&format!(
        "Faro lifts what the first request had asked for. Portugal reports a partial release: the account at Lisbon is \
         released, the money at Porto handed back. {BLOCKED} The aircraft is lost. {LOSS}"
    ));
    Ok(())
}

/// The Registry tries to close what is not over.
async fn closing(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let names = stage.names.clone();
    let officer = stage.person(Who::RegistryOfficer).await?;
    for (name, told) in [
        (
            &names.request_portugal,
            "The Registry tries to close the first request to Portugal, and is refused:",
        ),
        (&names.request_belgium, "It tries to close the request to Belgium. The answer names the asset:"),
    ] {
        let close: CloseFreezingRequestRequest = officer.on(name).await?;
        let open = refused(officer.requests().close_freezing_request(close).await)?;
        stage.tell.say(told);
        stage.tell.refusal(&open);
    }
    Ok(())
}

/// Reports what became of each asset for which there is something to report.
async fn report(
    person: &Person,
    name: &str,
    fate: impl Fn(&Asset) -> Option<(Kind, &'static str)>,
) -> Result<(), Failure> {
    let assets = person.holdings(name).await?;
    let releases = assets.iter().filter_map(|asset| {
        let (kind, reason) = fate(asset)?;
        let disposition = Disposition {
            kind: kind.into(),
            disposition_date: DAY.to_owned(),
            reason: reason.to_owned(),
            ..Disposition::default()
        };
        Some(AssetRelease { asset: asset.name.clone(), disposition: Some(disposition) })
    });
    let report = ReportReleaseRequest { releases: releases.collect(), ..person.on(name).await? };
    person.done(person.requests().report_release(report).await)?;
    Ok(())
}
