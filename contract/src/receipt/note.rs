//! Signed notes of C2SP (<https://c2sp.org/signed-note>), narrowed to one Ed25519 signature.
//!
//! A note is a text, an empty line, and `— NAME BASE64(key id ‖ signature)`; the signature covers the text with
//! its last newline, byte for byte.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::{public_key::PublicKey, signer::Signer};

/// Why a note, or the receipt in it, is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// A line does not have the form it must have.
    #[error("line {line}: expected {expected}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What stands there in a good one.
        expected: &'static str,
    },
    /// Signed by a key that is not among those trusted: another server, another purpose, or a forgery.
    #[error("signed by `{0}` with a key that is not among the trusted ones")]
    UnknownKey(String),
    /// The key is trusted, but it did not sign this text: something in it was changed.
    #[error("the signature of `{0}` does not belong to this text")]
    BadSignature(String),
}

/// `text`, which ends with a newline, signed with the private half of `public`.
pub(super) fn sign(text: &str, signer: &Signer) -> String {
    let public = signer.public();
    let signature = [&public.note_id(), signer.pair().sign(text.as_bytes()).as_ref()].concat();
    format!("{text}\n— {} {}\n", public.name(), STANDARD.encode(signature))
}

/// The text of a note that one of `keys` signed.
pub(super) fn open<'a>(note: &'a str, keys: &[PublicKey]) -> Result<&'a str, NoteError> {
    let wrong = |line, expected| NoteError::Line { line, expected };
    let last = note.lines().count().max(1);
    let signature_line = || wrong(last, "the one signature line, `— NAME BASE64` and a newline");

    if let Some(at) = note.split('\n').position(|line| line.contains(char::is_control)) {
        return Err(wrong(at + 1, "no control characters"));
    }
    let gap =
        note.rfind("\n\n").ok_or_else(|| wrong(last, "an empty line and a signature line at the end"))?;
    let (text, rest) = (&note[..=gap], &note[gap + 2..]);
    let line = rest.strip_suffix('\n').filter(|line| !line.contains('\n')).ok_or_else(signature_line)?;
    let (name, blob) =
        line.strip_prefix("— ").and_then(|line| line.split_once(' ')).ok_or_else(signature_line)?;
    let blob = STANDARD.decode(blob).map_err(|_| signature_line())?;
    let (id, signature) = blob.split_first_chunk::<4>().ok_or_else(signature_line)?;

    let key = keys.iter().find(|key| key.name() == name && key.note_id() == *id);
    let key = key.ok_or_else(|| NoteError::UnknownKey(name.to_owned()))?;
    if key.verifies(text.as_bytes(), signature) {
        Ok(text)
    } else {
        Err(NoteError::BadSignature(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Made by the Go package sumdb/note, where this format comes from.
    const KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    const TEXT: &str = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    const SIGNATURE: &str = "— PeterNeumann \
        x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    #[test]
    fn opens_a_note_of_another_implementation() {
        let note = format!("{TEXT}\n{SIGNATURE}");
        let keys = [KEY.parse().unwrap()];
        assert_eq!(open(&note, &keys), Ok(TEXT));
        assert_eq!(open(&note, &[]), Err(NoteError::UnknownKey("PeterNeumann".to_owned())));
        let changed = note.replace("answer", "Answer");
        assert_eq!(open(&changed, &keys), Err(NoteError::BadSignature("PeterNeumann".to_owned())));
    }

    #[test]
    fn exactly_one_signature_line() {
        let keys = [KEY.parse().unwrap()];
        let line = SIGNATURE.trim_end();
        let notes = [
            String::new(),
            TEXT.to_owned(),
            format!("{TEXT}\n"),
            format!("{TEXT}{SIGNATURE}"),
            format!("{TEXT}\n{line}"),
            format!("{TEXT}\n{SIGNATURE}{SIGNATURE}"),
            format!("{TEXT}\n{SIGNATURE}\n"),
            format!("{TEXT}\n{line} \n"),
            format!("{TEXT}\n{line}\r\n"),
            format!("{TEXT}\n{}", SIGNATURE.replace('—', "-")),
            format!("{TEXT}\n{}", SIGNATURE.replace("PeterNeumann ", "PeterNeumann")),
            format!("{TEXT}\n{}", SIGNATURE.replace("Peter", "Peter\n")),
            format!("{TEXT}\n{}", SIGNATURE.replace("Peter", "Peter\u{1b}[2J")),
            format!("{TEXT}\n— PeterNeumann x08g\n"),
        ];
        for note in notes {
            assert!(matches!(open(&note, &keys), Err(NoteError::Line { .. })), "{note:?}");
        }
    }

    #[test]
    fn opens_what_it_signs_whatever_else_is_trusted() {
        let signer = Signer::generate("focalnet.example");
        let note = sign("x\n\ny\n", &signer);
        let namesake = Signer::generate("focalnet.example");
        let trusted = [KEY.parse().unwrap(), namesake.public().clone(), signer.public().clone()];
        assert_eq!(open(&note, &trusted), Ok("x\n\ny\n"));
    }
}
