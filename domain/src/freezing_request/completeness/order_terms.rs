//! A request asks for no more than its order.

use super::{Facts, ORDER, Report};
use crate::freezing_request::content::Capacity;

/// Measures, persons and pairs that the order does not have, or has no longer.
pub(super) fn no_more(facts: &Facts<'_>, report: &mut Report) {
    let Some(terms) = facts.terms else { return };
    if !terms.binds_on(facts.today) {
        report.error(ORDER, "order", "is revoked or past its last day: nothing can be asked for under it");
        return;
    }
    for (i, _) in facts.measures.iter().enumerate().filter(|(_, measure)| !terms.measures.contains(measure)) {
        let ordered: Vec<_> = terms.measures.iter().map(|measure| measure.as_str()).collect();
        let text = format!("is not a measure that the order orders: {}", ordered.join(", "));
        report.error(ORDER, &format!("measures[{i}]"), text);
    }
    for (i, (position, target)) in (0..).zip(&facts.content.persons).enumerate() {
        let Some(person) = target.person.filter(|_| target.capacity == Capacity::Target) else { continue };
        if !terms.concerns(person) {
            let text = "is not a person whom the order concerns";
            report.error(ORDER, &format!("content.persons[{i}].person"), text);
            continue;
        }
        let Some(status) = facts.statuses.get(i).copied().flatten() else { continue };
        for (j, stated) in facts.content.purposes.iter().enumerate() {
            let ended = facts.ended.contains(&(position, stated.purpose));
            if let Some(against) = terms.against(person, stated.purpose, status).filter(|_| !ended) {
                let text = format!("{against} (persons[{i}])");
                report.error(ORDER, &format!("content.purposes[{j}].purpose"), text);
            }
        }
    }
}
