//! Requests as they are once they were executed, with their versions, persons and purposes.

use chrono::{DateTime, Duration, Utc};
use focalnet_domain::{
    asset::Recorded,
    freezing_request::{
        Facts, Measure, Origin, RequestContent, State,
        acknowledge::Acknowledgement,
        content::{Capacity, ConcernedPerson, Identity, NaturalPerson, ObjectKind, PurposeBasis},
        transmit::{Medium, Transmission},
        view::content_sha256,
    },
    journal::{Audience, Subject},
    names::{CaseId, EventId, FreezingRequestId, PersonId},
    order::PurposeKind,
    order_work::{Ending, Outcome},
};
use uuid::Uuid;

use crate::{
    Error,
    cases::Case,
    copy::{Array, Rows, Table},
    days,
    journal::{Author, Journal, Told},
    open,
    people::{People, StateOf},
    random::Random,
};

const PURPOSES: [(PurposeKind, &str); 2] =
    [(PurposeKind::Forfeiture, "RS 77(2)(b)"), (PurposeKind::Reparations, "RS 75(4)")];

/// A request that was executed: what its assets need to know of it.
#[derive(Debug)]
pub(crate) struct Request<'a> {
    pub(crate) id: Uuid,
    pub(crate) state: &'a StateOf,
    /// Whether the obligation has ended.
    pub(crate) over: bool,
    pub(crate) audience: Vec<Uuid>,
    /// How many persons it names.
    pub(crate) persons: i32,
    /// The report of its execution.
    pub(crate) report: Told,
    pub(crate) recorded: Recorded,
}

fn state(random: &mut Random) -> State {
    match random.below(100) {
        0..10 => State::Executing,
        10..25 => State::ExecutedInPart,
        25..85 => State::Executed,
        85..95 => State::Ceased,
        _ => State::ReleaseReported,
    }
}

/// Makes one request, which was drafted at a time. The first of a case rests on an order of a Chamber.
pub(crate) fn make<'a>(
    (rows, random, journal): (&mut Rows, &mut Random, &mut Journal),
    people: &'a People,
    (case, is_first): (&Case, bool),
    create_time: DateTime<Utc>,
) -> Result<Request<'a>, Error> {
    let id = random.id();
    let name = FreezingRequestId(id);
    let (chamber, _) = &people.chambers[case.chamber];
    let origin = match random.below(100) {
        _ if is_first => Origin::Chamber,
        0..70 => Origin::Chamber,
        70..95 => Origin::Prosecutor,
        _ => Origin::Registry,
    };
    let (channel, author) = match origin {
        Origin::Prosecutor => (people.otp.id, &people.investigator),
        Origin::Chamber | Origin::Registry => (people.registry.id, &people.officer),
    };
    let (order, chamber, applicant) = match origin {
        Origin::Chamber => (Some(*random.pick(&case.orders)), Some(chamber.id), Some(people.otp.id)),
        _ => (None, None, None),
    };
    // Some States hold far more than others.
    let most = random.place(people.states.len()) + 1;
    let to = &people.states[random.place(most)];
    let authority = to.authority.as_ref().map(|unit| unit.id);
    let state = state(random);
    let over = matches!(state, State::Ceased | State::ReleaseReported);

    let transmit_time = create_time + Duration::days(3);
    let executed = transmit_time + Duration::days(20);
    let ended = executed + Duration::days(400);
    let acts = [
        (Audience::Issuer, author, "create", create_time),
        (Audience::Shared, author, "transmit", transmit_time),
        (Audience::Shared, &to.focal_point, "acknowledge", transmit_time + Duration::days(1)),
        (Audience::Shared, &to.focal_point, "report_execution", executed),
        (Audience::Shared, author, "cease", ended),
    ];
    let (subject, text) = (Subject::Request(name), name.to_string());
    let mut report = Told { event: id, head: [0; 32] };
    for (audience, by, act, time) in acts.into_iter().filter(|(.., act, _)| over || *act != "cease") {
        let told = (&mut *rows, &mut *random);
        let told = journal.add(told, (subject, id, audience), by, (act, &text, time))?;
        if act == "report_execution" {
            report = told;
            let asked = time + Duration::days(1);
            if random.percent(25) {
                let between = (&to.focal_point, author);
                open::question((&mut *rows, &mut *random, &mut *journal), name, between, asked)?;
            }
            if !over && random.percent(10) {
                open::proposal((&mut *rows, &mut *random, &mut *journal), name, author, asked)?;
            }
        }
    }
    journal.forget(subject);

    let audience: Vec<Uuid> =
        [Some(channel), chamber, applicant, Some(to.org.id), authority].into_iter().flatten().collect();
    let facts = Facts {
        acknowledgement: Some(Acknowledgement {
            national_reference: format!("N-{}", create_time.timestamp()),
            responsible_authority: format!("Ministry of Justice of {}", to.org.display_name),
            contact: "focal.point@justice.example".into(),
        }),
        acknowledged_version: 1,
        ..Facts::default()
    };
    let measures = [Measure::Trace.as_str(), Measure::Freeze.as_str()];
    rows.add(
        Table::Request,
        &[
            &id,
            &origin.as_str(),
            &case.id,
            &order,
            &channel,
            &chamber,
            &applicant,
            &to.org.id,
            &authority,
            &Array(&measures),
            &state.as_str(),
            &serde_json::to_value(&facts)?,
            &Array(&audience),
            &create_time,
            &transmit_time,
        ],
    );
    if let Some(order) = order.filter(|_| over) {
        work((rows, random), (id, order), author, ended)?;
    }
    let persons = content((rows, random), case, (id, transmit_time, over.then_some(ended)))?;
    let recorded = Recorded { create_time: executed, event: EventId(report.event) };
    Ok(Request { id, state: to, over, audience, persons, report, recorded })
}

/// The work that a decision about an order has left on a request, which is done.
fn work(
    (rows, random): (&mut Rows, &mut Random),
    (request, order): (Uuid, Uuid),
    author: &Author,
    time: DateTime<Utc>,
) -> Result<(), Error> {
    let ending = Ending {
        persons: Vec::new(),
        purposes: Vec::new(),
        status: None,
        effective_date: time.date_naive(),
        reason: "The Chamber has ended it.".into(),
    };
    rows.add(
        Table::Work,
        &[
            &random.id(),
            &request,
            &order,
            &serde_json::to_value(&ending)?,
            &author.user,
            &author.role.as_str(),
            &time,
            &1,
            &time,
            &time,
            &Outcome::NothingHeld.as_str(),
        ],
    );
    Ok(())
}

/// The one version of a request, with what its persons and purposes have become; says how many persons there are.
fn content(
    (rows, random): (&mut Rows, &mut Random),
    case: &Case,
    (request, transmit_time, ended): (Uuid, DateTime<Utc>, Option<DateTime<Utc>>),
) -> Result<i32, Error> {
    let first = random.place(case.persons.len());
    let count = 1 + random.place(case.persons.len().min(2));
    let chosen = case.persons.iter().cycle().skip(first).take(count);
    let (status, end_date) = match ended {
        Some(time) => ("lapsed", Some(time.date_naive())),
        None => ("active", None),
    };
    let mut content = RequestContent {
        objects: vec![ObjectKind::AllAssets],
        stage_of_proceedings: Some("Trial".into()),
        grounds: Some("The persons are charged with crimes from which they profited.".into()),
        language_code: Some("en".into()),
        ..RequestContent::default()
    };
    for (purpose, basis) in PURPOSES {
        content.purposes.push(PurposeBasis { purpose, basis: basis.into() });
    }
    let mut position = 0;
    for (person, display_name) in chosen {
        let family_name = Some(display_name.clone());
        content.persons.push(ConcernedPerson {
            person: Some(PersonId { parent: CaseId(case.id), id: *person }),
            capacity: Capacity::Target,
            identity: Identity::Natural(NaturalPerson { family_name, ..NaturalPerson::default() }),
        });
        rows.add(Table::Concerned, &[&request, &position, display_name, person, &status, &end_date]);
        for (purpose, basis) in PURPOSES {
            rows.add(Table::Purpose, &[&request, &position, &purpose.as_str(), &basis, &end_date, &ended]);
        }
        position += 1;
    }
    let transmission = Transmission {
        medium: Medium::FormalChannel,
        reference: format!("NV/{}", transmit_time.format("%Y/%m%d%H%M")),
        urgency_grounds: None,
        confirmation_reference: None,
        channel: None,
        answers_used: None,
    };
    let version = (serde_json::to_value(&content)?, serde_json::to_value(&transmission)?);
    rows.add(
        Table::Version,
        &[
            &request,
            &1,
            &version.0,
            &Array::<&str>(&[]),
            &transmit_time,
            &version.1,
            &content_sha256(&content),
        ],
    );
    Ok(position)
}

/// The day from which what was reported of assets holds.
pub(crate) fn day(request: &Request<'_>, later: u64) -> chrono::NaiveDate {
    days::later(request.recorded.create_time, later)
}
