//! What a request must look like, beyond that its fields are there: persons, purposes and measures.

use super::{
    Facts, ORDER, Report, is_specific, order_terms,
    probe::{Field, Given},
    values,
};
use crate::{
    freezing_request::{
        Measure, Origin,
        content::{Capacity, Identity},
    },
    order::PurposeKind,
};

/// One rule.
pub(super) struct Rule {
    /// What it asks for, in one sentence.
    pub(super) says: &'static str,
    /// Reports where it is not met.
    pub(super) check: fn(&Facts<'_>, &mut Report),
}

const fn rule(says: &'static str, check: fn(&Facts<'_>, &mut Report)) -> Rule {
    Rule { says, check }
}

/// All rules.
pub(super) const RULES: &[Rule] = &[
    rule(
        "A Chamber asks for any measure, the Prosecutor for tracing, the Registry for tracing and recovery.",
        origins,
    ),
    rule("At least one person is the target, and each target is one person of the case.", targets),
    rule("A third party has a name.", third_parties),
    rule(
        "To freeze for a fine, forfeiture or reparations, a target needs a warrant or summons not after the order.",
        warrants,
    ),
    rule("What is enforced is final: no appeal against the order is possible any more.", finality),
    rule(
        "A request asks for no more than its order: each target with each purpose is a pair that the order names, that has \
         not ended or been recovered in full, and that the person's status bears; each measure is one that the order orders. \
         No reason overrides this.",
        order_terms::no_more,
    ),
    rule("Each purpose stands once; the Registry's own request serves legal aid only.", purposes),
    rule("Each purpose is served by a measure, and each measure serves a purpose.", services),
    rule("The basis of a purpose names a provision about it (warning).", bases),
    rule(
        "Beyond tracing an asset can be singled out, or all assets are asked for with grounds (warning).",
        specificity,
    ),
    rule("Countries are ISO 3166-1 alpha-2 codes and languages BCP 47 tags.", values::codes),
    rule(
        "Days of the past are not in the future, and the day of execution is not in the past.",
        values::days,
    ),
    rule(
        "Identifiers of assets, IBAN and BIC have the form and the check digits of their kind.",
        values::identifiers,
    ),
    rule("Amounts are more than zero, and what was recovered is less than the amount.", values::amounts),
    rule("Reports of the State are 1 to 3,650 days apart.", values::interval),
    rule(
        "Attachments differ in name, have a size and a SHA-256 in hexadecimal, and translate one another.",
        values::attachments,
    ),
    rule(
        "Attachments are in, or translated into, the language of the request (warning).",
        values::translations,
    ),
];

fn origins(facts: &Facts<'_>, report: &mut Report) {
    if facts.measures.is_empty() {
        report.error("A", "measures", "must name at least one measure");
    }
    for (i, measure) in facts.measures.iter().enumerate() {
        let reason = match (facts.origin, measure) {
            (Origin::Chamber, _) | (_, Measure::Trace) | (Origin::Registry, Measure::RecoverLegalAid) => {
                continue;
            }
            (_, Measure::Freeze) => "freeze and seizure are asked for under an order of a Chamber",
            (_, Measure::Enforce) => {
                "a fine, forfeiture or reparations are enforced under an order of a Chamber"
            }
            (_, Measure::RecoverLegalAid) => "legal aid is recovered by a Chamber or the Registry",
        };
        report.error("A", &format!("measures[{i}]"), reason);
    }
}

fn targets(facts: &Facts<'_>, report: &mut Report) {
    let persons = &facts.content.persons;
    if !persons.is_empty() && persons.iter().all(|person| person.capacity != Capacity::Target) {
        report.error(
            "C1",
            "content.persons",
            "must contain a target: the suspect, accused or convicted person",
        );
    }
    for (i, person) in persons.iter().enumerate() {
        let path = format!("content.persons[{i}].person");
        if person.person.is_none() && person.capacity == Capacity::Target {
            report.error("C1", &path, "must name the person of the case that this target is");
        }
        if person.person.is_some() && persons[..i].iter().any(|earlier| earlier.person == person.person) {
            report.error("C1", &path, "stands in the list already; state each person of the case once");
        }
    }
}

fn third_parties(facts: &Facts<'_>, report: &mut Report) {
    for (i, person) in facts.content.persons.iter().enumerate() {
        if person.capacity == Capacity::ThirdParty && person.display_name().trim().is_empty() {
            let name = match person.identity {
                Identity::Natural(_) => "natural.family_name",
                Identity::Legal(_) => "legal.legal_name",
            };
            report.error(
                "C3",
                &format!("content.persons[{i}].{name}"),
                "must be given: whose rights are hit",
            );
        }
    }
}

/// RS 109(1), RPE 217: an order is enforced only once no appeal against it is possible.
fn finality(facts: &Facts<'_>, report: &mut Report) {
    let is_final = facts.order_final_date.is_some_and(|day| day <= facts.today);
    if facts.has_order && facts.measures.contains(&Measure::Enforce) && !is_final {
        report.error(
            ORDER,
            "order",
            "is not final: record the day from which no appeal is possible (ModifyOrder)",
        );
    }
}

/// RS 57(3)(e): protective measures presuppose a warrant or summons; recovery of legal aid does not rest on it.
fn warrants(facts: &Facts<'_>, report: &mut Report) {
    let rests_on_57 = facts.content.purposes.iter().any(|stated| stated.purpose != PurposeKind::LegalAid);
    if !facts.measures.contains(&Measure::Freeze) || !rests_on_57 {
        return;
    }
    for (i, person) in facts.content.persons.iter().enumerate() {
        if person.capacity != Capacity::Target || person.person.is_none() {
            continue;
        }
        let reason = match (facts.target_warrants.get(i).copied().flatten(), facts.order_date) {
            (None, _) => "has no warrant or summons, which a freeze for this purpose presupposes",
            (Some(warrant), Some(order)) if warrant > order => {
                "has a warrant or summons later than the order, which presupposes it"
            }
            _ => continue,
        };
        report.error("RS 57(3)(e)", &format!("content.persons[{i}].person"), reason);
    }
}

fn purposes(facts: &Facts<'_>, report: &mut Report) {
    let purposes = &facts.content.purposes;
    for (i, stated) in purposes.iter().enumerate() {
        let path = format!("content.purposes[{i}].purpose");
        if purposes[..i].iter().any(|earlier| earlier.purpose == stated.purpose) {
            report.error(
                "E'",
                &path,
                "stands in the list already; state each purpose once, with its whole basis",
            );
        }
        if facts.origin == Origin::Registry && stated.purpose != PurposeKind::LegalAid {
            report.error(
                "E'",
                &path,
                "is not for the Registry to ask for on its own, which is legal aid only",
            );
        }
    }
}

/// Whether a measure can reach what a purpose is about.
pub(super) fn serves(measure: Measure, purpose: PurposeKind) -> bool {
    match measure {
        Measure::Trace | Measure::Freeze => true,
        Measure::Enforce => purpose != PurposeKind::LegalAid,
        Measure::RecoverLegalAid => purpose == PurposeKind::LegalAid,
    }
}

fn services(facts: &Facts<'_>, report: &mut Report) {
    let purposes = &facts.content.purposes;
    for measure in facts.measures.iter().filter(|_| !purposes.is_empty()) {
        if !purposes.iter().any(|stated| serves(*measure, stated.purpose)) {
            let text = match measure {
                Measure::RecoverLegalAid => "must contain legal aid, as its recovery is asked for",
                _ => "must contain a fine, forfeiture or reparations, as enforcement is asked for",
            };
            report.error("E'", "content.purposes", text);
        }
    }
    for (i, stated) in purposes.iter().enumerate().filter(|_| !facts.measures.is_empty()) {
        if !facts.measures.iter().any(|measure| serves(*measure, stated.purpose)) {
            let path = format!("content.purposes[{i}].purpose");
            report.error(
                "E'",
                &path,
                "is served by none of the measures asked for; leave it out or add the measure",
            );
        }
    }
}

fn bases(facts: &Facts<'_>, report: &mut Report) {
    for (i, stated) in facts.content.purposes.iter().enumerate() {
        if stated.basis.given() == Given::Yes
            && !articles(&stated.basis).any(|number| concerns(stated.purpose, number))
        {
            let usual = match stated.purpose {
                PurposeKind::Fine => "RS 77(2)(a)",
                PurposeKind::Forfeiture => "RS 77(2)(b)",
                PurposeKind::Reparations => "RS 75",
                PurposeKind::LegalAid => "RoC 85(4)",
            };
            let path = format!("content.purposes[{i}].basis");
            report.warning("E'", &path, format!("names no provision about this purpose, such as {usual}"));
        }
    }
}

/// Whether an article, rule or regulation of this number is about the purpose.
fn concerns(purpose: PurposeKind, number: u32) -> bool {
    match purpose {
        PurposeKind::Fine => matches!(number, 70 | 77 | 109 | 146 | 166),
        PurposeKind::Forfeiture => matches!(number, 77 | 109 | 147 | 218),
        PurposeKind::Reparations => matches!(number, 75 | 94..=99 | 218),
        PurposeKind::LegalAid => matches!(number, 67 | 83..=85 | 130..=136),
    }
}

/// The numbers of provisions in a text: those outside parentheses.
fn articles(basis: &str) -> impl Iterator<Item = u32> {
    let outside = basis.split('(').map(|part| part.rsplit(')').next().unwrap_or_default());
    outside
        .flat_map(|part| part.split(|c: char| !c.is_ascii_digit()))
        .filter_map(|digits| digits.parse().ok())
}

fn specificity(facts: &Facts<'_>, report: &mut Report) {
    if facts.measures.iter().any(|measure| *measure != Measure::Trace) && !is_specific(facts.content) {
        let text =
            "none can be singled out; give an identifier of a register, or ask for all assets with grounds";
        report.warning("D3", "content.assets", text);
    }
}
