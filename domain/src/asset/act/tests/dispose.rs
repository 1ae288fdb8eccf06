use AssetActKind::RecordDisposition;

use super::*;
use crate::asset::{
    DispositionKind,
    disposition::{OF_MONEY, PARTS, ROWS},
};

fn said(with: &Value) -> Value {
    json!({ "disposition": with })
}

fn share(kind: &str, numerator: i32, denominator: i32) -> Value {
    said(&json!({ "kind": kind, "share": { "numerator": numerator, "denominator": denominator } }))
}

#[test]
fn what_can_be_wrong_with_a_disposition() {
    let euros = json!({ "currency_code": "EUR", "amount": "80.00" });
    let applied = "applied_to_fine 04-01";
    let cases = [
        ("", json!({}), "done"),
        ("", json!({ "disposition_date": "2026-06-01" }), "done"),
        ("", json!({ "disposition_date": "2026-06-02" }), "disposition.disposition_date"),
        // Nothing comes before what came before it.
        ("continued_blocking 04-30", json!({}), "done"),
        ("continued_blocking 05-01", json!({}), "done"),
        ("continued_blocking 05-02", json!({}), "disposition.disposition_date"),
        ("released 05-02 1/2", json!({}), "disposition.disposition_date"),
        // A reason for what the Court would not expect.
        ("", json!({ "kind": "lost" }), "disposition.reason"),
        ("", json!({ "kind": "lost", "reason": "Burnt" }), "done"),
        ("", json!({ "kind": "continued_blocking" }), "disposition.reason"),
        ("", json!({ "kind": "continued_blocking", "reason": "A tax debt" }), "done"),
        // Proceeds of what was turned into money, and of nothing else.
        (applied, json!({ "kind": "realised" }), "disposition.proceeds"),
        (applied, json!({ "kind": "realised", "proceeds": euros }), "done"),
        ("", json!({ "kind": "released", "proceeds": euros }), "disposition.proceeds"),
    ];
    for (facts, with, expected) in cases {
        check(RecordDisposition, &[(facts, said(&with), expected)]);
    }
}

#[test]
fn what_another_act_brings_about_is_recorded_by_that() {
    for row in ROWS {
        let others = !row.act.contains("RecordDisposition");
        let reason = [DispositionKind::Lost, DispositionKind::ContinuedBlocking].contains(&row.kind);
        let proceeds = (row.kind == DispositionKind::Realised)
            .then(|| json!({ "currency_code": "EUR", "amount": "80.00" }));
        let with = said(&json!({
            "kind": row.kind, "reason": reason.then_some("Burnt"), "proceeds": proceeds,
        }));
        let told = tried(RecordDisposition, &mut told(""), &with, &on("06-01"));
        assert_eq!(told == "disposition.kind", others, "{}: {told}", row.kind);
    }
}

#[test]
fn a_share_is_of_what_is_still_there() {
    let excluded = "claim spouse_share 02-01 1/2; upheld 03-01; final 04-01";
    check(
        RecordDisposition,
        &[
            ("", share("released", 1, 3), "done"),
            ("", share("transferred", 1, 1), "done"),
            ("", share("released", 4, 3), "disposition.share"),
            ("", share("released", 0, 3), "disposition.share"),
            ("released 04-01 2/3", share("released", 1, 3), "done"),
            ("released 04-01 2/3", share("released", 34, 100), "disposition.share"),
            (excluded, share("released", 1, 2), "done"),
            (excluded, share("released", 51, 100), "disposition.share"),
            // Forfeiture and what follows from it concern all that remains.
            ("", share("forfeiture_ordered", 1, 2), "disposition.share"),
            ("", share("applied_to_fine", 1, 2), "disposition.share"),
            // What was released can be handed back, and once.
            ("released 04-01 1/3", share("returned", 1, 3), "done"),
            ("released 04-01", share("returned", 1, 3), "done"),
            ("released 04-01 1/3; lost 04-02", share("returned", 1, 3), "done"),
            ("released 04-01 1/3; lost 04-02", share("returned", 1, 2), "disposition.share"),
            (
                "released 04-01 1/3; lost 04-02; returned 04-03 1/3",
                share("returned", 1, 3),
                "disposition.share",
            ),
            // Something else became of the rest: the Court has applied it.
            ("released 04-01 1/2; applied_to_legal_aid 04-02", share("returned", 1, 2), "done"),
            ("released 04-01 1/2; applied_to_legal_aid 04-02", share("returned", 2, 3), "disposition.share"),
            (
                "released 04-01 1/2; applied_to_legal_aid 04-02",
                said(&json!({ "kind": "returned" })),
                "disposition.share",
            ),
            ("released 04-01 1/999983", share("released", 1, 999_979), "disposition.share"),
        ],
    );
}

#[test]
fn what_the_court_did_with_the_money_does_not_show_in_a_refusal() {
    let half = "transferred 04-01 1/2; allocated 05-15";
    check(
        RecordDisposition,
        &[
            (half, said(&json!({})), "done"),
            (half, said(&json!({ "kind": "in_trust_fund" })), "disposition.disposition_date"),
            (half, said(&json!({ "kind": "in_trust_fund", "disposition_date": "2026-05-15" })), "done"),
        ],
    );
}

#[test]
fn what_is_recorded_is_there_as_it_was_said() {
    let mut asset = told("freeze 01-10");
    let with = said(&json!({ "kind": "lost", "reason": "Burnt", "national_reference": "9/26" }));
    let payload = over(sound(RecordDisposition, &asset), &with);
    let changes = does(&mut asset, &act("record_disposition", &payload), &on("06-01")).unwrap();
    assert_eq!(changes, [Change::Disposition]);
    let [fact] = &asset.dispositions[..] else { panic!("one disposition") };
    assert_eq!(fact.facts.kind, DispositionKind::Lost);
    assert_eq!(fact.facts.reason.as_deref(), Some("Burnt"));
    assert_eq!(asset.remaining_on(day("06-01")), crate::share::Part::ZERO);
}

/// There is always room for what becomes of the whole.
#[test]
fn shares_and_money_are_disposed_of_so_many_times_and_no_more() {
    let parts = |count| "released 05-01 1/1000; ".repeat(count);
    let paid =
        |count| format!("transferred 05-01; allocated 05-01; {}", "in_trust_fund 05-01; ".repeat(count));
    check(
        RecordDisposition,
        &[
            (&parts(PARTS - 1), share("released", 1, 1000), "done"),
            (&parts(PARTS), share("released", 1, 1000), "LIMIT_REACHED"),
            (&parts(PARTS), json!({}), "done"),
            (&paid(OF_MONEY - 2), said(&json!({ "kind": "in_trust_fund" })), "done"),
            (&paid(OF_MONEY - 1), said(&json!({ "kind": "in_trust_fund" })), "LIMIT_REACHED"),
        ],
    );
}
