use AssetActKind::{DecideClaim, RecordClaim};

use super::*;
use crate::{
    asset::sample::{part, share},
    series::Series,
};

#[test]
fn a_claim_is_to_a_share_of_what_is_held() {
    let share = |numerator: i32, denominator: i32| json!({ "claim": { "share": { "numerator": numerator, "denominator": denominator } } });
    check(
        RecordClaim,
        &[
            ("", json!({}), "done"),
            ("", json!({ "claim": { "share": null, "lodged_date": null } }), "done"),
            ("", share(2, 1), "claim.share"),
            ("", json!({ "claim": { "lodged_date": "2026-06-02" } }), "claim.lodged_date"),
            ("", json!({ "claim": { "acquisition_date": "2026-06-02" } }), "claim.acquisition_date"),
            ("claim lien 02-01 1/999983", share(1, 999_979), "claim.share"),
            ("released 05-01 1/2", json!({}), "done"),
            ("released 05-01", json!({}), "WRONG_STATE"),
            ("claim ownership 02-01; upheld 03-01; final 04-01", json!({}), "WRONG_STATE"),
        ],
    );
}

#[test]
fn the_asset_is_held_from_the_claim_on() {
    let mut asset = told("freeze 01-10");
    assert!(!asset.disposal_hold_on(day("06-01")));
    assert_eq!(tried(RecordClaim, &mut asset, &json!({}), &on("06-01")), "done");
    assert!(asset.disposal_hold_on(day("06-01")));
    assert_eq!(asset.claims[0].name.parent, asset.name);
}

#[test]
fn what_can_be_wrong_with_a_step() {
    let part = |numerator: i32, denominator: i32| json!({ "state": "upheld_in_part", "upheld": { "numerator": numerator, "denominator": denominator } });
    let review = "claim spouse_share 02-01 1/2; under_review 03-01";
    check(
        DecideClaim,
        &[
            ("claim lien 02-01", json!({}), "done"),
            ("claim lien 02-01", json!({ "decision_date": "2026-06-02" }), "decision_date"),
            ("claim lien 02-01", json!({ "decision_date": "2026-02-01" }), "done"),
            ("claim lien 02-01", json!({ "decision_date": "2026-01-31" }), "decision_date"),
            (review, json!({ "state": "rejected", "decision_date": "2026-02-28" }), "decision_date"),
            (review, json!({ "state": "rejected" }), "done"),
            // What is upheld in part is a part of what was claimed.
            (review, part(1, 4), "done"),
            (review, part(499_999, 1_000_000), "done"),
            (review, part(1, 2), "upheld"),
            (review, part(2, 3), "upheld"),
            (review, part(0, 3), "upheld"),
            (review, json!({ "state": "upheld_in_part" }), "upheld"),
            (review, over(part(1, 4), &json!({ "state": "upheld" })), "upheld"),
            ("released 02-01 1/999983; claim lien 02-01; under_review 03-01", part(1, 999_979), "upheld"),
            (
                "claim lien 02-01",
                json!({ "claim": format!("{}/claims/{}", elsewhere(), uuid::Uuid::nil()) }),
                "unknown",
            ),
        ],
    );
}

#[test]
fn steps_out_of_the_table_are_refused() {
    let states = "notified lodged under_review upheld upheld_in_part rejected under_appeal final";
    for state in states.split(' ') {
        let upheld = (state == "upheld_in_part").then(|| json!({ "numerator": 1, "denominator": 4 }));
        let with = json!({ "state": state, "upheld": upheld });
        for (facts, next) in [
            ("notice lien 02-01", "lodged"),
            ("claim lien 02-01", "under_review"),
            ("claim lien 02-01; under_review 03-01", "upheld upheld_in_part rejected"),
            ("claim lien 02-01; upheld 03-01", "under_appeal final"),
            ("claim lien 02-01; under_appeal 03-01", "upheld upheld_in_part rejected"),
            ("claim lien 02-01; rejected 03-01; final 04-01", ""),
        ] {
            let expected = if next.split(' ').any(|next| next == state) { "done" } else { "WRONG_STATE" };
            assert_eq!(
                tried(DecideClaim, &mut told(facts), &with, &on("06-01")),
                expected,
                "{facts}; {state}"
            );
        }
    }
}

#[test]
fn claims_never_exclude_more_than_the_whole() {
    let with = json!({ "state": "final" });
    let half = "claim spouse_share 02-01 1/2; upheld 03-01; final 04-01";
    check(
        DecideClaim,
        // The act is on the first claim: the ones decided before come after it.
        &[
            (&format!("claim co_ownership 02-01 1/2; upheld 03-01; {half}"), with.clone(), "done"),
            (&format!("claim co_ownership 02-01 2/3; upheld 03-01; {half}"), with.clone(), "WRONG_STATE"),
            (&format!("claim ownership 02-01; upheld 03-01; {half}"), with.clone(), "WRONG_STATE"),
            (&format!("claim ownership 02-01; rejected 03-01; {half}"), with.clone(), "done"),
            (&format!("claim ownership 02-01; upheld_in_part 03-01 1/2; {half}"), with.clone(), "done"),
            (
                &format!("claim ownership 02-01; upheld_in_part 03-01 2/3; {half}"),
                with.clone(),
                "WRONG_STATE",
            ),
            // A creditor takes nothing out.
            (&format!("claim creditor 02-01; upheld 03-01; {half}"), with, "done"),
        ],
    );
}

#[test]
fn the_forum_says_whose_step_it_is() {
    let mut asset = told("claim lien 02-01");
    let step = |asset: &Asset| act("decide_claim", &sound(DecideClaim, asset));
    assert_eq!(step(&asset).side(&asset), Some(Side::Holder));
    asset.claims[0].facts.forum = crate::asset::claim::Forum::Chamber;
    assert_eq!(step(&asset).side(&asset), Some(Side::Court));
    assert_eq!(step(&asset).side(&told("")), None, "a claim that is not there");
}

#[test]
fn the_flat_of_a_spouse() {
    let mut asset = told("freeze 01-10");
    let mut does = |word, with: Value| tried(word, &mut asset, &with, &on("06-01"));
    assert_eq!(does(RecordClaim, json!({})), "done");
    assert_eq!(does(AssetActKind::RecordSale, json!({})), "DISPOSAL_HOLD");
    assert_eq!(does(DecideClaim, json!({})), "done");
    let quarter = json!({ "numerator": 1, "denominator": 4 });
    assert_eq!(does(DecideClaim, json!({ "state": "upheld_in_part", "upheld": quarter })), "done");
    assert_eq!(does(AssetActKind::RecordSale, json!({})), "DISPOSAL_HOLD");
    assert_eq!(does(DecideClaim, json!({ "state": "final" })), "done");
    let third =
        json!({ "disposition": { "kind": "released", "share": { "numerator": 4, "denominator": 5 } } });
    assert_eq!(does(AssetActKind::RecordDisposition, third), "disposition.share");
    assert_eq!(asset.remaining_on(day("06-01")), part("3/4"));
    assert_eq!(asset.view(day("06-01")).claims[0].excluded, Some(share("1/4")));
}

#[test]
fn a_thousand_claims_are_enough() {
    let full = |count| {
        let mut asset = told("claim lien 02-01");
        asset.claims = Series::of(count, asset.claims.to_vec());
        tried(AssetActKind::RecordClaim, &mut asset, &json!({}), &on("06-01"))
    };
    assert_eq!((full(999).as_str(), full(1_000).as_str()), ("done", "LIMIT_REACHED"));
}
