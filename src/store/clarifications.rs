//! Questions about requests, and their answers.

use focalnet_domain::{
    clarification::Clarification,
    filter,
    journal::Hash,
    names::{ClarificationId, ClarificationMessageId, FreezingRequestId},
    text::LocalizedText,
    thread::{Message, Messages},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Select,
    sea_query::Expr,
};

use super::{
    PageQuery, Tx,
    entity::{clarification, clarification_message, freezing_request},
    journal::hash,
    newest_first, page_of, permitted, scopes,
    typed::Typed,
    word,
};
use crate::{
    authz::{Permit, Scope},
    error::{Error, Result},
};

#[derive(FromQueryResult)]
struct Row {
    #[sea_orm(nested)]
    own: Option<clarification::Model>,
    first_message: Option<Typed<clarification_message::Model>>,
    last_message: Option<Typed<clarification_message::Model>>,
}

#[derive(FromQueryResult)]
struct MessageRow {
    #[sea_orm(nested)]
    own: Option<clarification_message::Model>,
}

/// The entry at one end of a thread. Entries are numbered from one without gaps, so the last tells how many there are.
macro_rules! message_at {
    ($end:literal) => {
        Expr::cust(concat!(
            "(SELECT row_to_json(m) FROM clarification_message m WHERE m.clarification_id = clarification.id ",
            "ORDER BY m.position ",
            $end,
            " LIMIT 1)"
        ))
    };
}

fn with_ends<E: EntityTrait>(select: Select<E>) -> Select<E> {
    select.column_as(message_at!("ASC"), "first_message").column_as(message_at!("DESC"), "last_message")
}

/// The threads that a scope sees.
fn threads(scope: &Scope) -> Select<clarification::Entity> {
    clarification::Entity::find()
        .filter(clarification::Column::RequestId.in_subquery(scopes::request_ids(scope)))
}

/// One of them.
fn thread(scope: &Scope, name: ClarificationId) -> Select<clarification::Entity> {
    threads(scope)
        .filter(clarification::Column::Id.eq(name.id))
        .filter(clarification::Column::RequestId.eq(name.parent.0))
}

fn from_row(row: Row) -> Result<Option<(Clarification, Hash)>> {
    const TABLE: &str = "clarification";
    let Some(own) = row.own else { return Ok(None) };
    let name = ClarificationId { parent: FreezingRequestId(own.request_id), id: own.id };
    let last = end(row.last_message)?;
    let clarification = Clarification {
        name,
        topic: word(TABLE, "topic", &own.topic)?,
        blocks: word(TABLE, "blocks", &own.blocks)?,
        opener: word(TABLE, "opener", &own.opener)?,
        addressee: word(TABLE, "addressee", &own.addressee)?,
        state: word(TABLE, "state", &own.state)?,
        messages: Messages {
            message_count: last.position,
            first_message: message(name, end(row.first_message)?)?,
            last_message: message(name, last)?,
        },
        create_time: own.create_time,
        expected_reply_time: own.expected_reply_time,
    };
    Ok(Some((clarification, hash(&own.head)?)))
}

fn end(message: Option<Typed<clarification_message::Model>>) -> Result<clarification_message::Model> {
    message.map(|message| message.0).ok_or_else(|| Error::internal("a thread has no entry"))
}

fn message(
    thread: ClarificationId,
    row: clarification_message::Model,
) -> Result<Message<ClarificationMessageId>> {
    const TABLE: &str = "clarification_message";
    Ok(Message {
        name: ClarificationMessageId { parent: thread, id: row.id },
        author: word(TABLE, "author", &row.author)?,
        author_display_name: Some(row.author_display_name),
        text: row
            .text
            .zip(row.language_code)
            .map(|(text, language_code)| LocalizedText { text, language_code }),
        rerouted_to: row.rerouted_to.map(|kind| word(TABLE, "rerouted_to", &kind)).transpose()?,
        create_time: row.create_time,
    })
}

impl Tx {
    /// A thread of a request that the scope sees, with the hash of its last event.
    pub async fn clarification(
        &self,
        scope: &Scope,
        name: ClarificationId,
    ) -> Result<Option<(Clarification, Hash)>> {
        let select = with_ends(thread(scope, name));
        Ok(select.into_model::<Row>().one(&self.link).await?.map(from_row).transpose()?.flatten())
    }

    /// A page of the threads of one request, or of all that the scope sees; none when it does not see the request.
    pub async fn clarifications(
        &self,
        scope: &Scope,
        request: Option<FreezingRequestId>,
        filter: &[filter::Condition],
        page: &PageQuery,
    ) -> Result<Option<Vec<(Clarification, Hash)>>> {
        use clarification::Column;
        let mut which = Condition::all();
        for condition in filter {
            let column = match condition.field.as_str() {
                "state" => Column::State,
                "topic" => Column::Topic,
                _ => Column::Addressee,
            };
            which = which.add(column.eq(condition.value.as_str()));
        }
        let order = (Column::CreateTime, Column::Id);
        let rows = if let Some(request) = request {
            let parent = freezing_request::Entity::find_by_id(request.0).filter(scopes::requests(scope));
            let keys = (freezing_request::Column::Id, Column::RequestId);
            let select = page_of::<_, clarification::Entity>(parent, keys, which, order, page);
            with_ends(select).into_model::<Row>().all(&self.link).await?
        } else {
            let select = newest_first(threads(scope).filter(which), order.0, order.1, page);
            self.page_anew::<Row>(&with_ends(select)).await?
        };
        if rows.is_empty() && request.is_some() {
            return Ok(None);
        }
        let threads = rows.into_iter().map(from_row).filter_map(Result::transpose);
        threads.collect::<Result<_>>().map(Some)
    }

    /// A page of the entries of a thread; none when the scope does not see the thread.
    pub async fn messages(
        &self,
        scope: &Scope,
        name: ClarificationId,
        filter: &[filter::Condition],
        page: &PageQuery,
    ) -> Result<Option<Vec<Message<ClarificationMessageId>>>> {
        use clarification_message::Column;
        let which = filter.iter().fold(Condition::all(), |which, condition| {
            which.add(Column::Author.eq(condition.value.as_str()))
        });
        let keys = (clarification::Column::Id, Column::ClarificationId);
        let order = (Column::CreateTime, Column::Id);
        let select =
            page_of::<_, clarification_message::Entity>(thread(scope, name), keys, which, order, page);
        let rows = select.into_model::<MessageRow>().all(&self.link).await?;
        if rows.is_empty() {
            return Ok(None);
        }
        let messages = rows.into_iter().filter_map(|row| row.own).map(|row| message(name, row));
        messages.collect::<Result<_>>().map(Some)
    }

    /// Saves a new thread with its question.
    pub async fn insert_clarification(&self, permit: &Permit, new: &Clarification, head: Hash) -> Result<()> {
        permitted(permit);
        let row = clarification::ActiveModel {
            id: Set(new.name.id),
            request_id: Set(new.name.parent.0),
            topic: Set(new.topic.to_string()),
            blocks: Set(new.blocks.to_string()),
            opener: Set(new.opener.to_string()),
            addressee: Set(new.addressee.to_string()),
            state: Set(new.state.to_string()),
            create_time: Set(new.create_time),
            expected_reply_time: Set(new.expected_reply_time),
            head: Set(head.to_vec()),
        };
        clarification::Entity::insert(row).exec_without_returning(&self.link).await?;
        self.insert_message(new).await
    }

    /// Saves where a thread stands, and its newest entry when it got one.
    pub async fn save_clarification(
        &self,
        permit: &Permit,
        changed: &Clarification,
        has_new_message: bool,
        head: Hash,
    ) -> Result<()> {
        permitted(permit);
        let row = clarification::ActiveModel {
            addressee: Set(changed.addressee.to_string()),
            state: Set(changed.state.to_string()),
            head: Set(head.to_vec()),
            ..Default::default()
        };
        clarification::Entity::update_many()
            .set(row)
            .filter(clarification::Column::Id.eq(changed.name.id))
            .exec(&self.link)
            .await?;
        if has_new_message { self.insert_message(changed).await } else { Ok(()) }
    }

    async fn insert_message(&self, thread: &Clarification) -> Result<()> {
        let message = &thread.messages.last_message;
        let row = clarification_message::ActiveModel {
            clarification_id: Set(thread.name.id),
            position: Set(thread.messages.message_count),
            author: Set(message.author.to_string()),
            author_display_name: Set(message.author_display_name.clone().unwrap_or_default()),
            text: Set(message.text.as_ref().map(|text| text.text.clone())),
            language_code: Set(message.text.as_ref().map(|text| text.language_code.clone())),
            rerouted_to: Set(message.rerouted_to.map(|kind| kind.to_string())),
            create_time: Set(message.create_time),
            id: Set(message.name.id),
        };
        clarification_message::Entity::insert(row).exec_without_returning(&self.link).await?;
        Ok(())
    }
}
