//! What the contract says of methods, fields and enums, read once from the descriptor set.

use std::{collections::HashMap, sync::LazyLock};

use prost_reflect::{DescriptorPool, EnumDescriptor, FieldDescriptor, MethodDescriptor, Value};

use super::proto::FILE_DESCRIPTOR_SET;
use crate::{
    Rpc,
    convert::{Misfit, Result},
    format::Format,
};

const DEFAULT_LENGTH: usize = 2_000;
const DEFAULT_ITEMS: usize = 1_000;

/// Money, whose two fields are checked together.
pub const MONEY: &str = "focalnet.v1.Money";
/// The only message of others that resources contain.
pub const TIMESTAMP: &str = "google.protobuf.Timestamp";

/// A test decodes it: without a pool every call would be an internal error.
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

static RULES: LazyLock<HashMap<String, Rules>> = LazyLock::new(|| {
    let fields = POOL.all_messages().flat_map(|message| message.fields().collect::<Vec<_>>());
    fields.map(|field| (field.full_name().to_owned(), Rules::of(&field))).collect()
});

/// What the options of a field ask for.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Never in a log, a flag or JSON.
    pub secret: bool,
    /// The caller must set it.
    pub required: bool,
    /// Only the server sets it.
    pub output_only: bool,
    /// The most characters of a text.
    pub max_length: usize,
    /// The most entries of a list.
    pub max_items: usize,
    /// The pattern of a resource name, as `cases/{uuid}`.
    pub reference: Option<String>,
    /// The form of a text.
    pub format: Option<Format>,
}

impl Rules {
    fn of(field: &FieldDescriptor) -> Self {
        let options = field.options();
        let option = |name: &str| {
            let extension = POOL.get_extension_by_name(&format!("focalnet.v1.{name}"))?;
            options.has_extension(&extension).then(|| options.get_extension(&extension).into_owned())
        };
        let flag = |name| option(name).as_ref().and_then(Value::as_bool).unwrap_or(false);
        let text = |name| option(name).as_ref().and_then(Value::as_str).map(str::to_owned);
        let limit =
            |name| option(name).as_ref().and_then(Value::as_i32).and_then(|n| usize::try_from(n).ok());
        Self {
            secret: flag("secret"),
            required: flag("required"),
            output_only: flag("output_only"),
            max_length: limit("max_length").unwrap_or(DEFAULT_LENGTH),
            max_items: limit("max_items").unwrap_or(DEFAULT_ITEMS),
            reference: text("reference"),
            format: text("format").as_deref().and_then(Format::named),
        }
    }
}

/// The rules of a field, by its full name.
pub fn rules(field: &str) -> Result<&'static Rules> {
    RULES.get(field).ok_or_else(|| Misfit(format!("{field} is not in the contract")))
}

/// The descriptor of a method.
pub fn method(rpc: Rpc) -> Result<&'static MethodDescriptor> {
    METHODS.get(&rpc).ok_or_else(|| Misfit(format!("{rpc:?} is not in the contract")))
}

/// The word of the domain for a number on the wire: the value's name without its prefix, in lower case. There is
/// none for the unspecified value and for numbers that the contract does not know.
pub fn word(list: &EnumDescriptor, number: i32) -> Option<String> {
    let value = list.get_value(number).filter(|_| number != 0)?;
    value.name().strip_prefix(&prefix(list)).map(str::to_ascii_lowercase)
}

/// The number on the wire for a word of the domain.
#[must_use]
pub fn number(list: &EnumDescriptor, word: &str) -> Option<i32> {
    let name = prefix(list) + &word.to_ascii_uppercase();
    list.get_value_by_name(&name).map(|value| value.number()).filter(|number| *number != 0)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_is_found() {
        assert!(Rpc::ALL.iter().all(|rpc| method(*rpc).is_ok()));
    }

    #[test]
    fn every_option_is_understood() {
        let format = POOL.get_extension_by_name("focalnet.v1.format").unwrap();
        let mut formats = 0;
        for field in POOL.all_messages().flat_map(|message| message.fields().collect::<Vec<_>>()) {
            let rules = rules(field.full_name()).unwrap();
            assert_eq!(
                field.options().has_extension(&format),
                rules.format.is_some(),
                "{}",
                field.full_name()
            );
            formats += usize::from(rules.format.is_some());
        }
        assert!(formats > 20);
        let limits = rules("focalnet.v1.Person.aliases").unwrap();
        assert_eq!((limits.max_length, limits.max_items), (200, 50));
    }

    #[test]
    fn every_enum_value_is_a_word_and_back() {
        for list in POOL.all_enums().filter(|list| list.package_name() == "focalnet.v1") {
            for value in list.values().filter(|value| value.number() != 0) {
                let word = word(&list, value.number()).unwrap_or_else(|| panic!("{}", value.full_name()));
                assert_eq!(number(&list, &word), Some(value.number()));
            }
            assert_eq!(
                (word(&list, 0), word(&list, 9_999), number(&list, "unspecified")),
                (None, None, None)
            );
        }
    }
}
