use AssetActKind::{RecordCost, RecordEncumbrance, RecordValuation, SettleCost};

use super::*;

#[test]
fn a_value_is_of_today_or_before() {
    check(
        RecordValuation,
        &[
            ("", json!({}), "done"),
            ("", json!({ "valuation": { "valuation_date": "2026-06-01" } }), "done"),
            ("", json!({ "valuation": { "valuation_date": "2026-06-02" } }), "valuation.valuation_date"),
            ("transferred 05-01", json!({}), "done"),
        ],
    );
}

/// A value in euros from dollars at a rate, with something else said.
fn converted(value: &str, amount: &str, rate: &str, with: &Value) -> Value {
    let below = json!({ "valuation": {
        "value": { "currency_code": "EUR", "amount": value },
        "converted_from": {
            "amount": { "currency_code": "USD", "amount": amount }, "rate": rate, "rate_date": "2026-05-01",
            "source": "ECB",
        },
    }});
    over(below, &json!({ "valuation": with }))
}

#[test]
fn rate_times_amount_is_the_value_within_a_coin() {
    let none = json!({});
    let franc = json!({ "value": { "currency_code": "XAF", "amount": "65596" } });
    let cases = [
        ("50.00", "100.00", "0.5", &none, "done"),
        ("33.33", "100.00", "0.3333", &none, "done"),
        ("33.34", "100.00", "0.3333", &none, "done"),
        ("33.32", "100.00", "0.3333", &none, "done"),
        ("33.31", "100.00", "0.3333", &none, "valuation.converted_from.rate"),
        ("33.35", "100.00", "0.3333", &none, "valuation.converted_from.rate"),
        ("0.00", "100.00", "655.957", &franc, "done"),
        ("0.00", "100.01", "655.957", &franc, "valuation.converted_from.rate"),
        ("100.00", "100.00", "1.00000000000000000000000000000000001", &none, "done"),
        // More than an amount can be explains nothing.
        ("50.00", "99999999999999999999.99", "99999999999999", &none, "valuation.converted_from.rate"),
    ];
    for (value, amount, rate, with, expected) in cases {
        check(RecordValuation, &[("", converted(value, amount, rate, with), expected)]);
    }
}

#[test]
fn a_rate_is_a_plain_number_above_zero_between_two_currencies() {
    for rate in ["", "0", "0.0", "-0.5", "+0.5", "5e-1", "1_0.5", ".5", "0,5", "half"] {
        let with = converted("50.00", "100.00", rate, &json!({}));
        check(RecordValuation, &[("", with, "valuation.converted_from.rate")]);
    }
    let path = |field: &str| format!("valuation.converted_from.{field}");
    let same = json!({ "converted_from": { "amount": { "currency_code": "EUR", "amount": "100.00" } } });
    let late = json!({ "converted_from": { "rate_date": "2026-06-02" } });
    for (with, field) in [(same, "amount"), (late, "rate_date")] {
        check(RecordValuation, &[("", converted("50.00", "100.00", "0.5", &with), &path(field))]);
    }
}

#[test]
fn a_right_has_a_rank_and_ends_after_it_begins() {
    check(
        RecordEncumbrance,
        &[
            ("", json!({}), "done"),
            ("", json!({ "encumbrance": { "rank": 0 } }), "encumbrance.rank"),
            ("", json!({ "encumbrance": { "end_date": "2020-01-01" } }), "done"),
            ("", json!({ "encumbrance": { "end_date": "2019-12-31" } }), "encumbrance.end_date"),
            (
                "",
                json!({ "encumbrance": { "rank": 0, "end_date": "2019-12-31" } }),
                "encumbrance.rank, encumbrance.end_date",
            ),
        ],
    );
}

#[test]
fn somebody_bears_a_cost_and_nobody_an_income() {
    let ours = json!(ClarificationId { parent: REQUEST, id: uuid::Uuid::nil() });
    let court = json!({ "bearer": "court", "extraordinary": true, "agreed_in": ours });
    let rent = json!({ "kind": "rent", "bearer": null });
    let cases = [
        (json!({}), "done"),
        (json!({ "bearer": null }), "cost.bearer"),
        (json!({ "bearer": "asset" }), "done"),
        (json!({ "bearer": "owner", "extraordinary": true }), "done"),
        // A bill that falls due later is known now.
        (json!({ "due_date": "2026-07-01" }), "done"),
        (json!({ "paid_date": "2026-06-02" }), "cost.paid_date"),
        // The Court bears what is extraordinary and agreed.
        (court.clone(), "done"),
        (over(court.clone(), &json!({ "extraordinary": false })), "cost.extraordinary"),
        (over(court, &json!({ "agreed_in": null })), "cost.agreed_in"),
        (json!({ "agreed_in": ours }), "cost.agreed_in"),
        (rent.clone(), "done"),
        (over(rent.clone(), &json!({ "bearer": "owner" })), "cost.bearer"),
        (over(rent.clone(), &json!({ "extraordinary": true })), "cost.extraordinary"),
        (over(rent.clone(), &json!({ "agreed_in": ours })), "cost.agreed_in"),
        (over(rent, &json!({ "due_date": "2026-06-02" })), "cost.due_date"),
    ];
    for (with, expected) in cases {
        check(RecordCost, &[("", json!({ "cost": with }), expected)]);
    }
}

#[test]
fn what_the_court_holds_itself_it_pays_without_asking() {
    let context = Context { request: None, ..on("06-01") };
    let court = json!({ "cost": { "bearer": "court", "extraordinary": true } });
    assert_eq!(tried(RecordCost, &mut told(""), &court, &context), "done");
    let agreed = over(
        court,
        &json!({ "cost": { "agreed_in": ClarificationId { parent: REQUEST, id: uuid::Uuid::nil() } } }),
    );
    assert_eq!(tried(RecordCost, &mut told(""), &agreed, &context), "cost.agreed_in");
}

#[test]
fn what_the_court_has_bears_no_more_costs() {
    let by_asset = json!({ "cost": { "bearer": "asset" } });
    check(
        RecordCost,
        &[
            ("released 05-01 1/2", by_asset.clone(), "done"),
            ("transferred 05-01", by_asset.clone(), "WRONG_STATE"),
            ("transferred 05-01 1/2", by_asset.clone(), "WRONG_STATE"),
            ("freeze 01-01; sold 05-01", by_asset, "WRONG_STATE"),
            ("transferred 05-01", json!({}), "done"),
        ],
    );
}

#[test]
fn entries_are_numbered_and_costs_settled_once() {
    let mut asset = told("");
    tried(RecordCost, &mut asset, &json!({}), &on("06-01"));
    tried(RecordCost, &mut asset, &json!({ "cost": { "kind": "rent", "bearer": null } }), &on("06-01"));
    tried(RecordCost, &mut asset, &json!({ "cost": { "paid_date": "2026-05-01" } }), &on("06-01"));
    assert_eq!(asset.costs.iter().map(|cost| cost.number).collect::<Vec<_>>(), [1, 2, 3]);
    let cases = [
        (json!({ "number": 4 }), "number"),
        (json!({ "number": 2 }), "number"),
        (json!({ "paid_date": "2026-06-02" }), "paid_date"),
        (json!({ "number": 3 }), "WRONG_STATE"),
        (json!({}), "done"),
        (json!({}), "WRONG_STATE"),
    ];
    for (with, expected) in cases {
        assert_eq!(tried(SettleCost, &mut asset, &with, &on("06-01")), expected, "{with}");
    }
    assert_eq!(asset.costs[0].paid_date(), Some(day("05-10")));
}

#[test]
fn a_cost_is_open_from_the_day_it_is_due_until_it_is_paid() {
    let mut asset = told("cost requested_state 05-01 5; cost - 05-01 5");
    let open = |asset: &Asset, number: usize, on| asset.costs[number].is_open_on(day(on));
    assert!(!open(&asset, 0, "04-30") && open(&asset, 0, "05-01") && open(&asset, 0, "12-31"));
    assert!(!open(&asset, 1, "05-01"), "an income is never open");
    tried(SettleCost, &mut asset, &json!({}), &on("06-01"));
    assert!(open(&asset, 0, "05-09") && !open(&asset, 0, "05-10"));
}
