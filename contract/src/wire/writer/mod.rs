//! From the domain's types to the wire, field by field of the contract, each only if its reader may see it.

mod key;
mod value;

use prost::encoding::{WireType, encode_key, encode_varint, encoded_len_varint};
use serde::{
    Serialize, Serializer,
    ser::{self, Impossible, SerializeMap, SerializeStruct},
};

use self::{
    key::Key,
    value::{One, Place},
};
use super::{Misfit, Result};
use crate::schema::{Field, Kind, Shape};

/// Whether somebody sees a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// It is told.
    Yes,
    /// It is left out.
    No,
    /// Nobody has said who sees it: an error of the program.
    Undecided,
}

/// Which fields somebody sees.
pub trait View {
    /// Whether it sees this field of this message.
    fn shown(&self, shape: &Shape, field: &Field) -> Shown;
}

/// All fields.
#[derive(Debug, Clone, Copy)]
pub struct Everything;

impl View for Everything {
    fn shown(&self, _: &Shape, _: &Field) -> Shown {
        Shown::Yes
    }
}

/// A value as a message of this shape.
///
/// A key that the contract does not know is an error, and so is a value that does not fit its field.
pub fn write(shape: &'static Shape, value: &(impl Serialize + ?Sized), view: &dyn View) -> Result<Vec<u8>> {
    let mut wire = Wire::new(view);
    value.serialize(Whole { wire: &mut wire, shape, begun: None })?;
    Ok(wire.finish())
}

/// A page: the entries, each a message already, and the token of the next page. The first field of a list's answer is
/// the page.
pub fn page(shape: &Shape, entries: &[Vec<u8>], next_page_token: &str) -> Result<Vec<u8>> {
    let list = shape.numbered(1).and_then(|at| shape.fields.get(at)).filter(|field| field.is_list);
    let list = list.ok_or_else(|| Misfit(format!("{} is not a list", shape.name)))?;
    let token = shape.field("next_page_token").filter(|_| !next_page_token.is_empty());
    let mut out = Vec::with_capacity(entries.iter().map(|entry| entry.len() + 8).sum());
    let texts = token.map(|token| (token.number, next_page_token.as_bytes()));
    for (number, bytes) in entries.iter().map(|entry| (list.number, entry.as_slice())).chain(texts) {
        encode_key(number, WireType::LengthDelimited, &mut out);
        encode_varint(bytes.len() as u64, &mut out);
        out.extend_from_slice(bytes);
    }
    Ok(out)
}

/// The shape of the entries of a list's answer.
pub fn entry(list: &'static Shape) -> Result<&'static Shape> {
    match list.numbered(1).and_then(|at| list.fields.get(at)).map(|field| &field.kind) {
        Some(Kind::Message(inner)) => inner.shape(),
        _ => Err(Misfit(format!("{} is not a list", list.name))),
    }
}

/// What is written so far. The lengths of inner messages are not known while they are written: each leaves a hole before
/// its bytes, and all holes are filled in one copy at the end.
struct Wire<'v> {
    bytes: Vec<u8>,
    holes: Vec<Hole>,
    /// How many bytes the holes closed so far will take.
    closed: usize,
    view: &'v dyn View,
}

/// Where the length of an inner message belongs.
struct Hole {
    at: usize,
    length: usize,
}

/// An inner message that has begun.
struct Begun {
    hole: usize,
    closed: usize,
}

impl<'v> Wire<'v> {
    fn new(view: &'v dyn View) -> Self {
        Self { bytes: Vec::with_capacity(1 << 10), holes: Vec::new(), closed: 0, view }
    }

    fn begin(&mut self, number: u32) -> Begun {
        encode_key(number, WireType::LengthDelimited, &mut self.bytes);
        self.holes.push(Hole { at: self.bytes.len(), length: 0 });
        Begun { hole: self.holes.len() - 1, closed: self.closed }
    }

    fn end(&mut self, begun: &Begun) {
        let Some(hole) = self.holes.get_mut(begun.hole) else { return };
        hole.length = self.bytes.len() - hole.at + (self.closed - begun.closed);
        self.closed += encoded_len_varint(hole.length as u64);
    }

    fn finish(self) -> Vec<u8> {
        let mut whole = Vec::with_capacity(self.bytes.len() + self.closed);
        let mut done = 0;
        for hole in &self.holes {
            whole.extend_from_slice(&self.bytes[done..hole.at]);
            encode_varint(hole.length as u64, &mut whole);
            done = hole.at;
        }
        whole.extend_from_slice(&self.bytes[done..]);
        whole
    }
}

/// Names the field and never the value: it goes to the log.
fn misfit(shape: &Shape, field: &str) -> Misfit {
    Misfit(format!("{}.{field} cannot be told: the value does not fit", shape.name))
}

impl ser::Error for Misfit {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        // What a type says of itself could quote its value.
        Self("a value cannot be serialized".to_owned())
    }
}

/// Methods of a serializer for what does not fit.
macro_rules! refuse {
    ($this:ident => $error:expr; $($method:ident($($argument:ty),*) -> $answer:ty;)*) => {
        $(fn $method(self, $(_: $argument),*) -> Result<$answer> {
            let $this = self;
            Err($error)
        })*
    };
}

use refuse;

/// A message, whole: at the top, or the value of a field.
struct Whole<'w, 'v> {
    wire: &'w mut Wire<'v>,
    shape: &'static Shape,
    begun: Option<Begun>,
}

impl<'w, 'v> Whole<'w, 'v> {
    fn fields(self) -> Fields<'w, 'v> {
        Fields { wire: self.wire, shape: self.shape, begun: self.begun, next: 0, key: None }
    }
}

impl<'w, 'v> Serializer for Whole<'w, 'v> {
    type Ok = ();
    type Error = Misfit;
    type SerializeSeq = Impossible<(), Misfit>;
    type SerializeTuple = Impossible<(), Misfit>;
    type SerializeTupleStruct = Impossible<(), Misfit>;
    type SerializeTupleVariant = Impossible<(), Misfit>;
    type SerializeMap = Fields<'w, 'v>;
    type SerializeStruct = Fields<'w, 'v>;
    type SerializeStructVariant = Impossible<(), Misfit>;

    refuse! { this => misfit(this.shape, "(all)");
        serialize_bool(bool) -> ();
        serialize_i8(i8) -> ();
        serialize_i16(i16) -> ();
        serialize_i32(i32) -> ();
        serialize_i64(i64) -> ();
        serialize_u8(u8) -> ();
        serialize_u16(u16) -> ();
        serialize_u32(u32) -> ();
        serialize_u64(u64) -> ();
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_str(&str) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_none() -> ();
        serialize_unit() -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_unit_variant(&'static str, u32, &'static str) -> ();
        serialize_seq(Option<usize>) -> Self::SerializeSeq;
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<()> {
        value.serialize(self)
    }

    /// A variant is the one field of a oneof that is set.
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<()> {
        let mut fields = self.fields();
        fields.field(variant, value)?;
        fields.done();
        Ok(())
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap> {
        Ok(self.fields())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeStruct> {
        Ok(self.fields())
    }
}

/// The fields of a message, one after the other.
struct Fields<'w, 'v> {
    wire: &'w mut Wire<'v>,
    shape: &'static Shape,
    begun: Option<Begun>,
    /// Types name their fields in the order of the contract, mostly: the next one is tried first.
    next: usize,
    key: Option<String>,
}

impl Fields<'_, '_> {
    fn field<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) -> Result<()> {
        let expected = self.shape.fields.get(self.next).filter(|field| field.name == name);
        let position = expected.map(|_| self.next).or_else(|| self.shape.position(name));
        let unknown = || Misfit(format!("{}.{name} is not in the contract", self.shape.name));
        let position = position.ok_or_else(unknown)?;
        self.next = position + 1;
        let field = self.shape.fields.get(position).ok_or_else(unknown)?;
        match self.wire.view.shown(self.shape, field) {
            Shown::Yes => {
                value.serialize(One { wire: self.wire, shape: self.shape, field, place: Place::Alone })
            }
            Shown::No => Ok(()),
            Shown::Undecided => Err(Misfit(format!("nobody has said who sees {}.{name}", self.shape.name))),
        }
    }

    fn done(self) {
        if let Some(begun) = &self.begun {
            self.wire.end(begun);
        }
    }
}

impl SerializeStruct for Fields<'_, '_> {
    type Ok = ();
    type Error = Misfit;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<()> {
        self.field(key, value)
    }

    fn end(self) -> Result<()> {
        self.done();
        Ok(())
    }
}

impl SerializeMap for Fields<'_, '_> {
    type Ok = ();
    type Error = Misfit;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        self.key = Some(key.serialize(Key(self.shape))?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        let key = self.key.take().ok_or_else(|| misfit(self.shape, "(a value without key)"))?;
        self.field(&key, value)
    }

    fn end(self) -> Result<()> {
        self.done();
        Ok(())
    }
}
