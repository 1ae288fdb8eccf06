use super::*;
use crate::asset::sample::{claim, day, part, share, told};

#[test]
fn each_state_stands_in_the_table_once() {
    for state in ClaimState::ALL {
        assert_eq!(STEPS.iter().filter(|(from, _)| from == state).count(), 1, "{state}");
    }
    assert_eq!(STEPS.len(), ClaimState::ALL.len());
}

#[test]
fn each_pair_of_states_is_a_step_or_none() {
    let steps = [
        "notified lodged",
        "lodged under_review",
        "under_review upheld",
        "under_review upheld_in_part",
        "under_review rejected",
        "upheld under_appeal",
        "upheld final",
        "upheld_in_part under_appeal",
        "upheld_in_part final",
        "rejected under_appeal",
        "rejected final",
        "under_appeal upheld",
        "under_appeal upheld_in_part",
        "under_appeal rejected",
    ];
    for from in ClaimState::ALL {
        for to in ClaimState::ALL {
            let step = format!("{from} {to}");
            assert_eq!(from.next().contains(to), steps.contains(&step.as_str()), "{step}");
        }
    }
}

#[test]
fn every_claim_can_come_to_an_end() {
    for state in ClaimState::ALL {
        let mut reached = vec![*state];
        while let Some(next) =
            reached.iter().flat_map(|state| state.next()).find(|next| !reached.contains(next))
        {
            reached.push(*next);
        }
        assert!(reached.contains(&Final), "{state}");
    }
}

#[test]
fn a_claim_begins_lodged_where_that_is_known() {
    for (facts, state) in [
        ("notice lien 02-01", Notified),
        ("claim lien 02-01", Lodged),
        ("notice lien 02-01; lodged 02-05", Lodged),
        ("claim lien 02-01; under_review 02-05", UnderReview),
        ("claim lien 02-01; rejected 02-05; final 03-01", Final),
    ] {
        let asset = told(facts);
        assert_eq!(asset.claims[0].state(), state, "{facts}");
        assert_eq!(asset.claims[0].is_pending(), state != Final, "{facts}");
    }
}

#[test]
fn rights_in_the_thing_take_it_out_and_others_are_paid_out_of_it() {
    for right in Right::ALL {
        let asset = told(&format!("claim {right} 02-01 1/2; upheld 03-01; final 04-01"));
        let claim = &asset.claims[0];
        let out = [Right::Ownership, Right::CoOwnership, Right::SpouseShare].contains(right);
        assert_eq!(claim.excluded(), part(if out { "1/2" } else { "0" }), "{right}");
        assert_eq!(claim.goes_before_on(day("04-01")), (!out).then_some(Part::ONE), "{right}");
        assert_eq!(claim.goes_before_on(day("03-31")), None, "{right}");
    }
}

#[test]
fn what_can_be_wrong_with_a_claim() {
    let today = day("06-01");
    assert_eq!(claim("lien").violations("claim", today), []);
    let cases = [
        ("claim.share", NewClaim { share: Some(share("3/2")), ..claim("lien") }),
        ("claim.share", NewClaim { share: Some(share("0/1")), ..claim("lien") }),
        ("claim.lodged_date", NewClaim { lodged_date: Some(day("06-02")), ..claim("lien") }),
        ("claim.acquisition_date", NewClaim { acquisition_date: Some(day("06-02")), ..claim("lien") }),
    ];
    for (field, claim) in cases {
        let violations = claim.violations("claim", today);
        let fields: Vec<_> = violations.iter().map(|violation| violation.field.as_str()).collect();
        assert_eq!(fields, [field]);
    }
}

#[test]
fn the_page_has_a_line_for_each_state() {
    let page = markdown();
    let lines: Vec<_> = page.lines().filter(|line| line.starts_with("| `")).collect();
    assert_eq!(lines.len(), STEPS.len());
    for ((from, _), line) in STEPS.iter().zip(lines) {
        assert!(line.starts_with(&format!("| `{from}` |")), "{line}");
    }
}
