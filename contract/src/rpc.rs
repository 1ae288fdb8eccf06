//! The methods of the contract as an enum, made from `proto/`.

include!(concat!(env!("OUT_DIR"), "/rpc.rs"));
