//! Digests and random bytes, the ground everything else in this room stands on.

use aws_lc_rs::{digest, rand};

use crate::error::{Error, Result};

/// SHA-256 over `parts`, each preceded by its length in bytes as a 64-bit big-endian number.
///
/// No two different lists of parts are hashed from the same bytes, so fields cannot slide into each other. The
/// first part should be a word for what is hashed. What may be absent needs a mark of its own: an empty part and
/// an absent one are the same.
#[must_use]
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    sha256_raw(&framed(parts))
}

/// Bytes from the system's secure random generator.
pub fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    rand::fill(&mut bytes).map_err(|_| Error::internal("the system gives no random bytes"))?;
    Ok(bytes)
}

/// SHA-256 of exactly these bytes.
pub(super) fn sha256_raw(bytes: &[u8]) -> [u8; 32] {
    let mut out = [0; 32];
    out.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    out
}

/// `parts` in one piece, each behind its length: see [`sha256`].
pub(super) fn framed(parts: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(parts.iter().map(|part| part.len() + 8).sum());
    for part in parts {
        bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sha256_is_the_standard_one_over_framed_parts() {
        // FIPS 180-4: the digest of "abc" begins ba7816bf.
        assert_eq!(sha256_raw(b"abc")[..4], [0xba, 0x78, 0x16, 0xbf]);
        assert_eq!(framed(&[b"ab", b""]), [0, 0, 0, 0, 0, 0, 0, 2, b'a', b'b', 0, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(sha256(&[b"ab"]), sha256_raw(b"\0\0\0\0\0\0\0\x02ab"));
    }

    #[test]
    fn parts_do_not_slide_into_each_other() {
        assert_ne!(sha256(&[b"ab", b"c"]), sha256(&[b"a", b"bc"]));
        assert_ne!(sha256(&[b"a"]), sha256(&[b"a", b""]));
    }

    #[test]
    fn random_bytes_differ() {
        assert_ne!(random::<32>().unwrap(), random::<32>().unwrap());
    }
}
