//! Each row of the table has an answer that bears on the request and one that does not; a missing answer
//! always gives a finding.

use chrono::NaiveDate;

use super::*;
use crate::{
    directory::{ChannelKind, NewChannel},
    freezing_request::{
        Measure, Origin,
        completeness::{check, sample::sample},
        content::{NoticePolicy, ObjectKind, RequestContent, Urgency},
        national::{NonPartyBasis, NonPartyBasisKind},
    },
    names::QuestionnaireId,
    order::PurposeKind,
    questionnaire::{
        Document, Questionnaire, State as Published,
        answer::{OptionKeys, Period, Unit},
        publication::meanings,
    },
    states,
    text::Stated,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn shipped() -> Questionnaire {
    let document: Document = toml::from_str(crate::questionnaire::STANDARD).unwrap();
    Questionnaire {
        name: QuestionnaireId::random(),
        meanings: meanings(&document, 1, &std::collections::BTreeMap::new()),
        document,
        version_number: Some(1),
        state: Published::Published,
        create_time: chrono::DateTime::default(),
        publish_time: Some(chrono::DateTime::default()),
    }
}

fn answer(question: &str, value: Value) -> InForce {
    InForce {
        requested_state: None,
        country_code: "PT".into(),
        questionnaire_key: "asset_recovery".into(),
        version_number: 1,
        response: None,
        question: question.into(),
        value,
        comment: None,
        valid_from_date: day("2026-01-01"),
        attest_time: "2026-02-01T00:00:00Z".parse().unwrap(),
        shared: false,
    }
}

fn choice(key: &str) -> Value {
    Value::Option(key.into())
}

fn choices(keys: &[&str]) -> Value {
    Value::Options(OptionKeys { keys: keys.iter().map(|key| (*key).to_owned()).collect() })
}

/// A request to Portugal, which receives requests in Portuguese and English, and what it has answered.
struct Case {
    measures: Vec<Measure>,
    content: RequestContent,
    national: National,
    warrants: Vec<Option<NaiveDate>>,
    convicted: bool,
}

impl Case {
    fn new(measures: &[Measure]) -> Self {
        let mut content = sample(measures);
        content.language_code = Some("en".into());
        let channel = NewChannel {
            kind: ChannelKind::Diplomatic,
            description: None,
            interpol_accepted: false,
            languages: vec!["pt".into(), "en".into()],
            received_date: None,
            agreed_date: None,
        };
        let channel = channel.into_channel(0, "2020-01-01T00:00:00Z".parse().unwrap());
        let national = National {
            state: states::by_code("PT"),
            channel: Some(channel),
            questionnaire: Some(shipped()),
            answers: Vec::new(),
        };
        Self {
            measures: measures.to_vec(),
            content,
            national,
            warrants: vec![Some(day("2026-01-15"))],
            convicted: false,
        }
    }

    fn answered(mut self, question: &str, value: Value) -> Self {
        self.national.answers.push(answer(question, value));
        self
    }

    fn content(mut self, change: impl FnOnce(&mut RequestContent)) -> Self {
        change(&mut self.content);
        self
    }

    fn check(&self) -> Check {
        let facts = Facts {
            measures: &self.measures,
            origin: Origin::Chamber,
            content: &self.content,
            has_order: true,
            order_date: Some(day("2026-03-02")),
            order_final_date: Some(day("2026-11-24")),
            target_warrants: &self.warrants,
            terms: None,
            statuses: &[],
            ended: &[],
            targets_convicted: self.convicted,
            today: day("2026-11-24"),
            latest_day: day("2026-11-24"),
        };
        check(&facts).against(&facts, &self.national)
    }

    /// What is found on a question, as severity and field.
    fn about(&self, question: &str) -> Vec<(Severity, String)> {
        let found = self.check().findings.into_iter().filter(|f| f.question.as_deref() == Some(question));
        found.map(|f| (f.severity, f.field.trim_start_matches("freezing_request.").to_owned())).collect()
    }
}

fn freeze() -> Case {
    Case::new(&[Measure::Freeze])
}

/// The answers on which it depends whether a question is asked at all.
fn leading_to(case: Case, question: &str) -> Case {
    match question {
        "B2" => case.answered("B1", choice("full")),
        "C2_documents" => case.answered("C1", choice("domestic_order")),
        "D2" => case.answered("D2_unlimited", Value::Boolean(false)),
        _ => case,
    }
}

use Severity::{Error, Warning};

/// Cases in which a row bears on the request: the question, the request, an answer that is against it, how much it
/// matters, and an answer that is not.
fn rows() -> Vec<(&'static str, Case, Value, Severity, Value)> {
    let enforce = || Case::new(&[Measure::Enforce]);
    let trace = Case::new(&[Measure::Trace]);
    let aid = Case::new(&[Measure::RecoverLegalAid]);
    let deferred = freeze().content(|content| content.notice_policy = Some(NoticePolicy::Deferred));
    let equivalent = freeze().content(|content| content.objects = vec![ObjectKind::EquivalentValue]);
    let unstated = freeze().content(|content| content.formalities = None);
    let nameless = freeze().content(|content| {
        if let Identity::Natural(person) = &mut content.persons[0].identity {
            person.birth_date = None;
        }
    });
    let on_day = |urgent: bool| {
        freeze().content(move |content| {
            content.urgency = Some(Urgency {
                urgent,
                grounds: urgent.then(|| "Funds are being moved".into()),
                execution_date: Some(day("2026-12-01")),
                execution_date_grounds: None,
            });
        })
    };
    let days = |amount| Value::Period(Period { amount, unit: Unit::Days });
    let reparations = freeze().content(|content| {
        content.purposes.retain(|basis| basis.purpose == PurposeKind::Reparations);
        assert!(!content.purposes.is_empty());
    });
    vec![
        ("A7", freeze(), choices(&["none"]), Warning, choices(&["secure_transmission"])),
        ("B1", freeze(), choice("none"), Warning, choice("full")),
        ("B2", trace, choices(&["freezing_or_seizure"]), Warning, choices(&["tracing"])),
        ("C1", unstated, choice("domestic_order"), Error, choice("direct")),
        ("C2_documents", nameless, choices(&["birth_date"]), Error, choices(&["translation"])),
        ("C3", freeze(), choice("after_conviction"), Error, choice("before_charges")),
        ("C4", deferred, Value::Boolean(false), Error, Value::Boolean(true)),
        ("C5", reparations, choice("no"), Error, choice("before_conviction")),
        ("C6", aid, Value::Boolean(false), Error, Value::Boolean(true)),
        ("C7", equivalent, choices(&["unlinked"]), Error, choices(&["unlinked", "equivalent_value"])),
        ("D1", on_day(false), days(30), Error, days(7)),
        ("D1_urgent", on_day(true), days(30), Warning, days(7)),
        ("D2", freeze(), days(730), Warning, Value::Absence(Absence::DoesNotApply)),
        ("H1", enforce(), choices(&["none"]), Error, choices(&["fines", "forfeiture", "reparations"])),
    ]
}

#[test]
fn each_row_bears_on_a_request_or_does_not() {
    let rows = rows();
    for row in TABLE {
        assert!(rows.iter().any(|(question, ..)| *question == row.question), "{} has no case", row.question);
    }
    for (question, case, against, severity, with) in rows {
        let case = leading_to(case, question);
        // Nobody has said: it is not known.
        let unsaid: Vec<_> = case.about(question).into_iter().map(|(severity, _)| severity).collect();
        assert_eq!(unsaid, [Severity::NotKnown], "{question} unanswered");
        let said = |value: &Value| {
            Case {
                measures: case.measures.clone(),
                content: case.content.clone(),
                national: case.national.clone(),
                warrants: case.warrants.clone(),
                convicted: case.convicted,
            }
            .answered(question, value.clone())
        };
        for absence in [Absence::Unknown, Absence::UnderReform, Absence::Withheld] {
            let found = said(&Value::Absence(absence)).about(question);
            assert_eq!(found.iter().map(|(s, _)| *s).collect::<Vec<_>>(), [Severity::NotKnown], "{question}");
        }
        let found = said(&against).about(question);
        assert!(!found.is_empty() && found.iter().all(|(s, _)| *s == severity), "{question}: {found:?}");
        assert_eq!(said(&with).about(question), [], "{question} with {with:?}");
    }
}

#[test]
fn a_finding_says_on_which_answer_it_rests() {
    let case = freeze().answered("C3", choice("after_conviction"));
    let check = case.check();
    let found = check.findings.iter().find(|finding| finding.question.as_deref() == Some("C3")).unwrap();
    assert_eq!(found.answer.as_deref(), Some("after_conviction"));
    assert_eq!((found.answer_date, found.questionnaire_version), (Some(day("2026-01-01")), Some(1)));
    let used = check.answers_used.unwrap();
    assert_eq!((used.version_number, used.as_of_date), (1, day("2026-11-24")));
    assert!(!check.complete, "an error keeps it back");
}

#[test]
fn what_its_own_order_needs_is_named_field_by_field() {
    let all = choices(&[
        "certified_copy",
        "birth_date",
        "identity_document",
        "summary_of_evidence",
        "link_to_crime",
        "asset_location",
        "valuation",
    ]);
    let bare = freeze().content(|content| {
        if let Identity::Natural(person) = &mut content.persons[0].identity {
            (person.birth_date, person.identity_document) =
                (None, Some(Stated::Absence(crate::text::Absence::Unknown)));
        }
        (content.facts, content.link_to_crime) = (None, None);
        content.attachments.clear();
        content.assets.truncate(1);
        (content.assets[0].location, content.assets[0].valuation) = (None, None);
    });
    let case = leading_to(bare, "C2_documents").answered("C2_documents", all);
    let fields: Vec<_> = case.about("C2_documents").into_iter().map(|(_, field)| field).collect();
    assert_eq!(
        fields,
        [
            "content.persons[0].natural.birth_date",
            "content.persons[0].natural.identity_document",
            "content.facts",
            "content.link_to_crime",
            "content.assets[0].location",
            "content.assets[0].valuation",
            "content.attachments",
        ]
    );
}

#[test]
fn a_request_is_in_a_language_that_the_state_has_chosen() {
    let languages = |case: &Case| {
        let found = case.check().findings.into_iter().filter(|f| f.field.ends_with("content.language_code"));
        found.map(|finding| finding.severity).collect::<Vec<_>>()
    };
    assert_eq!(languages(&freeze()), []);
    assert_eq!(languages(&freeze().content(|c| c.language_code = Some("fr".into()))), [Severity::Error]);
    let mut unknown = freeze();
    unknown.national.channel = None;
    assert_eq!(languages(&unknown), [Severity::NotKnown]);
}

#[test]
fn a_state_that_is_no_party_needs_a_basis_that_no_reason_overrides() {
    let bases = |code: &str, basis: Option<NonPartyBasisKind>| {
        let mut case = freeze();
        case.national.state = states::by_code(code);
        case.content.non_party_basis =
            basis.map(|kind| NonPartyBasis { kind, reference: "Exchange of notes".into() });
        let found = case.check().findings.into_iter().filter(|finding| !finding.can_be_overridden());
        found.map(|finding| finding.severity).collect::<Vec<_>>()
    };
    assert_eq!(bases("PT", None), []);
    // Never a Party, a former one, and what the list does not know.
    for code in ["US", "PH", "XX"] {
        assert_eq!(bases(code, None), [Severity::Error], "{code}");
        assert_eq!(bases(code, Some(NonPartyBasisKind::AdHocArrangement)), [], "{code}");
    }
}

#[test]
fn timely_is_only_what_the_state_has_said_it_can_do() {
    let on = |urgent: bool| {
        freeze().content(move |content| {
            content.urgency = Some(Urgency {
                urgent,
                grounds: urgent.then(|| "Funds are being moved".into()),
                execution_date: Some(day("2026-12-24")),
                execution_date_grounds: None,
            });
        })
    };
    let takes = |amount| Value::Period(Period { amount, unit: Unit::Days });
    assert!(!on(false).check().timely, "nobody has said");
    assert!(on(false).answered("D1", takes(30)).check().timely, "the thirtieth day is in time");
    assert!(!on(false).answered("D1", takes(31)).check().timely);
    assert!(on(true).check().timely, "urgent with grounds");
    assert!(freeze().content(|content| content.urgency = None).check().timely, "no day is asked for");
}

#[test]
fn without_a_questionnaire_nothing_is_known() {
    let mut case = freeze();
    case.national.questionnaire = None;
    let check = case.check();
    assert!(check.findings.iter().any(|f| f.severity == Severity::NotKnown && f.section == "RS 96(3)"));
    assert_eq!(check.answers_used, None);
}
