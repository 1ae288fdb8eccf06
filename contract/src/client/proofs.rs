//! Receipts and events as people keep them in files, and whether they hold together.

use std::collections::BTreeMap;

use focalnet_domain::{
    journal,
    journal::{Event, Hash, Stream},
};
use serde_json::{Deserializer, Value};

use crate::receipt::{PublicKey, Receipt};

const TITLE: &str = "focalnet receipt v1";

/// A receipt as it was kept, and where.
#[derive(Debug, Clone)]
pub struct Note {
    /// The file, and the number of the receipt in it.
    pub place: String,
    /// The signed note.
    pub text: String,
}

/// What was found in the files.
#[derive(Debug, Default)]
pub struct Proofs {
    /// All receipts.
    pub notes: Vec<Note>,
    /// All events.
    pub events: Vec<Event>,
}

/// What holds.
#[derive(Debug)]
pub struct Verified {
    /// How many receipts.
    pub receipts: usize,
    /// How many of them fit their event.
    pub matched: usize,
    /// Receipts whose event is not among those that were given: the place of each, and what it vouches for. None where no
    /// events were given at all.
    pub missing: Vec<(String, Receipt)>,
    /// Each stream with its last event.
    pub heads: BTreeMap<Stream, (i64, Hash)>,
    /// Up to which event of a stream a receipt vouches. Events alone show only that they fit each other: whoever rewrites
    /// all of them can compute all hashes anew.
    pub vouched: BTreeMap<Stream, u64>,
}

impl Proofs {
    /// Takes what is in a file: notes, or JSON with receipts and events anywhere in it. Says what is wrong with it.
    pub fn read(&mut self, file: &str, text: &str) -> Result<(), String> {
        let before = (self.notes.len(), self.events.len());
        if text.trim_start().starts_with(['{', '[']) {
            for value in Deserializer::from_str(text).into_iter::<Value>() {
                self.search(file, before.0, &value.map_err(|error| error.to_string())?)?;
            }
        } else {
            let starts: Vec<_> = text.match_indices(TITLE).map(|(at, _)| at).collect();
            let ends = starts.iter().skip(1).copied().chain([text.len()]);
            for (start, end) in starts.iter().zip(ends) {
                self.note(file, before.0, format!("{}\n", text[*start..end].trim_end()));
            }
        }
        let nothing = before == (self.notes.len(), self.events.len());
        if nothing { Err("there is neither a receipt nor an event in it".to_owned()) } else { Ok(()) }
    }

    fn note(&mut self, file: &str, before: usize, text: String) {
        let place = format!("receipt {} of {file}", self.notes.len() - before + 1);
        self.notes.push(Note { place, text });
    }

    fn search(&mut self, file: &str, before: usize, value: &Value) -> Result<(), String> {
        match value {
            Value::Array(items) => items.iter().try_for_each(|item| self.search(file, before, item)),
            Value::Object(fields) if fields.contains_key("content_digest") => {
                let event = serde_json::from_value(value.clone());
                let name = fields.get("name").and_then(Value::as_str).unwrap_or("an event");
                self.events.push(event.map_err(|error| format!("{name} cannot be read: {error}"))?);
                Ok(())
            }
            Value::Object(fields) => {
                if let Some(note) =
                    fields.get("note").and_then(Value::as_str).filter(|note| note.starts_with(TITLE))
                {
                    self.note(file, before, note.to_owned());
                }
                fields.values().try_for_each(|value| self.search(file, before, value))
            }
            _ => Ok(()),
        }
    }

    /// Checks all of it, with public keys alone, and names the first thing that does not fit.
    pub fn verify(&self, keys: &[PublicKey]) -> Result<Verified, String> {
        let heads = journal::verify(&self.events).map_err(|bad| bad.to_string())?;
        let places: BTreeMap<_, _> =
            self.events.iter().map(|event| ((event.stream, event.index), event)).collect();
        let mut seen: BTreeMap<(Stream, u64), Hash> = BTreeMap::new();
        let (mut matched, mut missing) = (0, Vec::new());
        let mut vouched: BTreeMap<Stream, u64> = BTreeMap::new();
        for note in &self.notes {
            let bad = |problem: &str| format!("{}: {problem}", note.place);
            let receipt = Receipt::verify(&note.text, keys).map_err(|error| bad(&error.to_string()))?;
            let other = seen.insert((receipt.stream, receipt.index), receipt.head);
            if other.is_some_and(|head| head != receipt.head) {
                return Err(bad(
                    "another receipt signs another event for the same place: the journal was forked",
                ));
            }
            let event =
                i64::try_from(receipt.index).ok().and_then(|index| places.get(&(receipt.stream, index)));
            match event {
                Some(event) => {
                    fits(&receipt, event).map_err(|problem| bad(&problem))?;
                    matched += 1;
                    let last = vouched.entry(receipt.stream).or_default();
                    *last = receipt.index.max(*last);
                }
                None if self.events.is_empty() => {}
                None => missing.push((note.place.clone(), receipt)),
            }
        }
        Ok(Verified { receipts: self.notes.len(), matched, missing, heads, vouched })
    }
}

fn fits(receipt: &Receipt, event: &Event) -> Result<(), String> {
    let (number, stream) = (receipt.index, receipt.stream);
    if event.name != receipt.event {
        return Err(format!(
            "it is for {}, but number {number} of {stream} is {}",
            receipt.event, event.name
        ));
    }
    let same = event.hash.0 == receipt.head
        && event.content_digest.0 == receipt.event_digest
        && event.time == receipt.time;
    if same { Ok(()) } else { Err(format!("{} is not as it was when the receipt was signed", event.name)) }
}

#[cfg(test)]
mod tests {
    use focalnet_domain::journal::Bytes;

    use super::*;
    use crate::receipt::Signer;

    const STREAM: &str = "freezingRequests/0b0f6c3e-6f0a-4c0e-9d7e-0d8f4f6f2a11/shared";

    /// Three events, a receipt for each, as the server would make them.
    fn story(signer: &Signer) -> (serde_json::Value, Vec<String>) {
        let (mut events, mut notes) = (Vec::new(), Vec::new());
        let mut previous = journal::genesis(STREAM.parse().unwrap());
        for index in 1..=3 {
            let mut event: Event = serde_json::from_value(serde_json::json!({
                "name": format!("events/00000000-0000-4000-8000-00000000000{index}"), "stream": STREAM,
                "index": index.to_string(), "time": format!("2008-05-27T10:00:0{index}Z"), "act": "transmit",
                "subject": "freezingRequests/0b0f6c3e-6f0a-4c0e-9d7e-0d8f4f6f2a11", "organ": "registry",
                "content": "{}", "content_salt": "AAEC", "content_digest": "", "persons_digest": "", "hash": "",
            }))
            .unwrap();
            event.content_digest = Bytes(journal::salted(&[0, 1, 2], "{}").to_vec());
            event.persons_digest = Bytes(journal::salted(&[3], "x").to_vec());
            previous = event.link(&previous);
            event.hash = Bytes(previous.to_vec());
            let receipt = Receipt {
                stream: event.stream,
                index: u64::try_from(index).unwrap(),
                head: previous,
                time: event.time,
                event: event.name,
                event_digest: event.content_digest.0.clone().try_into().unwrap(),
            };
            notes.push(receipt.sign(signer));
            events.push(serde_json::to_value(&event).unwrap());
        }
        (serde_json::json!({"events": events, "next_page_token": ""}), notes)
    }

    fn verify(signer: &Signer, files: &[&str]) -> Result<Verified, String> {
        let mut proofs = Proofs::default();
        for (at, text) in files.iter().enumerate() {
            proofs.read(&format!("file {at}"), text)?;
        }
        proofs.verify(&[signer.public().clone()])
    }

    #[test]
    fn a_whole_story_holds() {
        let signer = Signer::generate("focalnet.example");
        let (events, notes) = story(&signer);
        let kept = serde_json::json!([{"receipt": {"note": notes[0]}}, {"note": notes[1]}]);
        let done = verify(&signer, &[&events.to_string(), &kept.to_string(), &notes.join("\n")]).unwrap();
        assert_eq!((done.receipts, done.matched, done.heads.len()), (5, 5, 1));
        assert_eq!(verify(&signer, &[&notes[2]]).unwrap().matched, 0);
    }

    #[test]
    fn what_was_changed_is_named() {
        let signer = Signer::generate("focalnet.example");
        let (events, notes) = story(&signer);
        let mut changed = events.clone();
        changed["events"][1]["act"] = "withdraw".into();
        let error = verify(&signer, &[&changed.to_string()]).unwrap_err();
        assert!(error.contains("events/00000000-0000-4000-8000-000000000002"), "{error}");
        let mut cut = events.clone();
        cut["events"].as_array_mut().unwrap().pop();
        let error = verify(&signer, &[&notes[0].replace("index 1", "index 2")]).unwrap_err();
        assert!(error.starts_with("receipt 1 of file 0: the signature"), "{error}");
    }

    /// As after a backup was restored: some streams end earlier, others are not there at all.
    #[test]
    fn receipts_without_their_events_are_named() {
        let signer = Signer::generate("focalnet.example");
        let (events, notes) = story(&signer);
        let mut cut = events.clone();
        cut["events"].as_array_mut().unwrap().truncate(1);
        let mut elsewhere = Receipt::verify(&notes[0], &[signer.public().clone()]).unwrap();
        elsewhere.stream = STREAM.replace("0b0f6c3e", "1b0f6c3e").parse().unwrap();
        let kept = notes.concat() + &elsewhere.sign(&signer);
        let done = verify(&signer, &[&cut.to_string(), &kept]).unwrap();
        let places: Vec<_> = done.missing.iter().map(|(place, _)| place.as_str()).collect();
        assert_eq!((done.receipts, done.matched), (4, 1));
        assert_eq!(places, ["receipt 2 of file 1", "receipt 3 of file 1", "receipt 4 of file 1"]);
        // Without events there is nothing that a receipt could be missing.
        assert!(verify(&signer, &[&kept]).unwrap().missing.is_empty());
    }

    #[test]
    fn a_fork_is_found() {
        let signer = Signer::generate("focalnet.example");
        let (_, notes) = story(&signer);
        let mut other = Receipt::verify(&notes[1], &[signer.public().clone()]).unwrap();
        other.head[0] ^= 1;
        let error = verify(&signer, &[&notes[1], &other.sign(&signer)]).unwrap_err();
        assert!(error.contains("forked"), "{error}");
        let (events, _) = story(&signer);
        let error = verify(&signer, &[&events.to_string(), &other.sign(&signer)]).unwrap_err();
        assert!(error.contains("not as it was"), "{error}");
    }

    #[test]
    fn nothing_to_verify_is_an_error() {
        let signer = Signer::generate("focalnet.example");
        for text in ["", "{}", "hello", "{\"note\": \"x\"}"] {
            assert!(verify(&signer, &[text]).is_err(), "{text}");
        }
    }
}
