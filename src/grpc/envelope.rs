//! What all calls share, taken apart from what each brings of its own.

use focalnet_contract::{Rpc, schema};
use focalnet_domain::{
    error::{Reason, Violation},
    journal::sha256,
};
use http::{HeaderMap, header::AUTHORIZATION};
use prost_reflect::{DynamicMessage, FieldDescriptor, Kind, ReflectMessage};
use secrecy::SecretString;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::read::Reading;
use crate::{
    app::{Call, Checked, PageRequest},
    authz::policy::{Rule, rule},
    error::{Error, Result},
};

/// Fields of a request that are not content.
pub(super) const SHARED: [&str; 8] =
    ["name", "parent", "etag", "request_id", "page_size", "page_token", "filter", "update_mask"];

/// What an update may change, as the comment of its `update_mask` says.
pub(super) const fn updatable(rpc: Rpc) -> &'static [&'static str] {
    match rpc {
        Rpc::UpdateOrganization => &["display_name"],
        Rpc::UpdateFreezingRequest => &["measures", "content"],
        Rpc::UpdateAsset => &["description", "location", "identifiers", "holder", "persons", "lead_only"],
        Rpc::UpdateQuestionnaire => &["title", "sections", "questions"],
        _ => &[],
    }
}

/// The content of a call as the domain reads it, with all violations of its form.
pub(super) struct Content {
    rpc: Rpc,
    fields: Map<String, Json>,
    violations: Vec<Violation>,
}

impl Content {
    /// The content as what the use case takes.
    pub(super) fn checked<T: DeserializeOwned>(self) -> Result<Checked<T>> {
        if !self.violations.is_empty() {
            return Ok(Checked(Err(self.violations)));
        }
        // The reader's own words would quote the content.
        let misfit =
            |_| Error::internal(format!("{:?}: content of the right form does not fit its type", self.rpc));
        serde_json::from_value(Json::Object(self.fields)).map(|content| Checked(Ok(content))).map_err(misfit)
    }

    /// For calls without content: what is wrong with the rest.
    pub(super) fn nothing(self) -> Result<()> {
        Error::check(self.violations)
    }
}

/// A call of which only method and token are known.
pub(super) fn call(rpc: Rpc, headers: &HeaderMap) -> Result<Call> {
    let token = if matches!(rule(rpc), Rule::Public) { None } else { token(headers)? };
    Ok(Call {
        rpc,
        token,
        name: String::new(),
        parent: String::new(),
        etag: String::new(),
        request_id: None,
        digest: [0; 32],
        page: PageRequest::default(),
    })
}

/// The one bearer token of a call. The scheme may be in any case (RFC 9110); a second header, or one of another
/// scheme, is no way to be known.
pub(super) fn token(headers: &HeaderMap) -> Result<Option<SecretString>> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let Some(value) = values.next() else { return Ok(None) };
    let parts = value.to_str().ok().and_then(|text| text.split_once(' '));
    match parts {
        Some((scheme, token))
            if values.next().is_none()
                && scheme.eq_ignore_ascii_case("bearer")
                && !token.is_empty()
                && !token.contains(' ') =>
        {
            Ok(Some(SecretString::from(token)))
        }
        _ => Err(Error::Unauthenticated(Reason::NotSignedIn)),
    }
}

/// Fills in what all calls share, and reads the content.
pub(super) fn open<Q: prost::Message>(call: &mut Call, message: &Q) -> Result<Content> {
    let method = schema::method(call.rpc)?;
    let encoded = message.encode_to_vec();
    call.digest = sha256(&[method.full_name().as_bytes(), &[0], &encoded]);
    let request = DynamicMessage::decode(method.input(), encoded.as_slice()).map_err(|_| {
        Error::internal(format!("{} is not what {} takes", method.input().name(), method.name()))
    })?;

    let mut reading = Reading::default();
    shared(call, &request, &mut reading)?;
    let own: Vec<_> = method.input().fields().filter(|field| !SHARED.contains(&field.name())).collect();
    let fields = match own.as_slice() {
        // A call about one whole resource: its fields are the content.
        [field] if field.kind() == Kind::Message(method.output()) => {
            match request.get_field_by_name("update_mask") {
                Some(mask) => update(call, &request, field, &paths(mask.as_message()), &mut reading)?,
                None => object(reading.field(&request, field)?),
            }
        }
        fields => {
            let mut map = Map::new();
            for field in fields {
                map.extend(reading.field(&request, field)?.map(|value| (field.name().to_owned(), value)));
            }
            map
        }
    };
    Ok(Content { rpc: call.rpc, fields, violations: reading.violations })
}

fn object(value: Option<Json>) -> Map<String, Json> {
    match value {
        Some(Json::Object(map)) => map,
        _ => Map::new(),
    }
}

/// Names stay as sent, for the use case knows which kind it wants; the rest follows the rules of the contract.
fn shared(call: &mut Call, request: &DynamicMessage, reading: &mut Reading) -> Result<()> {
    for field in request.descriptor().fields().filter(|field| SHARED.contains(&field.name())) {
        match field.name() {
            "name" => call.name = text(request, "name"),
            "parent" => call.parent = text(request, "parent"),
            "page_size" => call.page.size = request.get_field(&field).as_i32().unwrap_or_default(),
            "request_id" => match reading.field(request, &field)?.as_ref().and_then(Json::as_str) {
                Some(id) => call.request_id = Uuid::parse_str(id).ok(),
                // Without it a replay cannot be told from a first call.
                None if request.has_field(&field) => {
                    return Err(Error::Invalid(reading.violations.split_off(0)));
                }
                None => {}
            },
            "update_mask" => {}
            shared => {
                let value = reading.field(request, &field)?;
                let value = value.as_ref().and_then(Json::as_str).unwrap_or_default().to_owned();
                match shared {
                    "etag" => call.etag = value,
                    "page_token" => call.page.token = value,
                    _ => call.page.filter = value,
                }
            }
        }
    }
    Ok(())
}

/// The fields to change. What the mask names and the resource leaves out is cleared, where it may be.
fn update(
    call: &mut Call,
    request: &DynamicMessage,
    field: &FieldDescriptor,
    mask: &[String],
    reading: &mut Reading,
) -> Result<Map<String, Json>> {
    let allowed = updatable(call.rpc);
    let list = allowed.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if mask.iter().any(|path| !allowed.contains(&path.as_str())) {
        let text = format!("names what cannot be changed here; allowed: {list}");
        reading.within(format_args!("update_mask"), |reading| reading.wrong(text));
    }
    let resource = request.get_field(field);
    let Some(resource) = resource.as_message() else { return Ok(Map::new()) };
    call.name = text(resource, "name");
    reading.within(format_args!("{}", field.name()), |reading| {
        let mut map = Map::new();
        for field in allowed.iter().filter_map(|name| resource.descriptor().get_field_by_name(name)) {
            let (named, set) = (mask.iter().any(|path| path == field.name()), resource.has_field(&field));
            if !(named || mask.is_empty() && set) {
                continue;
            }
            let value = match reading.field(resource, &field)? {
                None if !set && field.kind().as_message().is_some() => {
                    Some(if field.is_list() { Json::Array(Vec::new()) } else { Json::Object(Map::new()) })
                }
                None if named && field.kind() == Kind::Bool => Some(Json::Bool(false)),
                // A text that the mask names and the resource leaves out is emptied, where it may be.
                None if named && field.kind() == Kind::String && !field.is_list() => {
                    let required = schema::rules(field.full_name())?.required;
                    (!required).then(|| Json::String(String::new()))
                }
                value => value,
            };
            map.extend(value.map(|value| (field.name().to_owned(), value)));
        }
        if mask.is_empty() && map.is_empty() && reading.violations.is_empty() {
            reading.wrong(format!("has nothing to change; allowed: {list}"));
        }
        Ok(map)
    })
}

fn paths(mask: Option<&DynamicMessage>) -> Vec<String> {
    let paths = mask.and_then(|mask| mask.get_field_by_name("paths"));
    let list = paths.as_ref().and_then(|paths| paths.as_list()).unwrap_or_default();
    list.iter().filter_map(|path| path.as_str()).map(str::to_owned).collect()
}

fn text(message: &DynamicMessage, field: &str) -> String {
    message.get_field_by_name(field).and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
