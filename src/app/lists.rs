//! Pages and filters, alike for all lists.

use chrono::{DateTime, Utc};
use focalnet_contract::{
    schema::{self, Shape},
    wire,
};
use focalnet_domain::{filter, filter::Condition, words::alike};
use uuid::Uuid;

use super::{
    call::{Answer, MAX_ANSWER, Tell, told, too_large},
    context::CallContext,
};
use crate::{
    error::{Error, Result},
    store::PageQuery,
};

/// What the entries of a page may take: an answer without room for a token.
const PAGE: usize = MAX_ANSWER - 1_024;
/// What an entry takes beside its own bytes: key and length.
const ENTRY: usize = 8;

/// A value as an entry of a list; refused when no page could hold it.
pub(super) fn told_in_a_page(shape: &'static Shape, value: &impl Tell) -> Result<Vec<u8>> {
    let told = told(shape, value)?;
    if told.len() <= PAGE { Ok(told) } else { Err(too_large(shape, &told)) }
}

/// The form of a filter's value.
pub(super) enum Form {
    /// An enum: the prefix of its values in the contract, and the words. Any spelling is taken.
    Word(&'static str, Vec<&'static str>),
    /// A resource name of this collection.
    Name(&'static str),
    /// A resource name of one of these collections.
    Names(&'static [&'static str]),
    /// A day, ISO 8601.
    Day,
    /// Any text.
    Text,
}

/// Whether a condition's value is a resource name of one of these collections.
fn check_name(condition: &Condition, collections: &[&str]) -> Result<()> {
    let is_of = |collection: &&str| {
        let id = condition.value.strip_prefix(*collection).and_then(|rest| rest.strip_prefix('/'));
        id.is_some_and(|id| Uuid::parse_str(id).is_ok_and(|uuid| uuid.to_string() == id))
    };
    if collections.iter().any(is_of) {
        return Ok(());
    }
    let forms: Vec<_> = collections.iter().map(|collection| format!("`{collection}/{{uuid}}`")).collect();
    let text = format!("`{}` is a name, as {}", condition.field, forms.join(" or "));
    Err(Error::invalid("filter", text))
}

/// A list as asked for: the page, the conditions, and what its page tokens are bound to.
pub(super) struct Query {
    pub(super) page: PageQuery,
    pub(super) conditions: Vec<Condition>,
    context: [String; 4],
}

impl CallContext<'_> {
    /// Reads page and filter.
    pub(super) fn query(&self, fields: &[(&'static str, Form)]) -> Result<Query> {
        let request = &self.call.page;
        let size = match request.size {
            0 => 50,
            size @ 1.. => size.unsigned_abs(),
            _ => return Err(Error::invalid("page_size", "must not be negative")),
        };
        let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
        let mut conditions =
            filter::parse(&request.filter, &names).map_err(|text| Error::invalid("filter", text))?;
        for condition in &mut conditions {
            let form = fields.iter().find(|(name, _)| *name == condition.field).map(|(_, form)| form);
            match form {
                Some(Form::Word(prefix, words)) => {
                    let is = |word: &&&str| {
                        alike(word, &condition.value) || alike(&format!("{prefix}{word}"), &condition.value)
                    };
                    let known = words.iter().find(is).map(|word| (*word).to_owned());
                    condition.value = known.ok_or_else(|| {
                        let values = words.iter().map(|word| word.replace('_', "-"));
                        let values = values.collect::<Vec<_>>().join(", ");
                        Error::invalid("filter", format!("`{}` is one of {values}", condition.field))
                    })?;
                }
                Some(Form::Name(collection)) => check_name(condition, &[collection])?,
                Some(Form::Names(collections)) => check_name(condition, collections)?,
                Some(Form::Day) => {
                    if condition.value.parse::<chrono::NaiveDate>().is_err() {
                        let text = format!("`{}` is a day, as 2026-11-24", condition.field);
                        return Err(Error::invalid("filter", text));
                    }
                }
                Some(Form::Text) | None => {}
            }
        }
        let context = [
            self.method().to_owned(),
            self.actor.user.to_string(),
            self.call.parent.clone(),
            request.filter.clone(),
        ];
        let after = match request.token.as_str() {
            "" => None,
            token => Some(self.open(&context, token).ok_or_else(|| {
                Error::invalid("page_token", "is not a token that this list gave you with this filter")
            })?),
        };
        Ok(Query { page: PageQuery { after, size: size.into() }, conditions, context })
    }

    fn open(&self, context: &[String; 4], token: &str) -> Option<(DateTime<Utc>, Uuid)> {
        let context: Vec<&str> = context.iter().map(String::as_str).collect();
        let cursor: [u8; 24] = self.app.keys.open_page(&context, token)?.try_into().ok()?;
        let (time, id) = cursor.split_at(8);
        let time = DateTime::from_timestamp_micros(i64::from_be_bytes(time.try_into().ok()?))?;
        Some((time, Uuid::from_slice(id).ok()?))
    }

    /// A page: at most as many entries as were asked for, and fewer where a client could not take them (AIP-158 allows
    /// it), so that the token of the next page gets past anything. `key` is what the list is sorted by.
    pub(super) fn page<R, T: Tell>(
        &self,
        query: &Query,
        rows: Vec<R>,
        key: impl Fn(&R) -> (DateTime<Utc>, Uuid),
        entry: impl Fn(R) -> Result<T>,
    ) -> Result<Answer> {
        let shape = schema::output(self.call.rpc)?;
        let of_entry = wire::entry(shape)?;
        let size = usize::try_from(query.page.size).unwrap_or(usize::MAX);
        let all = rows.len();
        let (mut entries, mut bytes, mut last) = (Vec::new(), 0, None);
        for row in rows.into_iter().take(size) {
            let place = key(&row);
            let told = told_in_a_page(of_entry, &entry(row)?)?;
            if bytes + told.len() > PAGE {
                break;
            }
            bytes += told.len() + ENTRY;
            last = Some(place);
            entries.push(told);
        }
        let token = last.filter(|_| entries.len() < all).map(|place| self.seal(query, place));
        Ok(Answer(wire::page(shape, &entries, &token.unwrap_or_default())?))
    }

    fn seal(&self, query: &Query, (time, id): (DateTime<Utc>, Uuid)) -> String {
        let cursor = [&time.timestamp_micros().to_be_bytes()[..], id.as_bytes()].concat();
        let context: Vec<&str> = query.context.iter().map(String::as_str).collect();
        self.app.keys.seal_page(&context, &cursor)
    }
}

/// The words of a closed list.
macro_rules! words_of {
    ($prefix:literal, $type:ty) => {
        $crate::app::lists::Form::Word($prefix, <$type>::ALL.iter().map(|word| word.as_str()).collect())
    };
}
pub(super) use words_of;
