use AssetActKind::{RecordOwnership, Update};

use super::*;
use crate::{
    asset::{
        AssetIdentifier, Description, Encumbrance, MeasureKind, NewAsset, NewMeasure,
        cost::EncumbranceKind,
        ownership::Layer,
        sample::{measure, ownership, share, value},
    },
    error::Violation,
    identifiers::IdentifierKind,
};

#[test]
fn a_correction_names_persons_of_the_request_once_and_identifiers_that_can_be() {
    let iban = |value: &str| json!({ "kind": "iban", "value": value });
    check(
        Update,
        &[
            ("", json!({}), "done"),
            ("", json!({ "persons": [0, 1] }), "done"),
            ("", json!({ "persons": [] }), "done"),
            ("", json!({ "persons": [0, 2] }), "asset.persons[1]"),
            ("", json!({ "persons": [1, 1] }), "asset.persons[1]"),
            ("", json!({ "identifiers": [iban("NL91ABNA0417164300")] }), "done"),
            (
                "",
                json!({ "identifiers": [iban("NL91ABNA0417164300"), iban("NL91ABNA0417164301")] }),
                "asset.identifiers[1].value",
            ),
        ],
    );
}

#[test]
fn a_correction_changes_what_it_says_and_leaves_the_rest() {
    let before = told("").description;
    let cases = [
        (json!({ "description": "A" }), Description { description: "A".to_owned(), ..before.clone() }),
        (
            json!({ "holder": "B", "description": null }),
            Description { holder: "B".to_owned(), ..before.clone() },
        ),
        (json!({ "location": "", "description": null }), Description { location: None, ..before.clone() }),
        (json!({ "persons": [1], "description": null }), Description { persons: vec![1], ..before.clone() }),
        (json!({ "description": null }), before),
    ];
    for (with, expected) in cases {
        let mut asset = told("");
        assert_eq!(tried(Update, &mut asset, &with, &on("06-01")), "done");
        assert_eq!(asset.description, expected, "{with}");
    }
}

#[test]
fn owners_of_a_layer_have_the_whole_at_most() {
    let owners = |shares: &[(i32, i32)]| {
        let owner = |(numerator, denominator): &(i32, i32)| json!({ "display_name": "She", "share": { "numerator": numerator, "denominator": denominator } });
        json!({ "ownership": { "owners": shares.iter().map(owner).collect::<Vec<_>>() } })
    };
    let odd = [999_983, 999_979, 999_961, 999_959, 999_953, 999_931, 999_917];
    let odd: Vec<_> = odd.map(|denominator| (1, denominator)).to_vec();
    let stranger =
        json!([{ "display_name": "He", "position": 7, "share": { "numerator": 1, "denominator": 1 } }]);
    check(
        RecordOwnership,
        &[
            ("", owners(&[(1, 3), (1, 3), (1, 3)]), "done"),
            ("", owners(&[(1, 3), (2, 6)]), "done"),
            ("", owners(&[(1, 3), (1, 3), (1, 3), (1, 1_000_000)]), "ownership.owners"),
            ("", owners(&[(2, 3), (334, 1000)]), "ownership.owners"),
            ("", owners(&odd), "ownership.owners"),
            ("", owners(&[(1, 2), (3, 2)]), "ownership.owners[1].share"),
            ("", owners(&[(0, 2), (1, 0)]), "ownership.owners[0].share, ownership.owners[1].share"),
            ("", json!({ "ownership": { "owners": stranger } }), "ownership.owners[0].position"),
            ("", json!({ "ownership": { "from_date": "2026-06-01" } }), "done"),
            ("", json!({ "ownership": { "from_date": "2026-06-02" } }), "ownership.from_date"),
            ("transferred 05-01", json!({}), "WRONG_STATE"),
        ],
    );
}

/// What is wrong with a new asset after a change.
fn wrong(change: impl FnOnce(&mut NewAsset)) -> String {
    let mut asset = new_asset();
    change(&mut asset);
    let violations = asset_violations(&asset, "asset.", &on("06-01"));
    violations.into_iter().map(|Violation { field, .. }| field).collect::<Vec<_>>().join(", ")
}

#[test]
fn what_can_be_wrong_with_an_asset_that_is_reported() {
    let freeze = || measure(MeasureKind::Freeze, "01-10", None);
    assert_eq!(wrong(|_| {}), "");
    assert_eq!(wrong(|asset| asset.description.jurisdiction = "XX".to_owned()), "asset.jurisdiction");
    assert_eq!(
        wrong(|asset| asset.description.persons = vec![0, 0, 9]),
        "asset.persons[1], asset.persons[2]"
    );
    assert_eq!(
        wrong(|asset| {
            let value = "IMO 9074728".to_owned();
            let imo = AssetIdentifier { kind: IdentifierKind::Imo, value };
            asset.description.identifiers = vec![imo];
        }),
        "asset.identifiers[0].value"
    );
    assert_eq!(
        wrong(|asset| {
            let ends_early = measure(MeasureKind::Seizure, "01-10", Some("01-09"));
            asset.measures = vec![freeze(), ends_early];
        }),
        "asset.measures[1].end_date"
    );
    assert_eq!(
        wrong(|asset| asset.valuations = vec![value("06-02", "1")]),
        "asset.valuations[0].valuation_date"
    );
    assert_eq!(
        wrong(|asset| {
            asset.ownerships = vec![
                ownership(Layer::Holder, "01-01", "his 2/3, her 2/3"),
                ownership(Layer::LegalOwner, "06-02", "her 1/1"),
            ];
        }),
        "asset.ownerships[0].owners, asset.ownerships[1].from_date"
    );
    assert_eq!(
        wrong(|asset| {
            asset.encumbrances = vec![Encumbrance {
                kind: EncumbranceKind::Lien,
                creditor: "A bank".to_owned(),
                amount: None,
                rank: Some(0),
                from_date: day("01-01"),
                end_date: None,
            }];
        }),
        "asset.encumbrances[0].rank"
    );
}

#[test]
fn a_reported_measure_is_held_against_the_newest_owners_in_whatever_order() {
    let (now, before) =
        (ownership(Layer::Holder, "02-01", "his 1/3"), ownership(Layer::Holder, "01-01", "his 1/1"));
    for ownerships in [[now.clone(), before.clone()], [before, now]] {
        let said = wrong(|asset| {
            let share = Some(share("1/2"));
            asset.measures = vec![NewMeasure { share, ..measure(MeasureKind::Freeze, "02-10", None) }];
            asset.ownerships = ownerships.to_vec();
        });
        assert_eq!(said, "asset.measures[0].share");
    }
}
