//! The key ring: every secret of the server, each for one purpose.

use std::{fmt, path::Path};

use aws_lc_rs::{
    hmac,
    signature::{Ed25519KeyPair, KeyPair},
};
use focalnet_contract::receipt::{PublicKey, Signer};
use secrecy::{ExposeSecret, SecretSlice};

use super::{
    digest::random,
    key_folder,
    key_folder::{Found, KeysError, Secrets},
};

/// The secrets that every process of one server shares.
///
/// Tokens and receipts are signed by different keys, so that a stolen token key forges no receipt. Keys that were in
/// use before are known by their public half, for verifying only.
pub struct Keys {
    token: Ed25519KeyPair,
    receipt: Signer,
    token_known: Vec<PublicKey>,
    receipt_known: Vec<PublicKey>,
    etag: hmac::Key,
    page: hmac::Key,
    refresh: hmac::Key,
    pepper: SecretSlice<u8>,
}

impl Keys {
    /// The ring kept in `folder` (mode 0700, files 0600) for the server called `name`, as in `focalnet.example`.
    ///
    /// With `create`, a folder that is missing or empty is filled with fresh keys, whole or not at all: of several
    /// processes that start at once one wins and all read its keys. A folder that lacks a single file is refused,
    /// for a fresh pepper or receipt key in an old installation would do silent harm.
    ///
    /// Public keys in `folder/retired/`, called `token-*.pem` or `receipt-*.pem`, are accepted for verifying.
    pub fn load(folder: &Path, name: &str, create: bool) -> Result<Self, KeysError> {
        if create {
            key_folder::create(folder, &fresh()?)?;
        }
        Self::build(name, &key_folder::read(folder)?)
    }

    /// A fresh ring that is kept nowhere.
    #[cfg(any(test, feature = "testing"))]
    pub fn generate(name: &str) -> Result<Self, KeysError> {
        Self::build(name, &Found { current: fresh()?, retired: Vec::new() })
    }

    /// All keys whose receipts count, the one in use first. They bear the server's name.
    #[must_use]
    pub fn receipt_keys(&self) -> &[PublicKey] {
        &self.receipt_known
    }

    /// All keys whose tokens count, the one in use first. They bear the server's name with `/token`.
    #[must_use]
    pub fn token_keys(&self) -> &[PublicKey] {
        &self.token_known
    }

    /// The server's name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.receipt.public().name()
    }

    pub(super) const fn token_pair(&self) -> &Ed25519KeyPair {
        &self.token
    }

    /// What signs receipts.
    #[must_use]
    pub const fn receipt_signer(&self) -> &Signer {
        &self.receipt
    }

    pub(super) const fn etag_key(&self) -> &hmac::Key {
        &self.etag
    }

    pub(super) const fn page_key(&self) -> &hmac::Key {
        &self.page
    }

    pub(super) const fn refresh_key(&self) -> &hmac::Key {
        &self.refresh
    }

    pub(super) const fn pepper(&self) -> &SecretSlice<u8> {
        &self.pepper
    }

    fn build(name: &str, found: &Found) -> Result<Self, KeysError> {
        let secret = |file: &'static str| found.current.get(file).ok_or(KeysError::Missing(file.into()));
        let hmac_key =
            |file| secret(file).map(|bytes| hmac::Key::new(hmac::HMAC_SHA256, bytes.expose_secret()));
        let token = pair("token", secret("token")?)?;
        let receipt = pair("receipt", secret("receipt")?)?;
        if public(&token) == public(&receipt) {
            return Err(KeysError::SameKey);
        }
        let receipt_bytes = public(&receipt);
        let named = |name: &str, purpose, current| {
            let retired = found.retired.iter().filter(|(of, _)| *of == purpose).map(|(_, bytes)| *bytes);
            let keys = std::iter::once(current).chain(retired).map(|bytes| PublicKey::new(name, bytes));
            keys.collect::<Result<Vec<_>, _>>().map_err(|_| KeysError::Name(name.to_owned()))
        };
        let token_known = named(&format!("{name}/token"), "token", public(&token))?;
        let receipt_known = named(name, "receipt", receipt_bytes)?;
        let receipt = Signer::new(name, receipt).map_err(|_| KeysError::Name(name.to_owned()))?;
        Ok(Self {
            token,
            receipt,
            token_known,
            receipt_known,
            etag: hmac_key("etag")?,
            page: hmac_key("page")?,
            refresh: hmac_key("refresh")?,
            pepper: secret("pepper")?.clone(),
        })
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys").field("name", &self.name()).finish_non_exhaustive()
    }
}

fn fresh() -> Result<Secrets, KeysError> {
    let mut secrets = Secrets::new();
    for file in key_folder::SIGNING {
        let pkcs8 =
            Ed25519KeyPair::generate().and_then(|pair| pair.to_pkcs8v1()).map_err(|_| KeysError::Random)?;
        secrets.insert(file, pkcs8.as_ref().to_vec().into());
    }
    for file in key_folder::SECRETS {
        secrets.insert(file, random::<32>().map_err(|_| KeysError::Random)?.to_vec().into());
    }
    Ok(secrets)
}

fn pair(file: &'static str, pkcs8: &SecretSlice<u8>) -> Result<Ed25519KeyPair, KeysError> {
    let malformed = |_| KeysError::Malformed(file.into(), "an Ed25519 private key in PKCS#8");
    Ed25519KeyPair::from_pkcs8(pkcs8.expose_secret()).map_err(malformed)
}

fn public(pair: &Ed25519KeyPair) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(pair.public_key().as_ref());
    bytes
}
