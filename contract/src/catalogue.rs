//! The contract as data: the server's own descriptor set, with our field options and the comments of the proto files.

use std::{collections::HashMap, sync::LazyLock};

use prost_reflect::{
    DescriptorPool, FieldDescriptor, FileDescriptor, Kind, MessageDescriptor, MethodDescriptor,
    ServiceDescriptor,
};
use prost_types::{MethodOptions, method_options::IdempotencyLevel};

use crate::{client::failure::Failure, proto::FILE_DESCRIPTOR_SET};

const PACKAGE: &str = "focalnet.v1";

// A set that does not decode leaves a program without commands, which the tests notice.
static POOL: LazyLock<DescriptorPool> =
    LazyLock::new(|| DescriptorPool::decode(FILE_DESCRIPTOR_SET).unwrap_or_default());

static COMMENTS: LazyLock<HashMap<(String, Vec<i32>), String>> = LazyLock::new(|| {
    let mut comments = HashMap::new();
    for file in POOL.files().filter(|file| file.package_name() == PACKAGE) {
        let info = file.file_descriptor_proto().source_code_info.clone().unwrap_or_default();
        for location in info.location {
            if let Some(comment) = location.leading_comments {
                comments.insert((file.name().to_owned(), location.path), comment);
            }
        }
    }
    comments
});

/// The services of the contract.
pub fn services() -> impl Iterator<Item = ServiceDescriptor> {
    POOL.services().filter(|service| service.package_name() == PACKAGE)
}

/// All methods of the contract.
pub fn methods() -> impl Iterator<Item = MethodDescriptor> {
    services().flat_map(|service| service.methods().collect::<Vec<_>>())
}

/// The method with that name, for the commands that are written by hand.
pub fn method(name: &str) -> Result<MethodDescriptor, Failure> {
    methods()
        .find(|method| method.name() == name)
        .ok_or_else(|| Failure::unexpected(format!("the contract has no method {name}")))
}

/// The message with that name.
pub fn message(name: &str) -> Option<MessageDescriptor> {
    POOL.get_message_by_name(&format!("{PACKAGE}.{name}"))
}

/// The leading comment at `path`, as it stands in the proto file.
pub fn comment(file: &FileDescriptor, path: &[i32]) -> &'static str {
    COMMENTS.get(&(file.name().to_owned(), path.to_vec())).map_or("", String::as_str)
}

/// Whether the field may be neither on the command line nor on a screen.
#[must_use]
pub fn is_secret(field: &FieldDescriptor) -> bool {
    option(field, "secret")
}

/// Whether the caller must send the field.
#[must_use]
pub fn is_required(field: &FieldDescriptor) -> bool {
    option(field, "required")
}

/// Whether only the server sets the field.
#[must_use]
pub fn is_output_only(field: &FieldDescriptor) -> bool {
    option(field, "output_only")
}

fn option(field: &FieldDescriptor, name: &str) -> bool {
    POOL.get_extension_by_name(&format!("{PACKAGE}.{name}"))
        .is_some_and(|option| field.options().get_extension(&option).as_bool() == Some(true))
}

/// Whether the field holds a `google.protobuf` message of that name.
#[must_use]
pub fn is_well_known(field: &FieldDescriptor, name: &str) -> bool {
    matches!(field.kind(), Kind::Message(kind) if kind.full_name() == format!("google.protobuf.{name}"))
}

/// The rows of a page, when `answer` is one: its repeated field beside `next_page_token`.
#[must_use]
pub fn rows(answer: &MessageDescriptor) -> Option<FieldDescriptor> {
    answer.get_field_by_name("next_page_token")?;
    answer.fields().find(|field| field.is_list() && matches!(field.kind(), Kind::Message(_)))
}

/// Whether the same message can be sent again without harm: because the contract says so of the method, or
/// because the `request_id` makes all calls with it one act.
#[must_use]
pub fn is_repeatable(method: &MethodDescriptor) -> bool {
    method.input().get_field_by_name("request_id").is_some()
        || idempotency(method) != IdempotencyLevel::IdempotencyUnknown
}

/// Whether the method only reads.
#[must_use]
pub fn is_read(method: &MethodDescriptor) -> bool {
    idempotency(method) == IdempotencyLevel::NoSideEffects
}

fn idempotency(method: &MethodDescriptor) -> IdempotencyLevel {
    let options = method.method_descriptor_proto().options.as_ref();
    options.map_or(IdempotencyLevel::IdempotencyUnknown, MethodOptions::idempotency_level)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_set_decodes_with_options_and_comments() {
        assert!(methods().count() > 40);
        let login = message("LoginRequest").unwrap();
        let password = login.get_field_by_name("password").unwrap();
        assert!(is_secret(&password) && is_required(&password) && !is_output_only(&password));
        assert_eq!(comment(&login.parent_file(), login.path()).trim(), "What Login takes.");
    }

    #[test]
    fn what_may_be_repeated() {
        for (name, expected) in
            [("GetCase", true), ("Approve", true), ("ChangePassword", false), ("Logout", false)]
        {
            assert_eq!(is_repeatable(&method(name).unwrap()), expected, "{name}");
        }
    }

    #[test]
    fn every_act_can_be_repeated() {
        for method in methods().filter(|method| method.parent_service().name() != "AuthService") {
            assert!(is_repeatable(&method), "{}", method.full_name());
        }
    }
}
