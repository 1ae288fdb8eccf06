//! What became of the assets: one request can be closed, the other cannot.

use crate::{
    cli::{
        Failure,
        demo::{
            cast::Who,
            person::{Person, refused},
            stage::Stage,
        },
    },
    grpc::proto::{
        Asset, AssetRelease, AssetType, CloseFreezingRequestRequest, Disposition, ReportReleaseRequest,
        disposition::Kind,
    },
};

const LOSS: &str = "Parked since 2008 and without its keys, the aircraft could neither fly nor be sold; the parking \
                    fees exceed what is left of its value. Expert's report of 12 March 2018.";

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.tell.chapter("What became of the assets");
    stage.at("2018-06-25T09:00:00Z").await?;
    let names = stage.names.clone();
    let portugal = stage.person(Who::PortugalFocalPoint).await?;
    report(&portugal, &names.request_portugal, |asset| match asset.r#type() {
        AssetType::Aircraft => Some((Kind::Lost, LOSS)),
        _ => Some((Kind::Released, "")),
    })
    .await?;
    stage.tell.say(&format!(
        "Portugal reports that account and house are released, and the aircraft is lost. {LOSS}"
    ));
    let belgium = stage.person(Who::BelgiumFocalPoint).await?;
    report(&belgium, &names.request_belgium, |asset| match asset.r#type() {
        AssetType::RealEstate => None,
        _ => Some((Kind::Released, "")),
    })
    .await?;
    stage
        .tell
        .say("Belgium reports the release of car, account and telephones. Of the house it says nothing.");

    stage.at("2018-06-29T09:00:00Z").await?;
    let officer = stage.person(Who::RegistryOfficer).await?;
    let close: CloseFreezingRequestRequest = officer.on(&names.request_portugal).await?;
    officer.done(officer.requests().close_freezing_request(close).await)?;
    stage.tell.say("The Registry closes the request to Portugal: every asset is accounted for.");
    let close: CloseFreezingRequestRequest = officer.on(&names.request_belgium).await?;
    let open = refused(officer.requests().close_freezing_request(close).await)?;
    stage.tell.say("It tries to close the request to Belgium, and is refused. The answer names the asset:");
    stage.tell.refusal(&open);
    Ok(())
}

/// Reports what became of each asset for which there is something to report.
async fn report(
    person: &Person,
    name: &str,
    fate: impl Fn(&Asset) -> Option<(Kind, &'static str)>,
) -> Result<(), Failure> {
    let assets = person.request(name).await?.assets;
    let releases = assets.iter().filter_map(|asset| {
        let (kind, reason) = fate(asset)?;
        let disposition = Disposition {
            kind: kind.into(),
            disposition_date: "2018-06-22".to_owned(),
            reason: reason.to_owned(),
            ..Disposition::default()
        };
        Some(AssetRelease { asset: asset.name.clone(), disposition: Some(disposition) })
    });
    let report = ReportReleaseRequest { releases: releases.collect(), ..person.on(name).await? };
    person.done(person.requests().report_release(report).await)?;
    Ok(())
}
