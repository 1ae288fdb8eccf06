//! The wife's claim to half of the house, through two instances.

use focalnet_contract::{
    client::Failure,
    proto::{
        Asset, DecideClaimRequest, RecordClaimRequest, RecordOwnershipRequest, Share,
        claim::{
            State,
            State::{Final, UnderAppeal, UnderReview, UpheldInPart},
        },
    },
};

use super::years;
use crate::{
    cast::Who,
    content::{RENEWALS, UPHELD, YEARS, by_judgment, claim},
    stage::Stage,
};

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.tell.chapter("His wife claims half of the house");
    stage.at("2010-02-08T09:00:00Z").await?;
    let faro = stage.person(Who::Faro).await?;
    let record = RecordClaimRequest { claim: Some(claim()), ..faro.on(&stage.names.asset_house).await? };
    let house = faro.done(faro.assets().record_claim(record).await)?;
    if !house.disposal_hold {
        return Err(Failure::unexpected("a pending claim does not hold the house"));
    }
    stage.tell.say(
        "She has lodged her claim with the judge at Faro: half of the house is hers, bought in 2003. From now on \
         nothing may be disposed of.",
    );
    stage.at("2010-04-19T09:00:00Z").await?;
    Box::pin(step(stage, UnderReview, "2010-04-15", "Proc. 12/08-A")).await?;
    stage.tell.say("The judge takes the claim up.");
    let ([_, second, third, ..], [renewal, ..]) = (&YEARS, &RENEWALS);
    Box::pin(years::report(stage, second)).await?;
    Box::pin(years::renew(stage, *renewal)).await?;

    stage.at("2011-05-23T09:00:00Z").await?;
    Box::pin(step(stage, UpheldInPart, "2011-05-20", "Proc. 12/08-A, judgment")).await?;
    stage.tell.say(
        "He upholds it in part: a quarter she paid for herself; the other quarter was paid for by her husband, and is \
         hers in name only.",
    );
    Box::pin(years::report(stage, third)).await?;
    Box::pin(step(stage, UnderAppeal, "2011-06-10", "Proc. 12/08-A, appeal")).await?;
    stage.tell.say("She has appealed.");

    stage.at("2012-05-02T09:00:00Z").await?;
    Box::pin(step(stage, UpheldInPart, "2012-03-14", "Court of Appeal, 14 March 2012")).await?;
    let house = Box::pin(step(stage, Final, "2012-04-30", "Court of Appeal, 14 March 2012")).await?;
    let faro = stage.person(Who::Faro).await?;
    let record = RecordOwnershipRequest { ownership: Some(by_judgment()), ..faro.on(&house.name).await? };
    faro.done(faro.assets().record_ownership(record).await)?;
    if house.disposal_hold || house.remaining != Some(Share { numerator: 3, denominator: 4 }) {
        return Err(Failure::unexpected("a final claim to a quarter leaves three quarters"));
    }
    stage.tell.say(
        "The Court of Appeal comes to the same, and that is final. A quarter is excluded; three quarters of the house \
         are still held, and the hold is over.",
    );
    Ok(())
}

/// The next step of the only claim.
async fn step(stage: &mut Stage<'_>, to: State, day: &str, reference: &str) -> Result<Asset, Failure> {
    let faro = stage.person(Who::Faro).await?;
    let house = faro.asset(&stage.names.asset_house).await?;
    let decide = DecideClaimRequest {
        claim: house.claims.into_iter().next().map(|claim| claim.name).unwrap_or_default(),
        state: to.into(),
        decision_date: day.to_owned(),
        reference: reference.to_owned(),
        upheld: UPHELD.filter(|_| to == UpheldInPart),
        ..faro.on(&stage.names.asset_house).await?
    };
    faro.done(faro.assets().decide_claim(decide).await)
}
