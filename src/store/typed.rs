//! JSON that a statement makes, read from its text straight into what it holds. A key that the type does not know is an
//! error, and so is one that it misses, unless there may be nothing: types that are read so say `deny_unknown_fields`.

use rust_decimal::Decimal;
use sea_orm::TryGetableFromJson;
use serde::{Deserialize, Deserializer, de::DeserializeOwned, de::Error as _};
use serde_json::value::RawValue;

use super::unhex;

/// A column of JSON as what it holds.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub(super) struct Typed<T>(pub(super) T);

impl<T: DeserializeOwned> TryGetableFromJson for Typed<T> {}

/// A number with all its digits: as a float it would lose some.
pub(super) fn exact<'de, D: Deserializer<'de>>(number: D) -> Result<Decimal, D::Error> {
    let text = Box::<RawValue>::deserialize(number)?;
    Decimal::from_str_exact(text.get()).map_err(D::Error::custom)
}

/// The same, where there may be none.
pub(super) fn exact_or_none<'de, D: Deserializer<'de>>(number: D) -> Result<Option<Decimal>, D::Error> {
    let text = Option::<Box<RawValue>>::deserialize(number)?;
    text.map(|text| Decimal::from_str_exact(text.get()).map_err(D::Error::custom)).transpose()
}

/// Bytes as PostgreSQL writes them.
pub(super) fn bytes<'de, D: Deserializer<'de>>(text: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(text)?;
    text.strip_prefix("\\x").map(unhex).ok_or_else(|| D::Error::custom("are no bytes"))
}

/// The same, where there may be none.
pub(super) fn bytes_or_none<'de, D: Deserializer<'de>>(text: D) -> Result<Option<Vec<u8>>, D::Error> {
    let text = Option::<String>::deserialize(text)?;
    let read =
        |text: String| text.strip_prefix("\\x").map(unhex).ok_or_else(|| D::Error::custom("are no bytes"));
    text.map(read).transpose()
}
