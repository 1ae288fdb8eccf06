//! A request against what the requested State says of its law: a table of questions, each with when it matters and what
//! its answer asks of the request. What nobody has said is told as not known, never passed over.

use self::time::{execution_date, is_urgent, too_soon};
use super::{Check, Facts, Finding, Severity, table};
use crate::domain::{
    freezing_request::{
        Measure,
        content::{Capacity, Identity, NoticePolicy, ObjectKind},
        national::National,
    },
    order::PurposeKind,
    questionnaire::{
        answer::{Absence, OptionKeys, Value},
        gaps::Answers,
        logic::Logic,
        response::InForce,
    },
    text::Stated,
};

mod needs;
#[cfg(test)]
mod tests;
mod time;

/// A row: a question and what follows from its answer.
pub(super) struct Row {
    /// Key of the question.
    pub(super) question: &'static str,
    /// What it is about, after "the State has not said".
    pub(super) about: &'static str,
    /// The field that it bears on.
    pub(super) path: &'static str,
    /// What the answer is held against, in one sentence.
    pub(super) says: &'static str,
    /// Whether the request needs to know.
    applies: fn(&Facts<'_>) -> bool,
    /// What an answer asks of the request.
    check: fn(&Facts<'_>, &Value) -> Vec<Told>,
}

/// What an answer asks of a request: how much it matters, the field if it is another one, and what would be right.
struct Told(Severity, Option<String>, String);

fn error(text: impl Into<String>) -> Vec<Told> {
    vec![Told(Severity::Error, None, text.into())]
}

fn warning(text: impl Into<String>) -> Vec<Told> {
    vec![Told(Severity::Warning, None, text.into())]
}

fn option(value: &Value) -> &str {
    if let Value::Option(key) = value { key } else { "" }
}

fn has(value: &Value, key: &str) -> bool {
    matches!(value, Value::Options(OptionKeys { keys }) if keys.iter().any(|known| known == key))
}

fn freezes(facts: &Facts<'_>) -> bool {
    facts.measures.contains(&Measure::Freeze)
}

fn serves(facts: &Facts<'_>, purpose: PurposeKind) -> bool {
    facts.content.purposes.iter().any(|basis| basis.purpose == purpose)
}

/// The field whose finding no reason overrides.
pub(super) const NON_PARTY_BASIS: &str = "freezing_request.content.non_party_basis";

/// The table.
pub(super) const TABLE: &[Row] = &[
    Row {
        question: "A7",
        about: "whether it takes electronic transmission as the original",
        path: "content.attachments",
        says: "Where electronic transmission is not taken as the original, originals follow on paper.",
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
        applies: |facts| freezes(facts) || facts.measures.contains(&Measure::Enforce),
        check: needs::documents,
    },
    Row {
        question: "C3",
        about: "at which stage of the proceedings it can freeze",
        path: "measures",
        says: "A freeze before conviction meets a law that allows it (RS 57(3)(e)).",
        applies: |facts| freezes(facts),
        check: |facts, value| match option(value) {
            "after_conviction" => {
                error("the State freezes only after conviction: consult it first (RS 57(3)(e), 97)")
            }
            "none" => error("the State cannot freeze at any stage: consult it first (RS 88, 97)"),
            "after_warrant" if facts.target_warrants.iter().all(Option::is_none) => {
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
        applies: |facts| freezes(facts) && serves(facts, PurposeKind::Reparations),
        check: |_, value| match option(value) {
            "no" => error(
                "the State cannot freeze for reparations: name another purpose or consult it (RS 75(4), 97)",
            ),
            "after_conviction" => {
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
        applies: |facts| execution_date(facts).is_some() && !is_urgent(facts),
        check: |facts, value| too_soon(facts, value, Severity::Error),
    },
    Row {
        question: "D1_urgent",
        about: "how long it takes to freeze in urgency",
        path: "content.urgency.execution_date",
        says: "Of an urgent request the day of execution leaves the State the time it needs in urgency (warning).",
        applies: |facts| execution_date(facts).is_some() && is_urgent(facts),
        check: |facts, value| too_soon(facts, value, Severity::Warning),
    },
    Row {
        question: "D2",
        about: "how long a freeze lasts",
        path: "content.follow_up",
        says: "Where a freeze ends by law, the request says what follows (warning).",
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

/// What the State's membership, channel and answers say of a request.
fn findings(facts: &Facts<'_>, national: &National) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut own = |severity, path: &str, section: &str, description: String| {
        let field = format!("freezing_request.{path}");
        found.push(Finding::new(severity, field, description, section));
    };
    if let Some(text) = membership(facts, national) {
        own(Severity::Error, "content.non_party_basis", "RS 87(5)", text.to_owned());
    }
    let language = facts.content.language_code.as_deref();
    match &national.channel {
        None => {
            let text = "neither channel nor languages of the State are known: ask it to choose them";
            own(Severity::NotKnown, "content.language_code", "RS 87", text.to_owned());
        }
        Some(channel)
            if language.is_some_and(|language| !channel.facts.languages.iter().any(|l| l == language)) =>
        {
            let list = channel.facts.languages.join(", ");
            let text = format!("the State receives requests in {list} (since {})", channel.effective_date);
            own(Severity::Error, "content.language_code", "RS 87(2)", text);
        }
        Some(_) => {}
    }
    let Some(questionnaire) = &national.questionnaire else {
        let text = "no questionnaire about the law of States is published: nothing is known";
        own(Severity::NotKnown, "content", "RS 96(3)", text.to_owned());
        return found;
    };
    // A published document was found right.
    let Ok(logic) = Logic::of(&questionnaire.document) else { return found };
    let answers = Answers::of(questionnaire, &logic, &national.answers);
    for row in TABLE.iter().filter(|row| (row.applies)(facts)) {
        let answer = answers.to(row.question);
        // What is not asked of a State, for reasons that are settled, does not bear on requests to it.
        if answer.is_some() || !answers.is_settled(row.question) {
            found.extend(row.findings(facts, answer));
        }
    }
    found
}

impl Row {
    fn findings(&self, facts: &Facts<'_>, answer: Option<&InForce>) -> Vec<Finding> {
        let field =
            |path: Option<String>| format!("freezing_request.{}", path.as_deref().unwrap_or(self.path));
        let told = match answer.map(|answer| &answer.value) {
            None => vec![Told(Severity::NotKnown, None, format!("the State has not said {}", self.about))],
            Some(Value::Absence(Absence::DoesNotApply)) => Vec::new(),
            Some(Value::Absence(absence)) => {
                let text = format!("the State answers “{absence}”: it is not known {}", self.about);
                vec![Told(Severity::NotKnown, None, text)]
            }
            Some(value) => (self.check)(facts, value),
        };
        let finding = |Told(severity, path, description)| Finding {
            question: Some(self.question.to_owned()),
            answer: answer.map(|answer| answer.value.given()).filter(|given| !given.is_empty()),
            answer_date: answer.map(|answer| answer.valid_from_date),
            questionnaire_version: answer.map(|answer| answer.version_number),
            ..Finding::new(severity, field(path), description, "RS 96(2)(e)")
        };
        told.into_iter().map(finding).collect()
    }
}

/// What is missing of the basis of a request to a State that is no Party. No reason overrides it: without a basis there
/// is nobody who has to answer.
fn membership(facts: &Facts<'_>, national: &National) -> Option<&'static str> {
    let party = national.state.is_some_and(|state| state.is_party_on(facts.today));
    let former = national.state.is_some_and(|state| state.was_party_before(facts.today));
    match &facts.content.non_party_basis {
        _ if party => None,
        Some(basis) if !basis.reference.trim().is_empty() => None,
        _ if former => Some(
            "the State is a Party no longer: say on what the request rests, as its continuing duty (RS 127(2))",
        ),
        _ => {
            Some("the State is no Party: say on what the request rests, as an ad hoc arrangement (RS 87(5))")
        }
    }
}

impl Check {
    /// Adds what the requested State's membership, channel and answers say.
    #[must_use]
    pub fn against(mut self, facts: &Facts<'_>, national: &National) -> Self {
        self.findings.extend(findings(facts, national));
        self.findings.sort_by_key(|finding| (finding.severity, table::place(&finding.section)));
        self.complete = self.findings.iter().all(|finding| finding.severity != Severity::Error);
        // Nothing is found on the time it needs; what nobody has said is found, too.
        let about_time = |finding: &Finding| finding.question.as_deref() == Some("D1");
        let known = national.questionnaire.is_some() || execution_date(facts).is_none() || is_urgent(facts);
        self.timely = known && !self.findings.iter().any(about_time);
        self.answers_used = national.answers_used(facts.today);
        self
    }
}

/// The human beings that are targets, with their places.
fn targets<'a>(
    facts: &'a Facts<'_>,
) -> impl Iterator<Item = (usize, &'a crate::domain::freezing_request::content::NaturalPerson)> {
    let persons = facts.content.persons.iter().enumerate();
    persons.filter(|(_, person)| person.capacity == Capacity::Target).filter_map(|(place, person)| {
        if let Identity::Natural(natural) = &person.identity { Some((place, natural)) } else { None }
    })
}

const fn is_value(stated: &Stated) -> bool {
    matches!(stated, Stated::Value(_))
}
