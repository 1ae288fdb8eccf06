//! The rows: what the answer to each question asks of a request.

use super::{
    Row, Told, needs,
    time::{execution_date, is_urgent, too_soon},
};
use crate::{
    freezing_request::{
        Measure,
        completeness::{Facts, Severity},
        content::{Capacity, NoticePolicy, ObjectKind},
    },
    order::PurposeKind,
    questionnaire::answer::{OptionKeys, Value},
};

fn error(text: impl Into<String>) -> Vec<Told> {
    vec![Told(Severity::Error, None, text.into())]
}

fn warning(text: impl Into<String>) -> Vec<Told> {
    vec![Told(Severity::Warning, None, text.into())]
}

fn option(value: &Value) -> &str {
    if let Value::Option(key) = value { key } else { "" }
}

/// Whether a choice of several options contains one.
pub(super) fn has(value: &Value, key: &str) -> bool {
    matches!(value, Value::Options(OptionKeys { keys }) if keys.iter().any(|known| known == key))
}

fn freezes(facts: &Facts<'_>) -> bool {
    facts.measures.contains(&Measure::Freeze)
}

fn serves(facts: &Facts<'_>, purpose: PurposeKind) -> bool {
    facts.content.purposes.iter().any(|basis| basis.purpose == purpose)
}

/// Whether some target has neither warrant nor summons.
fn lacks_warrant(facts: &Facts<'_>) -> bool {
    let persons = facts.content.persons.iter().zip(facts.target_warrants);
    persons.into_iter().any(|(person, warrant)| person.capacity == Capacity::Target && warrant.is_none())
}

/// The table.
pub(in super::super) const TABLE: &[Row] = &[
    Row {
        question: "A7",
        about: "whether it takes electronic transmission as the original",
        path: "content.attachments",
        says: "Where electronic transmission is not taken as the original, originals follow on paper.",
        options: &["none"],
        applies: |_| true,
        check: |_, value| {
            if has(value, "none") { warning("the State asks for originals on paper") } else { Vec::new() }
        },
    },
    Row {
        question: "B1",
        about: "whether it has a law that implements its duty to cooperate",
        path: "content",
        says: "It is known whether the State has a law that implements its duty to cooperate (RS 88).",
        options: &["none"],
        applies: |_| true,
        check: |_, value| match option(value) {
            "none" => warning("the State has no law that implements its duty to cooperate (RS 88)"),
            _ => Vec::new(),
        },
    },
    Row {
        question: "B2",
        about: "whether its law covers identification and tracing for the Court",
        path: "measures",
        says: "A request to trace meets a law that covers identification and tracing.",
        options: &["identification", "tracing"],
        applies: |facts| facts.measures.contains(&Measure::Trace),
        check: |_, value| {
            let covered = has(value, "tracing") || has(value, "identification");
            if covered {
                Vec::new()
            } else {
                warning("its law does not name tracing for the Court (RS 93(1)(k))")
            }
        },
    },
    Row {
        question: "C1",
        about: "whether it executes an order of the Court directly or needs one of its own",
        path: "content.formalities",
        says: "Where an order of the State's own courts is needed, the request says what it is to order.",
        options: &["domestic_order", "none"],
        applies: |facts| freezes(facts) || facts.measures.contains(&Measure::Enforce),
        check: |facts, value| match option(value) {
            "none" => warning("the State names no way to execute a foreign order (RS 88)"),
            "domestic_order" if !needs::is_stated(facts.content.formalities.as_ref()) => error(
                "the State needs an order of its own courts: say what that order is to contain (RS 96(2)(e))",
            ),
            _ => Vec::new(),
        },
    },
    Row {
        question: "C2_documents",
        about: "what its own order needs",
        path: "content",
        says: "What the State's own order needs is in the request: identity, facts, link, place, value, certified copy.",
        options: &[
            "certified_copy",
            "birth_date",
            "identity_document",
            "summary_of_evidence",
            "link_to_crime",
            "asset_location",
            "valuation",
        ],
        applies: |facts| freezes(facts) || facts.measures.contains(&Measure::Enforce),
        check: needs::documents,
    },
    Row {
        question: "C3",
        about: "at which stage of the proceedings it can freeze",
        path: "measures",
        says: "A freeze before conviction meets a law that allows it (RS 57(3)(e)).",
        options: &["after_warrant", "after_conviction", "none"],
        applies: |facts| freezes(facts),
        check: |facts, value| match option(value) {
            "after_conviction" if !facts.targets_convicted => {
                error("the State freezes only after conviction: consult it first (RS 57(3)(e), 97)")
            }
            "none" => error("the State cannot freeze at any stage: consult it first (RS 88, 97)"),
            "after_warrant" if lacks_warrant(facts) => {
                error("the State freezes only once a warrant or summons exists: no target has one")
            }
            _ => Vec::new(),
        },
    },
    Row {
        question: "C4",
        about: "whether it can freeze without notice to the holder",
        path: "content.notice_policy",
        says: "Deferred notice meets a law that lets the State freeze without notice (RPE 99(2)).",
        options: &[],
        applies: |facts| freezes(facts) && facts.content.notice_policy == Some(NoticePolicy::Deferred),
        check: |_, value| match value {
            Value::Boolean(false) => error(
                "the State must tell the holder before it freezes: the measure could be frustrated (RPE 99(2))",
            ),
            _ => Vec::new(),
        },
    },
    Row {
        question: "C5",
        about: "whether it can freeze for reparations",
        path: "content.purposes",
        says: "A freeze for reparations meets a law that allows it (RS 75(4)).",
        options: &["after_conviction", "no"],
        applies: |facts| freezes(facts) && serves(facts, PurposeKind::Reparations),
        check: |facts, value| match option(value) {
            "no" => error(
                "the State cannot freeze for reparations: name another purpose or consult it (RS 75(4), 97)",
            ),
            "after_conviction" if !facts.targets_convicted => {
                warning("the State freezes for reparations only after conviction (RS 75(4))")
            }
            _ => Vec::new(),
        },
    },
    Row {
        question: "C6",
        about: "whether it can freeze for the recovery of legal aid",
        path: "content.purposes",
        says: "Recovery of legal aid meets a law that allows it.",
        options: &[],
        applies: |facts| serves(facts, PurposeKind::LegalAid),
        check: |_, value| match value {
            Value::Boolean(false) => {
                error("the State cannot act for the recovery of legal aid: consult it first")
            }
            _ => Vec::new(),
        },
    },
    Row {
        question: "C7",
        about: "whether it reaches assets without a link to the crime, and equivalent value",
        path: "content.objects",
        says: "Equivalent value and unlinked assets meet a law that reaches them (RS 109(2)).",
        options: &["unlinked", "equivalent_value"],
        applies: |facts| freezes(facts),
        check: |facts, value| {
            let equivalent = facts.content.objects.contains(&ObjectKind::EquivalentValue);
            if equivalent && !has(value, "equivalent_value") {
                error(
                    "the State does not reach property of equivalent value (RS 109(2)): name items or an amount",
                )
            } else if !has(value, "unlinked") {
                warning("the State wants a link between property and crime: say it asset by asset")
            } else {
                Vec::new()
            }
        },
    },
    Row {
        question: "D1",
        about: "how long it takes to freeze",
        path: "content.urgency.execution_date",
        says: "The day of execution leaves the State the time it says it needs, unless the request is urgent with grounds.",
        options: &[],
        applies: |facts| execution_date(facts).is_some() && !is_urgent(facts),
        check: |facts, value| too_soon(facts, value, Severity::Error),
    },
    Row {
        question: "D1_urgent",
        about: "how long it takes to freeze in urgency",
        path: "content.urgency.execution_date",
        says: "Of an urgent request the day of execution leaves the State the time it needs in urgency (warning).",
        options: &[],
        applies: |facts| execution_date(facts).is_some() && is_urgent(facts),
        check: |facts, value| too_soon(facts, value, Severity::Warning),
    },
    Row {
        question: "D2",
        about: "how long a freeze lasts",
        path: "content.follow_up",
        says: "Where a freeze ends by law, the request says what follows (warning).",
        options: &[],
        applies: freezes,
        check: |_, value| match value {
            Value::Period(period) => {
                warning(format!("a freeze lasts {} {} at most: plan its renewal", period.amount, period.unit))
            }
            _ => Vec::new(),
        },
    },
    Row {
        question: "H1",
        about: "which orders of the Court it enforces",
        path: "content.purposes",
        says: "What is to be enforced is among the orders that the State enforces (RS 109, 75(5)).",
        options: &["fines", "forfeiture", "reparations"],
        applies: |facts| facts.measures.contains(&Measure::Enforce),
        check: |facts, value| {
            let orders = [
                (PurposeKind::Fine, "fines"),
                (PurposeKind::Forfeiture, "forfeiture"),
                (PurposeKind::Reparations, "reparations"),
            ];
            let missing = orders.iter().filter(|(purpose, key)| serves(facts, *purpose) && !has(value, key));
            let text = |(_, key): &(_, &str)| {
                let text = format!("the State does not enforce orders for {key} (RS 109): consult it first");
                Told(Severity::Error, None, text)
            };
            missing.map(text).collect()
        },
    },
];
