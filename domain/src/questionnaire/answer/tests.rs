use QuestionType as Type;

use super::*;
use crate::questionnaire::samples::{closed, english, question};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn periods_follow_the_calendar() {
    let months = Period { amount: 24, unit: Unit::Months };
    assert_eq!(months.after(day("2008-05-31")), Some(day("2010-05-31")));
    assert_eq!(Period { amount: 1, unit: Unit::Months }.after(day("2008-01-31")), Some(day("2008-02-29")));
    assert_eq!(Period { amount: 49, unit: Unit::Hours }.after(day("2008-05-28")), Some(day("2008-05-31")));
    assert_eq!(Period { amount: 2, unit: Unit::Years }.before(day("2010-02-28")), Some(day("2008-02-28")));
    assert_eq!(Period { amount: 30, unit: Unit::Days }.before(day("2008-05-31")), Some(day("2008-05-01")));
    assert_eq!(Period { amount: -1, unit: Unit::Days }.after(day("2008-05-31")), None);
}

#[test]
fn conditions_see_periods_in_days() {
    let given = |amount, unit| Value::Period(Period { amount, unit }).given();
    assert_eq!(given(48, Unit::Hours), "2");
    assert_eq!(given(12, Unit::Hours), "0.5");
    assert_eq!(given(24, Unit::Months), "720");
    assert_eq!(given(1, Unit::Years), "365");
}

#[test]
fn absence_is_an_answer_that_conditions_do_not_see() {
    for absence in Absence::ALL {
        assert_eq!(Value::Absence(*absence).given(), "");
    }
}

fn contact(authority: &str) -> Value {
    Value::Contact(Contact {
        authority: authority.into(),
        person_display_name: None,
        postal_address: None,
        email: None,
        telephone: None,
        around_the_clock: false,
    })
}

fn options(keys: &[&str]) -> Value {
    Value::Options(OptionKeys { keys: keys.iter().map(|key| (*key).to_owned()).collect() })
}

fn laws(titles: &[&str]) -> Value {
    let law = |title: &&str| LegislationReference {
        title: english(title),
        article: None,
        url: None,
        in_force_from_date: None,
    };
    Value::Legislation(LegislationReferences { references: titles.iter().map(law).collect() })
}

fn file() -> Value {
    Value::File(Attachment {
        kind: "law".into(),
        file_name: "law.pdf".into(),
        sha256: "0".repeat(64),
        size_bytes: 1,
        language_code: "en".into(),
        translation_of: None,
    })
}

/// A value that is right for each type, and the types in the same order.
fn one_of_each() -> Vec<Value> {
    vec![
        Value::Boolean(true),
        Value::Option("b".into()),
        options(&["b", "a"]),
        Value::Text(english("None.")),
        Value::Integer(-3),
        Value::Decimal("-2.50".into()),
        Value::Date(day("2008-05-31")),
        Value::Period(Period { amount: 5, unit: Unit::Days }),
        laws(&["Penal Code"]),
        file(),
        contact("Ministry of Justice"),
    ]
}

fn ask(kind: QuestionType) -> Question {
    match kind {
        QuestionType::SelectOne | QuestionType::SelectMultiple => closed("A", kind, &["a", "b"]),
        kind => question("A", kind),
    }
}

#[test]
fn a_value_answers_a_question_of_its_own_type_only() {
    let values = one_of_each();
    let kinds: Vec<_> = QuestionType::ALL.iter().filter(|kind| **kind != QuestionType::Note).collect();
    assert_eq!(values.len(), kinds.len());
    for (asked, kind) in kinds.into_iter().enumerate() {
        for (answered, value) in values.iter().enumerate() {
            let problem = value.problem(&ask(*kind));
            if asked == answered {
                assert_eq!(problem, None, "{kind} {value:?}");
            } else {
                assert_eq!(problem, Some(("", Unfit::Type(*kind))), "{kind} {value:?}");
            }
        }
        for absence in Absence::ALL {
            assert_eq!(Value::Absence(*absence).problem(&ask(*kind)), None, "{kind} {absence}");
        }
    }
}

#[test]
fn nothing_answers_a_note() {
    let note = question("A", QuestionType::Note);
    for value in one_of_each().into_iter().chain(Absence::ALL.iter().copied().map(Value::Absence)) {
        assert_eq!(value.problem(&note), Some(("", Unfit::Note)), "{value:?}");
    }
}

#[test]
fn what_is_wrong_within_a_value_is_named_with_its_place() {
    let period = |amount| Value::Period(Period { amount, unit: Unit::Years });
    let decimal = |text: &str| Value::Decimal(text.into());
    for (kind, value, path, words) in [
        (Type::SelectOne, Value::Option("c".into()), ".option", "options: a, b"),
        (Type::SelectOne, Value::Option(String::new()), ".option", "options: a, b"),
        (Type::SelectMultiple, options(&[]), ".options.keys", "at least one"),
        (Type::SelectMultiple, options(&["a", "b", "a"]), ".options.keys", "once"),
        (Type::SelectMultiple, options(&["a", "c"]), ".options.keys", "options: a, b"),
        (Type::Decimal, decimal(""), ".decimal", "decimal number"),
        (Type::Decimal, decimal("12,5"), ".decimal", "decimal number"),
        (Type::Decimal, decimal("+1"), ".decimal", "decimal number"),
        (Type::Decimal, decimal("1e3"), ".decimal", "decimal number"),
        (Type::Decimal, decimal("1_000"), ".decimal", "decimal number"),
        (Type::Decimal, decimal("1.2.3"), ".decimal", "decimal number"),
        (Type::Decimal, decimal(" 1"), ".decimal", "decimal number"),
        (Type::Decimal, decimal("-"), ".decimal", "decimal number"),
        (Type::Decimal, decimal(&"9".repeat(30)), ".decimal", "decimal number"),
        (Type::Period, period(-1), ".period.amount", "from 0 to 10000"),
        (Type::Period, period(Period::MAX + 1), ".period.amount", "from 0 to 10000"),
        (Type::Legislation, laws(&[]), ".legislation.references", "at least one law"),
        (Type::Contact, contact(" "), ".contact", "name the authority"),
    ] {
        let (found, description) = value.problem(&ask(kind)).unwrap();
        assert_eq!(found, path, "{value:?}");
        assert!(description.to_string().contains(words), "{value:?}: {description}");
    }
    for amount in [0, Period::MAX] {
        assert_eq!(period(amount).problem(&ask(Type::Period)), None);
    }
}

#[test]
fn conditions_see_the_text_of_a_value() {
    let given: Vec<String> = one_of_each().iter().map(Value::given).collect();
    assert_eq!(
        given,
        ["yes", "b", "b a", "None.", "-3", "-2.50", "2008-05-31", "5", "given", "given", "given"]
    );
    assert_eq!(Value::Boolean(false).given(), "no");
}

#[test]
fn a_value_is_read_as_it_is_written() {
    for value in one_of_each().into_iter().chain(Absence::ALL.iter().copied().map(Value::Absence)) {
        let written = serde_json::to_value(&value).unwrap();
        assert_eq!(serde_json::from_value::<Value>(written).unwrap(), value);
    }
}
