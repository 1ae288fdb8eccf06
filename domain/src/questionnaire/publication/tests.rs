use super::*;
use crate::questionnaire::{
    GapRule, GapSeverity, Section, samples,
    samples::{closed, english, option, question, texts},
};

mod changes;
mod soundness;

/// A document that nothing stands against: `A1`, `A2` and `A3` in section `A`, `B1` and `B2` in section `B`.
fn sound() -> Document {
    let rule = |when: Option<&str>, stale_after_months| GapRule {
        when: when.map(str::to_owned),
        stale_after_months,
        severity: GapSeverity::Minor,
        provision: "RS 88".into(),
        description: texts("There is no law."),
    };
    let in_b = |question: Question| Question { section: "B".into(), ..question };
    let mut document = samples::document([
        Question {
            required: Some("true()".into()),
            gap_rules: vec![rule(Some("${A1} = 'no'"), None)],
            ..question("A1", QuestionType::Boolean)
        },
        Question {
            relevant: Some("${A1} = 'yes'".into()),
            feeds: Some(Feed::Channel),
            ..closed("A2", QuestionType::SelectOne, &["diplomatic", "ministry", "other", "none"])
        },
        Question {
            help: texts("Please name them all."),
            feeds: Some(Feed::Languages),
            ..closed("A3", QuestionType::SelectMultiple, &["en", "fr"])
        },
        in_b(Question {
            feeds: Some(Feed::FocalPoint),
            gap_rules: vec![rule(None, Some(12))],
            ..question("B1", QuestionType::Contact)
        }),
        in_b(Question {
            relevant: Some("selected(${A3}, 'fr')".into()),
            ..question("B2", QuestionType::Text)
        }),
    ]);
    document.sections.push(Section { key: "B".into(), label: texts("Persons") });
    document
}

/// Paths of the violations, without the `questionnaire.` of each.
fn paths(violations: &[Violation]) -> Vec<&str> {
    violations.iter().map(|violation| violation.field.strip_prefix("questionnaire.").unwrap()).collect()
}

#[test]
fn the_shipped_questionnaire_can_be_published() {
    let document = samples::shipped();
    assert_eq!(violations(&document, None), []);
    let mut next = document.clone();
    for question in &mut next.questions {
        question.change = Some(Change::Unchanged);
    }
    let mut first = document;
    for question in &mut first.questions {
        question.change = Some(Change::New);
    }
    assert_eq!(violations(&next, Some(&first)), []);
}

#[test]
fn a_key_is_a_name_of_the_language_of_conditions() {
    for key in ["a", "_", "D2_renewals", "A-1", "Z9", &"k".repeat(60)] {
        assert!(is_key(key), "{key}");
    }
    for key in ["", "1a", "-a", "a b", "a.b", "é", "a é", "a\n", &"k".repeat(61)] {
        assert!(!is_key(key), "{key}");
    }
}

#[test]
fn an_answer_holds_since_the_version_in_which_its_question_got_its_meaning() {
    let before = BTreeMap::from(["A1", "A2", "A3", "B1"].map(|key| (key.to_owned(), 1)));
    let mut document = sound();
    assert_eq!(meanings(&document, 1, &BTreeMap::new()).into_values().collect::<Vec<_>>(), [1; 5]);
    for (place, change) in
        [Change::Unchanged, Change::Reworded, Change::ChangedInMeaning, Change::Retired, Change::New]
            .into_iter()
            .enumerate()
    {
        document.questions[place].change = Some(change);
    }
    let found = meanings(&document, 2, &before);
    let expected = [("A1", 1), ("A2", 1), ("A3", 2), ("B1", 1), ("B2", 2)];
    assert_eq!(found.iter().map(|(key, since)| (key.as_str(), *since)).collect::<Vec<_>>(), expected);
    // A version later all is as it was.
    for question in &mut document.questions {
        question.change = Some(Change::Unchanged);
    }
    assert_eq!(meanings(&document, 3, &found), found);
}

#[test]
fn a_question_that_says_nothing_of_constraints_is_read_and_written_as_before() {
    let stored = serde_json::json!({
        "key": "A1", "section": "A", "type": "text", "label": [{ "text": "What?", "language_code": "en" }],
        "required": "true()",
    });
    let question: Question = serde_json::from_value(stored.clone()).unwrap();
    assert_eq!((&question.constraint, question.constraint_message.is_empty()), (&None, true));
    assert_eq!(serde_json::to_value(question).unwrap(), stored);
}
