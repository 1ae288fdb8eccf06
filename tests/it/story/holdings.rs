//! What the story leaves behind of assets: values, costs, the claim, and what is held in each case.

use focalnet_contract::proto::{
    Asset, AssetGroup, AssetOverview, GetAssetRequest, GetCaseAssetStatusRequest, ListCostsRequest,
    ListValuationsRequest, Money, PurposeKind, Share, claim, cost::Bearer,
};
use focalnet_demo::Who;
use rust_decimal::Decimal;

use super::ending::Ended;
use crate::support::actor::Clients;

/// An asset as it was known at the end of a day; as it is known now where no day is named.
pub(super) async fn as_known(who: &Clients, name: &str, day: &str) -> Asset {
    let get = GetAssetRequest { name: name.into(), as_of_date: day.into(), known_date: day.into() };
    who.assets().get_asset(get).await.unwrap().into_inner()
}

async fn status(who: &Clients, case: &str, day: &str, known: &str) -> AssetOverview {
    let get = GetCaseAssetStatusRequest {
        name: case.into(),
        as_of_date: day.into(),
        known_date: known.into(),
        ..GetCaseAssetStatusRequest::default()
    };
    who.assets().get_case_asset_status(get).await.unwrap().into_inner()
}

fn euros(amount: &str) -> Money {
    Money { currency_code: "EUR".into(), amount: amount.into() }
}

pub(super) async fn values_fall_and_parking_is_owed(ended: &Ended) {
    let names = &ended.played.names;
    let officer = ended.person(Who::RegistryOfficer).await;
    let aircraft = as_known(&officer, &names.asset_aircraft, "").await;
    let value = |valuation: &focalnet_contract::proto::Valuation| -> Decimal {
        valuation.value.as_ref().unwrap().amount.parse().unwrap()
    };
    assert_eq!((aircraft.valuation_count, aircraft.cost_count), (11, 11));
    let parent = names.asset_aircraft.clone();
    let list = ListValuationsRequest { parent: parent.clone(), ..ListValuationsRequest::default() };
    let mut values = officer.assets().list_valuations(list).await.unwrap().into_inner().valuations;
    values.reverse();
    let list = ListCostsRequest { parent, ..ListCostsRequest::default() };
    let costs = officer.assets().list_costs(list).await.unwrap().into_inner().costs;
    let series: Vec<Decimal> = values.iter().map(value).collect();
    assert_eq!(series.len(), 11);
    assert!(series.windows(2).all(|pair| pair[0] > pair[1]), "{series:?}");
    assert_eq!((series[0], series[10]), (Decimal::from(650_000), Decimal::ZERO));

    let (court, state): (Vec<_>, Vec<_>) = costs.iter().partition(|cost| cost.bearer() == Bearer::Court);
    let [preserved] = court[..] else { unreachable!("{court:?}") };
    assert!(preserved.extraordinary && !preserved.paid_date.is_empty(), "{preserved:?}");
    assert_eq!(preserved.agreed_in, names.clarification_preservation);
    let open = state.iter().filter(|cost| cost.paid_date.is_empty()).count();
    assert_eq!((state.len(), open), (10, 6));
    assert!(state.iter().all(|cost| !cost.extraordinary && cost.bearer() == Bearer::RequestedState));
}

pub(super) async fn the_wife_has_a_quarter(ended: &Ended) {
    let names = &ended.played.names;
    let officer = ended.person(Who::RegistryOfficer).await;
    let house = |day: &'static str| as_known(&officer, &names.asset_house, day);
    let quarters = |numerator| Some(Share { numerator, denominator: 4 });
    let (pending, done) = (house("2011-06-30").await, house("").await);
    assert!(pending.disposal_hold && pending.remaining == Some(Share { numerator: 1, denominator: 1 }));
    assert!(!done.disposal_hold && done.remaining == quarters(3), "{done:?}");
    let [claim] = &done.claims[..] else { unreachable!("{done:?}") };
    assert_eq!((claim.state(), claim.excluded), (claim::State::Final, quarters(1)));

    // The account's freeze was renewed each time before it ended.
    let account = as_known(&officer, &names.asset_account_porto, "2018-06-08").await;
    let [freeze] = &account.measures[..] else { unreachable!("{account:?}") };
    assert_eq!((freeze.changes.len(), freeze.last_date.as_str()), (4, "2019-02-26"));
}

pub(super) async fn what_is_held_in_each_case(ended: &Ended) {
    let names = &ended.played.names;
    let investigator = ended.person(Who::Investigator).await;
    let then = status(&investigator, &names.case, "2009-03-03", "2009-03-10").await.total.unwrap();
    let since = status(&investigator, &names.case, "2009-03-03", "").await.total.unwrap();
    assert_eq!((then.count, since.count), (7, 8), "one was frozen already, and nobody had said so");

    let first = status(&investigator, &names.case, "", "").await;
    assert!(first.purposes.is_empty());
    let total = first.total.unwrap();
    let count = |tally: Option<focalnet_contract::proto::Tally>| tally.unwrap().count;
    // Belgium has lifted nothing: what it released is held back by nothing all the same.
    assert_eq!((count(total.measures_in_force), count(total.outlived)), (1, 1));
    assert_eq!(count(total.releases_outstanding), 2, "a house in each State");
    assert_eq!(total.unpaid[0].amount, Some(euros("87600.00")));

    let second = status(&investigator, &names.case_witnesses, "", "").await;
    let purposes: Vec<_> = second.purposes.iter().map(AssetGroup::purpose).collect();
    assert_eq!(purposes, [PurposeKind::Fine, PurposeKind::LegalAid]);
    assert_eq!(second.total.unwrap().values[0].amount, Some(euros("930000.00")));
}
