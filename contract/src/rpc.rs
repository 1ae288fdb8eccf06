//! The methods of the contract, made from `proto/`.

include!(concat!(env!("OUT_DIR"), "/rpc.rs"));

/// A message that a method takes. Method, message and answer are one thing: whoever has one has the others.
pub trait Method: prost::Message + Default + 'static {
    /// The method.
    const RPC: Rpc;
    /// What it answers.
    type Answer: prost::Message + Default + 'static;
}
