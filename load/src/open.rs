//! What is open about a request: questions of its State, and proposals that wait for a second person.

use chrono::{DateTime, Duration, Utc};
use focalnet_domain::{
    freezing_request::{Act, cease::Cease},
    journal::{Audience, Subject},
    names::{ApprovalId, ClarificationId, FreezingRequestId},
    order::PurposeKind,
};

use crate::{
    Error,
    copy::{Bytes, Rows, Table},
    journal::{Author, Journal},
    random::Random,
};

/// Opens a thread: the State asks, and some are answered.
pub(crate) fn question(
    (rows, random, journal): (&mut Rows, &mut Random, &mut Journal),
    request: FreezingRequestId,
    (asks, answers): (&Author, &Author),
    time: DateTime<Utc>,
) -> Result<(), Error> {
    let name = ClarificationId { parent: request, id: random.id() };
    let text = name.to_string();
    let stream = (Subject::Request(request), request.0, Audience::Shared);
    let opened = (asks, "open_clarification", time);
    let replied = (answers, "reply_to_clarification", time + Duration::days(2));
    let is_answered = random.percent(60);
    let mut head = [0; 32];
    let entries = [opened, replied].into_iter().take(if is_answered { 2 } else { 1 });
    for (position, (author, act, time)) in (0_i32..).zip(entries) {
        let made = (&mut *rows, &mut *random);
        head = journal.add(made, stream, author, (act, &text, time))?.head;
        let fields: [&dyn crate::copy::Field; 8] = [
            &name.id,
            &position,
            &author.kind.as_str(),
            &author.display_name,
            &"Who pays for the storage of the vessel?",
            &"en",
            &time,
            &random.id(),
        ];
        rows.add(Table::Message, &fields);
    }
    let state = if is_answered { "answered" } else { "open" };
    rows.add(
        Table::Thread,
        &[
            &name.id,
            &request.0,
            &"costs",
            &"none",
            &asks.kind.as_str(),
            &answers.kind.as_str(),
            &state,
            &time,
            &(time + Duration::days(7)),
            &Bytes(&head),
        ],
    );
    Ok(())
}

/// Proposes that the obligation of a request ends, which nobody has decided.
pub(crate) fn proposal(
    (rows, random, journal): (&mut Rows, &mut Random, &mut Journal),
    request: FreezingRequestId,
    proposer: &Author,
    time: DateTime<Utc>,
) -> Result<(), Error> {
    let name = ApprovalId(random.id());
    let stream = (Subject::Request(request), request.0, Audience::Issuer);
    let head =
        journal.add((&mut *rows, random), stream, proposer, ("propose", &name.to_string(), time))?.head;
    let act = Act::Cease(Cease {
        persons: vec![0],
        purposes: vec![PurposeKind::Forfeiture],
        status: None,
        effective_date: time.date_naive(),
        reason: "The Chamber has ended it.".into(),
    });
    rows.add(
        Table::Proposal,
        &[
            &name.0,
            &request.0,
            &Audience::Issuer.as_str(),
            &act.kind().as_str(),
            &serde_json::to_value(&act)?,
            &"open",
            &proposer.user,
            &time,
            &(time + Duration::days(14)),
            &Bytes(&head),
        ],
    );
    Ok(())
}
