//! The journal of what is made: chains that hold, of events whose content is shorter than that of real acts.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use focalnet_domain::{
    journal,
    journal::{Audience, Event, Hash, Persons, Stream, Subject, genesis, salted},
    names::{EventId, OrganizationId, UserId},
    organization::{Kind, Role},
};
use serde_json::json;
use uuid::Uuid;

use crate::{
    Error,
    copy::{Bytes, Rows, Table},
    random::Random,
};

/// Somebody who acts.
#[derive(Debug, Clone)]
pub(crate) struct Author {
    pub(crate) user: Uuid,
    pub(crate) display_name: String,
    pub(crate) organization: Uuid,
    pub(crate) kind: Kind,
    pub(crate) role: Role,
}

/// What an event left: its id, for what rests on it, and its hash, for the etag.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Told {
    pub(crate) event: Uuid,
    pub(crate) head: Hash,
}

/// Where each stream stands.
#[derive(Debug, Default)]
pub(crate) struct Journal(HashMap<Stream, (i64, Hash)>);

impl Journal {
    /// Takes a stream up where the database has it.
    pub(crate) fn resume(&mut self, stream: Stream, index: i64, head: Hash) {
        self.0.insert(stream, (index, head));
    }

    /// Forgets the streams of a subject that nothing is added to any more.
    pub(crate) fn forget(&mut self, subject: Subject) {
        for audience in Audience::ALL {
            self.0.remove(&Stream { subject, audience: *audience });
        }
    }

    /// Adds an event.
    pub(crate) fn add(
        &mut self,
        (rows, random): (&mut Rows, &mut Random),
        stream: (Subject, Uuid, Audience),
        author: &Author,
        (act, subject, time): (&str, &str, DateTime<Utc>),
    ) -> Result<Told, Error> {
        let (of, subject_id, audience) = stream;
        let stream = Stream { subject: of, audience };
        let (index, previous) = self.0.get(&stream).copied().unwrap_or_else(|| (0, genesis(stream)));
        let persons = Persons {
            user: UserId(author.user),
            display_name: author.display_name.clone(),
            organization: OrganizationId(author.organization),
            approved: None,
        };
        let persons = serde_json::to_string(&persons)?;
        let content = json!({ act: {} }).to_string();
        let (content_salt, persons_salt) = (random.bytes(), random.bytes());
        let bytes = |bytes: &[u8]| journal::Bytes(bytes.to_vec());
        let event = Event {
            name: EventId(random.id()),
            stream,
            index: index + 1,
            time,
            act: act.to_owned(),
            subject: subject.to_owned(),
            organ: author.kind,
            role: Some(author.role),
            content_salt: bytes(&content_salt),
            content_digest: bytes(&salted(&content_salt, &content)),
            content,
            persons_salt: bytes(&persons_salt),
            persons_digest: bytes(&salted(&persons_salt, &persons)),
            persons,
            hash: journal::Bytes::default(),
        };
        let head = event.link(&previous);
        rows.add(
            Table::Event,
            &[
                &event.name.0,
                &stream.to_string(),
                &subject_id,
                &audience.as_str(),
                &event.index,
                &event.time,
                &event.act,
                &event.subject,
                &event.organ.as_str(),
                &event.role.map(Role::as_str),
                &event.content,
                &Bytes(&event.content_salt.0),
                &Bytes(&event.content_digest.0),
                &event.persons,
                &Bytes(&event.persons_salt.0),
                &Bytes(&event.persons_digest.0),
                &Bytes(&head),
            ],
        );
        self.0.insert(stream, (event.index, head));
        Ok(Told { event: event.name.0, head })
    }
}
