//! The rules of the set on asset recovery, each by answers that trigger it and by answers that do not.

use std::{collections::BTreeSet, sync::LazyLock};

use super::*;
use crate::{
    directory::Contact,
    questionnaire::answer::{OptionKeys, Period, Unit},
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// Key of the question.
    rule: String,
    /// Which of its rules.
    index: usize,
    #[serde(default)]
    triggers: BTreeMap<String, String>,
    #[serde(default)]
    clear: BTreeMap<String, String>,
    /// The rule is one of age, and needs no more than an answer.
    #[serde(default)]
    stale: bool,
}

static SHIPPED: LazyLock<Document> = LazyLock::new(samples::shipped);
static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let cases: Cases = toml::from_str(include_str!("../../../../../tests/vectors/gap_cases.toml")).unwrap();
    cases.case
});

fn find(key: &str) -> &'static Question {
    SHIPPED.questions.iter().find(|question| question.key == key).unwrap()
}

impl Case {
    fn rule(&self) -> &'static GapRule {
        &find(&self.rule).gap_rules[self.index]
    }

    /// Whether the rule tells a gap.
    fn holds(&self, gaps: &Gaps) -> bool {
        let rule = self.rule();
        gaps.gaps.iter().any(|gap| {
            gap.question == self.rule
                && gap.provision == rule.provision
                && gap.severity == rule.severity
                && gap.description == rule.description
        })
    }
}

/// The answer that conditions see as this text. Empty text is a question that has been settled without a value.
fn value(question: &Question, text: &str) -> Value {
    let words = || text.to_owned();
    match question.kind {
        _ if text.is_empty() => Value::Absence(Absence::DoesNotApply),
        QuestionType::Boolean => Value::Boolean(text == "yes"),
        QuestionType::SelectOne => Value::Option(words()),
        QuestionType::SelectMultiple => {
            Value::Options(OptionKeys { keys: text.split(' ').map(str::to_owned).collect() })
        }
        QuestionType::Text => Value::Text(samples::english(text)),
        QuestionType::Integer => Value::Integer(text.parse().unwrap()),
        QuestionType::Decimal => Value::Decimal(words()),
        QuestionType::Date => Value::Date(day(text)),
        QuestionType::Period => Value::Period(Period { amount: text.parse().unwrap(), unit: Unit::Days }),
        QuestionType::Contact => Value::Contact(Contact {
            authority: "Ministry of Justice".into(),
            person_display_name: None,
            postal_address: None,
            email: None,
            telephone: None,
            around_the_clock: true,
        }),
        QuestionType::Legislation | QuestionType::File | QuestionType::Note => {
            panic!("no rule looks at {}", question.key)
        }
    }
}

fn answers(given: &BTreeMap<String, String>) -> Vec<InForce> {
    let read = |(key, text): (&String, &String)| {
        let question = find(key);
        let value = value(question, text);
        assert_eq!((value.given(), value.problem(question)), (text.clone(), None), "{key}");
        answer(key, value)
    };
    given.iter().map(read).collect()
}

/// The answers of a case of age, attested on a day, with those by which its question is asked.
fn aged(case: &Case, attested: &str) -> Vec<InForce> {
    let own = answer(&case.rule, value(find(&case.rule), "given"));
    let attest_time = format!("{attested}T12:00:00Z").parse().unwrap();
    vec![yes("A1"), yes("A3"), InForce { attest_time, ..own }]
}

#[test]
fn every_rule_has_a_case() {
    let rules: Vec<(&str, usize)> = SHIPPED
        .questions
        .iter()
        .flat_map(|question| (0..question.gap_rules.len()).map(|index| (question.key.as_str(), index)))
        .collect();
    let cases: Vec<_> = CASES.iter().map(|case| (case.rule.as_str(), case.index)).collect();
    assert_eq!(cases, rules);
    assert!(CASES.iter().all(|case| case.stale == case.rule().stale_after_months.is_some()));
    // Otherwise a gap could be taken for that of another rule.
    for question in &SHIPPED.questions {
        let told: BTreeSet<_> =
            question.gap_rules.iter().map(|rule| (&rule.provision, rule.description.get("en"))).collect();
        assert_eq!(told.len(), question.gap_rules.len(), "{}", question.key);
    }
}

#[test]
fn every_rule_tells_a_gap_when_it_should_and_none_when_it_should_not() {
    for case in CASES.iter().filter(|case| !case.stale) {
        let name = format!("{} {}", case.rule, case.index);
        let found = gaps(&SHIPPED, &answers(&case.triggers));
        assert!(case.holds(&found), "{name}");
        assert!(!found.no_gap.contains(&case.rule), "{name}");
        let found = gaps(&SHIPPED, &answers(&case.clear));
        assert!(!case.holds(&found), "{name}");
        // Not for want of an answer, but because it is known that there is no gap.
        assert!(!found.not_known.contains(&case.rule), "{name}");
    }
}

#[test]
fn an_answer_is_stale_once_its_months_have_passed() {
    for case in CASES.iter().filter(|case| case.stale) {
        assert_eq!(case.rule().stale_after_months, Some(12));
        for (attested, day, stale) in [
            ("2025-06-01", "2026-05-31", false),
            ("2025-06-01", "2026-06-01", true),
            ("2025-06-01", "2030-01-01", true),
            ("2026-06-01", "2026-06-01", false),
            // A month that is too short ends on its last day.
            ("2024-02-29", "2025-02-27", false),
            ("2024-02-29", "2025-02-28", true),
        ] {
            let found = gaps_on(&SHIPPED, &aged(case, attested), day.parse().unwrap());
            assert_eq!(case.holds(&found), stale, "{} {attested} {day}", case.rule);
            assert_eq!(found.no_gap.contains(&case.rule), !stale, "{} {attested} {day}", case.rule);
            assert!(!found.not_known.contains(&case.rule), "{}", case.rule);
        }
        // What was never given is not stale.
        let found = gaps(&SHIPPED, &aged(case, "2025-06-01")[..2]);
        assert!(!case.holds(&found) && found.not_known.contains(&case.rule), "{}", case.rule);
    }
}

#[test]
fn a_state_that_answered_nothing_has_no_gaps_and_is_not_without_gaps() {
    let found = gaps(&SHIPPED, &[]);
    let with_rules = SHIPPED.questions.iter().filter(|question| !question.gap_rules.is_empty());
    assert_eq!(found.not_known, with_rules.map(|question| question.key.clone()).collect::<Vec<_>>());
    assert_eq!((found.gaps, found.no_gap), (vec![], vec![]));
}

#[test]
fn without_the_answer_nobody_knows_whether_there_is_a_gap() {
    for case in CASES.iter().filter(|case| !case.stale) {
        let key = &case.rule;
        let others: Vec<_> = answers(&case.triggers).into_iter().filter(|a| a.question != *key).collect();
        let given = [None, Some(Absence::Unknown), Some(Absence::UnderReform), Some(Absence::Withheld)];
        for reason in given {
            let own = reason.map(|reason| absence(key, reason));
            let found = gaps(&SHIPPED, &others.iter().cloned().chain(own).collect::<Vec<_>>());
            assert!(found.not_known.contains(key), "{key} {reason:?}");
            assert!(!found.no_gap.contains(key), "{key} {reason:?}");
            assert!(found.gaps.iter().all(|gap| gap.question != *key), "{key} {reason:?}");
        }
    }
}
