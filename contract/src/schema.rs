//! What the contract says of methods, messages, fields and enums, read once from the descriptor set.

use std::{
    collections::HashMap,
    sync::{LazyLock, OnceLock},
};

use prost_reflect::{
    DescriptorPool, EnumDescriptor, FieldDescriptor, Kind as Described, MessageDescriptor, MethodDescriptor,
    Value,
};

use crate::{
    Rpc,
    format::Format,
    proto::FILE_DESCRIPTOR_SET,
    wire::{Misfit, Result},
};

/// Characters that a text may have, where the contract says nothing.
const DEFAULT_LENGTH: usize = 2_000;
/// Entries that a list may have, where the contract says nothing.
const DEFAULT_ITEMS: usize = 1_000;

/// Money, whose two fields are checked together.
const MONEY: &str = "focalnet.v1.Money";
/// The only message of others that resources contain.
pub const TIMESTAMP: &str = "google.protobuf.Timestamp";

/// All that the contract describes. A test decodes it: without it every call would be an internal error.
pub static POOL: LazyLock<DescriptorPool> =
    LazyLock::new(|| DescriptorPool::decode(FILE_DESCRIPTOR_SET).unwrap_or_default());

static METHODS: LazyLock<HashMap<Rpc, MethodDescriptor>> = LazyLock::new(|| {
    let find = |rpc: &Rpc| {
        let (service, name) = rpc.names();
        let method = POOL.get_service_by_name(service)?.methods().find(|method| method.name() == name)?;
        Some((*rpc, method))
    };
    Rpc::ALL.iter().filter_map(find).collect()
});

static SHAPES: LazyLock<HashMap<String, Shape>> = LazyLock::new(|| {
    let mut fields = 0;
    let shapes = POOL.all_messages().map(|message| {
        let shape = Shape::of(&message, fields);
        fields += shape.fields.len();
        (message.full_name().to_owned(), shape)
    });
    shapes.collect()
});

/// What a message looks like.
#[derive(Debug)]
pub struct Shape {
    /// Its name without the package.
    pub name: String,
    /// Its fields, in the order of the contract.
    pub fields: Vec<Field>,
    /// For each oneof, the positions of its fields.
    pub oneofs: Vec<Vec<usize>>,
    /// Whether it is money.
    pub is_money: bool,
    /// Whether it is one of `google.protobuf`.
    pub is_foreign: bool,
    by_name: HashMap<String, usize>,
    by_number: HashMap<u32, usize>,
}

/// What a field looks like.
#[derive(Debug)]
pub struct Field {
    /// A number of its own among all fields of the contract.
    pub id: usize,
    /// Its name.
    pub name: String,
    /// Its number on the wire.
    pub number: u32,
    /// What it holds.
    pub kind: Kind,
    /// Whether it holds a list of that.
    pub is_list: bool,
    /// Whether a value that is zero or empty differs from none.
    pub has_presence: bool,
    /// Which oneof of its message it belongs to.
    pub oneof: Option<usize>,
    /// What its options ask for.
    pub rules: Rules,
}

/// What a field holds.
#[derive(Debug)]
pub enum Kind {
    /// Yes or no.
    Bool,
    /// A number.
    Int32,
    /// A larger number.
    Int64,
    /// A text.
    String,
    /// Bytes.
    Bytes,
    /// A word of a closed list.
    Enum(Words),
    /// An instant.
    Timestamp,
    /// A message.
    Message(Inner),
}

/// The words of an enum: the values' names without their common prefix, in lower case. The unspecified value has none.
#[derive(Debug)]
pub struct Words {
    by_number: HashMap<i32, String>,
    by_word: HashMap<String, i32>,
}

/// The shape of a message within another; messages may contain themselves.
#[derive(Debug)]
pub struct Inner {
    name: String,
    shape: OnceLock<&'static Shape>,
}

impl Inner {
    /// The shape.
    pub fn shape(&self) -> Result<&'static Shape> {
        if let Some(shape) = self.shape.get() {
            return Ok(shape);
        }
        let shape = shape(&self.name)?;
        Ok(self.shape.get_or_init(|| shape))
    }
}

impl Shape {
    fn of(message: &MessageDescriptor, first: usize) -> Self {
        let oneofs: Vec<_> = message.oneofs().filter(|oneof| !oneof.is_synthetic()).collect();
        let fields: Vec<_> = message
            .fields()
            .enumerate()
            .map(|(position, field)| {
                let oneof = oneofs.iter().position(|oneof| oneof.fields().any(|member| member == field));
                Field::of(&field, first + position, oneof)
            })
            .collect();
        let of = |oneof| {
            let members = fields.iter().enumerate().filter(move |(_, field)| field.oneof == Some(oneof));
            members.map(|(position, _)| position).collect()
        };
        Self {
            name: message.name().to_owned(),
            oneofs: (0..oneofs.len()).map(of).collect(),
            is_money: message.full_name() == MONEY,
            is_foreign: message.package_name() == "google.protobuf",
            by_name: fields.iter().enumerate().map(|(at, field)| (field.name.clone(), at)).collect(),
            by_number: fields.iter().enumerate().map(|(at, field)| (field.number, at)).collect(),
            fields,
        }
    }

    /// The position of the field with that name.
    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// The position of the field with that number.
    #[must_use]
    pub fn numbered(&self, number: u32) -> Option<usize> {
        self.by_number.get(&number).copied()
    }

    /// The field with that name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.get(self.position(name)?)
    }
}

impl Field {
    fn of(field: &FieldDescriptor, id: usize, oneof: Option<usize>) -> Self {
        let kind = match field.kind() {
            Described::Bool => Kind::Bool,
            Described::Int32 => Kind::Int32,
            Described::String => Kind::String,
            Described::Bytes => Kind::Bytes,
            Described::Enum(list) => Kind::Enum(Words::of(&list)),
            Described::Message(message) if message.full_name() == TIMESTAMP => Kind::Timestamp,
            Described::Message(message) => {
                Kind::Message(Inner { name: message.full_name().to_owned(), shape: OnceLock::new() })
            }
            // The contract has no other numbers, which a test holds.
            _ => Kind::Int64,
        };
        Self {
            id,
            name: field.name().to_owned(),
            number: field.number(),
            kind,
            is_list: field.is_list(),
            has_presence: field.supports_presence(),
            oneof,
            rules: Rules::of(field),
        }
    }
}

impl Words {
    fn of(list: &EnumDescriptor) -> Self {
        let prefix = prefix(list);
        let word = |name: &str| name.strip_prefix(&prefix).map(str::to_ascii_lowercase);
        let words: Vec<_> = list
            .values()
            .filter(|value| value.number() != 0)
            .filter_map(|value| Some((value.number(), word(value.name())?)))
            .collect();
        Self {
            by_word: words.iter().map(|(number, word)| (word.clone(), *number)).collect(),
            by_number: words.into_iter().collect(),
        }
    }

    /// The word for a number; none for the unspecified value and for numbers that the contract does not know.
    #[must_use]
    pub fn word(&self, number: i32) -> Option<&str> {
        self.by_number.get(&number).map(String::as_str)
    }

    /// The number for a word.
    #[must_use]
    pub fn number(&self, word: &str) -> Option<i32> {
        self.by_word.get(word).copied()
    }
}

/// The prefix of an enum's values: its own name, as `PURPOSE_KIND_` for `PurposeKind`.
fn prefix(list: &EnumDescriptor) -> String {
    let mut prefix = String::new();
    for (position, letter) in list.name().char_indices() {
        if position > 0 && letter.is_ascii_uppercase() {
            prefix.push('_');
        }
        prefix.push(letter.to_ascii_uppercase());
    }
    prefix + "_"
}

/// What the options of a field ask for.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the contract")]
pub struct Rules {
    /// Never in a log, a flag or JSON.
    pub secret: bool,
    /// The caller must set it.
    pub required: bool,
    /// Only the server sets it.
    pub output_only: bool,
    /// An update may change it.
    pub updatable: bool,
    /// The most characters of a text.
    pub max_length: usize,
    /// The most entries of a list.
    pub max_items: usize,
    /// The most that a number may be.
    pub max_value: Option<i64>,
    /// The pattern of a resource name, as `cases/{uuid}`.
    pub reference: Option<String>,
    /// The form of a text.
    pub format: Option<Format>,
}

impl Rules {
    /// What the options of this field ask for.
    #[must_use]
    pub fn of(field: &FieldDescriptor) -> Self {
        let options = field.options();
        let option = |name: &str| {
            let extension = POOL.get_extension_by_name(&format!("focalnet.v1.{name}"))?;
            options.has_extension(&extension).then(|| options.get_extension(&extension).into_owned())
        };
        let flag = |name| option(name).as_ref().and_then(Value::as_bool).unwrap_or(false);
        let text = |name| option(name).as_ref().and_then(Value::as_str).map(str::to_owned);
        let number = |name| option(name).as_ref().and_then(Value::as_i32);
        let limit = |name| number(name).and_then(|n| usize::try_from(n).ok());
        Self {
            secret: flag("secret"),
            required: flag("required"),
            output_only: flag("output_only"),
            updatable: flag("updatable"),
            max_length: limit("max_length").unwrap_or(DEFAULT_LENGTH),
            max_items: limit("max_items").unwrap_or(DEFAULT_ITEMS),
            max_value: number("max_value").map(i64::from),
            reference: text("reference"),
            format: text("format").as_deref().and_then(Format::named),
        }
    }
}

/// The shapes of all messages.
pub fn shapes() -> impl Iterator<Item = &'static Shape> {
    SHAPES.values()
}

/// The shape of a message, by its full name.
pub fn shape(message: &str) -> Result<&'static Shape> {
    SHAPES.get(message).ok_or_else(|| Misfit(format!("{message} is not in the contract")))
}

/// What the options of a field ask for, by its name such as `Contact.email`.
#[must_use]
pub fn rules(field: &str) -> Option<&'static Rules> {
    let (message, field) = field.split_once('.')?;
    shape(&format!("focalnet.v1.{message}")).ok()?.field(field).map(|field| &field.rules)
}

/// The descriptor of a method.
pub fn method(rpc: Rpc) -> Result<&'static MethodDescriptor> {
    METHODS.get(&rpc).ok_or_else(|| Misfit(format!("{rpc:?} is not in the contract")))
}

/// The shape of what a method takes.
pub fn input(rpc: Rpc) -> Result<&'static Shape> {
    shape(method(rpc)?.input().full_name())
}

/// The shape of what a method answers.
pub fn output(rpc: Rpc) -> Result<&'static Shape> {
    shape(method(rpc)?.output().full_name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_is_found() {
        assert!(Rpc::ALL.iter().all(|rpc| input(*rpc).is_ok() && output(*rpc).is_ok()));
    }

    #[test]
    fn every_option_is_understood() {
        let format = POOL.get_extension_by_name("focalnet.v1.format").unwrap();
        let mut formats = 0;
        for field in POOL.all_messages().flat_map(|message| message.fields().collect::<Vec<_>>()) {
            let rules = Rules::of(&field);
            let named = field.options().has_extension(&format);
            assert_eq!(named, rules.format.is_some(), "{}", field.full_name());
            formats += usize::from(rules.format.is_some());
        }
        assert!(formats > 20);
        let limits = rules("Person.aliases").unwrap();
        assert_eq!((limits.max_length, limits.max_items), (200, 50));
    }

    #[test]
    fn every_kind_of_field_is_known() {
        let ours = POOL.all_messages().filter(|message| message.package_name() == "focalnet.v1");
        for field in ours.flat_map(|message| message.fields().collect::<Vec<_>>()) {
            let known = matches!(
                field.kind(),
                Described::Bool
                    | Described::Int32
                    | Described::Int64
                    | Described::String
                    | Described::Bytes
                    | Described::Enum(_)
                    | Described::Message(_)
            );
            assert!(known && !field.is_map(), "{}", field.full_name());
        }
    }

    #[test]
    fn every_enum_value_is_a_word_and_back() {
        for list in POOL.all_enums().filter(|list| list.package_name() == "focalnet.v1") {
            let words = Words::of(&list);
            for value in list.values().filter(|value| value.number() != 0) {
                let word = words.word(value.number()).unwrap_or_else(|| panic!("{}", value.full_name()));
                assert_eq!(words.number(word), Some(value.number()));
            }
            assert_eq!((words.word(0), words.word(9_999), words.number("unspecified")), (None, None, None));
        }
    }
}
