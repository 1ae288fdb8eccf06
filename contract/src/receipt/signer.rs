//! The private key that signs receipts, with the public half under which they are known.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};

use super::public_key::{NotAKey, PublicKey};

/// An Ed25519 key pair with the name of its owner.
pub struct Signer {
    pair: Ed25519KeyPair,
    public: PublicKey,
}

impl Signer {
    /// The pair as the key of `name`.
    pub fn new(name: &str, pair: Ed25519KeyPair) -> Result<Self, NotAKey> {
        let mut bytes = [0; 32];
        bytes.copy_from_slice(pair.public_key().as_ref());
        Ok(Self { public: PublicKey::new(name, bytes)?, pair })
    }

    /// The private half.
    #[must_use]
    pub const fn pair(&self) -> &Ed25519KeyPair {
        &self.pair
    }

    /// The public half.
    #[must_use]
    pub const fn public(&self) -> &PublicKey {
        &self.public
    }
}

#[cfg(test)]
impl Signer {
    /// A fresh key that is kept nowhere.
    pub(crate) fn generate(name: &str) -> Self {
        Self::new(name, Ed25519KeyPair::generate().unwrap()).unwrap()
    }
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Signer").field("public", &self.public).finish_non_exhaustive()
    }
}
