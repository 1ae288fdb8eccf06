//! What a request must contain, field by field and for each kind of measure.

use Need::{Mandatory as M, NotAsked as N, Optional as O};
use Probe::{Asset, Content, Issuer, Legal, Natural, Payee, Purpose, Request, Urgency};

use super::{
    Facts, Report,
    probe::{Field, Given, Probe, identifiers, value},
};
use crate::{
    freezing_request::{
        Measure, Origin,
        content::{Capacity, Identity, ObjectKind, RequestContent},
    },
    order::PurposeKind,
    text::{Absence, Stated},
};

/// How much a field is needed for a measure.
#[derive(Clone, Copy)]
pub(super) enum Need {
    /// Always.
    Mandatory,
    /// When a condition holds; else it is optional.
    Conditional(Condition),
    /// It helps.
    Optional,
    /// A State does not need it for this (RS 87(3)).
    NotAsked,
}

/// When a field is needed.
#[derive(Clone, Copy)]
pub(super) struct Condition {
    /// In words, after "when".
    pub(super) when: &'static str,
    /// Whether it holds.
    pub(super) holds: fn(&Facts<'_>) -> bool,
}

/// One field.
pub(super) struct Row {
    /// Section of the certificate or provision that asks for it.
    pub(super) section: &'static str,
    /// Path within the request; `[]` stands for each item of a list.
    pub(super) path: &'static str,
    /// To trace, to freeze, to enforce, to recover legal aid.
    needs: [Need; 4],
    /// How to look at it.
    pub(super) probe: Probe,
}

/// What all measures together make of a field.
enum Demand {
    /// It must be given; why.
    Needed(String),
    /// It may be given.
    Welcome,
    /// It should not be given.
    Unasked,
}

impl Row {
    /// How much the field is needed for a measure.
    pub(super) fn need(&self, measure: Measure) -> Need {
        let [trace, freeze, enforce, recover] = self.needs;
        match measure {
            Measure::Trace => trace,
            Measure::Freeze => freeze,
            Measure::Enforce => enforce,
            Measure::RecoverLegalAid => recover,
        }
    }

    /// A field is as mandatory as the strictest measure makes it.
    fn demand(&self, facts: &Facts<'_>) -> Demand {
        let needs = || facts.measures.iter().map(|measure| (measure, self.need(*measure)));
        let conditions = needs().filter_map(|(_, need)| match need {
            Need::Conditional(condition) if (condition.holds)(facts) => Some(condition.when),
            _ => None,
        });
        let strict: Vec<_> = needs().filter(|(_, need)| matches!(need, M)).map(|(m, _)| m.as_str()).collect();
        if !strict.is_empty() {
            Demand::Needed(format!("for {}", strict.join(" and ")))
        } else if let Some(when) = conditions.into_iter().next() {
            Demand::Needed(format!("when {when}"))
        } else if needs().all(|(_, need)| matches!(need, N)) {
            Demand::Unasked
        } else {
            Demand::Welcome
        }
    }

    /// Reports each place where the field should be given and is not, or the other way round.
    pub(super) fn check(&self, facts: &Facts<'_>, report: &mut Report) {
        for (path, given) in self.probe.look(self.path, facts) {
            match (given, self.demand(facts)) {
                (Given::No(hint), Demand::Needed(why)) => {
                    report.error(self.section, &path, format!("is mandatory {why}; {hint}"));
                }
                (Given::Absent(Absence::Unknown), Demand::Needed(_)) => {
                    report.warning(self.section, &path, "is stated as not known; the State may have to ask");
                }
                (Given::Absent(Absence::Withheld), Demand::Needed(_)) => {
                    report.warning(self.section, &path, "is withheld; the State may have to ask");
                }
                (Given::Yes, Demand::Unasked) => {
                    report.warning(
                        self.section,
                        &path,
                        "is not needed for this; a State should get what it needs only",
                    );
                }
                _ => {}
            }
        }
    }
}

/// Where a section stands in the table; others come last.
pub(super) fn place(section: &str) -> usize {
    TABLE.iter().position(|row| row.section == section).unwrap_or(TABLE.len())
}

const fn row(section: &'static str, path: &'static str, needs: [Need; 4], probe: Probe) -> Row {
    Row { section, path, needs, probe }
}

const fn when(when: &'static str, holds: fn(&Facts<'_>) -> bool) -> Need {
    Need::Conditional(Condition { when, holds })
}

const CHAMBER: Need = when("the request is a Chamber's", |facts| facts.origin == Origin::Chamber);
const URGENT: Need = when("the request is urgent", |facts| {
    facts.content.urgency.as_ref().is_some_and(|urgency| urgency.urgent)
});
const DATED: Need = when("a day of execution is asked for", |facts| {
    facts.content.urgency.as_ref().is_some_and(|urgency| urgency.execution_date.is_some())
});
const LEGAL: Need = when("a legal person is target or owner", |facts| {
    facts.content.persons.iter().any(|person| {
        person.capacity != Capacity::ThirdParty && matches!(person.identity, Identity::Legal(_))
    })
});
const NOWHERE: Need = when("neither an address of a person nor the location of an asset is known", |facts| {
    !is_anywhere(facts.content)
});
const SUM: Need = when("objects contain an amount or equivalent value", |facts| {
    facts.content.objects.iter().any(|o| matches!(o, ObjectKind::Amount | ObjectKind::EquivalentValue))
});
const ITEMS: Need = when("objects contain specific items", |facts| {
    facts.content.objects.contains(&ObjectKind::SpecificItems)
});
const ASSETS: Need = when("assets are named", |facts| !facts.content.assets.is_empty());
const BEYOND_AID: Need =
    when("a purpose other than legal aid is served", |facts| is_beyond_aid(facts.content));
const REASONED: Need =
    when("all assets are asked for, or a purpose other than legal aid is served", |facts| {
        is_beyond_aid(facts.content) || facts.content.objects.contains(&ObjectKind::AllAssets)
    });
const FORFEITURE: Need =
    when("forfeiture is a purpose", |facts| has_purpose(facts.content, PurposeKind::Forfeiture));
const REPARATIONS: Need =
    when("reparations are a purpose", |facts| has_purpose(facts.content, PurposeKind::Reparations));

/// The table, in the order of the certificate. What a request cannot exist without (its origin, its case, the
/// State, the measures) and section G, the other States addressed, have no row.
pub(super) const TABLE: &[Row] = &[
    row("A", "content.executing_authority", [O, O, O, O], Content(|c| c.executing_authority.given())),
    row("A", "order", [CHAMBER, M, M, CHAMBER], Request(order)),
    row("B", "content.urgency", [O, M, O, O], Content(|c| c.urgency.given())),
    row("B", "content.urgency.grounds", [URGENT; 4], Urgency(|u| u.grounds.given())),
    row("B", "content.urgency.execution_date", [O, M, O, O], Urgency(|u| u.execution_date.given())),
    row(
        "B",
        "content.urgency.execution_date_grounds",
        [DATED; 4],
        Urgency(|u| u.execution_date_grounds.given()),
    ),
    row("C1", "content.persons", [M; 4], Content(|c| c.persons.given())),
    row("C1", "content.persons[].natural.family_name", [M; 4], Natural(|p| p.family_name.given())),
    row("C1", "content.persons[].natural.given_names", [M; 4], Natural(|p| p.given_names.given())),
    row("C1", "content.persons[].natural.aliases", [O; 4], Natural(|p| p.aliases.given())),
    row("C1", "content.persons[].natural.sex", [M; 4], Natural(|p| p.sex.given())),
    row("C1", "content.persons[].natural.nationalities", [M; 4], Natural(|p| p.nationalities.given())),
    row("C1", "content.persons[].natural.identity_number", [M; 4], Natural(|p| p.identity_number.given())),
    row(
        "C1",
        "content.persons[].natural.identity_document",
        [M; 4],
        Natural(|p| p.identity_document.given()),
    ),
    row("C1", "content.persons[].natural.birth_date", [M; 4], Natural(|p| p.birth_date.given())),
    row("C1", "content.persons[].natural.birth_place", [M; 4], Natural(|p| p.birth_place.given())),
    row("C1", "content.persons[].natural.address", [M; 4], Natural(|p| p.address.given())),
    row("C1", "content.persons[].natural.languages", [M; 4], Natural(|p| p.languages.given())),
    row("C1", "content.persons[].legal.legal_name", [LEGAL; 4], Legal(|p| p.legal_name.given())),
    row("C1", "content.persons[].legal.legal_form", [LEGAL; 4], Legal(|p| p.legal_form.given())),
    row("C1", "content.persons[].legal.trade_name", [LEGAL; 4], Legal(|p| p.trade_name.given())),
    row("C1", "content.persons[].legal.seat", [LEGAL; 4], Legal(|p| p.seat.given())),
    row(
        "C1",
        "content.persons[].legal.registration_number",
        [LEGAL; 4],
        Legal(|p| p.registration_number.given()),
    ),
    row("C1", "content.persons[].legal.address", [LEGAL; 4], Legal(|p| p.address.given())),
    row("C1", "content.persons[].legal.representative", [LEGAL; 4], Legal(|p| p.representative.given())),
    row(
        "C2",
        "content.place_of_execution",
        [O, NOWHERE, NOWHERE, NOWHERE],
        Content(|c| c.place_of_execution.given()),
    ),
    row("C3", "content.third_parties", [O, M, M, M], Content(|c| c.third_parties.given())),
    row("D1", "content.objects", [N, M, M, M], Content(|c| c.objects.given())),
    row("D2", "content.amount", [N, SUM, M, M], Content(|c| c.amount.given())),
    row("D2", "content.amount_computation", [N, SUM, M, M], Content(|c| c.amount_computation.given())),
    row("D2", "content.already_recovered", [N, O, M, M], Content(|c| c.already_recovered.given())),
    row("D3", "content.assets", [O, ITEMS, M, ITEMS], Content(|c| c.assets.given())),
    row("D3", "content.assets[].description", [M; 4], Asset(|a| a.description.given())),
    row("D3", "content.assets[].identifiers", [O, ITEMS, M, ITEMS], Asset(identifiers)),
    row("D3", "content.assets[].location", [O, ITEMS, M, ITEMS], Asset(|a| a.location.given())),
    row("D3", "content.assets[].holder", [O, ITEMS, M, ITEMS], Asset(|a| a.holder.given())),
    row("D3", "content.assets[].grounds", [O, ITEMS, M, ITEMS], Asset(|a| a.grounds.given())),
    // Before a freeze the value of an account or a flat is rarely known; to state it cannot be a condition.
    row("D3", "content.assets[].valuation", [O, O, M, O], Asset(|a| a.valuation.given())),
    row("D3", "content.assets[].link", [O, ITEMS, M, ITEMS], Asset(|a| a.link.given())),
    row("E", "content.facts", [M, M, M, BEYOND_AID], Content(|c| c.facts.given())),
    row(
        "E",
        "content.stage_of_proceedings",
        [M, M, M, BEYOND_AID],
        Content(|c| c.stage_of_proceedings.given()),
    ),
    row("E", "content.grounds", [M, M, M, REASONED], Content(|c| c.grounds.given())),
    row("E", "content.crimes", [M, M, M, BEYOND_AID], Content(|c| c.crimes.given())),
    row("E", "content.link_to_crime", [FORFEITURE; 4], Content(|c| value(c.link_to_crime.as_ref()))),
    row("E'", "content.purposes", [M; 4], Content(|c| c.purposes.given())),
    row("E'", "content.purposes[].basis", [M; 4], Purpose(|p| p.basis.given())),
    row("F", "content.confidentiality", [M; 4], Content(|c| c.confidentiality.given())),
    row("F", "content.formalities", [M; 4], Content(|c| c.formalities.given())),
    row("F", "content.notice_policy", [M; 4], Content(|c| c.notice_policy.given())),
    row("H", "content.related_requests", [O, O, M, O], Content(|c| c.related_requests.given())),
    row("I", "content.follow_up", [N, M, N, BEYOND_AID], Content(|c| c.follow_up.given())),
    row("J", "content.alternative_measures", [N, O, O, O], Content(|c| c.alternative_measures.given())),
    row("K", "content.restitution", [N, O, REPARATIONS, N], Content(|c| c.restitution.given())),
    row("L", "content.remedies", [N, M, M, M], Content(|c| c.remedies.given())),
    row("M to O", "content.issuing_authority", [M; 4], Content(|c| c.issuing_authority.given())),
    row("M to O", "content.issuing_authority.authority", [M; 4], Issuer(|i| i.authority.given())),
    row("M to O", "content.issuing_authority.contact", [M; 4], Issuer(|i| i.contact.given())),
    row("M to O", "content.issuing_authority.languages", [M; 4], Issuer(|i| i.languages.given())),
    row("M to O", "content.issuing_authority.signatory", [M; 4], Issuer(|i| i.signatory.given())),
    row("P", "content.attachments", [M; 4], Content(|c| c.attachments.given())),
    row("RS 100", "content.management_plan", [N, M, M, ASSETS], Content(|c| c.management_plan.given())),
    row("RS 100", "content.valuation_date", [N, M, M, ASSETS], Content(|c| c.valuation_date.given())),
    row(
        "RS 100",
        "content.reporting_interval_days",
        [N, M, M, ASSETS],
        Content(|c| c.reporting_interval_days.given()),
    ),
    row(
        "RPE 218(1)-(2)",
        "content.forfeited_property",
        [N, N, FORFEITURE, N],
        Content(|c| c.forfeited_property.given()),
    ),
    row(
        "RPE 218(3)",
        "content.reparations_scope",
        [N, N, REPARATIONS, N],
        Content(|c| c.reparations_scope.given()),
    ),
    row("EU II-M", "content.payee_account", [N, N, M, M], Content(|c| c.payee_account.given())),
    row("EU II-M", "content.payee_account.holder", [M; 4], Payee(|p| p.holder.given())),
    row("RS 87(2)", "content.language_code", [M; 4], Content(|c| c.language_code.given())),
];

fn order(facts: &Facts<'_>) -> Given {
    if facts.has_order { Given::Yes } else { Given::No("name the order of the Chamber") }
}

fn has_purpose(content: &RequestContent, purpose: PurposeKind) -> bool {
    content.purposes.iter().any(|stated| stated.purpose == purpose)
}

fn is_beyond_aid(content: &RequestContent) -> bool {
    content.purposes.iter().any(|stated| stated.purpose != PurposeKind::LegalAid)
}

fn is_anywhere(content: &RequestContent) -> bool {
    let is_known = |address: &Option<Stated>| matches!(address.given(), Given::Yes);
    content.assets.iter().any(|asset| matches!(asset.location.given(), Given::Yes))
        || content.persons.iter().any(|person| match &person.identity {
            Identity::Natural(person) => is_known(&person.address),
            Identity::Legal(person) => is_known(&person.address),
        })
}
