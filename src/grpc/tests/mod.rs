//! The conversions against the whole contract: every message that the descriptor knows, fully populated.

mod envelope;
mod fields;
mod reads;
mod views;
mod violations;

use focalnet_contract::{
    Rpc,
    sample::sample,
    schema::{self, POOL},
};
use focalnet_domain::error::Violation;
use prost_reflect::{DynamicMessage, MessageDescriptor};
use serde::de::DeserializeOwned;

use prost::Message as _;

use super::envelope::{call, content};
use crate::{
    app::{Call, Input},
    error::Result,
};

fn descriptor(name: &str) -> MessageDescriptor {
    POOL.get_message_by_name(&format!("focalnet.v1.{name}")).unwrap()
}

/// A fully populated request of a method.
fn request(rpc: Rpc) -> DynamicMessage {
    sample(&schema::method(rpc).unwrap().input(), 0)
}

fn read<T: DeserializeOwned>(rpc: Rpc, message: &DynamicMessage) -> Result<(Call, Input<T>)> {
    let mut call = call(rpc, &http::HeaderMap::new())?;
    let content = content(&mut call, &message.encode_to_vec())?;
    Ok((call, content))
}

fn violations(rpc: Rpc, message: &DynamicMessage) -> Vec<Violation> {
    read::<serde_json::Value>(rpc, message).unwrap().1.0.expect_err("there are violations")
}
