use super::*;
use crate::questionnaire::{Change, Document, QuestionType, samples, samples::question};

mod comparison;
mod shipped;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The day on which gaps are looked for.
fn today() -> NaiveDate {
    day("2026-06-01")
}

/// An answer to the first version, attested a month ago.
fn answer(key: &str, value: Value) -> InForce {
    InForce {
        requested_state: None,
        country_code: "BE".into(),
        questionnaire_key: "law".into(),
        version_number: 1,
        response: None,
        question: key.into(),
        value,
        comment: None,
        valid_from_date: day("2026-04-01"),
        attest_time: "2026-05-01T12:00:00Z".parse().unwrap(),
        shared: false,
    }
}

fn yes(key: &str) -> InForce {
    answer(key, Value::Boolean(true))
}

fn no(key: &str) -> InForce {
    answer(key, Value::Boolean(false))
}

fn absence(key: &str, absence: Absence) -> InForce {
    answer(key, Value::Absence(absence))
}

fn rule(when: &str, severity: GapSeverity) -> GapRule {
    GapRule {
        when: Some(when.into()),
        stale_after_months: None,
        severity,
        provision: "RS 88".into(),
        description: samples::texts("There is no law."),
    }
}

/// Whether assets can be frozen; if so, whether quickly, and otherwise nothing. Each `no` is a gap.
fn document() -> Document {
    let freezing = Question {
        gap_rules: vec![rule("${freezing} = 'no'", GapSeverity::Major)],
        ..question("freezing", QuestionType::Boolean)
    };
    let quickly = Question {
        relevant: Some("${freezing} = 'yes'".into()),
        gap_rules: vec![rule("${quickly} = 'no'", GapSeverity::Minor)],
        ..question("quickly", QuestionType::Boolean)
    };
    samples::document([freezing, quickly, question("remarks", QuestionType::Text)])
}

fn gaps_on(document: &Document, answers: &[InForce], day: NaiveDate) -> Gaps {
    let questionnaire = samples::published(document.clone(), 1, &BTreeMap::new());
    let logic = Logic::of(document).unwrap();
    analyse(&Answers::of(&questionnaire, &logic, answers), day)
}

fn gaps(document: &Document, answers: &[InForce]) -> Gaps {
    gaps_on(document, answers, today())
}

/// Keys of questions: with a gap, not known, without a gap.
fn keys(gaps: &Gaps) -> [Vec<&str>; 3] {
    [
        gaps.gaps.iter().map(|gap| gap.question.as_str()).collect(),
        gaps.not_known.iter().map(String::as_str).collect(),
        gaps.no_gap.iter().map(String::as_str).collect(),
    ]
}

#[test]
fn a_gap_says_what_is_missing_and_since_when() {
    let found = gaps(&document(), &[no("freezing")]);
    let expected = Gap {
        question: "freezing".into(),
        severity: GapSeverity::Major,
        provision: "RS 88".into(),
        description: samples::texts("There is no law."),
        valid_from_date: Some(day("2026-04-01")),
    };
    assert_eq!(found, Gaps { gaps: vec![expected], ..Gaps::default() });
}

#[test]
fn nobody_knows_what_nobody_answered() {
    let document = document();
    // Whether the second is asked depends on the first, so nobody knows of it either.
    assert_eq!(keys(&gaps(&document, &[])), [vec![], vec!["freezing", "quickly"], vec![]]);
    assert_eq!(keys(&gaps(&document, &[yes("freezing")])), [vec![], vec!["quickly"], vec!["freezing"]]);
    assert_eq!(
        keys(&gaps(&document, &[yes("freezing"), yes("quickly")])),
        [vec![], vec![], vec!["freezing", "quickly"]]
    );
    // An answer to a question that is not asked counts for nothing.
    assert_eq!(keys(&gaps(&document, &[no("freezing"), no("quickly")])), [vec!["freezing"], vec![], vec![]]);
    assert_eq!(keys(&gaps(&document, &[no("quickly")])), [vec![], vec!["freezing", "quickly"], vec![]]);
}

#[test]
fn an_absence_settles_a_question_only_where_it_does_not_apply() {
    for (reason, settles) in [
        (Absence::Unknown, false),
        (Absence::UnderReform, false),
        (Absence::Withheld, false),
        (Absence::DoesNotApply, true),
    ] {
        let found = gaps(&document(), &[yes("freezing"), absence("quickly", reason)]);
        let expected = if settles {
            [vec![], vec![], vec!["freezing", "quickly"]]
        } else {
            [vec![], vec!["quickly"], vec!["freezing"]]
        };
        assert_eq!(keys(&found), expected, "{reason}");
    }
}

#[test]
fn a_rule_that_looks_at_another_question_needs_its_answer() {
    let mut document = document();
    document.questions[0].gap_rules[0].when = Some("${freezing} = 'no' and ${remarks} = ''".into());
    let remarks = || answer("remarks", Value::Text(samples::english("A bill is pending.")));
    for (answers, expected) in [
        (vec![no("freezing")], [vec![], vec!["freezing"], vec![]]),
        (vec![no("freezing"), absence("remarks", Absence::Withheld)], [vec![], vec!["freezing"], vec![]]),
        (vec![no("freezing"), absence("remarks", Absence::DoesNotApply)], [vec!["freezing"], vec![], vec![]]),
        (vec![no("freezing"), remarks()], [vec![], vec![], vec!["freezing"]]),
    ] {
        assert_eq!(keys(&gaps(&document, &answers)), expected, "{answers:?}");
    }
}

#[test]
fn critical_gaps_come_first() {
    let mut document = document();
    document.questions[0].gap_rules = vec![
        rule("${freezing} = 'yes'", GapSeverity::Minor),
        rule("${freezing} = 'yes'", GapSeverity::Major),
    ];
    document.questions[1].gap_rules = vec![rule("${quickly} = 'no'", GapSeverity::Critical)];
    let found = gaps(&document, &[yes("freezing"), no("quickly")]);
    let found: Vec<_> = found.gaps.iter().map(|gap| gap.severity).collect();
    assert_eq!(found, [GapSeverity::Critical, GapSeverity::Major, GapSeverity::Minor]);
}

#[test]
fn an_answer_to_an_earlier_version_counts_while_the_question_means_the_same() {
    let first = samples::published(document(), 1, &BTreeMap::new());
    for (change, counts) in [
        (Change::Unchanged, true),
        (Change::Reworded, true),
        (Change::ChangedInMeaning, false),
        (Change::New, false),
    ] {
        let mut document = document();
        document.questions[0].change = Some(change);
        document.questions[1].change = Some(Change::Unchanged);
        let second = samples::published(document.clone(), 2, &first.meanings);
        let logic = Logic::of(&document).unwrap();
        let find = |answers: &[InForce]| analyse(&Answers::of(&second, &logic, answers), today());
        let earlier = find(&[no("freezing")]);
        let expected = if counts {
            [vec!["freezing"], vec![], vec![]]
        } else {
            [vec![], vec!["freezing", "quickly"], vec![]]
        };
        assert_eq!(keys(&earlier), expected, "{change}");
        // Given again, it counts in any case.
        let again = InForce { version_number: 2, ..no("freezing") };
        assert_eq!(keys(&find(&[again])), [vec!["freezing"], vec![], vec![]], "{change}");
    }
}

#[test]
fn a_retired_question_shows_nothing() {
    let mut document = document();
    document.questions[0].change = Some(Change::Retired);
    document.questions[1].relevant = None;
    assert_eq!(keys(&gaps(&document, &[no("freezing"), no("quickly")])), [vec!["quickly"], vec![], vec![]]);
}

#[test]
fn the_answer_to_a_question_is_one_only_while_it_is_asked() {
    let document = document();
    let questionnaire = samples::published(document.clone(), 1, &BTreeMap::new());
    let logic = Logic::of(&document).unwrap();
    let given = [no("freezing"), yes("quickly")];
    let answers = Answers::of(&questionnaire, &logic, &given);
    assert_eq!(answers.to("freezing"), Some(&given[0]));
    assert_eq!(answers.to("quickly"), None);
    assert_eq!(answers.to("remarks"), None);
    assert_eq!(answers.to("no such question"), None);
}
