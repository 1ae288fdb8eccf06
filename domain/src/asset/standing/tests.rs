use super::*;
use crate::asset::sample::{day, money, part, share, told};

#[test]
fn shares_leave_one_by_one() {
    // What remains, what is released, and what the Court has on the last day.
    let cases = [
        ("", "1", "0", "0"),
        ("released 05-01", "0", "1", "0"),
        ("released 05-01 1/3", "2/3", "1/3", "0"),
        ("released 05-01 1/3; released 05-02 1/3", "1/3", "2/3", "0"),
        ("lost 05-01 1/3", "2/3", "0", "0"),
        ("lost 05-01", "0", "0", "0"),
        ("sold 05-01", "0", "0", "0"),
        ("continued_blocking 05-01", "1", "0", "0"),
        ("forfeiture_ordered 05-01; applied_to_fine 05-02; realised 05-03 100", "1", "0", "0"),
        ("transferred 05-01; allocated 05-02; in_trust_fund 05-03", "0", "0", "1"),
        ("transferred 05-01 1/4; transferred 05-02 1/4; allocated 05-03", "1/2", "0", "1/2"),
        // A return hands back first what was released before.
        ("released 05-01; returned 05-02", "0", "0", "0"),
        ("released 05-01; returned 05-02 1/3", "0", "2/3", "0"),
        ("released 05-01 1/3; returned 05-02 1/3", "2/3", "0", "0"),
        ("released 05-01 1/3; returned 05-02 1/2", "1/2", "0", "0"),
        ("released 05-01 1/3; returned 05-02 1/4; returned 05-03 1/4", "1/2", "0", "0"),
        // A return without a share hands back all that remains, and what was released.
        ("released 05-01 1/3; returned 05-02", "0", "0", "0"),
        ("returned 05-01 1/3", "2/3", "0", "0"),
        ("released 05-01 1/3; lost 05-02 1/3; transferred 05-03", "0", "1/3", "1/3"),
        // A share that claims exclude cannot be released.
        ("claim spouse_share 02-01 1/2; upheld 03-01; final 04-01", "1/2", "0", "0"),
        ("claim spouse_share 02-01 1/2; upheld 03-01; final 04-01; released 05-01", "0", "1/2", "0"),
        ("claim spouse_share 02-01 1/2; upheld 03-01; final 04-01; transferred 05-01", "0", "0", "1/2"),
        ("released 03-15 3/4; claim spouse_share 02-01 1/2; upheld 03-01; final 04-01", "0", "3/4", "0"),
    ];
    for (facts, remaining, released, transferred) in cases {
        let asset = told(facts);
        let standing = asset.standing_on(day("12-31"));
        let found = [standing.remaining, standing.released, standing.transferred];
        assert_eq!(found, [part(remaining), part(released), part(transferred)], "{facts}");
        assert_eq!(asset.standing_on(day("01-01")).remaining, Part::ONE, "{facts}");
        assert_eq!(asset.is_settled_on(day("12-31")), standing.remaining == Part::ZERO, "{facts}");
    }
}

#[test]
fn proceeds_stand_for_all_that_was_held_then() {
    let cases = [
        ("applied_to_fine 05-01; realised 05-02 100", "1", "0"),
        ("applied_to_fine 05-01; realised 05-02 100; transferred 05-03", "1", "1"),
        ("released 04-01 1/2; applied_to_fine 05-01; realised 05-02 100; transferred 05-03", "1/2", "1/2"),
        ("applied_to_fine 05-01; realised 05-02 100; transferred 05-03 1/3", "1", "1/3"),
        ("applied_to_fine 05-01; transferred 05-02 1/2; realised 05-03 100", "1/2", "0"),
        (
            "claim spouse_share 02-01 1/2; upheld 03-01; final 04-01; applied_to_fine 05-01; realised 05-02 100;
             transferred 05-03",
            "1/2",
            "1/2",
        ),
    ];
    for (facts, realised, in_money) in cases {
        let asset = told(facts);
        let standing = asset.standing_on(day("12-31"));
        assert_eq!(standing.realised, Some((&money("100"), part(realised))), "{facts}");
        assert_eq!(standing.in_money + standing.in_kind, standing.transferred, "{facts}");
        assert_eq!(standing.in_money, part(in_money), "{facts}");
    }
}

#[test]
fn shares_that_cannot_be_added_are_told_apart() {
    let odd = "released 05-01 1/999983; claim spouse_share 02-01 1/2011";
    for (facts, said, fits) in [
        ("", "1/1000000", true),
        (odd, "1/2011", true),
        (odd, "1/999983", true),
        (odd, "2/4022", true),
        (odd, "1/3", false),
        ("claim spouse_share 02-01 1/2; upheld_in_part 03-01 1/999983", "1/999979", false),
        // In lowest terms they fit.
        ("released 05-01 333333/999999", "1/1000000", true),
    ] {
        assert_eq!(told(facts).adds_exactly(share(said)), fits, "{facts} and {said}");
    }
}
