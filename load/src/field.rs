//! A field of a row in the text form of `COPY`.

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde_json::Value;
use uuid::Uuid;

/// What a field of a row can be.
pub(crate) trait Field {
    /// Writes itself; a backslash, a tab and the end of a line are written as escapes.
    fn write(&self, into: &mut String);
}

impl Field for str {
    fn write(&self, into: &mut String) {
        for letter in self.chars() {
            match letter {
                '\\' => into.push_str("\\\\"),
                '\t' => into.push_str("\\t"),
                '\n' => into.push_str("\\n"),
                '\r' => into.push_str("\\r"),
                _ => into.push(letter),
            }
        }
    }
}

macro_rules! displayed {
    ($($kind:ty: $format:literal,)*) => {$(
        impl Field for $kind {
            fn write(&self, into: &mut String) {
                // Writing into a string does not fail.
                let _ = write!(into, $format, self);
            }
        }
    )*};
}

displayed! { Uuid: "{}", i32: "{}", i64: "{}", bool: "{}", NaiveDate: "{}", }

impl Field for &str {
    fn write(&self, into: &mut String) {
        (**self).write(into);
    }
}

impl Field for String {
    fn write(&self, into: &mut String) {
        self.as_str().write(into);
    }
}

impl Field for Value {
    fn write(&self, into: &mut String) {
        self.to_string().write(into);
    }
}

impl Field for DateTime<Utc> {
    fn write(&self, into: &mut String) {
        into.push_str(&self.to_rfc3339_opts(SecondsFormat::Micros, true));
    }
}

impl<T: Field> Field for Option<T> {
    fn write(&self, into: &mut String) {
        match self {
            Some(value) => value.write(into),
            None => into.push_str("\\N"),
        }
    }
}

/// Bytes, as a salt or a hash.
pub(crate) struct Bytes<'a>(pub(crate) &'a [u8]);

impl Field for Bytes<'_> {
    fn write(&self, into: &mut String) {
        into.push_str("\\\\x");
        for byte in self.0 {
            let _ = write!(into, "{byte:02x}");
        }
    }
}

/// An array of ids, numbers or plain words: nothing in them needs quotes.
pub(crate) struct Array<'a, T>(pub(crate) &'a [T]);

impl<T: Field> Field for Array<'_, T> {
    fn write(&self, into: &mut String) {
        into.push('{');
        for (place, value) in self.0.iter().enumerate() {
            if place > 0 {
                into.push(',');
            }
            value.write(into);
        }
        into.push('}');
    }
}
