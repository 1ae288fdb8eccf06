//! From messages to what the domain reads: JSON with the names of the contract, and all violations by path.
//!
//! What is not set has no key. What violates a rule is left out, too: with violations there is no content anyway.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, SecondsFormat, SubsecRound, Utc};
use focalnet_contract::{
    schema,
    schema::{MONEY, Rules, TIMESTAMP},
};
use focalnet_domain::{error::Violation, money::Money};
use prost_reflect::{DynamicMessage, FieldDescriptor, Kind, ReflectMessage, Value};
use serde_json::{Map, Value as Json};

use super::text;
use crate::error::Result;

/// The years 1 to 9999, which a timestamp on the wire may have.
const SECONDS: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

/// A walk through a message: where it is, and what it found.
#[derive(Debug, Default)]
pub(super) struct Reading {
    path: String,
    pub(super) violations: Vec<Violation>,
}

impl Reading {
    /// Something is wrong here.
    pub(super) fn wrong(&mut self, description: impl Into<String>) {
        self.violations.push(Violation::new(self.path.clone(), description));
    }

    /// Walks one step down and back.
    pub(super) fn within<T>(&mut self, step: fmt::Arguments<'_>, walk: impl FnOnce(&mut Self) -> T) -> T {
        let here = self.path.len();
        let _ = fmt::Write::write_fmt(&mut self.path, step);
        let found = walk(self);
        self.path.truncate(here);
        found
    }

    /// All that may be set in a message. A oneof is one statement: exactly one of its fields must be there.
    pub(super) fn message(&mut self, message: &DynamicMessage) -> Result<Map<String, Json>> {
        let before = self.violations.len();
        let descriptor = message.descriptor();
        for oneof in descriptor.oneofs().filter(|oneof| !oneof.is_synthetic()) {
            let names: Vec<_> = oneof.fields().map(|field| format!("`{}`", field.name())).collect();
            if !oneof.fields().any(|field| message.has_field(&field)) {
                self.wrong(format!("set one of {}", names.join(", ")));
            }
        }
        let mut map = Map::new();
        for field in descriptor.fields() {
            if let Some(value) = self.field(message, &field)? {
                map.insert(field.name().to_owned(), value);
            }
        }
        if descriptor.full_name() == MONEY && self.violations.len() == before {
            self.money(&map);
        }
        Ok(map)
    }

    /// One field, unless it is for the server to set.
    pub(super) fn field(
        &mut self,
        message: &DynamicMessage,
        field: &FieldDescriptor,
    ) -> Result<Option<Json>> {
        let rules = schema::rules(field.full_name())?;
        if rules.output_only {
            return Ok(None);
        }
        let dot = if self.path.is_empty() { "" } else { "." };
        self.within(format_args!("{dot}{}", field.name()), |this| {
            if !message.has_field(field) {
                if rules.required {
                    this.wrong("is required");
                }
                return Ok(None);
            }
            match message.get_field(field).as_ref() {
                Value::List(items) => this.list(items, field, rules),
                value => this.value(value, field, rules),
            }
        })
    }

    fn list(&mut self, items: &[Value], field: &FieldDescriptor, rules: &Rules) -> Result<Option<Json>> {
        if items.len() > rules.max_items {
            self.wrong(format!("must have at most {} entries", rules.max_items));
            return Ok(None);
        }
        let mut list = Vec::with_capacity(items.len());
        for (position, item) in items.iter().enumerate() {
            list.extend(self.within(format_args!("[{position}]"), |this| this.value(item, field, rules))?);
        }
        Ok(Some(Json::Array(list)))
    }

    fn value(&mut self, value: &Value, field: &FieldDescriptor, rules: &Rules) -> Result<Option<Json>> {
        let read = match (value, field.kind()) {
            (Value::Bool(flag), _) => Ok(Json::from(*flag)),
            (Value::I32(number), _) => Ok(Json::from(*number)),
            (Value::I64(number), _) => Ok(Json::from(*number)),
            (Value::Bytes(bytes), _) => Ok(Json::from(STANDARD.encode(bytes))),
            (Value::String(text), _) => {
                text::problem(text, rules).map_or_else(|| Ok(Json::from(text.as_str())), Err)
            }
            (Value::EnumNumber(number), Kind::Enum(list)) => {
                let word = schema::word(&list, *number).map(Json::from);
                word.ok_or_else(|| "must be one of the values of the contract, and specified".to_owned())
            }
            (Value::Message(time), _) if time.descriptor().full_name() == TIMESTAMP => timestamp(time)
                .map(Json::from)
                .ok_or_else(|| "must be a time of the years 1 to 9999".to_owned()),
            (Value::Message(message), _) => return self.message(message).map(|map| Some(Json::Object(map))),
            _ => Err("is of a kind that is not read".to_owned()),
        };
        Ok(read.map_err(|problem| self.wrong(problem)).ok())
    }

    fn money(&mut self, map: &Map<String, Json>) {
        let text = |key| map.get(key).and_then(Json::as_str).unwrap_or_default();
        if let Err(error) = Money::parse(text("currency_code"), text("amount")) {
            self.within(format_args!(".{}", error.field), |this| this.wrong(error.reason));
        }
    }
}

/// In RFC 3339, cut to the microseconds that the store keeps.
fn timestamp(time: &DynamicMessage) -> Option<String> {
    let seconds = time.get_field_by_name("seconds")?.as_i64().filter(|seconds| SECONDS.contains(seconds))?;
    let nanos =
        u32::try_from(time.get_field_by_name("nanos")?.as_i32()?).ok().filter(|n| *n < 1_000_000_000)?;
    let instant: DateTime<Utc> = DateTime::from_timestamp(seconds, nanos)?;
    Some(instant.trunc_subsecs(6).to_rfc3339_opts(SecondsFormat::AutoSi, true))
}
