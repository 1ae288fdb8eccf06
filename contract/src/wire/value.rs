//! A message as a value of the domain: a deserializer of serde over what was read. Keys are the names of the contract,
//! enums the words of the domain; what only the server sets is left out.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, SecondsFormat, SubsecRound, Utc};
use serde::{
    Deserializer,
    de::{
        self, DeserializeOwned, DeserializeSeed, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
        VariantAccess, Visitor, value::StrDeserializer,
    },
    forward_to_deserialize_any,
};

use super::{
    Misfit, Result,
    message::{Message, Value, i32},
};
use crate::schema::{Field, Kind};

/// The years 1 to 9999, which a timestamp on the wire may have.
const SECONDS: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

impl Message<'_> {
    /// The message as the domain's type. With `all` also what only the server sets, for clients that reckon with
    /// answers.
    pub fn value<T: DeserializeOwned>(&self, all: bool) -> Result<T> {
        T::deserialize(Whole { message: self, all })
            .map_err(|misfit| Misfit(format!("{} is not what the domain knows: {misfit}", self.shape.name)))
    }
}

impl de::Error for Misfit {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        // The words of a type could quote the value.
        Self("a value does not fit its type".to_owned())
    }

    fn missing_field(field: &'static str) -> Self {
        Self(format!("{field} is missing"))
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Self {
        Self(format!("{field} is not known"))
    }
}

/// The instant, cut to the microseconds that the store keeps.
pub(super) fn instant(seconds: i64, nanos: i64) -> Option<DateTime<Utc>> {
    let nanos = u32::try_from(nanos).ok().filter(|nanos| *nanos < 1_000_000_000)?;
    let seconds = Some(seconds).filter(|seconds| SECONDS.contains(seconds))?;
    Some(DateTime::from_timestamp(seconds, nanos)?.trunc_subsecs(6))
}

/// A message, whole.
#[derive(Clone, Copy)]
struct Whole<'m, 'a> {
    message: &'m Message<'a>,
    all: bool,
}

impl<'m, 'a> Whole<'m, 'a> {
    fn fields(self) -> Fields<'m, 'a> {
        Fields { whole: self, next: 0, value: None }
    }
}

impl<'de> Deserializer<'de> for Whole<'_, '_> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_map(self.fields())
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    /// A oneof: the variant is the field that is set.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_enum(self.fields())
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

/// The fields that are set, one after the other.
struct Fields<'m, 'a> {
    whole: Whole<'m, 'a>,
    /// Where the next field begins among the values.
    next: usize,
    value: Option<Held<'m, 'a>>,
}

impl<'m, 'a> Fields<'m, 'a> {
    fn advance(&mut self) -> Option<Held<'m, 'a>> {
        loop {
            let message = self.whole.message;
            let (position, _) = message.values.get(self.next)?;
            let field = message.shape.fields.get(*position)?;
            let values = message.of(*position);
            self.next += values.len();
            if self.whole.all || !field.rules.output_only {
                return Some(Held { field, values, all: self.whole.all });
            }
        }
    }
}

impl<'de> MapAccess<'de> for Fields<'_, '_> {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>> {
        let Some(held) = self.advance() else { return Ok(None) };
        let name: StrDeserializer<'_, Misfit> = held.field.name.as_str().into_deserializer();
        self.value = Some(held);
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value> {
        let held = self.value.take().ok_or_else(|| Misfit("a value without key".to_owned()))?;
        let field = &held.field.name;
        seed.deserialize(held).map_err(|misfit| Misfit(format!("{field}: {misfit}")))
    }
}

impl<'de, 'm, 'a> EnumAccess<'de> for Fields<'m, 'a> {
    type Error = Misfit;
    type Variant = Held<'m, 'a>;

    fn variant_seed<V: DeserializeSeed<'de>>(mut self, seed: V) -> Result<(V::Value, Held<'m, 'a>)> {
        let held = self.advance().ok_or_else(|| Misfit("no field of a oneof is set".to_owned()))?;
        let name: StrDeserializer<'_, Misfit> = held.field.name.as_str().into_deserializer();
        Ok((seed.deserialize(name)?, held))
    }
}

/// What is set of a field.
#[derive(Clone, Copy)]
struct Held<'m, 'a> {
    field: &'m Field,
    values: &'m [(usize, Value<'a>)],
    all: bool,
}

impl<'m, 'a> Held<'m, 'a> {
    fn entries(self) -> Entries<'m, 'a> {
        let none = matches!(self.values, [(_, Value::Cleared)]);
        Entries { field: self.field, left: if none { &[] } else { self.values }, all: self.all }
    }

    /// The one value; an entry of a list is one, too.
    fn one(self) -> Result<&'m Value<'a>> {
        let missing = || Misfit("is not set".to_owned());
        self.values.first().map(|(_, value)| value).ok_or_else(missing)
    }
}

/// The entries of a list.
struct Entries<'m, 'a> {
    field: &'m Field,
    left: &'m [(usize, Value<'a>)],
    all: bool,
}

impl<'de> SeqAccess<'de> for Entries<'_, '_> {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>> {
        let Some(((_, first), rest)) = self.left.split_first() else { return Ok(None) };
        self.left = rest;
        seed.deserialize(One { field: self.field, value: first, all: self.all }).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left.len())
    }
}

impl<'de> Deserializer<'de> for Held<'_, '_> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.field.is_list {
            return visitor.visit_seq(self.entries());
        }
        One { field: self.field, value: self.one()?, all: self.all }.deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        One { field: self.field, value: self.one()?, all: self.all }.deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

/// The content of a variant.
impl<'de> VariantAccess<'de> for Held<'_, '_> {
    type Error = Misfit;

    fn unit_variant(self) -> Result<()> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value> {
        self.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value> {
        self.deserialize_any(visitor)
    }
}

/// One value.
struct One<'m, 'a> {
    field: &'m Field,
    value: &'m Value<'a>,
    all: bool,
}

impl<'m> One<'m, '_> {
    fn misfit() -> Misfit {
        Misfit("a value does not fit its type".to_owned())
    }

    fn word(&self) -> Result<&'m str> {
        match (&self.field.kind, self.value) {
            (Kind::Enum(words), Value::Number(number)) => words.word(i32(*number)).ok_or_else(Self::misfit),
            _ => Err(Self::misfit()),
        }
    }
}

impl<'de> Deserializer<'de> for One<'_, '_> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match (self.value, &self.field.kind) {
            (Value::Number(number), Kind::Bool) => visitor.visit_bool(*number != 0),
            (Value::Number(number), Kind::Int32) => visitor.visit_i32(i32(*number)),
            (Value::Number(_), Kind::Enum(_)) => visitor.visit_str(self.word()?),
            (Value::Number(number), _) => visitor.visit_i64(number.cast_signed()),
            (Value::Text(text), _) => visitor.visit_str(text),
            (Value::Bytes(bytes), _) => visitor.visit_string(STANDARD.encode(bytes)),
            (Value::Time(seconds, nanos), _) => {
                let instant = instant(*seconds, *nanos).ok_or_else(Self::misfit)?;
                visitor.visit_string(instant.to_rfc3339_opts(SecondsFormat::AutoSi, true))
            }
            (Value::Message(message), _) => Whole { message, all: self.all }.deserialize_any(visitor),
            (Value::Cleared, Kind::Bool) => visitor.visit_bool(false),
            (Value::Cleared, Kind::Message(inner)) => {
                let empty = Message { shape: inner.shape()?, values: Vec::new() };
                Whole { message: &empty, all: self.all }.deserialize_any(visitor)
            }
            (Value::Cleared, _) => visitor.visit_str(""),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        match self.value {
            Value::Message(message) => {
                Whole { message, all: self.all }.deserialize_enum(name, variants, visitor)
            }
            _ => visitor.visit_enum(self.word()?.into_deserializer()),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}
