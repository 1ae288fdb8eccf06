use AssetActKind::AllocateProceeds;

use super::*;
use crate::{
    asset::DispositionKind,
    money::Money,
    order::{PurposeAmount, PurposeKind},
    series::Series,
};

#[test]
fn there_is_what_was_transferred_of_what_it_brought_in_less_costs() {
    let cases = [
        ("value 01-10 100", None),
        ("transferred 05-01", None),
        ("value 01-10 100; transferred 05-01", Some("100")),
        ("value 01-10 100; transferred 05-01 1/3", Some("33.33")),
        ("value 01-10 100; transferred 05-01 1/4; transferred 05-02 1/4", Some("50")),
        ("value 01-10 100; released 04-01 1/2; transferred 05-01", Some("50")),
        ("value 01-10 100; claim spouse_share 02-01 1/2; upheld 03-01; final 04-01; transferred 05-01", Some("50")),
        // The money that the asset was turned into counts, not its earlier value.
        ("value 01-10 100; applied_to_fine 04-01; realised 04-02 80; transferred 05-01", Some("80")),
        ("value 01-10 100; released 03-01 1/2; applied_to_fine 04-01; realised 04-02 80; transferred 05-01", Some("80")),
        ("applied_to_fine 04-01; realised 04-02 80; transferred 05-01 1/4", Some("20")),
        (
            "claim spouse_share 02-01 1/2; upheld 03-01; final 03-15; applied_to_fine 04-01; realised 04-02 80;
             transferred 05-01",
            Some("80"),
        ),
        // One half was transferred as it was, the other as the money that it was turned into.
        ("value 01-10 100; applied_to_fine 04-01; transferred 04-02 1/2; realised 04-03 30", Some("50")),
        (
            "value 01-10 100; applied_to_fine 04-01; transferred 04-02 1/2; realised 04-03 30; transferred 05-01",
            Some("80"),
        ),
        (
            "value 01-10 100; applied_to_fine 04-01; transferred 04-02 1/2; realised 04-03 30USD; transferred 05-01",
            None,
        ),
        // Only costs of the asset's own go off.
        ("value 01-10 100; cost asset 01-10 30; transferred 05-01", Some("70")),
        ("value 01-10 100; cost asset 01-10 30; cost asset 01-11 20; transferred 05-01", Some("50")),
        ("value 01-10 100; cost court 01-10 30; cost owner 01-10 5; cost - 01-10 9; transferred 05-01", Some("100")),
        ("value 01-10 100; cost asset 01-10 130; transferred 05-01", Some("0")),
        ("value 01-10 100; cost asset 01-10 30USD; transferred 05-01", None),
    ];
    for (facts, expected) in cases {
        assert_eq!(told(facts).allocatable_on(day("06-01")), expected.map(money), "{facts}");
    }
}

/// Purposes with amounts in euros.
fn allocations(said: &[(&str, &str)]) -> Value {
    let one = |(purpose, amount): &(&str, &str)| {
        json!({
            "purpose": purpose, "amount": { "currency_code": "EUR", "amount": amount },
            "decision_date": "2026-05-20", "reference": "ICC-Pres-1",
        })
    };
    json!({ "allocations": said.iter().map(one).collect::<Vec<_>>() })
}

const THERE: &str = "value 01-10 100; cost asset 01-10 30; transferred 05-01";

#[test]
fn what_is_allocated_is_there_and_in_its_currency() {
    let dollars = json!([{
        "purpose": "reparations", "amount": { "currency_code": "USD", "amount": "1.00" },
        "decision_date": "2026-06-02", "reference": "ICC-Pres-1",
    }]);
    check(
        AllocateProceeds,
        &[
            (THERE, json!({}), "done"),
            (THERE, allocations(&[("reparations", "70.00")]), "done"),
            (THERE, allocations(&[("reparations", "40.00"), ("fine", "30.00")]), "done"),
            (THERE, allocations(&[("reparations", "70.01")]), "allocations"),
            (THERE, allocations(&[("reparations", "40.00"), ("fine", "30.01")]), "allocations"),
            (THERE, json!({ "allocations": dollars }), "allocations[0].decision_date, allocations[0].amount"),
            ("value 01-10 100; transferred 05-01; allocated 05-02", json!({}), "done"),
            ("value 01-10 100", json!({}), "WRONG_STATE"),
            ("transferred 05-01", json!({}), "WRONG_STATE"),
            ("value 01-10 100; cost asset 01-10 3USD; transferred 05-01", json!({}), "WRONG_STATE"),
            // In as many decisions as it takes.
            ("value 01-10 100; transferred 05-01; allocated 05-02; in_trust_fund 05-03", json!({}), "done"),
            ("value 01-10 100; transferred 05-01 1/2", allocations(&[("fine", "50.01")]), "allocations"),
            ("value 01-10 100; transferred 05-01 1/2", allocations(&[("fine", "50.00")]), "done"),
        ],
    );
}

#[test]
fn several_allocations_are_added_up() {
    let mut asset = told(THERE);
    let mut tried =
        |said: &[(&str, &str)]| tried(AllocateProceeds, &mut asset, &allocations(said), &on("06-01"));
    assert_eq!(tried(&[("reparations", "40.00")]), "done");
    assert_eq!(tried(&[("fine", "30.01")]), "allocations");
    assert_eq!(tried(&[("fine", "30.00")]), "done");
    assert_eq!(tried(&[("fine", "0.01")]), "allocations");
    // A value in another currency does not make them comparable.
    let dollars = json!({ "valuation": { "value": { "currency_code": "USD", "amount": "900.00" } } });
    let valued = super::tried(AssetActKind::RecordValuation, &mut asset, &dollars, &on("06-01"));
    assert_eq!(valued, "done");
    asset.costs = Series::default();
    let one = json!([{
        "purpose": "fine", "amount": { "currency_code": "USD", "amount": "1.00" }, "decision_date": "2026-05-20",
        "reference": "ICC-Pres-2",
    }]);
    let said = super::tried(AllocateProceeds, &mut asset, &json!({ "allocations": one }), &on("06-01"));
    assert_eq!(said, "allocations");
}

#[test]
fn reparations_come_first_while_they_are_owed() {
    let owed = Context { purposes: vec![PurposeKind::Fine, PurposeKind::Reparations], ..on("06-01") };
    let fine = Context { purposes: vec![PurposeKind::Fine], ..on("06-01") };
    let cases = [
        (&owed, vec![("fine", "10.00")], "allocations"),
        (&owed, vec![("fine", "10.00"), ("reparations", "0.00")], "allocations"),
        (&owed, vec![("fine", "10.00"), ("reparations", "1.00")], "done"),
        (&owed, vec![("reparations", "10.00")], "done"),
        (&fine, vec![("fine", "10.00")], "done"),
        (&fine, vec![("reparations", "10.00")], "done"),
    ];
    for (context, said, expected) in cases {
        assert_eq!(
            tried(AllocateProceeds, &mut told(THERE), &allocations(&said), context),
            expected,
            "{said:?}"
        );
    }
    // Once all that the order asks for reparations is recovered, nothing is owed to victims.
    let left =
        PurposeAmount { purpose: PurposeKind::Reparations, amount: Money::parse("EUR", "0.00").unwrap() };
    let recovered = Context { outstanding: vec![left], ..owed.clone() };
    let fine_alone = allocations(&[("fine", "10.00")]);
    assert_eq!(tried(AllocateProceeds, &mut told(THERE), &fine_alone, &recovered), "done");
    let mut asset = told(THERE);
    for said in [("reparations", "10.00"), ("fine", "10.00")] {
        assert_eq!(tried(AllocateProceeds, &mut asset, &allocations(&[said]), &owed), "done");
    }
}

/// What a judgment no longer asks for gets nothing; the victims always may (RS 79(2)).
#[test]
fn only_what_holds_for_the_asset_is_served() {
    let acquitted = Context { purposes: vec![PurposeKind::LegalAid], ..on("06-01") };
    for (purpose, expected) in [
        ("legal_aid", "done"),
        ("reparations", "done"),
        ("fine", "allocations[0].purpose"),
        ("forfeiture", "allocations[0].purpose"),
    ] {
        let said = allocations(&[(purpose, "10.00")]);
        assert_eq!(tried(AllocateProceeds, &mut told(THERE), &said, &acquitted), expected, "{purpose}");
    }
    for (kind, expected) in [
        ("applied_to_legal_aid", "done"),
        ("applied_to_reparations", "WRONG_STATE"),
        ("applied_to_fine", "WRONG_STATE"),
        ("forfeiture_ordered", "WRONG_STATE"),
    ] {
        let said = json!({ "disposition": { "kind": kind } });
        let tried = tried(AssetActKind::RecordDisposition, &mut told("freeze 01-10"), &said, &acquitted);
        assert_eq!(tried, expected, "{kind}");
    }
}

#[test]
fn it_is_allocated_once_decided_and_there() {
    for (transferred, expected) in [("05-01", "05-20"), ("05-25", "05-25")] {
        let mut asset = told(&format!("value 01-10 100; transferred {transferred}"));
        assert_eq!(tried(AllocateProceeds, &mut asset, &json!({}), &on("06-01")), "done");
        let last = asset.dispositions.last().map(|fact| (fact.facts.kind, fact.facts.disposition_date));
        assert_eq!(last, Some((DispositionKind::Allocated, day(expected))));
        assert_eq!(asset.allocations.len(), 1);
    }
}

#[test]
fn no_more_is_recovered_than_the_order_asks_for() {
    let left = |currency: &str, amount: &str| PurposeAmount {
        purpose: PurposeKind::Reparations,
        amount: Money::parse(currency, amount).unwrap(),
    };
    let counted = |currency: &str, amount: &str, source: Option<&str>| {
        let mut said = allocations(&[("reparations", "60.00")]);
        said["allocations"][0]["counts_as"] = json!({ "currency_code": currency, "amount": amount });
        said["allocations"][0]["rate_source"] = json!(source);
        said
    };
    let source = Some("European Central Bank, 20 May 2026");
    let cases = [
        (vec![], allocations(&[("reparations", "70.00")]), "done"),
        (vec![left("EUR", "60.00")], allocations(&[("reparations", "60.00")]), "done"),
        (vec![left("EUR", "59.99")], allocations(&[("reparations", "60.00")]), "allocations[0].amount"),
        (
            vec![left("EUR", "59.99")],
            allocations(&[("reparations", "30.00"), ("reparations", "30.00")]),
            "allocations[0].amount, allocations[1].amount",
        ),
        (vec![left("EUR", "1.00")], allocations(&[("fine", "60.00")]), "done"),
        (vec![left("USD", "70.00")], allocations(&[("reparations", "60.00")]), "allocations[0].counts_as"),
        (vec![left("USD", "70.00")], counted("USD", "70.00", source), "done"),
        (vec![left("USD", "70.00")], counted("USD", "70.01", source), "allocations[0].amount"),
        (vec![left("USD", "70.00")], counted("USD", "70.00", None), "allocations[0].rate_source"),
        (vec![left("USD", "70.00")], counted("XAF", "40000", source), "allocations[0].counts_as"),
        (vec![left("EUR", "70.00")], counted("EUR", "60.00", source), "allocations[0].counts_as"),
        (vec![], counted("USD", "70.00", source), "allocations[0].counts_as"),
    ];
    for (outstanding, said, expected) in cases {
        let context = Context { outstanding, ..on("06-01") };
        assert_eq!(tried(AllocateProceeds, &mut told(THERE), &said, &context), expected, "{said}");
    }
}

#[test]
fn a_purpose_is_recovered_once_nothing_is_left() {
    let left =
        |purpose, amount: &str| PurposeAmount { purpose, amount: Money::parse("EUR", amount).unwrap() };
    let outstanding = [
        left(PurposeKind::Reparations, "60.00"),
        left(PurposeKind::Fine, "0.00"),
        left(PurposeKind::LegalAid, "9.00"),
    ];
    for (amounts, expected) in [
        (allocations(&[("reparations", "59.99"), ("fine", "1.00")]), vec![]),
        (allocations(&[("reparations", "30.00"), ("reparations", "30.00")]), vec![PurposeKind::Reparations]),
    ] {
        let AssetAct::AllocateProceeds(allocate) = act("allocate_proceeds", &amounts) else { unreachable!() };
        assert_eq!(allocate.recovers_in_full(&outstanding), expected);
    }
}
