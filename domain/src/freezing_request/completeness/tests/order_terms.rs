//! A request asks for no more than its order, whatever reason is given.

use super::*;
use crate::{
    names::PersonId,
    order::{
        OrderPerson, OrderPurpose, State,
        bearing::{Bearing, bearing},
    },
};

/// An order that names the only target for all purposes, and orders every measure.
fn ordered(case: &mut Case) {
    let person = case.content.persons[0].person.unwrap();
    let held = |purpose: &PurposeKind| OrderPurpose {
        purpose: *purpose,
        end_date: None,
        end_time: None,
        kept_by: None,
    };
    let purposes = PurposeKind::ALL.iter().map(held).collect();
    case.terms = Some(Terms {
        measures: Measure::ALL.to_vec(),
        persons: vec![person],
        named: vec![OrderPerson { position: 0, person, purposes }],
        state: State::InForce,
        valid_until_date: Some(case.today),
    });
}

/// The same, and it was revoked.
pub(super) fn revoked(case: &mut Case) {
    ordered(case);
    case.terms.as_mut().unwrap().state = State::Revoked;
}

fn under_order() -> Case {
    Case::new(&[Freeze]).changed(ordered)
}

fn held(case: &mut Case, purpose: PurposeKind) -> &mut OrderPurpose {
    let named = &mut case.terms.as_mut().unwrap().named[0];
    named.purposes.iter_mut().find(|held| held.purpose == purpose).unwrap()
}

fn found(case: &Case) -> Vec<Finding> {
    check(&case.facts()).findings.into_iter().filter(|finding| finding.severity == Error).collect()
}

#[test]
fn a_request_within_its_order_is_complete() {
    assert_eq!(found(&under_order()), []);
}

/// A change of a request or its order, the field at which it is found, and what is said.
type Found = (fn(&mut Case), &'static str, &'static str);

#[test]
fn no_measure_person_or_purpose_that_the_order_does_not_have() {
    let cases: [Found; 7] = [
        (
            |case| case.terms.as_mut().unwrap().state = State::Revoked,
            "order",
            "is revoked or past its last day: nothing can be asked for under it",
        ),
        (
            |case| case.terms.as_mut().unwrap().valid_until_date = Some(day("2026-11-23")),
            "order",
            "is revoked or past its last day: nothing can be asked for under it",
        ),
        (
            |case| case.terms.as_mut().unwrap().measures = vec![Trace],
            "measures[0]",
            "is not a measure that the order orders: trace",
        ),
        (
            |case| case.terms.as_mut().unwrap().persons.clear(),
            "content.persons[0].person",
            "is not a person whom the order concerns",
        ),
        (
            |case| case.terms.as_mut().unwrap().named.clear(),
            "content.purposes[0].purpose",
            "is no purpose of the order for this person (persons[0])",
        ),
        (
            |case| case.terms.as_mut().unwrap().named[0].purposes.retain(|held| held.purpose != Reparations),
            "content.purposes[2].purpose",
            "is no purpose of the order for this person (persons[0])",
        ),
        (
            |case| held(case, Forfeiture).end_date = Some(day("2026-05-01")),
            "content.purposes[1].purpose",
            "has ended for this person on 2026-05-01, or was recovered in full (persons[0])",
        ),
    ];
    for (change, field, description) in cases {
        let findings = found(&under_order().changed(change));
        assert_eq!(findings[0].field, format!("freezing_request.{field}"));
        assert_eq!(findings[0].description, description);
        assert!(findings.iter().all(|finding| !finding.can_be_overridden()), "{field}");
    }
}

/// The table of status and purpose, asked through the check.
#[test]
fn a_status_bears_what_the_table_says() {
    for status in PersonStatus::ALL {
        for (number, purpose) in PurposeKind::ALL.iter().enumerate() {
            let case = under_order().changed(|case| {
                case.statuses = vec![Some(*status)];
                case.only(&[*purpose]);
            });
            let errors: Vec<_> = found(&case);
            let bears = bearing(*status, *purpose);
            assert_eq!(errors.is_empty(), bears == Bearing::Bears, "{status} {purpose}: {errors:?}");
            // A decision keeps what is open, and nothing that has ended.
            let kept = case.changed(|case| held(case, *purpose).kept_by = Some("ICC-01/05-01/08-9".into()));
            assert_eq!(found(&kept).is_empty(), bears != Bearing::Ends, "{status} {purpose} ({number})");
        }
    }
}

#[test]
fn who_only_owns_or_holds_carries_no_purposes() {
    let case = under_order().changed(|case| {
        let PersonId { parent, .. } = case.content.persons[0].person.unwrap();
        case.content.persons[1].person = Some(PersonId { parent, id: uuid::Uuid::max() });
        case.statuses.push(Some(PersonStatus::Acquitted));
    });
    assert_eq!(found(&case), []);
}

/// A pair that has ended in the request itself is not asked for again by an amendment.
#[test]
fn what_has_ended_in_the_request_is_not_asked_for() {
    let case = under_order().changed(|case| {
        held(case, Forfeiture).end_date = Some(day("2026-05-01"));
        case.ended = vec![(0, Forfeiture)];
    });
    assert_eq!(found(&case), []);
}
