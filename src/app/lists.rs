//! Pages and filters, alike for all lists.

use chrono::{DateTime, Utc};
use focalnet_domain::{filter, filter::Condition};
use uuid::Uuid;

use super::{Page, work::Work};
use crate::{
    error::{Error, Result},
    store::PageQuery,
};

/// The form of a filter's value.
pub(super) enum Form {
    /// An enum: the prefix of its values, and the words.
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

impl Work<'_> {
    /// Reads page and filter.
    pub(super) fn query(&self, fields: &[(&'static str, Form)]) -> Result<Query> {
        let request = &self.call.page;
        let size = match request.size {
            0 => 50,
            size @ 1..=200 => size.unsigned_abs(),
            _ => return Err(Error::invalid("page_size", "must be from 0 (which means 50) to 200")),
        };
        let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
        let mut conditions =
            filter::parse(&request.filter, &names).map_err(|text| Error::invalid("filter", text))?;
        for condition in &mut conditions {
            let form = fields.iter().find(|(name, _)| *name == condition.field).map(|(_, form)| form);
            match form {
                Some(Form::Word(prefix, words)) => {
                    let word = condition.value.strip_prefix(prefix).map(str::to_lowercase);
                    let known = word.filter(|word| words.contains(&word.as_str()));
                    condition.value = known.ok_or_else(|| {
                        let values = words.iter().map(|word| format!("{prefix}{}", word.to_uppercase()));
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

    /// Cuts the entry too many off, and seals the token of the next page. `key` is what the list is sorted by.
    pub(super) fn paged<T>(
        &self,
        query: &Query,
        mut items: Vec<T>,
        key: impl Fn(&T) -> (DateTime<Utc>, Uuid),
    ) -> Page<T> {
        let size = usize::try_from(query.page.size).unwrap_or(usize::MAX);
        let more = items.len() > size;
        items.truncate(size);
        let last = items.last().filter(|_| more).map(key);
        let next_page_token = last.map_or_else(String::new, |(time, id)| {
            let cursor = [&time.timestamp_micros().to_be_bytes()[..], id.as_bytes()].concat();
            let context: Vec<&str> = query.context.iter().map(String::as_str).collect();
            self.app.keys.seal_page(&context, &cursor)
        });
        Page { items, next_page_token }
    }
}

impl<T> Page<T> {
    /// The same page of other things.
    pub(super) fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next_page_token: self.next_page_token }
    }
}

/// The words of a closed list.
macro_rules! words_of {
    ($prefix:literal, $type:ty) => {
        $crate::app::lists::Form::Word($prefix, <$type>::ALL.iter().map(|word| word.as_str()).collect())
    };
}
pub(super) use words_of;
