//! Generated from `proto/`: messages, services and the descriptor set.
#![allow(
    clippy::all,
    clippy::pedantic,
    clippy::allow_attributes,
    clippy::allow_attributes_without_reason,
    missing_docs,
    unreachable_pub,
    rustdoc::all,
    reason = "generated code"
)]

tonic::include_proto!("focalnet.v1");
include!(concat!(env!("OUT_DIR"), "/servers.rs"));
include!(concat!(env!("OUT_DIR"), "/methods.rs"));
include!(concat!(env!("OUT_DIR"), "/secret_debug.rs"));

/// The contract itself, with its comments and our own field options.
pub const FILE_DESCRIPTOR_SET: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/focalnet.bin"));
