//! What a message violates of the options of its fields: all of it, by path.

use std::fmt;

use focalnet_domain::{error::Violation, money::Money};

use super::{
    limits::thousands,
    message::{Message, Value, i32},
    text,
    value::instant,
};
use crate::{
    schema::{Field, Kind},
    wire::Result,
};

impl Message<'_> {
    /// All that is wrong with it, below `path`. What only the server sets is not looked at.
    pub fn violations(&self, path: &str) -> Result<Vec<Violation>> {
        let mut walk = Walk { path: path.to_owned(), found: Vec::new() };
        walk.message(self)?;
        Ok(walk.found)
    }

    /// The same for single fields of it.
    pub fn violations_of(&self, path: &str, which: impl Fn(&Field) -> bool) -> Result<Vec<Violation>> {
        let mut walk = Walk { path: path.to_owned(), found: Vec::new() };
        for (position, _) in self.shape.fields.iter().enumerate().filter(|(_, field)| which(field)) {
            walk.field(self, position)?;
        }
        Ok(walk.found)
    }
}

/// A walk through a message: where it is, and what it found.
struct Walk {
    path: String,
    found: Vec<Violation>,
}

impl Walk {
    fn wrong(&mut self, description: impl Into<String>) {
        self.found.push(Violation::new(self.path.clone(), description));
    }

    /// Walks one step down and back.
    fn within<T>(&mut self, step: fmt::Arguments<'_>, walk: impl FnOnce(&mut Self) -> T) -> T {
        let here = self.path.len();
        let _ = fmt::Write::write_fmt(&mut self.path, step);
        let found = walk(self);
        self.path.truncate(here);
        found
    }

    /// A oneof is one statement: exactly one of its fields must be there.
    fn message(&mut self, message: &Message<'_>) -> Result<()> {
        let before = self.found.len();
        let shape = message.shape;
        for oneof in &shape.oneofs {
            if oneof.iter().all(|position| message.of(*position).is_empty()) {
                let names = oneof.iter().filter_map(|position| shape.fields.get(*position));
                let names: Vec<_> = names.map(|field| format!("`{}`", field.name)).collect();
                self.wrong(format!("set one of {}", names.join(", ")));
            }
        }
        for position in 0..shape.fields.len() {
            self.field(message, position)?;
        }
        let is_sound = shape.is_money && self.found.len() == before;
        let parsed = is_sound.then(|| Money::parse(message.text("currency_code"), message.text("amount")));
        if let Some(Err(error)) = parsed {
            self.within(format_args!(".{}", error.field), |this| this.wrong(error.reason));
        }
        Ok(())
    }

    fn field(&mut self, message: &Message<'_>, position: usize) -> Result<()> {
        let Some(field) = message.shape.fields.get(position).filter(|field| !field.rules.output_only) else {
            return Ok(());
        };
        let values = message.of(position);
        let dot = if self.path.is_empty() { "" } else { "." };
        self.within(format_args!("{dot}{}", field.name), |this| {
            if let [] | [(_, Value::Cleared)] = values {
                if field.rules.required {
                    this.wrong("is required");
                }
            } else if !field.is_list {
                for (_, value) in values {
                    this.value(value, field)?;
                }
            } else if values.len() > field.rules.max_items {
                this.wrong(format!("must have at most {} entries", thousands(field.rules.max_items)));
            } else {
                for (place, (_, value)) in values.iter().enumerate() {
                    this.within(format_args!("[{place}]"), |this| this.value(value, field))?;
                }
            }
            Ok(())
        })
    }

    fn value(&mut self, value: &Value<'_>, field: &Field) -> Result<()> {
        let problem = match (value, &field.kind) {
            (Value::Message(message), _) => return self.message(message),
            (Value::Text(text), _) => text::problem(text, &field.rules),
            (Value::Number(number), Kind::Enum(words)) => words
                .word(i32(*number))
                .is_none()
                .then(|| "must be one of the values of the contract, and specified".to_owned()),
            (Value::Time(seconds, nanos), _) => instant(*seconds, *nanos)
                .is_none()
                .then(|| "must be a time of the years 1 to 9999".to_owned()),
            (Value::Number(sent), kind) => field.rules.max_value.and_then(|most| {
                let number = if matches!(kind, Kind::Int32) { i32(*sent).into() } else { sent.cast_signed() };
                (number > most).then(|| format!("must be at most {}", thousands(most)))
            }),
            (Value::Bytes(_) | Value::Cleared, _) => None,
        };
        if let Some(problem) = problem {
            self.wrong(problem);
        }
        Ok(())
    }
}
