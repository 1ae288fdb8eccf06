use super::*;
use crate::{
    asset::sample::{day, money, told},
    names::OrderId,
};

/// Checks `day word, day word, …` for an asset with these facts.
fn says(facts: &str, expected: &str, of: impl Fn(&Asset, NaiveDate) -> String) {
    let asset = told(facts);
    for said in expected.split(", ") {
        let (on, word) = said.split_once(' ').unwrap();
        assert_eq!(of(&asset, day(on)), word, "{facts} on {on}");
    }
}

#[test]
fn the_state_of_a_day_follows_from_measures() {
    let cases = [
        ("", "2020-01-01 reported, 12-31 reported"),
        // In force on its last day, and no more the day after.
        ("freeze 01-10 03-31", "01-09 reported, 01-10 frozen, 03-31 frozen, 04-01 expired"),
        ("freeze 01-10", "01-10 frozen, 2099-12-31 frozen"),
        ("freeze 01-10 03-31; renewed 06-30", "03-31 frozen, 06-30 frozen, 07-01 expired"),
        ("freeze 01-10 03-31; renewed", "07-01 frozen, 2099-12-31 frozen"),
        // Not in force on the day from which it is lifted.
        ("freeze 01-10 03-31; lifted 02-10", "02-09 frozen, 02-10 lifted, 04-01 lifted"),
        ("freeze 01-10; lifted 01-10", "01-09 reported, 01-10 lifted"),
        ("freeze 01-10 03-31; renewed 06-30; lifted 05-01", "04-30 frozen, 05-01 lifted"),
        ("freeze 01-10; seizure 02-01 02-28", "01-31 frozen, 02-01 seized, 02-28 seized, 03-01 frozen"),
        ("seizure 01-10", "01-09 reported, 01-10 seized"),
        ("freeze 01-10 01-31; freeze 03-01", "01-31 frozen, 02-01 expired, 03-01 frozen"),
        // What ended last is what is said.
        ("freeze 01-10 03-31; freeze 01-10; lifted 02-10", "03-31 frozen, 04-01 expired"),
        ("freeze 01-10 01-31; freeze 01-10; lifted 02-10", "02-09 frozen, 02-10 lifted"),
        // An administrator keeps it, whatever else is in force.
        ("management_order 01-10", "01-09 reported, 01-10 under_management"),
        ("freeze 01-10; management_order 02-01 02-28", "02-01 under_management, 03-01 frozen"),
        (
            "freeze 01-10 01-31; management_order 01-20 03-31",
            "01-31 under_management, 02-01 under_management, 04-01 expired",
        ),
        ("management_order 01-10 01-31", "01-31 under_management, 02-01 reported"),
    ];
    for (facts, expected) in cases {
        says(facts, expected, |asset, day| asset.state_on(day).to_string());
    }
}

#[test]
fn the_state_of_a_day_follows_from_what_became_of_it() {
    let cases = [
        ("freeze 01-10; released 05-01; returned 06-01", "04-30 frozen, 05-01 released, 06-01 returned"),
        ("freeze 01-10; continued_blocking 05-01; released 06-01", "05-01 blocked, 06-01 released"),
        ("freeze 01-10; lost 05-01", "04-30 frozen, 05-01 lost"),
        ("freeze 01-10; sold 05-01", "04-30 frozen, 05-01 sold"),
        ("seizure 01-10; transferred 05-01; allocated 06-01", "05-01 transferred, 06-01 allocated"),
        ("transferred 05-01; allocated 06-01; in_trust_fund 07-01", "06-01 allocated, 07-01 paid_out"),
        ("transferred 05-01; allocated 06-01; paid_to_victims 07-01", "07-01 paid_out"),
        ("transferred 05-01; allocated 06-01; reimbursed_court 07-01", "07-01 paid_out"),
        (
            "freeze 01-10; forfeiture_ordered 05-01; applied_to_fine 06-01",
            "05-01 forfeiture_ordered, 06-01 applied",
        ),
        ("applied_to_reparations 06-01; realised 07-01 100", "06-01 applied, 07-01 realised"),
        ("applied_to_legal_aid 06-01; lost 07-01", "06-01 applied, 07-01 lost"),
        // A share leaves the rest as it is, until nothing remains.
        ("freeze 01-10; released 05-01 1/3; lost 06-01 2/3", "05-01 frozen, 06-01 lost"),
        ("freeze 01-10; lost 05-01 2/3; released 06-01", "05-01 frozen, 06-01 released"),
        ("continued_blocking 05-01; released 06-01 1/2", "06-01 blocked"),
        ("freeze 01-10; transferred 05-01 1/2; allocated 06-01", "05-01 frozen, 06-01 frozen"),
        ("freeze 01-10; transferred 05-01 1/2; allocated 06-01; released 07-01", "07-01 released"),
        // Nothing is left by claims alone.
        ("freeze 01-10; claim ownership 02-01; upheld 03-01; final 04-01", "03-31 frozen, 04-01 excluded"),
        (
            "continued_blocking 01-10; claim ownership 02-01; upheld 03-01; final 04-01",
            "03-31 blocked, 04-01 excluded",
        ),
        (
            "freeze 01-10; claim spouse_share 02-01 1/2; upheld 03-01; final 04-01; released 05-01 1/2",
            "04-01 frozen, 05-01 released",
        ),
    ];
    for (facts, expected) in cases {
        says(facts, expected, |asset, day| asset.state_on(day).to_string());
    }
}

#[test]
fn restraint_says_what_holds_it_back_and_knows_no_administrator() {
    let cases = [
        ("", "01-10 none"),
        ("freeze 01-10 03-31", "01-09 none, 01-10 frozen, 03-31 frozen, 04-01 expired"),
        ("freeze 01-10; lifted 02-10", "02-09 frozen, 02-10 lifted"),
        ("freeze 01-10; seizure 02-01 02-28", "02-01 seized, 03-01 frozen"),
        ("management_order 01-10", "01-10 none"),
        ("freeze 01-10 03-31; management_order 01-10", "03-31 frozen, 04-01 expired"),
        // A measure is in force until somebody lifts it, whatever became of the asset.
        ("freeze 01-10; released 05-01", "05-01 frozen"),
    ];
    for (facts, expected) in cases {
        says(facts, expected, |asset, day| asset.restraint_on(day).to_string());
    }
}

#[test]
fn custody_says_who_has_it_in_hand() {
    let cases = [
        ("", "01-10 holder"),
        ("freeze 01-10", "01-10 holder"),
        ("seizure 01-10 03-31", "01-09 holder, 01-10 authority, 04-01 holder"),
        ("seizure 01-10; management_order 02-01", "01-31 authority, 02-01 administrator"),
        // Released is not handed back.
        ("seizure 01-10; released 05-01; returned 06-01", "05-01 authority, 06-01 holder"),
        ("seizure 01-10; released 05-01; returned 06-01 1/2", "06-01 authority"),
        ("seizure 01-10; lost 05-01", "05-01 holder"),
        ("seizure 01-10; sold 05-01", "05-01 holder"),
        ("seizure 01-10; transferred 05-01; allocated 06-01", "04-30 authority, 05-01 court, 06-01 court"),
        ("seizure 01-10; transferred 05-01 1/2; returned 06-01 1/2", "05-01 authority, 06-01 court"),
    ];
    for (facts, expected) in cases {
        says(facts, expected, |asset, day| asset.custody_on(day).to_string());
    }
}

#[test]
fn what_the_court_holds_itself_is_in_its_hands_until_it_is_handed_back() {
    let mut asset = told("seizure 01-10; released 05-01; returned 06-01");
    (asset.freezing_request, asset.order) = (None, Some(OrderId::random()));
    for (on, custody) in [("01-01", Custody::Court), ("05-01", Custody::Court), ("06-01", Custody::Holder)] {
        assert_eq!(asset.custody_on(day(on)), custody, "{on}");
    }
}

#[test]
fn a_claim_holds_from_its_day_until_the_final_decision() {
    let cases = [
        ("", "01-10 false"),
        ("claim ownership 02-01", "01-31 false, 02-01 true, 2099-12-31 true"),
        // A claim that nobody has lodged holds the asset back since it is known, or since its first step.
        ("notice ownership 02-01", "01-31 false, 02-01 true"),
        ("notice ownership 02-01; lodged 01-20", "01-19 false, 01-20 true"),
        ("notice ownership 02-01; lodged 02-20", "01-31 false, 02-01 true"),
        ("claim ownership 02-01; under_review 03-01; rejected 04-01", "04-01 true"),
        ("claim ownership 02-01; rejected 04-01; final 05-01", "04-30 true, 05-01 false"),
        ("claim ownership 02-01; upheld 04-01; final 05-01", "04-30 true, 05-01 false"),
        ("claim ownership 02-01; rejected 04-01; under_appeal 05-01; upheld 06-01", "06-01 true"),
        ("claim lien 02-01; rejected 04-01; final 05-01; claim lien 04-15", "05-01 true"),
    ];
    for (facts, expected) in cases {
        says(facts, expected, |asset, day| asset.disposal_hold_on(day).to_string());
    }
}

#[test]
fn only_what_is_final_is_excluded() {
    let cases = [
        ("claim ownership 02-01; upheld 03-01", "03-01 0"),
        ("claim ownership 02-01; upheld 03-01; final 04-01", "03-31 0, 04-01 1"),
        ("claim spouse_share 02-01 1/2; upheld 03-01; final 04-01", "03-31 0, 04-01 1/2"),
        ("claim co_ownership 02-01 1/2; upheld_in_part 03-01 1/4; final 04-01", "03-31 0, 04-01 1/4"),
        ("claim ownership 02-01; rejected 03-01; final 04-01", "04-01 0"),
        (
            "claim ownership 02-01; rejected 03-01; under_appeal 03-05; upheld 03-20; final 04-01",
            "03-20 0, 04-01 1",
        ),
        ("claim ownership 02-01; upheld 03-01; under_appeal 03-05; rejected 03-20; final 04-01", "04-01 0"),
        // A creditor is paid out of it, and leaves it whole.
        ("claim mortgage 02-01; upheld 03-01; final 04-01", "04-01 0"),
        ("claim creditor 02-01 1/2; upheld 03-01; final 04-01", "04-01 0"),
        (
            "claim spouse_share 02-01 1/3; upheld 03-01; final 04-01; claim co_ownership 02-01 1/3; upheld 03-01; final 05-01",
            "04-01 1/3, 05-01 2/3",
        ),
    ];
    for (facts, expected) in cases {
        says(facts, expected, |asset, day| asset.excluded_on(day).to_string());
    }
}

#[test]
fn the_value_of_a_day_is_the_newest_by_then() {
    let cases = [
        ("value 01-10 100; value 02-10 90", "01-09 -, 01-10 100.00, 02-09 100.00, 02-10 90.00"),
        // If several values are for one day, the one reported last counts; a value for a later day never
        // counts.
        ("value 01-10 100; value 01-10 95", "01-10 95.00"),
        ("value 02-10 90; value 01-10 100", "01-10 100.00, 02-10 90.00"),
    ];
    for (facts, expected) in cases {
        says(facts, expected, |asset, day| {
            asset.value_on(day).map_or("-".to_owned(), |fact| fact.facts.value.amount().to_string())
        });
    }
}

#[test]
fn equity_is_what_others_leave() {
    let cases = [
        ("mortgage 01-01 30", None),
        ("value 01-10 100", Some("100")),
        ("value 01-10 100; mortgage 01-01 30; lien 01-01 20", Some("50")),
        ("value 01-10 100; mortgage 01-01 130", Some("0")),
        // The right has not begun yet, or has ended.
        ("value 01-10 100; mortgage 12-31 30", Some("100")),
        ("value 01-10 100; mortgage 01-01 30 01-31", Some("100")),
        // Another currency, or no amount: nobody can say.
        ("value 01-10 100; mortgage 01-01 30USD", None),
        ("value 01-10 100; lease 01-01", None),
        ("value 01-10 100; released 02-01 1/3", Some("66.66")),
        ("value 01-10 100; released 02-01 1/3; mortgage 01-01 6.66", Some("60")),
        ("value 01-10 100; released 02-01", Some("0")),
        ("value 01-10 100; claim spouse_share 02-01 1/2; upheld 03-01; final 04-01", Some("50")),
        ("value 01-10 100; claim spouse_share 02-01 1/2; upheld 03-01", Some("100")),
        // An upheld debt is paid first, in the proportion in which it was upheld.
        ("value 01-10 100; claim creditor 02-01 30; upheld 03-01; final 04-01", Some("70")),
        ("value 01-10 100; claim creditor 02-01 30; upheld 03-01", Some("100")),
        ("value 01-10 100; claim creditor 02-01 30; rejected 03-01; final 04-01", Some("100")),
        ("value 01-10 100; claim creditor 02-01 30; upheld_in_part 03-01 1/3; final 04-01", Some("90")),
        ("value 01-10 100; claim creditor 02-01 30USD; upheld 03-01; final 04-01", None),
        ("value 01-10 100; claim creditor 02-01; upheld 03-01; final 04-01", None),
    ];
    for (facts, expected) in cases {
        assert_eq!(told(facts).equity_on(day("06-01")), expected.map(money), "{facts}");
    }
}
