//! What the command line can say about the message of a call: one input per scalar field, through singular messages.

use focalnet_contract::{catalogue, naming};
use prost_reflect::{FieldDescriptor, Kind, MessageDescriptor, MethodDescriptor};

/// How an input is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    /// By its place: the name of a resource, or of its parent.
    Position,
    /// By a flag.
    Flag,
    /// At a prompt, because other users and the shell's history see the command line.
    Prompt,
    /// Not at all: the update mask follows from the flags.
    Derived,
}

/// A field of the message of a call.
#[derive(Debug)]
pub(crate) struct Input {
    /// The fields from the message of the call down to this one.
    pub(crate) trail: Vec<FieldDescriptor>,
    /// The same as violations name it: `freezing_request.content.amount.amount`.
    pub(crate) path: String,
    /// The flag without its dashes, or the placeholder of a position.
    pub(crate) label: String,
    /// How it is given.
    pub(crate) how: How,
}

/// A method and all its inputs.
#[derive(Debug)]
pub(crate) struct Invocation {
    /// The method.
    pub(crate) method: MethodDescriptor,
    /// The one message of the call whose name is left out of the flags, as `case` of `CreateCase`.
    pub(crate) wrapper: Option<FieldDescriptor>,
    /// The inputs, in the order of the proto file.
    pub(crate) inputs: Vec<Input>,
}

impl Invocation {
    /// Reads them from the contract.
    pub(crate) fn new(method: MethodDescriptor) -> Self {
        let wrapper = wrapper(&method);
        let mut call = Self { method, wrapper, inputs: Vec::new() };
        let message = call.method.input();
        call.walk(&message, &[]);
        call
    }

    /// Whether the method changes fields of a resource, which then carries its own name.
    pub(crate) fn is_update(&self) -> bool {
        self.wrapper.is_some() && self.method.input().get_field_by_name("update_mask").is_some()
    }

    /// How a user finds the field that a violation names: `--content.assets ([2].value)`.
    pub(crate) fn flag_of(&self, path: &str) -> Option<String> {
        let inside = |path: &str, input: &Input| {
            let rest = path.strip_prefix(&input.path)?;
            (rest.is_empty() || rest.starts_with(['.', '['])).then(|| rest.trim_start_matches('.').to_owned())
        };
        let found = self.inputs.iter().filter_map(|input| Some((input, inside(path, input)?)));
        let (input, rest) = found.max_by_key(|(input, _)| input.path.len())?;
        let flag = if input.how == How::Flag { format!("--{}", input.label) } else { input.label.clone() };
        Some(if rest.is_empty() { flag } else { format!("{flag} ({rest})") })
    }

    fn walk(&mut self, message: &MessageDescriptor, above: &[FieldDescriptor]) {
        for field in message.fields() {
            let trail: Vec<_> = above.iter().cloned().chain([field.clone()]).collect();
            let updated = self.is_update() && above.len() == 1 && self.is_wrapped(&trail);
            if catalogue::is_output_only(&field) && !(updated && field.name() == "name") {
                continue;
            }
            match field.kind() {
                Kind::Message(inner) if flattens(&field, &inner, &trail) => self.walk(&inner, &trail),
                _ => self.push(trail),
            }
        }
    }

    fn push(&mut self, trail: Vec<FieldDescriptor>) {
        let Some(field) = trail.last() else { return };
        let names: Vec<_> = trail.iter().map(FieldDescriptor::name).collect();
        let wrapped = self.is_wrapped(&trail);
        let how = match names.as_slice() {
            _ if catalogue::is_secret(field) => How::Prompt,
            _ if catalogue::is_well_known(field, "FieldMask") => How::Derived,
            ["name" | "parent"] => How::Position,
            [_, "name"] if wrapped && self.is_update() => How::Position,
            _ => How::Flag,
        };
        let label = match how {
            How::Flag => naming::dotted(&trail[usize::from(wrapped)..]),
            How::Position => field.name().to_uppercase(),
            How::Prompt | How::Derived => field.name().replace('_', " "),
        };
        self.inputs.push(Input { path: names.join("."), label, how, trail });
    }

    /// Whether the trail leads through the wrapper, and on.
    pub(crate) fn is_wrapped(&self, trail: &[FieldDescriptor]) -> bool {
        trail.len() > 1 && self.wrapper.as_ref() == trail.first()
    }
}

/// A singular message becomes flags of its own, unless it is a scalar to people or would go on for ever.
fn flattens(field: &FieldDescriptor, inner: &MessageDescriptor, trail: &[FieldDescriptor]) -> bool {
    let repeats = trail.iter().any(|above| above.parent_message().full_name() == inner.full_name());
    !field.is_list() && !field.is_map() && inner.package_name() != "google.protobuf" && !repeats
}

/// The resource that the call answers with, or else its only message.
fn wrapper(method: &MethodDescriptor) -> Option<FieldDescriptor> {
    let input = method.input();
    let messages: Vec<_> = input
        .fields()
        .filter(|field| matches!(field.kind(), Kind::Message(kind) if flattens(field, &kind, &[])))
        .collect();
    let resource = messages.iter().find(|field| field.kind().as_message() == Some(&method.output()));
    match (resource, messages.as_slice()) {
        (Some(field), _) | (None, [field]) => Some(field.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(name: &str) -> Invocation {
        Invocation::new(catalogue::method(name).unwrap())
    }

    fn labels(call: &Invocation) -> Vec<&str> {
        call.inputs.iter().map(|input| input.label.as_str()).collect()
    }

    #[test]
    fn the_resource_is_left_out_of_the_flags() {
        let create = call("CreateCase");
        assert_eq!(labels(&create), ["situation-number", "case-number", "display-name", "request-id"]);
        let reply = call("ReplyToClarification");
        assert_eq!(labels(&reply), ["NAME", "etag", "request-id", "text", "language-code"]);
        let open = call("OpenClarification");
        let expected = ["PARENT", "topic", "blocks", "text.text", "text.language-code", "request-id"];
        assert_eq!(labels(&open), expected);
    }

    #[test]
    fn an_update_takes_its_name_by_place() {
        let update = call("UpdateOrganization");
        assert_eq!(update.inputs[0].how, How::Position);
        assert_eq!(update.inputs[0].path, "organization.name");
        assert!(update.inputs.iter().any(|input| input.how == How::Derived));
    }

    #[test]
    fn secrets_are_never_flags() {
        let login = call("Login");
        assert_eq!(login.inputs.iter().map(|input| input.how).collect::<Vec<_>>(), [How::Flag, How::Prompt]);
    }

    #[test]
    fn violations_are_found_again() {
        let create = call("CreateFreezingRequest");
        let rows = [
            ("freezing_request.content.amount.amount", Some("--content.amount.amount")),
            (
                "freezing_request.content.assets[2].identifiers[0].value",
                Some("--content.assets ([2].identifiers[0].value)"),
            ),
            ("freezing_request.measures", Some("--measures")),
            ("request_id", Some("--request-id")),
            ("freezing_request.content.assetsx", None),
        ];
        for (path, flag) in rows {
            assert_eq!(create.flag_of(path).as_deref(), flag, "{path}");
        }
        assert_eq!(call("GetCase").flag_of("name").as_deref(), Some("NAME"));
    }
}
