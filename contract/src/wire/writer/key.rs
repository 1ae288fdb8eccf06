//! The name of a field, where a type gives it as a value and not as a name of its own.

use serde::{Serialize, Serializer, ser::Impossible};

use super::{misfit, refuse};
use crate::{
    schema::Shape,
    wire::{Misfit, Result},
};

/// The name of a field where a type gives it as a value.
pub(super) struct Key(pub(super) &'static Shape);

impl Serializer for Key {
    type Ok = String;
    type Error = Misfit;
    type SerializeSeq = Impossible<String, Misfit>;
    type SerializeTuple = Impossible<String, Misfit>;
    type SerializeTupleStruct = Impossible<String, Misfit>;
    type SerializeTupleVariant = Impossible<String, Misfit>;
    type SerializeMap = Impossible<String, Misfit>;
    type SerializeStruct = Impossible<String, Misfit>;
    type SerializeStructVariant = Impossible<String, Misfit>;

    refuse! { this => misfit(this.0, "(a key)");
        serialize_bool(bool) -> String;
        serialize_i8(i8) -> String;
        serialize_i16(i16) -> String;
        serialize_i32(i32) -> String;
        serialize_i64(i64) -> String;
        serialize_u8(u8) -> String;
        serialize_u16(u16) -> String;
        serialize_u32(u32) -> String;
        serialize_u64(u64) -> String;
        serialize_f32(f32) -> String;
        serialize_f64(f64) -> String;
        serialize_char(char) -> String;
        serialize_bytes(&[u8]) -> String;
        serialize_none() -> String;
        serialize_unit() -> String;
        serialize_unit_struct(&'static str) -> String;
        serialize_unit_variant(&'static str, u32, &'static str) -> String;
        serialize_seq(Option<usize>) -> Self::SerializeSeq;
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_map(Option<usize>) -> Self::SerializeMap;
        serialize_struct(&'static str, usize) -> Self::SerializeStruct;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }

    fn serialize_str(self, text: &str) -> Result<String> {
        Ok(text.to_owned())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<String> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<String> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<String> {
        Err(misfit(self.0, "(a key)"))
    }
}
