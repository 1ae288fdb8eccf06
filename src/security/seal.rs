//! Values that travel to the client and come back unchanged: etags and page tokens.

use aws_lc_rs::{constant_time::verify_slices_are_equal, hmac};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{digest::framed, keys::Keys};

/// HMAC-SHA-256 cut to 128 bits, as RFC 2104 allows.
const TAG: usize = 16;

impl Keys {
    /// The etag (quoted, RFC 9110) of a resource, from the heads of those of its streams that the caller may read.
    ///
    /// The order of the heads counts. A head that the caller may not read must be left out, else its change shows.
    #[must_use]
    pub fn etag(&self, resource_name: &str, heads: impl IntoIterator<Item = [u8; 32]>) -> String {
        let heads: Vec<_> = heads.into_iter().collect();
        let mut parts = vec![b"focalnet etag v1".as_slice(), resource_name.as_bytes()];
        parts.extend(heads.iter().map(<[u8; 32]>::as_slice));
        format!("\"{}\"", URL_SAFE_NO_PAD.encode(tag(self.etag_key(), &parts)))
    }

    /// A page token that holds `cursor` and is good in the same `context` only: caller, method, parent, filter, order.
    ///
    /// The cursor is authentic but not secret: it may hold only what the caller has seen on the page.
    #[must_use]
    pub fn seal_page(&self, context: &[&str], cursor: &[u8]) -> String {
        URL_SAFE_NO_PAD.encode([&self.page_tag(context, cursor), cursor].concat())
    }

    /// The cursor in a page token, or `None` if it was not sealed by this ring in this `context`.
    #[must_use]
    pub fn open_page(&self, context: &[&str], token: &str) -> Option<Vec<u8>> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (presented, cursor) = bytes.split_first_chunk::<TAG>()?;
        verify_slices_are_equal(presented, &self.page_tag(context, cursor)).ok()?;
        Some(cursor.to_vec())
    }

    fn page_tag(&self, context: &[&str], cursor: &[u8]) -> [u8; TAG] {
        let mut parts = vec![b"focalnet page v1".as_slice()];
        parts.extend(context.iter().map(|part| part.as_bytes()));
        parts.push(cursor);
        tag(self.page_key(), &parts)
    }
}

fn tag(key: &hmac::Key, parts: &[&[u8]]) -> [u8; TAG] {
    let mut tag = [0; TAG];
    tag.copy_from_slice(&hmac::sign(key, &framed(parts)).as_ref()[..TAG]);
    tag
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;

    static KEYS: LazyLock<Keys> = LazyLock::new(|| Keys::generate("focalnet.example").unwrap());

    #[test]
    fn an_etag_shows_any_change_of_what_it_covers() {
        let etag = |name: &str, heads: &[[u8; 32]]| KEYS.etag(name, heads.iter().copied());
        let first = etag("requests/1", &[[1; 32], [2; 32]]);
        assert_eq!(first.len(), 24);
        assert!(first.starts_with('"') && first.ends_with('"'));
        assert_eq!(first, etag("requests/1", &[[1; 32], [2; 32]]));
        let others: [&[[u8; 32]]; 5] =
            [&[[2; 32], [1; 32]], &[[1; 32]], &[], &[[1; 32], [3; 32]], &[[1; 32], [2; 32], [2; 32]]];
        for heads in others {
            assert_ne!(first, etag("requests/1", heads));
        }
        assert_ne!(first, etag("requests/2", &[[1; 32], [2; 32]]));
        assert_ne!(first, Keys::generate("focalnet.example").unwrap().etag("requests/1", [[1; 32], [2; 32]]));
    }

    #[test]
    fn a_page_token_is_good_for_its_context_and_ring_only() {
        let token = KEYS.seal_page(&["user/1", "List", "a"], b"c");
        assert_eq!(KEYS.open_page(&["user/1", "List", "a"], &token), Some(b"c".to_vec()));
        let contexts: [&[&str]; 6] = [
            &["user/2", "List", "a"],
            &["user/1", "Lista", ""],
            &["user/1", "List"],
            &["List", "user/1", "a"],
            &["user/1", "List", "a", ""],
            &[],
        ];
        for context in contexts {
            assert_eq!(KEYS.open_page(context, &token), None, "{context:?}");
        }
        assert_eq!(
            Keys::generate("focalnet.example").unwrap().open_page(&["user/1", "List", "a"], &token),
            None
        );
        for token in ["", "AAAA", &format!("{token}="), &format!(" {token}"), &token[..20]] {
            assert_eq!(KEYS.open_page(&["user/1", "List", "a"], token), None, "{token}");
        }
    }

    proptest! {
        #[test]
        fn round_trip(context: Vec<String>, cursor: Vec<u8>) {
            let context: Vec<_> = context.iter().map(String::as_str).collect();
            let token = KEYS.seal_page(&context, &cursor);
            prop_assert_eq!(KEYS.open_page(&context, &token), Some(cursor));
        }

        #[test]
        fn any_flipped_byte_is_refused(cursor: Vec<u8>, at: prop::sample::Index, flip in 1..128_u8) {
            let mut token = KEYS.seal_page(&["a"], &cursor).into_bytes();
            let at = at.index(token.len());
            token[at] ^= flip;
            prop_assert_eq!(KEYS.open_page(&["a"], &String::from_utf8(token).unwrap()), None);
        }
    }
}
