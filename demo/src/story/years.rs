//! Ten years at Faro: the aircraft loses its value, the airport is owed more and more.

use focalnet_cli::case_status::money;
use focalnet_contract::{
    client::Failure,
    proto::{Asset, Cost, RecordCostRequest, RecordValuationRequest, RenewMeasureRequest},
};

use crate::{
    cast::Who,
    content::{RENEWALS, YEARS, Year, parking, values},
    output::table,
    stage::Stage,
};

/// The years that no other chapter tells: from 2012 on.
pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.tell.chapter("Ten years at Faro");
    let [_, _, _, years @ ..] = &YEARS;
    let [_, renewals @ ..] = &RENEWALS;
    let mut renewals = renewals.iter().peekable();
    for year in years {
        while let Some(renewal) = renewals.next_if(|(time, _)| *time < year.time) {
            Box::pin(renew(stage, *renewal)).await?;
        }
        Box::pin(report(stage, year)).await?;
    }
    shown(stage).await
}

/// What is reported for one year.
pub(super) async fn report(stage: &mut Stage<'_>, year: &Year) -> Result<(), Failure> {
    stage.at(year.time).await?;
    let day = day_of(year.time);
    let faro = stage.person(Who::Faro).await?;
    let names = &stage.names;
    let assets =
        [&names.asset_aircraft, &names.asset_house, &names.asset_account_lisbon, &names.asset_account_porto];
    let mut told = Vec::new();
    for (name, valuation) in assets.into_iter().zip(values(year, day)) {
        told.push(valuation.value.as_ref().map(money).unwrap_or_default());
        let record = RecordValuationRequest { valuation: Some(valuation), ..faro.on(name).await? };
        faro.done(faro.assets().record_valuation(record).await)?;
    }
    let bill = parking(day, year.paid);
    let due = bill.amount.as_ref().map(money).unwrap_or_default();
    let record = RecordCostRequest { cost: Some(bill), ..faro.on(&names.asset_aircraft).await? };
    faro.done(faro.assets().record_cost(record).await)?;
    let paid = if year.paid { "paid by Portugal" } else { "not paid" };
    let [aircraft, house, lisbon, porto] = told.as_slice() else { return Ok(()) };
    stage.tell.say(&format!(
        "Faro values the aircraft at {aircraft}, the house at {house}; on the accounts are {lisbon} and {porto}. A year \
         of parking: {due}, {paid}."
    ));
    Ok(())
}

/// Renews the freeze of the account at Porto.
pub(super) async fn renew(stage: &mut Stage<'_>, (time, end): (&str, &str)) -> Result<(), Failure> {
    stage.at(time).await?;
    let faro = stage.person(Who::Faro).await?;
    let asset = faro.asset(&stage.names.asset_account_porto).await?;
    let (measure, last) = asset
        .measures
        .into_iter()
        .next()
        .map(|measure| (measure.name, measure.last_date))
        .unwrap_or_default();
    let renew = RenewMeasureRequest {
        measure,
        end_date: end.to_owned(),
        national_reference: format!("Proc. 12/08, renewal of {}", day_of(time)),
        ..faro.on(&asset.name).await?
    };
    faro.done(faro.assets().renew_measure(renew).await)?;
    stage.tell.say(&format!(
        "The freeze of the account at Porto would end on {last}. The judge renews it, to {end}."
    ));
    Ok(())
}

/// The series, as the server tells it.
async fn shown(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let officer = stage.person(Who::RegistryOfficer).await?;
    let aircraft = officer.asset(&stage.names.asset_aircraft).await?;
    let house = officer.asset(&stage.names.asset_house).await?;
    stage.tell.say(
        "On 12 March 2018 an expert has found the aircraft to be worth nothing. It was never sold: without keys \
         nobody wanted it. The Registry reads the whole series, of which nothing was ever overwritten:",
    );
    let rows = aircraft.valuations.iter().map(|valuation| {
        let day = &valuation.valuation_date;
        let costs: Vec<_> = aircraft.costs.iter().filter(|cost| cost.due_date == *day).collect();
        [day.clone(), worth_on(&aircraft, day), bills(&costs), worth_on(&house, day)]
    });
    stage.tell.show(&table(["day", "aircraft", "parking", "house"], rows));
    Ok(())
}

fn worth_on(asset: &Asset, day: &str) -> String {
    let found = asset.valuations.iter().find(|valuation| valuation.valuation_date == day);
    found.and_then(|valuation| valuation.value.as_ref()).map(money).unwrap_or_default()
}

fn bills(costs: &[&Cost]) -> String {
    let bill = |cost: &&Cost| {
        let amount = cost.amount.as_ref().map(money).unwrap_or_default();
        let paid = if cost.paid_date.is_empty() { "not paid" } else { "paid" };
        format!("{amount}, {paid}")
    };
    costs.iter().map(bill).collect::<Vec<_>>().join("; ")
}

/// The day of an instant of the story.
fn day_of(time: &str) -> &str {
    time.split('T').next().unwrap_or_default()
}
