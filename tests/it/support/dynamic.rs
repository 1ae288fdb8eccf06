//! Calls of any method by name, without generated code.

use focalnet_contract::{Rpc, client::DynamicCodec};
use http::uri::PathAndQuery;
use prost_reflect::{DynamicMessage, MethodDescriptor};
use serde_json::Value;
use tonic::{Request, Status, client::Grpc, service::Interceptor as _};

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
        let answer = Box::pin(grpc.unary(request, path, DynamicCodec(method(rpc).output()))).await?;
        Ok(answer.into_inner())
    }
}
