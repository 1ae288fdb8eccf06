//! Public Ed25519 keys, under the names that outsiders know them by.

use std::{fmt, str::FromStr};

use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use focalnet_domain::journal::sha256;

/// What C2SP signed-note puts before an Ed25519 public key.
const ED25519_TYPE: u8 = 1;

/// A public Ed25519 key with the name of its owner.
///
/// Its text form (`Display`, `FromStr`) is the verifier key of C2SP signed-note: `NAME+KEYID+BASE64`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    name: String,
    bytes: [u8; 32],
}

/// A text is not a verifier key; says why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a verifier key: {0}")]
pub struct NotAKey(&'static str);

impl PublicKey {
    /// The key `bytes` (RFC 8032) of `name`. A name is not empty and has no space, plus or control character.
    pub fn new(name: &str, bytes: [u8; 32]) -> Result<Self, NotAKey> {
        let refused = |c: char| c == '+' || c.is_whitespace() || c.is_control();
        if name.is_empty() || name.contains(refused) {
            return Err(NotAKey("a name has at least one character and neither space nor plus"));
        }
        Ok(Self { name: name.to_owned(), bytes })
    }

    /// Whose key it is.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The 32 bytes of RFC 8032.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.bytes
    }

    /// The thumbprint of RFC 7638 (with RFC 8037 for this kind of key), base64url: `kid` in a token's header.
    #[must_use]
    pub fn kid(&self) -> String {
        let x = URL_SAFE_NO_PAD.encode(self.bytes);
        let jwk = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
        URL_SAFE_NO_PAD.encode(sha256(&[jwk.as_bytes()]))
    }

    /// The short id by which a signed note says which key of that name signed it.
    #[must_use]
    pub fn note_id(&self) -> [u8; 4] {
        let [a, b, c, d, ..] = sha256(&[self.name.as_bytes(), b"\n", &self.typed()]);
        [a, b, c, d]
    }

    /// Whether `signature` is this key's over exactly these bytes.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, self.bytes).verify(message, signature).is_ok()
    }

    fn typed(&self) -> Vec<u8> {
        [&[ED25519_TYPE], self.bytes.as_slice()].concat()
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = u32::from_be_bytes(self.note_id());
        write!(f, "{}+{id:08x}+{}", self.name, STANDARD.encode(self.typed()))
    }
}

impl FromStr for PublicKey {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let (name, rest) = text.split_once('+').ok_or(NotAKey("expected NAME+KEYID+BASE64"))?;
        let (_, key) = rest.split_once('+').ok_or(NotAKey("expected NAME+KEYID+BASE64"))?;
        let typed = STANDARD.decode(key).map_err(|_| NotAKey("the last part is not base64"))?;
        let Some((&ED25519_TYPE, bytes)) = typed.split_first() else {
            return Err(NotAKey("not an Ed25519 key"));
        };
        let bytes = bytes.try_into().map_err(|_| NotAKey("an Ed25519 key has 32 bytes"))?;
        let read = Self::new(name, bytes)?;
        if read.to_string() == text { Ok(read) } else { Err(NotAKey("the key id belongs to another key")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OF_THE_SPECIFICATION: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    fn hex<const N: usize>(text: &str) -> [u8; N] {
        let byte = |at: usize| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap();
        std::array::from_fn(byte)
    }

    #[test]
    fn thumbprint_of_rfc_8037() {
        // Appendix A.3, the key of appendix A.2.
        let x = URL_SAFE_NO_PAD.decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo").unwrap();
        let key = PublicKey::new("a", x.try_into().unwrap()).unwrap();
        assert_eq!(key.kid(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
    }

    #[test]
    fn signature_of_rfc_8032() {
        // Section 7.1, test 2.
        let key = hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
        let signature: [u8; 64] = hex(concat!(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da",
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ));
        let key = PublicKey::new("a", key).unwrap();
        assert!(key.verifies(&[0x72], &signature));
        assert!(!key.verifies(&[0x73], &signature));
        assert!(!key.verifies(&[0x72], &signature[..63]));
    }

    #[test]
    fn verifier_key_round_trip() {
        let key: PublicKey = OF_THE_SPECIFICATION.parse().unwrap();
        assert_eq!(key.name(), "PeterNeumann");
        assert_eq!(key.note_id(), [0xc7, 0x4f, 0x20, 0xa3]);
        assert_eq!(key.to_string(), OF_THE_SPECIFICATION);
    }

    #[test]
    fn every_changed_character_of_a_verifier_key_is_refused() {
        for at in 0..OF_THE_SPECIFICATION.len() {
            let mut text = OF_THE_SPECIFICATION.as_bytes().to_vec();
            text[at] ^= 1;
            let text = String::from_utf8(text).unwrap();
            assert!(text.parse::<PublicKey>().is_err(), "{text}");
        }
        for text in ["", "a", "a+c74f20a3", "a+c74f20a3+", "a+c74f20a3+AQ==", "a+c74f20a3+Ag=="] {
            assert!(text.parse::<PublicKey>().is_err(), "{text}");
        }
    }

    #[test]
    fn names_that_would_break_a_note() {
        for name in ["", "a b", "a+b", "a\nb", "a\u{2003}b", "a\0"] {
            assert!(PublicKey::new(name, [0; 32]).is_err(), "{name:?}");
        }
    }
}
