//! Somebody who calls any method of the contract, with bytes: what is sent is made of JSON, and what is answered is read
//! only where somebody asks for it, so that the callers leave the machine to the server.

use std::{fmt::Display, sync::Arc};

use focalnet_contract::{Rpc, schema};
use prost::bytes::Bytes;
use prost_reflect::{
    DynamicMessage, FieldDescriptor, MethodDescriptor, ReflectMessage as _, SerializeOptions,
    prost::Message as _,
};
use serde_json::{Value, value::Serializer};
use tonic::{
    Request, Status,
    client::Grpc,
    codegen::http::uri::PathAndQuery,
    metadata::{Ascii, MetadataValue},
};

use crate::{codec::Raw, line::Line};

/// Somebody with a session, or nobody.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    line: Arc<Line>,
    token: Option<MetadataValue<Ascii>>,
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Answer {
    rpc: Rpc,
    bytes: Bytes,
}

impl Caller {
    /// Somebody who calls with this token; without one, nobody.
    pub(crate) fn new(line: Arc<Line>, token: Option<MetadataValue<Ascii>>) -> Self {
        Self { line, token }
    }

    /// Calls a method with a message in JSON.
    pub(crate) async fn call(&self, rpc: Rpc, message: Value) -> Result<Answer, Status> {
        self.send(rpc, encoded(rpc, message)?).await
    }

    /// Calls a method with a message that was made before.
    pub(crate) async fn send(&self, rpc: Rpc, message: Bytes) -> Result<Answer, Status> {
        let (service, name) = rpc.names();
        let path = PathAndQuery::try_from(format!("/{service}/{name}")).map_err(internal)?;
        let mut request = Request::new(message);
        if let Some(token) = &self.token {
            request.metadata_mut().insert("authorization", token.clone());
        }
        let mut grpc = Grpc::new(self.line.channel());
        grpc.ready().await.map_err(internal)?;
        let answer = grpc.unary(request, path, Raw).await?;
        Ok(Answer { rpc, bytes: answer.into_inner() })
    }
}

impl Answer {
    /// How long it is.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Reads it as JSON, with the names of the contract.
    pub(crate) fn json(&self) -> Result<Value, Status> {
        let options = SerializeOptions::new().use_proto_field_name(true);
        self.message()?.serialize_with_options(Serializer, &options).map_err(internal)
    }

    fn message(&self) -> Result<DynamicMessage, Status> {
        DynamicMessage::decode(method(self.rpc)?.output(), self.bytes.clone()).map_err(internal)
    }

    /// A text at the top of it; empty where there is none.
    pub(crate) fn text(&self, field: &str) -> Result<String, Status> {
        let message = self.message()?;
        let value = message.get_field_by_name(field);
        Ok(value.and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default())
    }

    /// The items of a list at the top of it, counted.
    pub(crate) fn rows(&self) -> Result<usize, Status> {
        let message = self.message()?;
        let list = message.descriptor().fields().find(FieldDescriptor::is_list);
        Ok(list.and_then(|list| message.get_field(&list).as_list().map(<[_]>::len)).unwrap_or_default())
    }
}

/// The bytes of a message in JSON.
pub(crate) fn encoded(rpc: Rpc, message: Value) -> Result<Bytes, Status> {
    let message = DynamicMessage::deserialize(method(rpc)?.input(), message);
    let message = message.map_err(|error| internal(format!("{rpc:?}: {error}")))?;
    Ok(message.encode_to_vec().into())
}

/// The method in the contract.
pub(crate) fn method(rpc: Rpc) -> Result<&'static MethodDescriptor, Status> {
    schema::method(rpc).map_err(internal)
}

/// What the client itself gets wrong.
fn internal(error: impl Display) -> Status {
    Status::internal(error.to_string())
}
