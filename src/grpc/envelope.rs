//! What all calls share, taken apart from what each brings of its own.

use focalnet_contract::{
    Rpc,
    schema::{self, Field, Kind, Shape},
    wire::Message,
};
use focalnet_domain::{
    error::{Reason, Violation},
    journal::sha256,
};
use http::{HeaderMap, header::AUTHORIZATION};
use secrecy::SecretString;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::{
    app::{Call, Input, PageRequest},
    authz::policy::{Rule, rule},
    error::{Error, Result},
};

/// Fields of a request that are not content.
pub(super) const SHARED: [&str; 8] =
    ["name", "parent", "etag", "request_id", "page_size", "page_token", "filter", "update_mask"];

/// Those of them whose form is looked at here; names are read by the use case, which knows which kind it wants.
const FORMS: [&str; 5] = ["etag", "request_id", "page_size", "page_token", "filter"];

/// The content of a call, with all violations of its form.
struct Content<'a> {
    message: Message<'a>,
    violations: Vec<Violation>,
}

impl Content<'_> {
    fn checked<T: DeserializeOwned>(self) -> Result<Input<T>> {
        if !self.violations.is_empty() {
            return Ok(Input(Err(self.violations)));
        }
        Ok(Input(Ok(self.message.value(false)?)))
    }
}

/// Opens a call, with its content as what the use case takes.
pub(super) fn content<T: DeserializeOwned>(call: &mut Call, bytes: &[u8]) -> Result<Input<T>> {
    open(call, bytes)?.checked()
}

/// Opens a call without content: what is wrong with the rest is told at once.
pub(super) fn nothing(call: &mut Call, bytes: &[u8]) -> Result<()> {
    Error::check(open(call, bytes)?.violations)
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
fn open<'a>(call: &mut Call, bytes: &'a [u8]) -> Result<Content<'a>> {
    let method = schema::method(call.rpc)?;
    let shape = schema::input(call.rpc)?;
    let message = read(shape, bytes)?;
    call.digest = digest(method.full_name(), bytes, message.text("request_id"));
    let mut violations = message.violations_of("", |field| FORMS.contains(&field.name.as_str()))?;
    shared(call, &message, &mut violations)?;

    let is_own = |field: &&Field| !SHARED.contains(&field.name.as_str());
    let own: Vec<_> = shape.fields.iter().filter(is_own).collect();
    let Some((field, resource)) = whole_resource(call.rpc, &own)? else {
        violations.extend(message.violations_of("", |field| is_own(&field))?);
        return Ok(Content { message: message.only(|field| is_own(&field)), violations });
    };
    if shape.field("update_mask").is_some() {
        return update(call, &message, (field, resource), violations);
    }
    violations.extend(message.violations_of("", |field| is_own(&field))?);
    let content = message.message(&field.name).cloned().unwrap_or_else(|| Message::empty(resource));
    Ok(Content { message: content, violations })
}

/// The digest of a call: of the method and of the message, in which the request id, a part of it, may be in capitals.
fn digest(method: &str, bytes: &[u8], request_id: &str) -> [u8; 32] {
    let start = request_id.as_ptr().addr().wrapping_sub(bytes.as_ptr().addr());
    let parts = bytes.split_at_checked(start).and_then(|(before, rest)| {
        let after = rest.strip_prefix(request_id.as_bytes())?;
        Some((before, after))
    });
    let (before, after) = parts.unwrap_or((bytes, &[]));
    sha256(&[method.as_bytes(), &[0], before, request_id.to_ascii_lowercase().as_bytes(), after])
}

/// The content of a message that holds secrets, and nothing else.
pub(super) fn secret<T: DeserializeOwned>(rpc: Rpc, bytes: &[u8]) -> Result<Input<T>> {
    let message = read(schema::input(rpc)?, bytes)?;
    let violations = message.violations("")?;
    Content { message, violations }.checked()
}

fn read<'a>(shape: &'static Shape, bytes: &'a [u8]) -> Result<Message<'a>> {
    let text = "must be one message of the type that the method takes";
    Message::read(shape, bytes).map_err(|_| Error::invalid("", text))
}

/// Where a call is about one whole resource, that field and what it looks like: its fields are the content.
fn whole_resource<'s>(rpc: Rpc, own: &[&'s Field]) -> Result<Option<(&'s Field, &'static Shape)>> {
    let [field] = own else { return Ok(None) };
    let Kind::Message(inner) = &field.kind else { return Ok(None) };
    let (shape, answered) = (inner.shape()?, schema::output(rpc)?);
    Ok(std::ptr::eq(shape, answered).then_some((*field, shape)))
}

fn shared(call: &mut Call, message: &Message<'_>, violations: &mut Vec<Violation>) -> Result<()> {
    message.text("name").clone_into(&mut call.name);
    message.text("parent").clone_into(&mut call.parent);
    message.text("etag").clone_into(&mut call.etag);
    message.text("page_token").clone_into(&mut call.page.token);
    message.text("filter").clone_into(&mut call.page.filter);
    call.page.size = message.number("page_size");
    call.request_id = Uuid::parse_str(message.text("request_id")).ok();
    if call.request_id.is_none() && message.has("request_id") {
        // Without it a repetition cannot be told from a first call.
        violations.retain(|violation| violation.field == "request_id");
        return Err(Error::Invalid(std::mem::take(violations)));
    }
    Ok(())
}

/// The fields to change. What the mask names and the resource leaves out is cleared, where it may be.
fn update<'a>(
    call: &mut Call,
    message: &Message<'a>,
    (field, shape): (&Field, &'static Shape),
    mut violations: Vec<Violation>,
) -> Result<Content<'a>> {
    let allowed = |name: &str| shape.field(name).is_some_and(|field| field.rules.updatable);
    let list = shape.fields.iter().filter(|field| field.rules.updatable);
    let list = list.map(|field| format!("`{}`", field.name)).collect::<Vec<_>>().join(", ");
    let mask = message.message("update_mask").map(|mask| mask.texts("paths")).unwrap_or_default();
    if mask.iter().any(|path| !allowed(path)) {
        let text = format!("names what cannot be changed here; allowed: {list}");
        violations.push(Violation::new("update_mask", text));
    }
    let resource = message.message(&field.name).cloned().unwrap_or_else(|| Message::empty(shape));
    resource.text("name").clone_into(&mut call.name);
    let is_named = |name: &str| mask.contains(&name);
    let changes = |name: &str| allowed(name) && (mask.is_empty() || is_named(name));
    let mut content = resource.only(|field| changes(&field.name));
    for name in mask.iter().filter(|name| allowed(name)) {
        if !content.has(name) {
            content = content.cleared(name);
        }
    }
    let wrong = content.violations_of(&field.name, |field| content.has(&field.name))?;
    if mask.is_empty() && content.is_empty() && wrong.is_empty() {
        let text = format!("has nothing to change; allowed: {list}");
        violations.push(Violation::new(&field.name, text));
    }
    violations.extend(wrong);
    Ok(Content { message: content, violations })
}
