//! Cases with their people, persons and orders.

use chrono::{DateTime, Duration, Utc};
use focalnet_domain::{
    case::PersonFacts,
    freezing_request::Measure,
    journal::{Audience, Subject},
    money::Money,
    names::{CaseId, OrderId, OrganizationId, PersonId},
    order::{Classification, NewOrder, PurposeAmount, PurposeKind},
};
use uuid::Uuid;

use crate::{
    Error,
    copy::{Bytes, Rows, Table},
    days,
    journal::Journal,
    people::People,
    random::Random,
};

/// How many requests rest on one order.
const REQUESTS_OF_ORDER: u32 = 10;

const FAMILY_NAMES: [&str; 8] =
    ["Ngoma", "Ilunga", "Mbeki", "Okello", "Haidari", "Petrov", "Conteh", "Marques"];
const GIVEN_NAMES: [&str; 8] = ["Jean Paul", "Marie", "Samuel", "Amina", "Viktor", "Grace", "Ibrahim", "Ana"];

/// A case.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) id: Uuid,
    /// Which of the Chambers.
    pub(crate) chamber: usize,
    pub(crate) persons: Vec<(Uuid, String)>,
    pub(crate) orders: Vec<Uuid>,
}

/// Makes the cases, each for so many requests.
pub(crate) fn make(
    (rows, random, journal): (&mut Rows, &mut Random, &mut Journal),
    people: &People,
    requests: &[u32],
) -> Result<Vec<Case>, Error> {
    let mut cases = Vec::with_capacity(requests.len());
    for (number, requests) in requests.iter().enumerate() {
        let mut case = Case {
            id: random.id(),
            chamber: number % people.chambers.len(),
            persons: Vec::new(),
            orders: Vec::new(),
        };
        let name = CaseId(case.id);
        let begins = days::first() + Duration::minutes(i64::try_from(number).unwrap_or_default());
        let stream = (Subject::Case(name), case.id, Audience::Court);
        let begun = (&mut *rows, &mut *random);
        let what = ("create_case", &*name.to_string(), begins);
        let mut head = journal.add(begun, stream, &people.officer, what)?.head;

        let persons = 1 + random.below(4);
        for _ in 0..persons {
            let (family_name, given_names) = (*random.pick(&FAMILY_NAMES), *random.pick(&GIVEN_NAMES));
            let id = random.id();
            let person = PersonId { parent: name, id };
            let what = ("add_person", &*person.to_string(), begins);
            head = journal.add((&mut *rows, &mut *random), stream, &people.officer, what)?.head;
            let warrant_date = days::later(days::first(), random.below(30));
            let facts = PersonFacts {
                family_name: family_name.into(),
                given_names: Some(given_names.into()),
                aliases: Vec::new(),
                birth_date: None,
                birth_place: None,
                nationalities: Vec::new(),
                warrant_date: Some(warrant_date),
            };
            let facts = serde_json::to_value(&facts)?;
            rows.add(
                Table::Person,
                &[&id, &case.id, &facts, &warrant_date, &"active", &begins, &Bytes(&head)],
            );
            case.persons.push((id, format!("{given_names} {family_name}")));
        }

        let case_number = format!("ICC-01/16-{:02}/{:02}", 1 + number % 999, 16 + number / 999);
        let display_name = format!("The Prosecutor v. {}", case.persons[0].1);
        let fields: [&dyn crate::copy::Field; 7] = [
            &case.id,
            &"ICC-01/16",
            &case_number,
            &display_name,
            &people.officer.user,
            &begins,
            &Bytes(&head),
        ];
        rows.add(Table::Case, &fields);
        members(rows, random, people, (&case, number, number + 1 == cases.capacity()));
        for order in 0..requests.div_ceil(REQUESTS_OF_ORDER) {
            let document = format!("{case_number}-{}", 8 + order);
            let time = begins + Duration::seconds(1 + i64::from(order));
            case.orders.push(self::order((rows, random, journal), people, &case, (document, time))?);
        }
        cases.push(case);
    }
    Ok(cases)
}

/// Who works on a case; `last` is the case that the newcomer works on.
fn members(
    rows: &mut Rows,
    random: &mut Random,
    people: &People,
    (case, number, last): (&Case, usize, bool),
) {
    let team = people.team[number % people.team.len()].user;
    let chamber = people.chambers[case.chamber].1.user;
    let all = [people.officer.user, people.investigator.user, team, chamber];
    let newcomer = Some(people.newcomer.user).filter(|_| last);
    for user in all.iter().chain(&people.members).chain(&newcomer) {
        rows.add(Table::Member, &[&random.id(), &case.id, user, &days::first()]);
    }
}

fn order(
    (rows, random, journal): (&mut Rows, &mut Random, &mut Journal),
    people: &People,
    case: &Case,
    (document_number, time): (String, DateTime<Utc>),
) -> Result<Uuid, Error> {
    let id = random.id();
    let name = OrderId(id);
    let (chamber, officer) = &people.chambers[case.chamber];
    let stream = (Subject::Order(name), id, Audience::Court);
    let what = ("record_order", &*name.to_string(), time);
    let told = journal.add((&mut *rows, &mut *random), stream, officer, what)?;
    let is_changed = random.percent(30);
    let mut head = told.head;
    if is_changed {
        let what = ("modify_order", &*name.to_string(), time + Duration::days(1));
        head = journal.add((&mut *rows, &mut *random), stream, officer, what)?.head;
    }
    journal.forget(Subject::Order(name));
    let amount = 1_000 * (1 + i64::try_from(random.below(5_000)).unwrap_or_default());
    let amounts = if random.percent(30) {
        let amount = Money::new("EUR", amount.into()).map_err(|error| Error::Refused(error.to_string()))?;
        vec![PurposeAmount { purpose: PurposeKind::Reparations, amount }]
    } else {
        Vec::new()
    };
    let facts = NewOrder {
        case: CaseId(case.id),
        document_number,
        chamber: OrganizationId(chamber.id),
        applicant: Some(OrganizationId(people.otp.id)),
        decision_date: days::later(days::first(), 30),
        classification: Classification::UnderSeal,
        summary: "Requests for the identification, tracing and freezing of property.".into(),
        purposes: vec![PurposeKind::Forfeiture, PurposeKind::Reparations],
        measures: vec![Measure::Trace, Measure::Freeze],
        persons: case.persons.iter().map(|(id, _)| PersonId { parent: CaseId(case.id), id: *id }).collect(),
        valid_until_date: None,
        amounts,
        final_date: None,
    };
    rows.add(
        Table::Order,
        &[
            &id,
            &case.id,
            &facts.document_number,
            &facts.decision_date,
            &chamber.id,
            &people.otp.id,
            &"in_force",
            &serde_json::to_value(&facts)?,
            &time,
            &Bytes(&head),
        ],
    );
    if is_changed {
        let decided = days::later(time, 31);
        let document = format!("{}-Red", facts.document_number);
        rows.add(Table::Change, &[&id, &1, &document, &decided, &"The persons are named anew."]);
    }
    for stated in &facts.amounts {
        let (amount, currency) = (stated.amount.amount().to_string(), stated.amount.currency_code());
        rows.add(Table::Recovery, &[&id, &stated.purpose.as_str(), &0, &amount, &currency, &0]);
    }
    for (position, (person, _)) in (0..).zip(&case.persons) {
        let position: i32 = position;
        for purpose in &facts.purposes {
            rows.add(Table::Named, &[&id, &position, &purpose.as_str(), person]);
        }
    }
    Ok(id)
}
