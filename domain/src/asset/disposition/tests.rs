use super::*;
use crate::{
    asset::{
        Asset,
        act::{Context, disposition_obstacle},
        sample::{at, day, on, told},
    },
    error::Reason,
};

/// A way to a disposition, from held: the shortest that the table allows.
fn way_to(kind: Option<DispositionKind>) -> Vec<DispositionKind> {
    let mut ways = vec![(None, Vec::new())];
    let mut next = 0;
    while let Some((from, way)) = ways.get(next).cloned() {
        if from == kind {
            return way;
        }
        for row in ROWS.iter().filter(|row| row.from.contains(&from)) {
            if ways.iter().all(|(known, _)| *known != Some(row.kind)) {
                ways.push((Some(row.kind), way.iter().copied().chain([row.kind]).collect()));
            }
        }
        next += 1;
    }
    panic!("no way leads to {kind:?}")
}

fn after(kind: Option<DispositionKind>) -> Asset {
    let steps = way_to(kind).iter().map(|kind| format!("{kind} 05-01")).collect::<Vec<_>>();
    told(&format!("freeze 01-10; {}", steps.join(";")))
}

fn refused(asset: &Asset, kind: DispositionKind, context: &Context) -> Option<Reason> {
    match disposition_obstacle(asset, kind, None, context) {
        Ok(()) => None,
        Err(refusal) => Some(refusal.reason),
    }
}

fn states() -> impl Iterator<Item = Option<DispositionKind>> {
    [None].into_iter().chain(DispositionKind::ALL.iter().copied().map(Some))
}

#[test]
fn each_kind_has_one_row() {
    for kind in DispositionKind::ALL {
        assert_eq!(ROWS.iter().filter(|row| row.kind == *kind).count(), 1, "{kind}");
        let row = kind.row().unwrap();
        assert!(row.kind == *kind && !row.from.is_empty() && !row.act.is_empty() && !row.basis.is_empty());
    }
    assert_eq!(ROWS.len(), DispositionKind::ALL.len());
}

#[test]
fn each_pair_is_in_the_table_or_refused() {
    for from in states() {
        let asset = after(from);
        assert_eq!(asset.disposition_on(day("06-01")), from);
        for kind in DispositionKind::ALL {
            let expected = (!kind.row().unwrap().from.contains(&from)).then_some(Reason::WrongState);
            assert_eq!(refused(&asset, *kind, &on("06-01")), expected, "{kind} after {from:?}");
        }
    }
}

#[test]
fn a_pending_claim_holds_back_what_the_table_says() {
    for row in ROWS {
        let mut asset = after(row.from[0]);
        asset.claims = told("claim lien 02-01").claims;
        let expected = row.held_by_claims.then_some(Reason::DisposalHold);
        assert_eq!(refused(&asset, row.kind, &on("06-01")), expected, "{}", row.kind);
        // Nothing that takes it from its owner, or out of the State.
        let harmless =
            !row.shared || matches!(row.kind, Released | ContinuedBlocking | Lost | ForfeitureOrdered);
        assert_eq!(row.held_by_claims, !harmless, "{}", row.kind);
        asset.claims = told("claim lien 02-01; rejected 03-01; final 04-01").claims;
        assert_eq!(refused(&asset, row.kind, &on("06-01")), None, "{}", row.kind);
    }
}

#[test]
fn the_obligation_must_have_ended_for_what_gives_it_up() {
    let holds = Context { obligation_over: false, ..on("06-01") };
    for row in ROWS {
        assert_eq!(row.after_obligation, [Released, Returned, ContinuedBlocking].contains(&row.kind));
        let expected = row.after_obligation.then_some(Reason::WrongState);
        assert_eq!(refused(&after(row.from[0]), row.kind, &holds), expected, "{}", row.kind);
    }
}

#[test]
fn what_takes_something_out_settles_and_can_be_of_a_share() {
    for row in ROWS {
        let kind = row.kind;
        assert_eq!(row.shares, kind.is_exit(), "{kind}");
        assert_eq!(kind.settles(), kind.is_exit() || kind == Sold || kind.is_of_money(), "{kind}");
        // What does not settle leads on; what leads nowhere has settled.
        let leads_on = ROWS.iter().any(|next| next.from.contains(&Some(kind)));
        assert!(kind.settles() || leads_on, "{kind}");
        // What happens to the money is the Court's, and hidden from the State.
        assert_eq!(row.shared, !kind.is_of_money(), "{kind}");
        assert!(row.shared || row.by == Side::Court, "{kind}");
        let asset = after(Some(kind));
        assert_eq!(asset.is_settled_on(day("06-01")), kind.settles(), "{kind}");
    }
}

#[test]
fn nothing_follows_where_claims_have_left_nothing() {
    let excluded = told("claim ownership 02-01; upheld 03-01; final 04-01").claims;
    for from in states().filter(|from| from.is_none_or(|kind| !kind.settles())) {
        let mut asset = after(from);
        asset.claims.clone_from(&excluded);
        for fact in &mut asset.dispositions {
            (fact.facts.disposition_date, fact.recorded) = (day("03-15"), at(day("03-15")));
        }
        for kind in DispositionKind::ALL {
            let told = refused(&asset, *kind, &on("06-01"));
            assert_eq!(told, Some(Reason::WrongState), "{kind} after {from:?}");
        }
    }
}

#[test]
fn what_left_by_share_goes_its_own_way() {
    // What was told, what may follow, and what may not.
    let cases: [(&str, &[DispositionKind], &[DispositionKind]); 6] = [
        ("released 05-01 1/2", &[Returned, Released, Sold, Transferred], &[Allocated, InTrustFund]),
        ("released 05-01 1/2; lost 05-02", &[Returned], &[Released, Lost, Sold]),
        ("released 05-01; returned 05-02 1/2", &[Returned], &[Released, Lost]),
        ("transferred 05-01 1/2", &[Allocated, Released, Transferred], &[InTrustFund]),
        ("transferred 05-01 1/2; released 05-02", &[Allocated, Returned], &[Transferred, Released]),
        (
            "transferred 05-01 1/2; allocated 05-02; lost 05-03",
            &[Allocated, PaidToVictims],
            &[Lost, Returned],
        ),
    ];
    for (facts, may, may_not) in cases {
        let asset = told(facts);
        for kind in may {
            assert_eq!(refused(&asset, *kind, &on("06-01")), None, "{kind} after {facts}");
        }
        for kind in may_not {
            let told = refused(&asset, *kind, &on("06-01"));
            assert_eq!(told, Some(Reason::WrongState), "{kind} after {facts}");
        }
    }
}

#[test]
fn the_page_has_a_line_for_each_row() {
    let page = markdown();
    let lines: Vec<_> = page.lines().filter(|line| line.starts_with("| `")).collect();
    assert_eq!(lines.len(), ROWS.len());
    for (row, line) in ROWS.iter().zip(lines) {
        assert!(line.starts_with(&format!("| `{}` |", row.kind)), "{line}");
        assert_eq!(line.matches(" | ").count(), 9, "{line}");
    }
}
