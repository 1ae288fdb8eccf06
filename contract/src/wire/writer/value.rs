//! One value of a field, on its way to the wire.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use prost::encoding::{WireType, encode_key, encode_varint};
use serde::{
    Serialize, Serializer,
    ser::{Impossible, SerializeSeq},
};

use super::{Begun, Fields, Whole, Wire, misfit, refuse};
use crate::{
    schema::{Field, Kind, Shape},
    wire::{Misfit, Result},
};

/// Where a value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// It is all that its field holds.
    Alone,
    /// It is an entry of a list, with its key.
    Entry,
    /// It is an entry of a list of numbers, which have one key together.
    Packed,
}

/// One value of a field.
pub(super) struct One<'w, 'v> {
    pub(super) wire: &'w mut Wire<'v>,
    pub(super) shape: &'static Shape,
    pub(super) field: &'static Field,
    pub(super) place: Place,
}

impl<'w, 'v> One<'w, 'v> {
    fn misfit(&self) -> Misfit {
        misfit(self.shape, &self.field.name)
    }

    /// A list where one value belongs, or one value where a list belongs.
    fn check_place(&self) -> Result<()> {
        if (self.place == Place::Alone) == self.field.is_list { Err(self.misfit()) } else { Ok(()) }
    }

    /// Whether a value that is zero or empty is written.
    fn is_told_when_empty(&self) -> bool {
        self.field.has_presence || self.place != Place::Alone
    }

    fn varint(self, number: u64) -> Result<()> {
        self.check_place()?;
        if self.place != Place::Packed {
            if number == 0 && !self.is_told_when_empty() {
                return Ok(());
            }
            encode_key(self.field.number, WireType::Varint, &mut self.wire.bytes);
        }
        encode_varint(number, &mut self.wire.bytes);
        Ok(())
    }

    fn number(self, number: i64) -> Result<()> {
        let fits = match self.field.kind {
            Kind::Int32 => i32::try_from(number).is_ok(),
            Kind::Int64 => true,
            _ => false,
        };
        if fits { self.varint(number.cast_unsigned()) } else { Err(self.misfit()) }
    }

    fn bytes(self, bytes: &[u8]) -> Result<()> {
        self.check_place()?;
        if !bytes.is_empty() || self.is_told_when_empty() {
            encode_key(self.field.number, WireType::LengthDelimited, &mut self.wire.bytes);
            encode_varint(bytes.len() as u64, &mut self.wire.bytes);
            self.wire.bytes.extend_from_slice(bytes);
        }
        Ok(())
    }

    fn word(self, word: &str) -> Result<()> {
        let Kind::Enum(words) = &self.field.kind else { return Err(self.misfit()) };
        let number = words.number(word).ok_or_else(|| self.misfit())?;
        self.varint(i64::from(number).cast_unsigned())
    }

    fn timestamp(self, text: &str) -> Result<()> {
        self.check_place()?;
        let time: DateTime<Utc> = text.parse().map_err(|_| self.misfit())?;
        let begun = self.wire.begin(self.field.number);
        for (number, part) in [(1, time.timestamp()), (2, time.timestamp_subsec_nanos().into())] {
            if part != 0 {
                encode_key(number, WireType::Varint, &mut self.wire.bytes);
                encode_varint(part.cast_unsigned(), &mut self.wire.bytes);
            }
        }
        self.wire.end(&begun);
        Ok(())
    }

    fn message(self) -> Result<Whole<'w, 'v>> {
        self.check_place()?;
        let Kind::Message(inner) = &self.field.kind else { return Err(self.misfit()) };
        let shape = inner.shape()?;
        let begun = Some(self.wire.begin(self.field.number));
        Ok(Whole { wire: self.wire, shape, begun })
    }
}

impl<'w, 'v> Serializer for One<'w, 'v> {
    type Ok = ();
    type Error = Misfit;
    type SerializeSeq = Entries<'w, 'v>;
    type SerializeTuple = Impossible<(), Misfit>;
    type SerializeTupleStruct = Impossible<(), Misfit>;
    type SerializeTupleVariant = Impossible<(), Misfit>;
    type SerializeMap = Fields<'w, 'v>;
    type SerializeStruct = Fields<'w, 'v>;
    type SerializeStructVariant = Impossible<(), Misfit>;

    refuse! { this => this.misfit();
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }

    fn serialize_bool(self, flag: bool) -> Result<()> {
        if matches!(self.field.kind, Kind::Bool) { self.varint(flag.into()) } else { Err(self.misfit()) }
    }

    fn serialize_i8(self, number: i8) -> Result<()> {
        self.number(number.into())
    }

    fn serialize_i16(self, number: i16) -> Result<()> {
        self.number(number.into())
    }

    fn serialize_i32(self, number: i32) -> Result<()> {
        self.number(number.into())
    }

    fn serialize_i64(self, number: i64) -> Result<()> {
        self.number(number)
    }

    fn serialize_u8(self, number: u8) -> Result<()> {
        self.number(number.into())
    }

    fn serialize_u16(self, number: u16) -> Result<()> {
        self.number(number.into())
    }

    fn serialize_u32(self, number: u32) -> Result<()> {
        self.number(number.into())
    }

    fn serialize_u64(self, number: u64) -> Result<()> {
        let number = i64::try_from(number).map_err(|_| self.misfit())?;
        self.number(number)
    }

    fn serialize_str(self, text: &str) -> Result<()> {
        match self.field.kind {
            Kind::String => self.bytes(text.as_bytes()),
            Kind::Enum(_) => self.word(text),
            Kind::Timestamp => self.timestamp(text),
            Kind::Bytes => {
                let bytes = STANDARD.decode(text).map_err(|_| self.misfit())?;
                self.bytes(&bytes)
            }
            _ => Err(self.misfit()),
        }
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<()> {
        if matches!(self.field.kind, Kind::Bytes) { self.bytes(bytes) } else { Err(self.misfit()) }
    }

    fn serialize_none(self) -> Result<()> {
        if self.place == Place::Alone { Ok(()) } else { Err(self.misfit()) }
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<()> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<()> {
        self.serialize_none()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, word: &'static str) -> Result<()> {
        self.serialize_str(word)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<()> {
        self.message()?.serialize_newtype_variant(name, index, variant, value)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq> {
        if self.place != Place::Alone || !self.field.is_list {
            return Err(self.misfit());
        }
        Ok(Entries { wire: self.wire, shape: self.shape, field: self.field, begun: None })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap> {
        Ok(self.message()?.fields())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeStruct> {
        Ok(self.message()?.fields())
    }
}

/// The entries of a list.
pub(super) struct Entries<'w, 'v> {
    wire: &'w mut Wire<'v>,
    shape: &'static Shape,
    field: &'static Field,
    /// The one key of numbers.
    begun: Option<Begun>,
}

impl SerializeSeq for Entries<'_, '_> {
    type Ok = ();
    type Error = Misfit;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        let packed = matches!(self.field.kind, Kind::Bool | Kind::Int32 | Kind::Int64 | Kind::Enum(_));
        if packed && self.begun.is_none() {
            self.begun = Some(self.wire.begin(self.field.number));
        }
        let place = if packed { Place::Packed } else { Place::Entry };
        value.serialize(One { wire: self.wire, shape: self.shape, field: self.field, place })
    }

    fn end(self) -> Result<()> {
        if let Some(begun) = &self.begun {
            self.wire.end(begun);
        }
        Ok(())
    }
}
