use serde_json::Value;

use super::{
    sample::{at, day, money, new_asset, ownership, told},
    *,
};
use crate::{
    freezing_request::Party, identifiers::IdentifierKind, names::OrganizationId, order::PurposeKind,
};

/// An asset of which everything is said that can be, from January to May.
fn full() -> Asset {
    let mut asset = told(
        "freeze 01-10 03-31; renewed 06-30; lifted 02-10; value 01-10 100; mortgage 01-15 30; cost asset 01-10 5; \
         claim spouse_share 02-01 1/2; under_review 02-15; rejected 03-01; final 04-01; transferred 04-10; \
         allocated 04-20; in_trust_fund 04-25; paid_to_victims 04-26; reimbursed_court 04-27",
    );
    let iban = AssetIdentifier { kind: IdentifierKind::Iban, value: "NL91ABNA0417164300".to_owned() };
    asset.description.identifiers.push(iban);
    let owned = ownership(ownership::Layer::Holder, "01-20", "his 1/1");
    asset.ownerships.push(Fact::new(owned, at(day("01-20"))));
    let settled = cost::Settlement { paid_date: day("05-01") };
    asset.costs[0].settlement = Some(Fact::new(settled, at(day("05-01"))));
    let allocation = Allocation {
        purpose: PurposeKind::Reparations,
        amount: money("50"),
        decision_date: day("04-20"),
        reference: "ICC-Pres-1".to_owned(),
        counts_as: Some(money("60")),
        rate_source: Some("European Central Bank, 20 April 2026".to_owned()),
    };
    asset.allocations.push(Fact::new(allocation, at(day("04-20"))));
    asset.shares.push(AssetShare {
        recipient: OrganizationId::random(),
        purpose: "Indigence inquiry".to_owned(),
        revoke_reason: Some("It has ended".to_owned()),
        revoke_time: Some(at(day("05-01")).create_time),
        recorded: at(day("04-28")),
    });
    asset
}

/// Calls with every value within some JSON and its path.
fn walk(json: &Value, path: &str, call: &mut impl FnMut(&str, &Value)) {
    call(path, json);
    match json {
        Value::Array(items) => items.iter().for_each(|item| walk(item, &format!("{path}[]"), call)),
        Value::Object(fields) => {
            fields.iter().for_each(|(key, field)| walk(field, &format!("{path}.{key}"), call));
        }
        _ => {}
    }
}

/// The times of all that was recorded, each with its path.
fn recorded(asset: &Asset) -> Vec<(String, DateTime<Utc>)> {
    let mut times = Vec::new();
    walk(&serde_json::to_value(asset).unwrap(), "", &mut |path, value| {
        if let Some(time) = value.get("create_time") {
            times.push((path.to_owned(), serde_json::from_value(time.clone()).unwrap()));
        }
    });
    times
}

#[test]
fn the_sample_says_everything() {
    walk(&serde_json::to_value(full()).unwrap(), "", &mut |path, value| {
        assert_ne!(value.as_array().map(Vec::len), Some(0), "{path}: say something of it in the sample");
    });
}

#[test]
fn nothing_is_known_before_it_was_recorded() {
    let full = full();
    let times = recorded(&full);
    for (_, instant) in &times {
        let known = recorded(&full.clone().as_known(*instant));
        let expected = times.iter().filter(|(_, time)| time <= instant).cloned().collect::<Vec<_>>();
        assert_eq!(known, expected, "{instant}");
        let just_before = *instant - chrono::Duration::microseconds(1);
        // The description and the holder are not kept by day.
        for (path, time) in recorded(&full.clone().as_known(just_before)) {
            assert!(path.is_empty() || time < *instant, "{path} before {instant}");
        }
    }
}

#[test]
fn before_anything_was_recorded_only_its_identity_is_left() {
    let full = full();
    let known = full.clone().as_known(full.recorded.create_time);
    let bare = Asset {
        measures: Vec::new(),
        valuations: Series::default(),
        ownerships: Vec::new(),
        encumbrances: Vec::new(),
        costs: Series::default(),
        claims: Series::default(),
        dispositions: Vec::new(),
        allocations: Vec::new(),
        shares: Series::default(),
        ..full
    };
    assert_eq!(known, bare);
    walk(&serde_json::to_value(&known).unwrap(), "", &mut |path, value| {
        let left = value.as_array().is_some_and(|items| !items.is_empty());
        assert!(!left || [".identifiers", ".persons"].contains(&path), "{path} is left");
    });
}

#[test]
fn at_the_end_everything_is_known() {
    let (full, end) = (full(), at(day("05-01")).create_time);
    assert_eq!(full.clone().as_known(end), full);
}

#[test]
fn what_was_known_then_makes_the_state_of_then() {
    let asset = told("freeze 01-10; released 03-01");
    let known = |on| at(day(on)).create_time;
    assert_eq!(asset.state_on(day("03-05")), AssetState::Released);
    assert_eq!(asset.clone().as_known(known("02-28")).state_on(day("03-05")), AssetState::Frozen);
    assert_eq!(asset.as_known(known("01-09")).state_on(day("03-05")), AssetState::Reported);
}

#[test]
fn the_state_never_sees_what_happens_to_the_money() {
    let full = full();
    for party in Party::ALL {
        let seen = full.seen_by(*party);
        if party.is_issuer() {
            assert_eq!(seen, full);
            continue;
        }
        let kinds: Vec<_> = seen.dispositions.iter().map(|fact| fact.facts.kind).collect();
        assert_eq!(kinds, [DispositionKind::Transferred], "{party}");
        let view = seen.view(day("06-01"));
        assert_eq!(view.state, AssetState::Transferred, "{party}");
        let json = serde_json::to_string(&view).unwrap();
        for hidden in [
            "allocated",
            "in_trust_fund",
            "paid_to_victims",
            "reimbursed_court",
            "reparations",
            "50.00",
            "Indigence",
        ] {
            assert!(!json.contains(hidden), "{party} sees {hidden}");
        }
        let all = Asset {
            dispositions: full.dispositions.clone(),
            allocations: full.allocations.clone(),
            shares: full.shares.clone(),
            ..seen
        };
        assert_eq!(all, full, "{party} sees all else");
    }
}

#[test]
fn an_asset_reads_itself() {
    let full = full();
    let json = serde_json::to_string(&full).unwrap();
    assert_eq!(serde_json::from_str::<Asset>(&json).unwrap(), full);
    let view = full.view(day("06-01"));
    let json = serde_json::to_string(&view).unwrap();
    assert_eq!(serde_json::from_str::<AssetView>(&json).unwrap(), view);
}

#[test]
fn the_view_tells_measures_costs_and_claims_as_they_stand() {
    let view = full().view(day("06-01"));
    assert_eq!(view.measures[0].last_date, Some(day("02-09")));
    assert_eq!((view.costs[0].facts.paid_date, &view.costs[0].settlement), (Some(day("05-01")), &None));
    assert_eq!((view.claims[0].state, view.claims[0].excluded), (claim::ClaimState::Final, None));
    assert_eq!(view.remaining, None);
    let view = told("freeze 01-10; released 02-01 1/3").view(day("06-01"));
    assert_eq!(view.remaining, Some(sample::share("2/3")));
}

#[test]
fn what_is_reported_is_recorded_at_once() {
    let order = OrderId::random();
    let recorded = at(day("01-10"));
    let reported = NewAsset {
        measures: vec![sample::measure(MeasureKind::Freeze, "01-05", None)],
        valuations: vec![sample::value("01-05", "100")],
        ownerships: vec![ownership(ownership::Layer::LegalOwner, "01-05", "his 1/3")],
        ..new_asset()
    };
    let asset = Asset::new(Parent::Order(order), &reported, recorded);
    assert_eq!((asset.freezing_request, asset.order), (None, Some(order)));
    assert_eq!(asset.measures[0].name.parent, asset.name);
    assert_eq!(asset.measures[0].recorded, recorded);
    assert_eq!(*asset.valuations, [Fact::new(reported.valuations[0].clone(), recorded)]);
    assert_eq!(asset.ownerships, [Fact::new(reported.ownerships[0].clone(), recorded)]);
}

#[test]
fn the_newest_statement_of_a_layer_counts_from_its_day() {
    use ownership::Layer::{Holder, LegalOwner};
    let mut asset = told("");
    for (layer, from, owners, known) in [
        (LegalOwner, "02-01", "his 1/2", "03-01"),
        (LegalOwner, "01-01", "his 1/1", "03-02"),
        (LegalOwner, "02-01", "his 1/4", "03-03"),
        (Holder, "02-01", "her 1/1", "03-01"),
    ] {
        asset.ownerships.push(Fact::new(ownership(layer, from, owners), at(day(known))));
    }
    let owned = |on: &str| asset.owners_on(LegalOwner, day(on)).map(|owners| owners.owners[0].share);
    assert_eq!(owned("2025-12-31"), None);
    assert_eq!(owned("01-31"), Some(sample::share("1/1")));
    assert_eq!(owned("02-01"), Some(sample::share("1/4")));
}

#[test]
fn an_asset_of_the_only_person_needs_no_name() {
    let mut asset = told("");
    for (said, all, expected) in [
        (&[0][..], &[0, 1][..], &[0][..]),
        (&[], &[0, 1], &[]),
        (&[], &[7], &[7]),
        (&[1], &[1], &[1]),
        (&[], &[], &[]),
    ] {
        asset.description.persons = said.to_vec();
        assert_eq!(asset.persons(all), expected, "{said:?} of {all:?}");
    }
}
