//! What grows with time: the newest five are shown, all are counted, and the lists have the rest.

use focalnet_contract::{Rpc, proto::Asset};
use serde_json::{Value, json};

use super::{executed, house, value};
use crate::support::{actor::Actor, cast::Org, refusals::all_of, samples::elsewhere, world::World};

fn cost(number: usize, bearer: &str) -> Value {
    json!({ "cost": {
        "kind": "KIND_STORAGE", "amount": { "currency_code": "EUR", "amount": format!("{number}.00") },
        "due_date": "2008-07-01", "bearer": bearer, "description": format!("Month {number}"),
    }})
}

fn claim(number: usize) -> Value {
    json!({ "claim": {
        "claimant": format!("Creditor {number}"), "right": "RIGHT_CREDITOR", "forum": "FORUM_NATIONAL",
        "lodged_date": "2008-07-01", "evidence": format!("Bill {number}"),
    }})
}

/// All entries of a list, two a page: what was recorded last first.
async fn all(who: &Actor, rpc: Rpc, parent: &str) -> Vec<Value> {
    who.lists(rpc, json!({ "parent": parent, "page_size": 2 })).await.unwrap()
}

fn texts(entries: &[Value], field: &str) -> Vec<String> {
    entries.iter().map(|entry| entry[field].as_str().unwrap_or_default().to_owned()).collect()
}

fn numbered(word: &str, numbers: impl Iterator<Item = usize>) -> Vec<String> {
    numbers.map(|number| format!("{word} {number}")).collect()
}

/// Years pass: values, costs and claims come in, and a freeze is renewed each year.
async fn years(world: &World, asset: &Asset) -> Asset {
    let state = world.portugal().focal_point();
    let measure = &asset.measures[0].name;
    for number in 1..=8_usize {
        let year = 2008 + number;
        // The fourth value is the newest by its day, though it is not the last that is reported.
        let day = if number == 4 { "2019-05-01".to_owned() } else { format!("{year}-05-01") };
        let amount = format!("{number}00.00");
        for (rpc, with) in [
            (Rpc::RecordValuation, json!({ "valuation": value(&day, &amount) })),
            (
                Rpc::RecordCost,
                cost(number, if number == 1 { "BEARER_ASSET" } else { "BEARER_REQUESTED_STATE" }),
            ),
            (Rpc::RecordClaim, claim(number)),
            (
                Rpc::RenewMeasure,
                json!({ "measure": measure, "end_date": format!("{}-01-01", 2100 + number),
                    "national_reference": format!("Renewal {number}") }),
            ),
        ] {
            state.does_to(&asset.name, rpc, with).await.unwrap();
        }
    }
    state.reads_asset(&asset.name).await.unwrap()
}

#[tokio::test]
async fn the_newest_five_are_shown_and_the_lists_have_all() {
    let world = World::new().await;
    let (_, asset) = executed(&world, house("2099-01-01")).await;
    years(&world, &asset).await;
    for who in [world.portugal().focal_point(), world.registry().officer()] {
        let read = who.reads_asset(&asset.name).await.unwrap();
        let counts = [read.valuation_count, read.cost_count, read.claim_count, read.share_count];
        assert_eq!(counts, [9, 8, 8, 0]);
        assert_eq!(read.measures[0].change_count, 8);
        let shown = |list: Vec<&str>| list.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let newest = |word| numbered(word, 4..=8);
        assert_eq!(shown(read.costs.iter().map(|cost| cost.description.as_str()).collect()), newest("Month"));
        assert_eq!(
            shown(read.claims.iter().map(|claim| claim.claimant.as_str()).collect()),
            newest("Creditor")
        );
        assert_eq!(shown(read.claims.iter().map(|claim| claim.evidence.as_str()).collect()), newest("Bill"));
        let renewals = read.measures[0].changes.iter().map(|change| change.national_reference.as_str());
        assert_eq!(shown(renewals.collect()), newest("Renewal"));
        let values: Vec<_> =
            read.valuations.iter().filter_map(|value| Some(value.value.as_ref()?.amount.as_str())).collect();
        assert_eq!(values, ["400.00", "500.00", "600.00", "700.00", "800.00"]);
        assert_eq!(read.equity.unwrap().amount, "400.00", "by the newest value, which was not reported last");

        let backwards = |word| numbered(word, (1..=8).rev());
        assert_eq!(texts(&all(&who, Rpc::ListCosts, &asset.name).await, "description"), backwards("Month"));
        let claims = all(&who, Rpc::ListClaims, &asset.name).await;
        assert_eq!(texts(&claims, "claimant"), backwards("Creditor"));
        assert_eq!(texts(&claims, "evidence"), backwards("Bill"), "the list leaves nothing out");
        let changes = all(&who, Rpc::ListMeasureChanges, &asset.measures[0].name).await;
        assert_eq!(texts(&changes, "national_reference"), backwards("Renewal"));
        let days = texts(&all(&who, Rpc::ListValuations, &asset.name).await, "valuation_date");
        assert_eq!(days.len(), 9);
        assert_eq!(
            (days[0].as_str(), days[4].as_str(), days[8].as_str()),
            ("2016-05-01", "2019-05-01", "2008-06-02")
        );
    }
}

/// An act on an entry that is shown no more, and what follows from entries that are shown no more.
#[tokio::test]
async fn old_entries_are_acted_on_and_count() {
    let world = World::new().await;
    let (_, asset) = executed(&world, house("2099-01-01")).await;
    years(&world, &asset).await;
    let (state, officer) = (world.portugal().focal_point(), world.registry().officer());
    let claims = all(&state, Rpc::ListClaims, &asset.name).await;
    for (number, claim) in claims.iter().enumerate() {
        for step in ["STATE_UNDER_REVIEW", "STATE_REJECTED", "STATE_FINAL"] {
            let decision = json!({ "claim": claim["name"], "state": step, "decision_date": "2017-01-01" });
            let read = state.does_to(&asset.name, Rpc::DecideClaim, decision).await.unwrap();
            let last = number + 1 == claims.len() && step == "STATE_FINAL";
            assert_eq!(read.disposal_hold, !last, "every claim holds, also one that is not shown");
        }
    }

    let settle = json!({ "number": 1, "paid_date": "2018-01-01" });
    state.does_to(&asset.name, Rpc::SettleCost, settle.clone()).await.unwrap();
    let costs = all(&state, Rpc::ListCosts, &asset.name).await;
    assert_eq!((costs[7]["number"].as_i64(), costs[7]["paid_date"].as_str()), (Some(1), Some("2018-01-01")));
    let again = state.does_to(&asset.name, Rpc::SettleCost, settle).await.unwrap_err();
    assert_eq!(again.code(), tonic::Code::FailedPrecondition, "it is paid already");
    let none = json!({ "number": 9, "paid_date": "2018-01-01" });
    let none = state.does_to(&asset.name, Rpc::SettleCost, none).await.unwrap_err();
    assert_eq!(none.code(), tonic::Code::InvalidArgument);

    // What the asset bears goes before what is allocated: 400 less the 1 of the first month.
    let transfer = json!({ "disposition": { "kind": "KIND_TRANSFERRED", "disposition_date": "2019-12-01" } });
    state.does_to(&asset.name, Rpc::RecordDisposition, transfer).await.unwrap();
    let allocation = |amount: &str| {
        json!({ "allocations": [{
            "purpose": "PURPOSE_KIND_REPARATIONS", "amount": { "currency_code": "EUR", "amount": amount },
            "decision_date": "2019-12-10", "reference": "ICC-Pres-1",
        }]})
    };
    let beyond = officer.does_to(&asset.name, Rpc::AllocateProceeds, allocation("399.01")).await.unwrap_err();
    assert_eq!(beyond.code(), tonic::Code::InvalidArgument);
    officer.does_to(&asset.name, Rpc::AllocateProceeds, allocation("399.00")).await.unwrap();
}

/// What was known on a day is known of each list, page by page.
#[tokio::test]
async fn lists_tell_what_was_known_on_a_day() {
    let world = World::new().await;
    let (_, asset) = executed(&world, house("2099-01-01")).await;
    world.turns_to("2027-03-01").await;
    let state = world.portugal().focal_point();
    for number in 1..=7 {
        let with = cost(number, "BEARER_REQUESTED_STATE");
        state.does_to(&asset.name, Rpc::RecordCost, with).await.unwrap();
    }
    world.turns_to("2027-03-05").await;
    let state = world.portugal().focal_point();
    for number in 8..=9 {
        let with = cost(number, "BEARER_REQUESTED_STATE");
        state.does_to(&asset.name, Rpc::RecordCost, with).await.unwrap();
    }
    let settle = json!({ "number": 2, "paid_date": "2027-03-02" });
    state.does_to(&asset.name, Rpc::SettleCost, settle).await.unwrap();
    for (known, count, paid) in
        [("2027-03-04", 7, ""), ("2027-03-05", 9, "2027-03-02"), ("", 9, "2027-03-02")]
    {
        let asked = json!({ "parent": asset.name, "page_size": 4, "known_date": known });
        let costs = state.lists(Rpc::ListCosts, asked).await.unwrap();
        assert_eq!(costs.len(), count, "known on {known}");
        let second = costs.iter().find(|cost| cost["number"] == 2).unwrap();
        assert_eq!(second["paid_date"].as_str().unwrap_or_default(), paid, "known on {known}");
        let read: Asset = state
            .call(Rpc::GetAsset, json!({ "name": asset.name, "known_date": known }))
            .await
            .unwrap()
            .transcode_to()
            .unwrap();
        assert_eq!(usize::try_from(read.cost_count).unwrap(), count);
        let shown: Vec<_> = read.costs.iter().map(|cost| usize::try_from(cost.number).unwrap()).collect();
        assert_eq!(shown, (count - 4..=count).collect::<Vec<_>>());
    }
}

/// Shares are the issuing side's own affair, and of six that have ended and one that has not the last is found.
#[tokio::test]
async fn shares_are_listed_for_the_issuing_side_alone() {
    let world = World::new().await;
    let (_, asset) = executed(&world, house("")).await;
    let (officer, state) = (world.registry().officer(), world.portugal().focal_point());
    let otp = world.cast().organization(Org::Otp);
    for number in 1..=7 {
        let share = json!({ "recipient": otp, "purpose": format!("Purpose {number}") });
        officer.does_to(&asset.name, Rpc::ShareAsset, share.clone()).await.unwrap();
        let again = officer.does_to(&asset.name, Rpc::ShareAsset, share).await.unwrap_err();
        assert_eq!(again.code(), tonic::Code::FailedPrecondition, "it is shared already");
        let revoke = json!({ "recipient": otp, "reason": format!("Reason {number}") });
        let read = officer.does_to(&asset.name, Rpc::RevokeAssetShare, revoke).await.unwrap();
        assert_eq!(read.share_count, number);
        assert_eq!(read.shares.last().unwrap().revoke_reason, format!("Reason {number}"));
    }
    let shares = all(&officer, Rpc::ListAssetShares, &asset.name).await;
    assert_eq!(texts(&shares, "purpose"), numbered("Purpose", (1..=7).rev()));
    assert_eq!(texts(&shares, "revoke_reason"), numbered("Reason", (1..=7).rev()));
    assert!(all(&state, Rpc::ListAssetShares, &asset.name).await.is_empty(), "the State learns of none");
    assert_eq!(state.reads_asset(&asset.name).await.unwrap().share_count, 0);
}

/// Who does not see the asset is answered as if there were none, and a measure is one of its asset only.
#[tokio::test]
async fn lists_of_what_is_hidden_are_lists_of_nothing() {
    let world = World::new().await;
    let (_, asset) = executed(&world, house("2099-01-01")).await;
    let (_, other) = executed(&world, house("2099-01-01")).await;
    let (belgium, portugal) = (world.belgium().focal_point(), world.portugal().focal_point());
    for rpc in [Rpc::ListValuations, Rpc::ListCosts, Rpc::ListClaims, Rpc::ListAssetShares] {
        let hidden = belgium.lists(rpc, json!({ "parent": asset.name })).await.unwrap_err();
        let absent = belgium.lists(rpc, json!({ "parent": elsewhere(&asset.name) })).await.unwrap_err();
        assert_eq!(hidden.code(), tonic::Code::NotFound);
        assert_eq!(all_of(&hidden), all_of(&absent), "{rpc:?}");
    }
    let measure = &other.measures[0].name;
    let borrowed = measure.replace(&other.name, &asset.name);
    for parent in [&borrowed, &elsewhere(measure)] {
        let told = portugal.lists(Rpc::ListMeasureChanges, json!({ "parent": parent })).await.unwrap_err();
        assert_eq!(told.code(), tonic::Code::NotFound, "{parent}");
    }
    let hidden = belgium.lists(Rpc::ListMeasureChanges, json!({ "parent": measure })).await.unwrap_err();
    assert_eq!(hidden.code(), tonic::Code::NotFound);
}
