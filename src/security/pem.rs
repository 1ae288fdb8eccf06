//! PEM (RFC 7468), as strict as OpenSSL writes it: one block, lines ended by a newline, nothing around.

use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret, SecretSlice, SecretString};

/// An unencrypted PKCS#8 private key.
pub(super) const PRIVATE_KEY: &str = "PRIVATE KEY";
/// A public key as `SubjectPublicKeyInfo`.
pub(super) const PUBLIC_KEY: &str = "PUBLIC KEY";
/// 32 random bytes of ours.
pub(super) const SECRET: &str = "FOCALNET SECRET";

/// `bytes` in a block called `label`.
pub(super) fn write(label: &str, bytes: &SecretSlice<u8>) -> SecretString {
    let mut rest = STANDARD.encode(bytes.expose_secret());
    let mut text = format!("-----BEGIN {label}-----\n");
    while !rest.is_empty() {
        let next = rest.split_off(rest.len().min(64));
        text.push_str(&rest);
        text.push('\n');
        rest = next;
    }
    format!("{text}-----END {label}-----\n").into()
}

/// The bytes of the one block, called `label`, that `text` is.
pub(super) fn read(label: &str, text: &SecretString) -> Option<SecretSlice<u8>> {
    let body = text
        .expose_secret()
        .strip_prefix(&format!("-----BEGIN {label}-----\n"))?
        .strip_suffix(&format!("-----END {label}-----\n"))?;
    let joined = SecretString::from(body.replace('\n', ""));
    STANDARD.decode(joined.expose_secret()).ok().map(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_openssl_writes() {
        // RFC 8410, 10.3.
        let text = "-----BEGIN PRIVATE KEY-----\n\
            MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n\
            -----END PRIVATE KEY-----\n";
        let der = read(PRIVATE_KEY, &text.into()).unwrap();
        assert_eq!(der.expose_secret().len(), 48);
        assert_eq!(write(PRIVATE_KEY, &der).expose_secret(), text);
        assert!(read(PUBLIC_KEY, &text.into()).is_none());
        assert!(read(PRIVATE_KEY, &format!("{text}\n").into()).is_none());
        assert!(read(PRIVATE_KEY, &text.replace("MC4C", "MC 4C").into()).is_none());
    }

    #[test]
    fn long_content_takes_several_lines() {
        let bytes = SecretSlice::from(vec![7; 100]);
        let text = write(SECRET, &bytes);
        assert!(text.expose_secret().lines().all(|line| line.len() <= 64));
        assert_eq!(read(SECRET, &text).unwrap().expose_secret(), bytes.expose_secret());
    }
}
