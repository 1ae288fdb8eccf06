//! The methods of the contract, made from `proto/`.

include!(concat!(env!("OUT_DIR"), "/rpc.rs"));

/// A message that a method takes. The type names its method and its answer, so that these three cannot be
/// mixed up.
pub trait Method: prost::Message + Default + 'static {
    /// The method.
    const RPC: Rpc;
    /// What it answers.
    type Answer: prost::Message + Default + 'static;
}
