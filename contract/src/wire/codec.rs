//! Messages as bytes between tonic and the conversion, with the type of the contract that they are.

use std::marker::PhantomData;

use prost::bytes::{Buf as _, BufMut as _, Bytes};
use tonic::{
    Status,
    codec::{self, DecodeBuf, Decoder, EncodeBuf, Encoder},
};

/// The bytes of a message that a caller sent.
#[derive(Debug)]
pub struct Sent<M> {
    bytes: Bytes,
    kind: PhantomData<fn() -> M>,
}

impl<M> Sent<M> {
    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl<M: prost::Message> From<&M> for Sent<M> {
    fn from(message: &M) -> Self {
        Self { bytes: message.encode_to_vec().into(), kind: PhantomData }
    }
}

/// The bytes of a message that is answered.
#[derive(Debug)]
pub struct Told<M> {
    bytes: Bytes,
    kind: PhantomData<fn() -> M>,
}

impl<M> Told<M> {
    /// These bytes, which are such a message.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        Self { bytes: bytes.into(), kind: PhantomData }
    }
}

impl<M: prost::Message> Told<M> {
    /// This message, with what is set in another message added: on the wire, the bytes of two messages one
    /// after the other are one message.
    #[must_use]
    pub fn and(self, more: &M) -> Self {
        Self::new([&self.bytes[..], &more.encode_to_vec()].concat())
    }
}

impl<M: prost::Message> From<&M> for Told<M> {
    fn from(message: &M) -> Self {
        Self::new(message.encode_to_vec())
    }
}

/// Hands messages on as they are.
#[derive(Debug)]
pub struct Codec<T, S>(PhantomData<fn() -> (T, S)>);

impl<T, S> Default for Codec<T, S> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<A: 'static, Q: 'static> codec::Codec for Codec<Told<A>, Sent<Q>> {
    type Encode = Told<A>;
    type Decode = Sent<Q>;
    type Encoder = Ends<Told<A>>;
    type Decoder = Ends<Sent<Q>>;

    fn encoder(&mut self) -> Self::Encoder {
        Ends(PhantomData)
    }

    fn decoder(&mut self) -> Self::Decoder {
        Ends(PhantomData)
    }
}

/// One end of the codec.
#[derive(Debug)]
pub struct Ends<T>(PhantomData<fn() -> T>);

impl<A> Encoder for Ends<Told<A>> {
    type Item = Told<A>;
    type Error = Status;

    fn encode(&mut self, told: Told<A>, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        buffer.put(told.bytes);
        Ok(())
    }
}

impl<Q> Decoder for Ends<Sent<Q>> {
    type Item = Sent<Q>;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<Sent<Q>>, Status> {
        let bytes = buffer.copy_to_bytes(buffer.remaining());
        Ok(Some(Sent { bytes, kind: PhantomData }))
    }
}
