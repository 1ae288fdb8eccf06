//! A request against what the requested State says of its law: a table of questions, each with when it matters and what
//! its answer asks of the request. What nobody has said is told as not known, never passed over.

pub(super) use self::rows::TABLE;
use self::time::{execution_date, is_urgent};
use super::{Check, Facts, Finding, Severity, table};
use crate::{
    freezing_request::{
        content::{Capacity, Identity},
        national::National,
    },
    questionnaire::{
        Change, Document,
        answer::{Absence, Value},
        gaps::Answers,
        logic::Logic,
        response::InForce,
    },
};

mod needs;
mod rows;
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
    /// Options of the question that the check relies on.
    options: &'static [&'static str],
    /// Whether the request needs to know.
    applies: fn(&Facts<'_>) -> bool,
    /// What an answer asks of the request.
    check: fn(&Facts<'_>, &Value) -> Vec<Told>,
}

/// What an answer asks of a request: how much it matters, the field if it is another one, and what would be right.
struct Told(Severity, Option<String>, String);

/// The field whose finding no reason overrides.
pub(super) const NON_PARTY_BASIS: &str = "freezing_request.content.non_party_basis";

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
            if language
                .is_some_and(|language| !channel.facts.languages.iter().any(|l| same(l, language))) =>
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
    let logic = Logic::of(&questionnaire.document).ok();
    let answers = logic.as_ref().map(|logic| Answers::of(questionnaire, logic, &national.answers));
    for row in TABLE.iter().filter(|row| (row.applies)(facts)) {
        match answers.as_ref().filter(|_| row.is_asked_by(&questionnaire.document)) {
            // If the document asks another question under this key, its answer is no answer to this row.
            None => found.extend(row.findings(facts, None)),
            Some(answers) => {
                let answer = answers.to(row.question);
                // If it is settled that the State is not asked the question, the question does not matter for
                // requests to it.
                if answer.is_some() || !answers.is_settled(row.question) {
                    found.extend(row.findings(facts, answer));
                }
            }
        }
    }
    found
}

impl Row {
    /// Whether a document asks the question as this row knows it.
    fn is_asked_by(&self, document: &Document) -> bool {
        let question = document.questions.iter().find(|question| question.key == self.question);
        question.is_some_and(|question| {
            let has = |key: &&str| question.options.iter().any(|option| option.key == **key);
            question.change != Some(Change::Retired) && self.options.iter().all(has)
        })
    }

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

/// What is missing in the legal basis of a request to a State that is not a Party. No reason overrides this:
/// without a basis the State does not have to answer.
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
        // The request is timely if there is no finding on the time that the State needs. That the State has
        // not answered is such a finding, too.
        let about_time = |finding: &Finding| finding.question.as_deref() == Some("D1");
        let known = national.questionnaire.is_some() || execution_date(facts).is_none() || is_urgent(facts);
        self.timely = known && !self.findings.iter().any(about_time);
        self.answers_used = national.answers_used(facts.today);
        self
    }
}

/// Whether two tags are of one language, whatever their variants.
fn same(a: &str, b: &str) -> bool {
    a.split('-').next() == b.split('-').next()
}

/// The human beings that are targets, with their places.
fn targets<'a>(
    facts: &'a Facts<'_>,
) -> impl Iterator<Item = (usize, &'a crate::freezing_request::content::NaturalPerson)> {
    let persons = facts.content.persons.iter().enumerate();
    persons.filter(|(_, person)| person.capacity == Capacity::Target).filter_map(|(place, person)| {
        if let Identity::Natural(natural) = &person.identity { Some((place, natural)) } else { None }
    })
}
