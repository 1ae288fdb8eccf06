//! The journal: read and extended, never changed.

use chrono::{DateTime, Utc};
use focalnet_domain::{
    filter,
    journal::{Bytes, Event, Hash, Stream, Subject, genesis},
    names::EventId,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use super::{
    PageQuery, Tx, after, column,
    entity::{journal_event, signing_key},
    newest_first, permitted, scopes, word,
};
use crate::{
    authz::{Permit, Scope},
    error::{Error, Result},
};

/// Where a stream stands: the last event's number, hash and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Number of the last event; 0 before the first.
    pub index: i64,
    /// Its hash; the genesis before the first.
    pub hash: Hash,
    /// Its time.
    pub time: Option<DateTime<Utc>>,
}

impl Position {
    /// Before the first event of a stream.
    #[must_use]
    pub fn start(stream: Stream) -> Self {
        Self { index: 0, hash: genesis(stream), time: None }
    }
}

/// A public key of receipts, with its first use.
#[derive(Debug, Clone)]
pub struct KeyRow {
    /// RFC 7638 thumbprint.
    pub key_id: String,
    /// C2SP text form.
    pub verifier_key: String,
    /// First use.
    pub start_time: DateTime<Utc>,
}

pub(super) fn subject_id(subject: Subject) -> Uuid {
    match subject {
        Subject::Request(name) => name.0,
        Subject::Case(name) => name.0,
        Subject::Order(name) => name.0,
        Subject::Organization(name) => name.0,
        Subject::Questionnaire(name) => name.0,
        Subject::Response(name) => name.0,
    }
}

pub(super) fn hash(bytes: &[u8]) -> Result<Hash> {
    bytes.try_into().map_err(|_| Error::internal("a stored hash has not 32 bytes"))
}

/// Streams that a subject has at most.
const STREAMS: u64 = 3;

impl Tx {
    /// The head of a stream. The subject's row must be locked.
    pub async fn position(&self, stream: Stream) -> Result<Position> {
        let row = journal_event::Entity::find()
            .filter(journal_event::Column::SubjectId.eq(subject_id(stream.subject)))
            .filter(journal_event::Column::Audience.eq(stream.audience.as_str()))
            .order_by_desc(journal_event::Column::Index)
            .limit(1)
            .one(&self.link)
            .await?;
        match row {
            Some(row) => Ok(Position { index: row.index, hash: hash(&row.hash)?, time: Some(row.time) }),
            None => Ok(Position::start(stream)),
        }
    }

    /// Appends events.
    pub async fn append(&self, permit: &Permit, events: Vec<Event>) -> Result<()> {
        permitted(permit);
        let rows = events.into_iter().map(|event| journal_event::ActiveModel {
            id: Set(event.name.0),
            stream: Set(event.stream.to_string()),
            subject_id: Set(subject_id(event.stream.subject)),
            audience: Set(event.stream.audience.to_string()),
            index: Set(event.index),
            time: Set(event.time),
            act: Set(event.act),
            subject: Set(event.subject),
            organ: Set(event.organ.to_string()),
            role: Set(event.role.map(|role| role.to_string())),
            content: Set(event.content),
            content_salt: Set(event.content_salt.0),
            content_digest: Set(event.content_digest.0),
            persons: Set(event.persons),
            persons_salt: Set(event.persons_salt.0),
            persons_digest: Set(event.persons_digest.0),
            hash: Set(event.hash.0),
        });
        journal_event::Entity::insert_many(rows).exec_without_returning(&self.link).await?;
        Ok(())
    }

    /// Events of a subject in the streams that the scope reads, newest first; none when it does not see the subject. The
    /// first event of each stream comes along in any case: what can be seen has one, however a filter empties the page.
    pub async fn events(
        &self,
        scope: &Scope,
        subject: Subject,
        filter: &[filter::Condition],
        page: &PageQuery,
    ) -> Result<Option<Vec<Event>>> {
        use journal_event::Column;
        let mut chosen = Condition::all();
        for condition in filter {
            let column = if condition.field == "act" { Column::Act } else { Column::Stream };
            chosen = chosen.add(column.eq(condition.value.as_str()));
        }
        if let Some(after) = after(Column::Time, Column::Id, page) {
            chosen = chosen.add(after);
        }
        let which = scopes::events(scope, &Expr::val(subject_id(subject)))
            .add(Column::SubjectId.eq(subject_id(subject)))
            .add(Condition::any().add(chosen).add(Column::Index.eq(1)));
        // Room for those first events that do not belong on the page.
        let whole = PageQuery { after: None, size: page.size + STREAMS };
        let select =
            newest_first(journal_event::Entity::find().filter(which), Column::Time, Column::Id, &whole);
        let rows = select.all(&self.link).await?;
        if rows.is_empty() {
            return Ok(None);
        }
        let mut events = rows.into_iter().map(event).collect::<Result<Vec<_>>>()?;
        events.retain(|event| {
            let fits = |condition: &filter::Condition| match condition.field.as_str() {
                "act" => event.act == condition.value,
                _ => event.stream.to_string() == condition.value,
            };
            filter.iter().all(fits) && page.after.is_none_or(|after| (event.time, event.name.0) < after)
        });
        Ok(Some(events))
    }

    /// One event of a stream that the scope reads.
    pub async fn event(&self, scope: &Scope, name: EventId) -> Result<Option<Event>> {
        let select = journal_event::Entity::find_by_id(name.0)
            .filter(scopes::events(scope, &column(journal_event::Column::SubjectId)));
        select.one(&self.link).await?.map(event).transpose()
    }

    /// Makes a public key known, once.
    pub async fn register_key(&self, key: KeyRow) -> Result<()> {
        let row = signing_key::ActiveModel {
            key_id: Set(key.key_id),
            verifier_key: Set(key.verifier_key),
            start_time: Set(key.start_time),
        };
        let known = OnConflict::column(signing_key::Column::VerifierKey).do_nothing().to_owned();
        signing_key::Entity::insert(row).on_conflict(known).exec_without_returning(&self.link).await?;
        Ok(())
    }

    /// All public keys of receipts, newest first.
    pub async fn keys(&self) -> Result<Vec<KeyRow>> {
        let select = signing_key::Entity::find().order_by_desc(signing_key::Column::StartTime);
        let rows = select.order_by_desc(signing_key::Column::VerifierKey).all(&self.link).await?;
        let key = |row: signing_key::Model| KeyRow {
            key_id: row.key_id,
            verifier_key: row.verifier_key,
            start_time: row.start_time,
        };
        Ok(rows.into_iter().map(key).collect())
    }
}

fn event(row: journal_event::Model) -> Result<Event> {
    Ok(Event {
        name: EventId(row.id),
        stream: word("journal_event", "stream", &row.stream)?,
        index: row.index,
        time: row.time,
        act: row.act,
        subject: row.subject,
        organ: word("journal_event", "organ", &row.organ)?,
        role: row.role.as_deref().map(|role| word("journal_event", "role", role)).transpose()?,
        content: row.content,
        content_salt: Bytes(row.content_salt),
        content_digest: Bytes(row.content_digest),
        persons: row.persons,
        persons_salt: Bytes(row.persons_salt),
        persons_digest: Bytes(row.persons_digest),
        hash: Bytes(row.hash),
    })
}
