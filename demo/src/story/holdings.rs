//! The year after: whose the house is, an account found late, and what the Court bears.

use focalnet_contract::{
    client::Failure,
    proto::{
        RecordCostRequest, RecordOwnershipRequest, ReportAssetRequest, ResolveClarificationRequest,
        SettleCostRequest,
        clarification::{Blocks, Topic},
    },
};

use super::{
    clarifications::{ask, reply},
    status, years,
};
use crate::{
    cast::Who,
    content::{YEARS, by_register, porto, preservation},
    person::request_id,
    stage::Stage,
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.tell.chapter("What is frozen, and whose it is");
    Box::pin(found(stage)).await?;
    Box::pin(asked(stage)).await?;
    Box::pin(agreed(stage)).await?;
    let [first, ..] = &YEARS;
    Box::pin(years::report(stage, first)).await?;
    Box::pin(paid(stage)).await
}

async fn found(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.at("2009-01-19T09:00:00Z").await?;
    let faro = stage.person(Who::Faro).await?;
    let record =
        RecordOwnershipRequest { ownership: Some(by_register()), ..faro.on(&stage.names.asset_house).await? };
    faro.done(faro.assets().record_ownership(record).await)?;
    stage.tell.say(
        "Faro has read the land register: since 2003 the house belongs to him and to his wife, half each.",
    );

    stage.at("2009-03-16T09:00:00Z").await?;
    let faro = stage.person(Who::Faro).await?;
    let report = ReportAssetRequest {
        parent: stage.names.request_portugal.clone(),
        asset: Some(porto()),
        request_id: request_id(),
    };
    stage.names.asset_account_porto = faro.done(faro.assets().report_asset(report).await)?.name;
    stage.tell.say(
        "It reports an account at a bank in Porto that was found late: EUR 61,204.55, frozen on 27 February for 24 \
         months.",
    );
    Ok(())
}

async fn asked(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.at("2009-03-20T09:00:00Z").await?;
    let case = stage.names.case.clone();
    stage.tell.say(
        "The Prosecutor's investigator asks what is frozen in the case. An asset can serve several purposes:",
    );
    let now = status::ask(stage, &case, ["", ""]).await?;
    stage.tell.say("Then what was frozen on 3 March, as it was known on 10 March:");
    let then = status::ask(stage, &case, ["2009-03-03", "2009-03-10"]).await?;
    if status::counted(&now) != status::counted(&then) + 1 {
        return Err(Failure::unexpected("what was reported on 16 March was known on 10 March"));
    }
    stage.tell.say(
        "The account at Porto was frozen by then, and nobody had said so: both answers are right, and both can be \
         had for ever.",
    );
    Ok(())
}

/// An extraordinary cost, agreed before it is incurred.
async fn agreed(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.at("2009-04-06T09:00:00Z").await?;
    let request = stage.names.request_portugal.clone();
    let portugal = stage.person(Who::PortugalFocalPoint).await?;
    let question = "To keep the aircraft from rotting, its engines have to be preserved and its airframe sealed, once, \
                    for EUR 38,400. Does the Court bear that?";
    let thread = ask(&portugal, &request, Topic::Costs, Blocks::Unspecified, question).await?;
    stage.tell.say(&format!("Portugal asks: {question}"));
    stage.at("2009-04-09T09:00:00Z").await?;
    let officer = stage.person(Who::RegistryOfficer).await?;
    let answer =
        "Yes: it is extraordinary (RS 100), and agreed up to that amount. Parking remains Portugal's.";
    reply(&officer, &thread, answer).await?;
    let portugal = stage.person(Who::PortugalFocalPoint).await?;
    let resolve: ResolveClarificationRequest = portugal.on(&thread).await?;
    portugal.done(portugal.clarifications().resolve_clarification(resolve).await)?;
    stage.tell.say(&format!("The Registry answers: {answer}"));
    stage.names.clarification_preservation = thread;
    Ok(())
}

async fn paid(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let aircraft = stage.names.asset_aircraft.clone();
    let faro = stage.person(Who::Faro).await?;
    let cost = preservation(&stage.names.clarification_preservation);
    let record = RecordCostRequest { cost: Some(cost), ..faro.on(&aircraft).await? };
    let costs = faro.done(faro.assets().record_cost(record).await)?.costs;
    let number = costs.last().map(|cost| cost.number).unwrap_or_default();
    stage.tell.say(
        "It enters the preservation as a cost of the Court's, with the thread in which that was agreed.",
    );

    stage.at("2009-10-21T09:00:00Z").await?;
    let faro = stage.person(Who::Faro).await?;
    let settle =
        SettleCostRequest { number, paid_date: "2009-10-19".to_owned(), ..faro.on(&aircraft).await? };
    faro.done(faro.assets().settle_cost(settle).await)?;
    stage.tell.say(
        "The Court has paid it. This month its Registry is also told to advance EUR 30,150 a month for the defence, \
         since his assets are frozen: a debt begins.",
    );
    Ok(())
}
