//! A message as it came, taken apart once.

use std::ops::Range;

use prost::{
    DecodeError,
    encoding::{WireType, decode_key, decode_varint},
};

use crate::schema::{Field, Kind, Shape};

/// How deep messages may stand in each other.
const DEPTH: u32 = 100;

/// What came is not a message of its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is not one message of the type that the method takes")]
pub struct Malformed;

impl From<DecodeError> for Malformed {
    fn from(_: DecodeError) -> Self {
        Self
    }
}

/// A message: what is set in it, by the positions of its fields. What the contract does not know is left out.
#[derive(Debug, Clone)]
pub struct Message<'a> {
    pub(super) shape: &'static Shape,
    /// Sorted by position; the entries of a list keep their order.
    pub(super) values: Vec<(usize, Value<'a>)>,
}

/// A value of a field, or an entry of its list.
#[derive(Debug, Clone)]
pub(super) enum Value<'a> {
    /// The value of a number, of an enum, or of a yes or no.
    Number(u64),
    /// A text.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
    /// Seconds and nanoseconds.
    Time(i64, i64),
    /// A message.
    Message(Message<'a>),
    /// Nothing: an update names the field, and leaves it empty.
    Cleared,
}

impl<'a> Message<'a> {
    /// Takes the bytes of a message apart.
    pub fn read(shape: &'static Shape, bytes: &'a [u8]) -> Result<Self, Malformed> {
        read(shape, bytes, DEPTH)
    }

    /// A message in which nothing is set.
    #[must_use]
    pub const fn empty(shape: &'static Shape) -> Self {
        Self { shape, values: Vec::new() }
    }

    /// Whether nothing is set.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// What its fields look like.
    #[must_use]
    pub const fn shape(&self) -> &'static Shape {
        self.shape
    }

    /// The values of the field at a position.
    pub(super) fn of(&self, position: usize) -> &[(usize, Value<'a>)] {
        &self.values[self.range(position)]
    }

    fn range(&self, position: usize) -> Range<usize> {
        let start = self.values.partition_point(|(at, _)| *at < position);
        let end = self.values.partition_point(|(at, _)| *at <= position);
        start..end
    }

    /// Whether a field is set.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.shape.position(name).is_some_and(|position| !self.of(position).is_empty())
    }

    fn first(&self, name: &str) -> Option<&Value<'a>> {
        self.of(self.shape.position(name)?).first().map(|(_, value)| value)
    }

    /// A text; empty when it is not set.
    #[must_use]
    pub fn text(&self, name: &str) -> &'a str {
        match self.first(name) {
            Some(Value::Text(text)) => text,
            _ => "",
        }
    }

    /// A small number; 0 when it is not set.
    #[must_use]
    pub fn number(&self, name: &str) -> i32 {
        match self.first(name) {
            Some(Value::Number(number)) => i32(*number),
            _ => 0,
        }
    }

    /// A message.
    #[must_use]
    pub fn message(&self, name: &str) -> Option<&Self> {
        match self.first(name) {
            Some(Value::Message(message)) => Some(message),
            _ => None,
        }
    }

    /// The texts of a list.
    #[must_use]
    pub fn texts(&self, name: &str) -> Vec<&'a str> {
        let Some(position) = self.shape.position(name) else { return Vec::new() };
        let text = |(_, value): &(usize, Value<'a>)| match value {
            Value::Text(text) => Some(*text),
            _ => None,
        };
        self.of(position).iter().filter_map(text).collect()
    }

    /// The same without the fields that `keep` does not want.
    #[must_use]
    pub fn only(mut self, keep: impl Fn(&Field) -> bool) -> Self {
        let fields = &self.shape.fields;
        self.values.retain(|(at, _)| fields.get(*at).is_some_and(&keep));
        self
    }

    /// The same with a field cleared: what an update names and leaves out.
    #[must_use]
    pub fn cleared(mut self, name: &str) -> Self {
        if let Some(position) = self.shape.position(name) {
            let range = self.range(position);
            self.values.splice(range, [(position, Value::Cleared)]);
        }
        self
    }
}

fn read<'a>(shape: &'static Shape, bytes: &'a [u8], depth: u32) -> Result<Message<'a>, Malformed> {
    let mut rest = bytes;
    let mut values: Vec<(usize, Value<'a>)> = Vec::new();
    while !rest.is_empty() {
        let (number, kind) = decode_key(&mut rest)?;
        let raw = raw(kind, &mut rest)?;
        let Some(position) = shape.numbered(number) else { continue };
        let field = shape.fields.get(position).ok_or(Malformed)?;
        if !field.is_list {
            // Of several values of a field, or of the fields of a oneof, the last one counts.
            let same = |at: usize| {
                at == position
                    || field.oneof.is_some() && shape.fields.get(at).is_some_and(|f| f.oneof == field.oneof)
            };
            let before = values.len();
            values.retain(|(at, _)| !same(*at));
            // On the wire, a message may come in several parts that have to be joined. No program sends it
            // so, so it is refused.
            if values.len() < before && matches!(field.kind, Kind::Message(_) | Kind::Timestamp) {
                return Err(Malformed);
            }
        }
        match (&field.kind, raw) {
            (Kind::Bool | Kind::Int32 | Kind::Int64 | Kind::Enum(_), Raw::Varint(number)) => {
                values.push((position, Value::Number(number)));
            }
            (Kind::Bool | Kind::Int32 | Kind::Int64 | Kind::Enum(_), Raw::Bytes(mut packed))
                if field.is_list =>
            {
                while !packed.is_empty() {
                    values.push((position, Value::Number(decode_varint(&mut packed)?)));
                }
            }
            (Kind::String, Raw::Bytes(bytes)) => {
                let text = std::str::from_utf8(bytes).map_err(|_| Malformed)?;
                values.push((position, Value::Text(text)));
            }
            (Kind::Bytes, Raw::Bytes(bytes)) => values.push((position, Value::Bytes(bytes))),
            (Kind::Timestamp, Raw::Bytes(bytes)) => values.push((position, time(bytes)?)),
            (Kind::Message(inner), Raw::Bytes(bytes)) => {
                let depth = depth.checked_sub(1).ok_or(Malformed)?;
                let shape = inner.shape().map_err(|_| Malformed)?;
                values.push((position, Value::Message(read(shape, bytes, depth)?)));
            }
            _ => return Err(Malformed),
        }
    }
    // Without presence, zero and empty are the same as not set.
    let is_set = |(at, value): &(usize, Value<'a>)| {
        let field = shape.fields.get(*at);
        field.is_some_and(|field| field.is_list || field.has_presence || !is_zero(value))
    };
    values.retain(is_set);
    values.sort_by_key(|(at, _)| *at);
    Ok(Message { shape, values })
}

fn is_zero(value: &Value<'_>) -> bool {
    match value {
        Value::Number(number) => *number == 0,
        Value::Text(text) => text.is_empty(),
        Value::Bytes(bytes) => bytes.is_empty(),
        Value::Time(..) | Value::Message(_) | Value::Cleared => false,
    }
}

/// The path of the field that takes the most room in a message, and how many bytes it takes. The path goes
/// down as long as one field takes more than half of the message that holds it.
#[must_use]
pub fn largest(shape: &'static Shape, bytes: &[u8]) -> (String, usize) {
    let (mut path, mut size, mut inside) = (String::new(), bytes.len(), Some((shape, bytes)));
    while let Some((shape, bytes)) = inside.take() {
        let Some((field, most, last)) = heaviest(shape, bytes) else { break };
        if !path.is_empty() && 2 * most < size {
            break;
        }
        path.push_str(if path.is_empty() { "" } else { "." });
        path.push_str(&field.name);
        size = most;
        inside = match &field.kind {
            Kind::Message(inner) if !field.is_list => inner.shape().ok().map(|shape| (shape, last)),
            _ => None,
        };
    }
    (path, size)
}

/// The field with the most bytes, how many, and the bytes of its last value.
fn heaviest<'a>(shape: &'static Shape, bytes: &'a [u8]) -> Option<(&'static Field, usize, &'a [u8])> {
    let mut sizes = vec![(0, &[][..]); shape.fields.len()];
    let mut rest = bytes;
    while !rest.is_empty() {
        let before = rest.len();
        let (number, kind) = decode_key(&mut rest).ok()?;
        let value = raw(kind, &mut rest).ok()?;
        if let Some(entry) = shape.numbered(number).and_then(|at| sizes.get_mut(at)) {
            entry.0 += before - rest.len();
            if let Raw::Bytes(bytes) = value {
                entry.1 = bytes;
            }
        }
    }
    let most = shape.fields.iter().zip(sizes).max_by_key(|(_, (size, _))| *size)?;
    Some((most.0, most.1.0, most.1.1))
}

/// What stands behind a key.
enum Raw<'a> {
    Varint(u64),
    Bytes(&'a [u8]),
    Fixed,
}

fn raw<'a>(kind: WireType, rest: &mut &'a [u8]) -> Result<Raw<'a>, Malformed> {
    let mut take = |length: usize| {
        let (taken, left) = rest.split_at_checked(length).ok_or(Malformed)?;
        *rest = left;
        Ok(taken)
    };
    match kind {
        WireType::Varint => Ok(Raw::Varint(decode_varint(rest)?)),
        WireType::SixtyFourBit => take(8).map(|_| Raw::Fixed),
        WireType::ThirtyTwoBit => take(4).map(|_| Raw::Fixed),
        WireType::LengthDelimited => {
            let length = usize::try_from(decode_varint(rest)?).map_err(|_| Malformed)?;
            let (taken, left) = rest.split_at_checked(length).ok_or(Malformed)?;
            *rest = left;
            Ok(Raw::Bytes(taken))
        }
        WireType::StartGroup | WireType::EndGroup => Err(Malformed),
    }
}

fn time(mut rest: &[u8]) -> Result<Value<'static>, Malformed> {
    let (mut seconds, mut nanos) = (0, 0);
    while !rest.is_empty() {
        let (number, kind) = decode_key(&mut rest)?;
        match (number, raw(kind, &mut rest)?) {
            (1, Raw::Varint(number)) => seconds = number.cast_signed(),
            (2, Raw::Varint(number)) => nanos = number.cast_signed(),
            (1 | 2, _) => return Err(Malformed),
            _ => {}
        }
    }
    Ok(Value::Time(seconds, nanos))
}

/// A small number is written as a large one, of which the lower half counts.
#[expect(clippy::cast_possible_truncation, reason = "that is how the wire format defines it")]
pub(super) const fn i32(number: u64) -> i32 {
    number as i32
}
