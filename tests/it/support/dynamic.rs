//! Calls of any method by name, without generated code.

use focalnet_contract::Rpc;
use http::uri::PathAndQuery;
use prost::Message as _;
use prost_reflect::{DynamicMessage, MessageDescriptor, MethodDescriptor};
use serde_json::Value;
use tonic::{
    Request, Status,
    client::Grpc,
    codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder},
    service::Interceptor as _,
};

use super::{actor::Clients, content::CONTRACT};

/// The method in the contract.
pub(crate) fn method(rpc: Rpc) -> MethodDescriptor {
    let (service, name) = rpc.names();
    let service = CONTRACT.get_service_by_name(service).unwrap();
    service.methods().find(|method| method.name() == name).unwrap()
}

impl Clients {
    /// Calls a method with a message in JSON.
    pub(crate) async fn call(&self, rpc: Rpc, message: Value) -> Result<DynamicMessage, Status> {
        let message = DynamicMessage::deserialize(method(rpc).input(), message).unwrap();
        self.send(rpc, message).await
    }

    /// Calls a method with a message.
    pub(crate) async fn send(&self, rpc: Rpc, message: DynamicMessage) -> Result<DynamicMessage, Status> {
        let (service, name) = rpc.names();
        let path = PathAndQuery::try_from(format!("/{service}/{name}")).unwrap();
        let (metadata, extensions, ()) = self.bearer.clone().call(Request::new(()))?.into_parts();
        let request = Request::from_parts(metadata, extensions, message);
        let mut grpc = Grpc::new(self.channel.clone());
        grpc.ready().await.unwrap();
        let answer = Box::pin(grpc.unary(request, path, Dynamic(method(rpc).output()))).await?;
        Ok(answer.into_inner())
    }
}

/// Decodes what the method answers.
#[derive(Debug, Clone)]
struct Dynamic(MessageDescriptor);

impl Codec for Dynamic {
    type Encode = DynamicMessage;
    type Decode = DynamicMessage;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        self.clone()
    }

    fn decoder(&mut self) -> Self {
        self.clone()
    }
}

impl Encoder for Dynamic {
    type Item = DynamicMessage;
    type Error = Status;

    fn encode(&mut self, message: DynamicMessage, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        message.encode(buffer).unwrap();
        Ok(())
    }
}

impl Decoder for Dynamic {
    type Item = DynamicMessage;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<DynamicMessage>, Status> {
        Ok(Some(DynamicMessage::decode(self.0.clone(), buffer).unwrap()))
    }
}
