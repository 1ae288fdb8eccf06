//! Calls byte by byte, without a contract, and what a status says for programs.

use focalnet_contract::proto::ErrorReason;
use http::uri::PathAndQuery;
use prost_reflect::{DynamicMessage, ReflectMessage as _, Value};
use tonic::{
    Extensions, Request, Status,
    client::Grpc,
    codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder},
    metadata::MetadataMap,
    transport::Channel,
};
use tonic_types::StatusExt as _;

/// Sends bytes to a path.
pub(crate) async fn send(
    channel: &Channel,
    path: &str,
    metadata: MetadataMap,
    body: &[u8],
) -> Result<Vec<u8>, Status> {
    let path = PathAndQuery::try_from(path).unwrap();
    let request = Request::from_parts(metadata, Extensions::default(), body.to_vec());
    let mut grpc = Grpc::new(channel.clone());
    grpc.ready().await.unwrap();
    Ok(grpc.unary(request, path, Bytes).await?.into_inner())
}

/// The headers of a caller with this `authorization`.
pub(crate) fn authorized(value: &str) -> MetadataMap {
    let mut metadata = MetadataMap::new();
    metadata.insert("authorization", value.parse().unwrap());
    metadata
}

/// The entries of a page, and the token of the next.
pub(crate) fn opened(page: &DynamicMessage) -> (Vec<Value>, String) {
    let entries = page.descriptor().get_field(1).unwrap();
    let token = page.get_field_by_name("next_page_token").unwrap().as_str().unwrap().to_owned();
    (page.get_field(&entries).as_list().unwrap().to_vec(), token)
}

/// The fields that a refusal names, in their order.
pub(crate) fn fields(status: &Status) -> Vec<String> {
    let details = status.get_error_details();
    let named = details.bad_request().map(|bad| bad.field_violations.as_slice()).unwrap_or_default();
    named.iter().map(|violation| violation.field.clone()).collect()
}

/// The things that stand in the way, by name or field.
pub(crate) fn obstacles(status: &Status) -> Vec<String> {
    let details = status.get_error_details();
    let named =
        details.precondition_failure().map(|failure| failure.violations.as_slice()).unwrap_or_default();
    named.iter().map(|violation| violation.subject.clone()).collect()
}

/// The reason, which every refusal of ours gives, from the list of the contract.
#[track_caller]
pub(crate) fn reason(status: &Status) -> ErrorReason {
    let details = status.get_error_details();
    let info = details.error_info();
    assert_eq!(info.map(|info| info.domain.as_str()), Some("focalnet"), "{status:?}");
    let name = format!("ERROR_REASON_{}", info.unwrap().reason);
    ErrorReason::from_str_name(&name).unwrap()
}

/// Messages as they are.
#[derive(Debug, Clone, Copy)]
struct Bytes;

impl Codec for Bytes {
    type Encode = Vec<u8>;
    type Decode = Vec<u8>;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        *self
    }

    fn decoder(&mut self) -> Self {
        *self
    }
}

impl Encoder for Bytes {
    type Item = Vec<u8>;
    type Error = Status;

    fn encode(&mut self, message: Vec<u8>, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        use prost::bytes::BufMut as _;
        buffer.put_slice(&message);
        Ok(())
    }
}

impl Decoder for Bytes {
    type Item = Vec<u8>;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<Vec<u8>>, Status> {
        use prost::bytes::Buf as _;
        Ok(Some(buffer.copy_to_bytes(buffer.remaining()).to_vec()))
    }
}
