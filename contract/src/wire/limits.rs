//! Limits of what is answered. What a caller sends is held against them with all other options of its fields.

use std::fmt::Display;

use super::{
    Malformed,
    message::{Message, Value},
};
use crate::schema::Shape;

#[cfg(test)]
mod tests;

/// The first list in a message, at any depth, that has more entries than it may have: its path, and how many it may have.
pub fn overfull(shape: &'static Shape, bytes: &[u8]) -> Result<Option<(String, usize)>, Malformed> {
    Ok(beyond(&Message::read(shape, bytes)?))
}

fn beyond(message: &Message<'_>) -> Option<(String, usize)> {
    message.shape.fields.iter().enumerate().find_map(|(position, field)| {
        let (name, most, values) = (&field.name, field.rules.max_items, message.of(position));
        if field.is_list && values.len() > most {
            return Some((name.clone(), most));
        }
        values.iter().enumerate().find_map(|(place, (_, value))| {
            let Value::Message(inner) = value else { return None };
            let (rest, most) = beyond(inner)?;
            let place = if field.is_list { format!("[{place}]") } else { String::new() };
            Some((format!("{name}{place}.{rest}"), most))
        })
    })
}

/// A limit as the comments of the contract write it, such as `20,000`.
#[must_use]
pub fn thousands(limit: impl Display) -> String {
    let digits = limit.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
