use std::collections::BTreeSet;

use Measure::{Enforce, Freeze, RecoverLegalAid, Trace};
use Severity::{Error, Warning};

use super::{
    probe::Given,
    rules::RULES,
    sample::{full, without},
    table::{Need, TABLE},
    *,
};
use crate::{
    freezing_request::content::{Capacity, Identity, NaturalPerson},
    order::{
        PurposeKind,
        PurposeKind::{Fine, Forfeiture, LegalAid, Reparations},
    },
    text::{Absence, Stated},
};

mod order_terms;
mod properties;
mod rules;

/// What `Facts` borrows from.
#[derive(Debug, Clone)]
struct Case {
    measures: Vec<Measure>,
    origin: Origin,
    content: RequestContent,
    order_date: Option<NaiveDate>,
    order_final_date: Option<NaiveDate>,
    warrants: Vec<Option<NaiveDate>>,
    terms: Option<Terms>,
    statuses: Vec<Option<PersonStatus>>,
    ended: Vec<(i32, PurposeKind)>,
    today: NaiveDate,
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

impl Case {
    fn new(measures: &[Measure]) -> Self {
        Self {
            measures: measures.to_vec(),
            origin: Origin::Chamber,
            content: sample(measures),
            order_date: Some(day("2026-03-02")),
            order_final_date: Some(day("2026-11-24")),
            warrants: vec![Some(day("2026-01-15"))],
            terms: None,
            statuses: vec![Some(PersonStatus::Convicted)],
            ended: Vec::new(),
            today: day("2026-11-24"),
        }
    }

    fn facts(&self) -> Facts<'_> {
        Facts {
            measures: &self.measures,
            origin: self.origin,
            content: &self.content,
            has_order: self.order_date.is_some(),
            order_date: self.order_date,
            order_final_date: self.order_final_date,
            target_warrants: &self.warrants,
            terms: self.terms.as_ref(),
            statuses: &self.statuses,
            ended: &self.ended,
            targets_convicted: false,
            today: self.today,
            latest_day: self.today,
        }
    }

    fn changed(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    fn without(&self, path: &str) -> Self {
        self.clone().changed(|case| match path {
            "order" => case.order_date = None,
            _ => case.content = without(&case.content, path),
        })
    }

    fn errors(&self) -> Vec<String> {
        let findings = check(&self.facts()).findings;
        findings
            .into_iter()
            .filter(|finding| finding.severity == Error)
            .map(|finding| finding.field)
            .collect()
    }

    /// The paths, within the request, of mandatory fields that are not given.
    fn missing(&self) -> BTreeSet<String> {
        let findings = check(&self.facts()).findings.into_iter();
        let missing = findings.filter(|finding| finding.description.starts_with("is mandatory"));
        missing.map(|finding| finding.field.replacen("freezing_request.", "", 1)).collect()
    }

    fn target(&mut self) -> &mut NaturalPerson {
        match &mut self.content.persons[0].identity {
            Identity::Natural(person) => person,
            Identity::Legal(_) => panic!("the target of the sample is a human being"),
        }
    }

    fn only(&mut self, purposes: &[PurposeKind]) {
        self.content.purposes.retain(|stated| purposes.contains(&stated.purpose));
    }

    fn with(&mut self, purpose: PurposeKind) {
        let stated = full().purposes.into_iter().find(|stated| stated.purpose == purpose);
        self.content.purposes.retain(|other| other.purpose != purpose);
        self.content.purposes.extend(stated);
    }
}

#[test]
fn the_sample_is_complete_and_specific_for_each_measure() {
    for measures in [&[Trace][..], &[Freeze], &[Enforce], &[RecoverLegalAid], Measure::ALL] {
        let check = check(&Case::new(measures).facts());
        assert_eq!(
            check,
            Check { findings: Vec::new(), complete: true, specific: true, timely: false, answers_used: None },
            "{measures:?}"
        );
    }
}

#[test]
fn each_field_of_the_content_has_a_row() {
    let json = serde_json::to_value(full()).unwrap();
    let fields = |pointer: &str| json.pointer(pointer).unwrap().as_object().unwrap().keys().cloned();
    let expected = fields("")
        .map(|key| format!("content.{key}"))
        .chain(fields("/urgency").filter(|key| key != "urgent").map(|key| format!("content.urgency.{key}")))
        .chain(fields("/persons/0/natural").map(|key| format!("content.persons[].natural.{key}")))
        .chain(fields("/persons/1/legal").map(|key| format!("content.persons[].legal.{key}")))
        .chain(fields("/assets/0").filter(|key| key != "type").map(|key| format!("content.assets[].{key}")));
    for path in expected {
        assert_eq!(TABLE.iter().filter(|row| row.path == path).count(), 1, "{path}");
    }
}

#[test]
fn each_row_finds_its_field_in_the_sample() {
    let case = Case::new(&[Freeze]).changed(|case| case.content = full());
    for row in TABLE {
        let seen = row.probe.look(row.path, &case.facts());
        let ends = |(_, given): &(String, Given)| {
            matches!(given, Given::Yes | Given::Absent(Absence::NotApplicable))
        };
        assert!(!seen.is_empty() && seen.iter().all(ends), "{} {seen:?}", row.path);
        let removed = case.without(&seen[0].0);
        let seen = row.probe.look(row.path, &removed.facts());
        assert!(matches!(seen[0].1, Given::No(_)), "{} {seen:?}", row.path);
    }
}

#[test]
fn what_is_mandatory_is_missed_and_what_is_not_is_not() {
    for (row, measure) in TABLE.iter().flat_map(|row| Measure::ALL.iter().map(move |measure| (row, *measure)))
    {
        let case = Case::new(&[measure]);
        let expected = |path: &str| match row.need(measure) {
            Need::Mandatory => vec![format!("freezing_request.{path}")],
            _ => Vec::new(),
        };
        if matches!(row.need(measure), Need::Conditional(_)) {
            continue;
        }
        for (path, _) in row.probe.look(row.path, &case.facts()) {
            assert_eq!(case.without(&path).errors(), expected(&path), "{path} {measure}");
        }
    }
}

type Change = fn(&mut Case);

/// For each condition what makes it hold and what makes it fail.
const CONDITIONS: &[(&str, Change, Change)] = &[
    ("the request is a Chamber's", |_| {}, |case| case.origin = Origin::Registry),
    ("the request is urgent", |_| {}, |case| case.content.urgency.as_mut().unwrap().urgent = false),
    (
        "a day of execution is asked for",
        |_| {},
        |case| case.content.urgency.as_mut().unwrap().execution_date = None,
    ),
    (
        "a legal person is target or owner",
        |_| {},
        |case| case.content.persons[1].capacity = Capacity::ThirdParty,
    ),
    (
        "neither an address of a person nor the location of an asset is known",
        |case| {
            case.target().address = Some(Stated::Absence(Absence::Unknown));
            case.content.persons.truncate(1);
            case.content.assets[0].location = None;
        },
        |_| {},
    ),
    (
        "objects contain an amount or equivalent value",
        |case| case.content.objects = vec![ObjectKind::EquivalentValue],
        |case| case.content.objects = vec![ObjectKind::AllAssets],
    ),
    (
        "objects contain specific items",
        |case| case.content.objects = vec![ObjectKind::SpecificItems],
        |case| case.content.objects = vec![ObjectKind::Amount],
    ),
    ("assets are named", |_| {}, |case| case.content.assets.clear()),
    ("a purpose other than legal aid is served", |case| case.with(Fine), |case| case.only(&[LegalAid])),
    (
        "all assets are asked for, or a purpose other than legal aid is served",
        |case| case.content.objects.push(ObjectKind::AllAssets),
        |case| case.only(&[LegalAid]),
    ),
    (
        "forfeiture is a purpose",
        |case| case.with(Forfeiture),
        |case| case.only(&[Fine, Reparations, LegalAid]),
    ),
    (
        "reparations are a purpose",
        |case| case.with(Reparations),
        |case| case.only(&[Fine, Forfeiture, LegalAid]),
    ),
];

#[test]
fn what_is_conditional_is_missed_when_its_condition_holds_and_only_then() {
    for (row, measure) in TABLE.iter().flat_map(|row| Measure::ALL.iter().map(move |measure| (row, *measure)))
    {
        let Need::Conditional(condition) = row.need(measure) else { continue };
        let (_, hold, fail) = CONDITIONS.iter().find(|(when, ..)| *when == condition.when).unwrap();
        let (holding, failing) = (Case::new(&[measure]).changed(hold), Case::new(&[measure]).changed(fail));
        let label = format!("{} {measure}", row.path);
        assert!((condition.holds)(&holding.facts()), "{label}");
        assert!(!(condition.holds)(&failing.facts()), "{label}");

        let before = holding.missing();
        let (path, _) = row.probe.look(row.path, &holding.facts()).swap_remove(0);
        let after = holding.without(&path).missing();
        assert_eq!(after.difference(&before).collect::<Vec<_>>(), [&path], "{label}");
        assert!(!failing.without(&path).missing().contains(&path), "{label}");
    }
}

#[test]
fn a_row_has_one_condition() {
    for row in TABLE {
        let needs = Measure::ALL.iter().map(|measure| row.need(*measure));
        let conditions: BTreeSet<_> = needs
            .filter_map(
                |need| if let Need::Conditional(condition) = need { Some(condition.when) } else { None },
            )
            .collect();
        assert!(conditions.len() < 2, "{}: the manual page has room for one", row.path);
    }
}

#[test]
fn absence_counts_as_given_but_not_as_known() {
    for (absence, expected) in [
        (Absence::Unknown, vec![Warning]),
        (Absence::Withheld, vec![Warning]),
        (Absence::NotApplicable, Vec::new()),
    ] {
        let case = Case::new(&[Freeze]).changed(|case| case.target().sex = Some(Stated::Absence(absence)));
        let check = check(&case.facts());
        assert!(check.complete);
        let found: Vec<_> = check.findings.iter().map(|finding| finding.severity).collect();
        assert_eq!(found, expected);
        assert!(check.findings.iter().all(|f| f.field == "freezing_request.content.persons[0].natural.sex"));
    }
}

#[test]
fn forfeiture_does_not_do_without_a_link() {
    let case = Case::new(&[Freeze])
        .changed(|case| case.content.link_to_crime = Some(Stated::Absence(Absence::Unknown)));
    assert_eq!(case.errors(), ["freezing_request.content.link_to_crime"]);
}

#[test]
fn what_a_state_does_not_need_is_a_warning() {
    let case = Case::new(&[Trace]).changed(|case| case.content.payee_account = full().payee_account);
    let check = check(&case.facts());
    assert!(check.complete);
    assert_eq!(check.findings[0].field, "freezing_request.content.payee_account");
}

#[test]
fn an_identifier_that_is_wrong_singles_nothing_out() {
    let case =
        Case::new(&[Freeze]).changed(|case| case.content.assets[0].identifiers[0].value = "BE00".into());
    assert!(!check(&case.facts()).specific);
}

#[test]
fn an_empty_request_lacks_everything_in_the_order_of_the_sections() {
    let case = Case::new(&[Freeze]).changed(|case| {
        case.content = RequestContent::default();
        case.order_date = None;
    });
    let check = check(&case.facts());
    assert!(!check.complete && !check.specific);
    let order: Vec<_> = check.findings.iter().map(|f| (f.severity, table::place(&f.section))).collect();
    assert!(order.is_sorted());
    let sections: Vec<_> = check.findings.iter().map(|finding| finding.section.as_str()).collect();
    assert_eq!(
        sections,
        [
            "A", "B", "C1", "C2", "C3", "D1", "E", "E", "E", "E", "E'", "F", "F", "F", "I", "L", "M to O",
            "P", "RS 100", "RS 100", "RS 100", "RS 87(2)", "D3",
        ]
    );
}

#[test]
fn findings_are_stored_by_the_names_of_the_contract() {
    let case = Case::new(&[Trace]).without("content.facts");
    let json = serde_json::to_value(check(&case.facts())).unwrap();
    let finding = serde_json::json!({
        "severity": "error",
        "field": "freezing_request.content.facts",
        "description": "is mandatory for trace; give a text and its language",
        "section": "E",
    });
    assert_eq!(json["findings"], serde_json::json!([finding]));
}

#[test]
fn the_manual_page_has_a_line_for_each_row_and_rule() {
    let page = markdown();
    assert_eq!(
        page.lines().filter(|line| line.starts_with("| ")).count(),
        TABLE.len() + preflight::TABLE.len() + 2
    );
    assert_eq!(page.lines().filter(|line| line.starts_with("- ")).count(), RULES.len());
    assert!(page.contains("| A | `order` | C | M | M | C | the request is a Chamber's |\n"));
}
