//! Receipts: what a party keeps, so that history cannot be rewritten behind its back.
//!
//! A receipt is a signed note with exactly these lines, in standard base64:
//!
//! ```text
//! focalnet receipt v1
//! stream freezingRequests/0b0f6c3e-6f0a-4c0e-9d7e-0d8f4f6f2a11/shared
//! index 7
//! head 3q2+7wAA…=
//! time 2026-03-02T09:30:00.000000Z
//! event events/6a1b9c52-0c38-4c63-8a1c-9a6f0f1f7e02
//! content q83vEjRW…=
//!
//! — focalnet.example BASE64
//! ```

use std::{fmt::Display, str::FromStr};

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, SecondsFormat, Utc};
use focalnet_domain::{journal::Stream, names::EventId};

mod note;
mod public_key;
mod signer;

pub use self::{
    note::NoteError,
    public_key::{NotAKey, PublicKey},
    signer::Signer,
};

const TITLE: &str = "focalnet receipt v1";

/// The server's word that an event stands at a place in a stream. It can be checked without any server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The stream of the journal.
    pub stream: Stream,
    /// The event's place in it.
    pub index: u64,
    /// The stream's chained digest with this event as the last.
    pub head: [u8; 32],
    /// When the act was done, cut to microseconds.
    pub time: DateTime<Utc>,
    /// The event.
    pub event: EventId,
    /// The salted digest of the event's content.
    pub event_digest: [u8; 32],
}

impl Receipt {
    /// The signed note that the party gets.
    #[must_use]
    pub fn sign(&self, signer: &Signer) -> String {
        note::sign(&self.text(), signer)
    }

    /// The receipt in `note`, if one of the receipt keys `keys` signed it and every line is as this program writes it.
    pub fn verify(note: &str, keys: &[PublicKey]) -> Result<Self, NoteError> {
        let text = note::open(note, keys)?;
        let mut lines = Lines { lines: text.split('\n'), line: 0 };
        lines.expect("`focalnet receipt v1`", |line| (line == TITLE).then_some(()))?;
        let receipt = Self {
            stream: lines.field("stream", "`stream` and its name", parsed)?,
            index: lines.field("index", "`index` and a number", parsed)?,
            head: lines.field("head", "`head` and 32 bytes in base64", digest)?,
            time: lines.field("time", "`time` as in `2026-03-02T09:30:00.000000Z`", time)?,
            event: lines.field("event", "`event` and its name", parsed)?,
            event_digest: lines.field("content", "`content` and 32 bytes in base64", digest)?,
        };
        lines.expect("an empty line", |line| line.is_empty().then_some(()))?;
        match lines.lines.next() {
            None => Ok(receipt),
            Some(_) => Err(NoteError::Line { line: lines.line + 1, expected: "the signature line" }),
        }
    }

    fn text(&self) -> String {
        let Self { stream, index, head, time, event, event_digest } = self;
        let (head, content) = (STANDARD.encode(head), STANDARD.encode(event_digest));
        let time = written(time);
        format!(
            "{TITLE}\nstream {stream}\nindex {index}\nhead {head}\ntime {time}\nevent {event}\ncontent {content}\n"
        )
    }
}

struct Lines<'a> {
    lines: std::str::Split<'a, char>,
    line: usize,
}

impl Lines<'_> {
    fn expect<T>(
        &mut self,
        expected: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, NoteError> {
        self.line += 1;
        self.lines.next().and_then(read).ok_or(NoteError::Line { line: self.line, expected })
    }

    fn field<T>(
        &mut self,
        name: &str,
        expected: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<T, NoteError> {
        self.expect(expected, |line| line.strip_prefix(name)?.strip_prefix(' ').and_then(read))
    }
}

/// Reads only what is written just so: parsers take more spellings than one.
fn parsed<T: FromStr + Display>(text: &str) -> Option<T> {
    text.parse().ok().filter(|value: &T| value.to_string() == text)
}

fn digest(text: &str) -> Option<[u8; 32]> {
    STANDARD.decode(text).ok()?.try_into().ok()
}

fn time(text: &str) -> Option<DateTime<Utc>> {
    let time = DateTime::parse_from_rfc3339(text).ok()?.to_utc();
    (written(&time) == text).then_some(time)
}

fn written(time: &DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Micros, true)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn receipt() -> Receipt {
        Receipt {
            stream: "freezingRequests/0b0f6c3e-6f0a-4c0e-9d7e-0d8f4f6f2a11/shared".parse().unwrap(),
            index: 7,
            head: [0xfb; 32],
            time: "2026-03-02T09:30:00.000001Z".parse().unwrap(),
            event: EventId(uuid::Uuid::from_u128(5)),
            event_digest: [9; 32],
        }
    }

    fn signed(text: &str, signer: &Signer) -> String {
        note::sign(text, signer)
    }

    #[test]
    fn looks_like_this() {
        let signer = Signer::generate("focalnet.example");
        let note = receipt().sign(&signer);
        let lines: Vec<_> = note.split('\n').collect();
        assert_eq!(
            lines[..8],
            [
                "focalnet receipt v1",
                "stream freezingRequests/0b0f6c3e-6f0a-4c0e-9d7e-0d8f4f6f2a11/shared",
                "index 7",
                "head +/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/v7+/s=",
                "time 2026-03-02T09:30:00.000001Z",
                "event events/00000000-0000-0000-0000-000000000005",
                "content CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=",
                "",
            ]
        );
        assert!(lines[8].starts_with("— focalnet.example "));
        assert_eq!(lines[9..], [""]);
    }

    #[test]
    fn only_the_receipt_key_counts() {
        let signer = Signer::generate("focalnet.example");
        let other = Signer::generate("focalnet.example");
        let token = Signer::generate("focalnet.example/token");
        let note = receipt().sign(&signer);
        assert_eq!(Receipt::verify(&note, &[signer.public().clone()]), Ok(receipt()));
        let unknown = Err(NoteError::UnknownKey("focalnet.example".to_owned()));
        assert_eq!(Receipt::verify(&note, &[other.public().clone()]), unknown);
        assert_eq!(Receipt::verify(&note, &[token.public().clone()]), unknown);
        let both = [other.public().clone(), signer.public().clone()];
        assert_eq!(Receipt::verify(&note, &both), Ok(receipt()));
    }

    #[test]
    fn a_well_signed_text_of_another_form_names_the_line() {
        let signer = Signer::generate("focalnet.example");
        let good = receipt().text();
        let rows = [
            (1, "receipt v1", "receipt v2"),
            (2, "/0b0f", "/0B0F"),
            (2, "0b0f6c3e-6f0a-4c0e-9d7e-0d8f4f6f2a11", "0b0f6c3e6f0a4c0e9d7e0d8f4f6f2a11"),
            (2, "stream ", "stream  "),
            (2, "stream ", "stream"),
            (3, "index 7", "index 07"),
            (3, "index 7", "index +7"),
            (3, "index 7", "index -7"),
            (3, "index 7\n", ""),
            (4, "/s=", "/s"),
            (4, "/s=", "/t="),
            (4, "head +", "head "),
            (5, ".000001Z", ".000001+00:00"),
            (5, ".000001Z", ".00000100Z"),
            (5, "T09", " 09"),
            (5, "T09", "t09"),
            (6, "event", "Event"),
            (7, "QkJCQk=\n", "QkJCQk= \n"),
            (8, "QkJCQk=\n", "QkJCQk=\nmore\n"),
            (8, "QkJCQk=\n", "QkJCQk=\r\n"),
            (9, "QkJCQk=\n", "QkJCQk=\n\n"),
        ];
        for (line, from, to) in rows {
            let changed = good.replacen(from, to, 1);
            assert_ne!(good, changed, "{from}");
            let refused = Receipt::verify(&signed(&changed, &signer), &[signer.public().clone()]);
            let line = if to.ends_with("=\r\n") { 7 } else { line };
            assert!(
                matches!(refused, Err(NoteError::Line { line: at, .. }) if at == line),
                "{to:?}: {refused:?}"
            );
        }
    }

    #[test]
    fn errors_are_sentences() {
        let error = NoteError::Line { line: 3, expected: "`index` and a number" };
        assert_eq!(error.to_string(), "line 3: expected `index` and a number");
    }

    proptest! {
        #[test]
        fn round_trip(
            stream: u128, index: u64, head: [u8; 32], micros in 0..4_102_444_800_000_000_i64,
            event: u128, event_digest: [u8; 32],
        ) {
            let signer = Signer::generate("focalnet.example");
            let time = DateTime::from_timestamp_micros(micros).unwrap();
            let receipt = Receipt {
                stream: format!("cases/{}/court", uuid::Uuid::from_u128(stream)).parse().unwrap(), index, head, time, event: EventId(uuid::Uuid::from_u128(event)), event_digest,
            };
            prop_assert_eq!(Receipt::verify(&receipt.sign(&signer), &[signer.public().clone()]), Ok(receipt));
        }

        #[test]
        fn any_changed_byte_is_refused(at: prop::sample::Index, flip in 1..=255_u8) {
            let signer = Signer::generate("focalnet.example");
            let mut bytes = receipt().sign(&signer).into_bytes();
            let at = at.index(bytes.len());
            bytes[at] ^= flip;
            // Bytes that are not UTF-8 any more cannot even be handed over as a note.
            if let Ok(text) = String::from_utf8(bytes) {
                prop_assert!(Receipt::verify(&text, &[signer.public().clone()]).is_err());
            }
        }
    }
}
