//! The versions of what a request says. What was sent never changes; an amendment is written until it is sent.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Party, RequestContent, transmit::Transmission, view::content_sha256};
use crate::series::SHOWN;

/// A version of the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// From 1.
    pub number: i32,
    /// What it says.
    pub content: RequestContent,
    /// Paths that differ from the version sent before.
    pub changed_paths: Vec<String>,
    /// Why it was amended.
    pub reason: Option<String>,
    /// When it was sent.
    pub transmit_time: Option<DateTime<Utc>>,
    /// How it was sent.
    pub transmission: Option<Transmission>,
    /// Digest of what it says, as it was journaled when it was sent, where that was kept.
    pub kept_sha256: Option<String>,
}

/// What is told of a version, without what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionSummary {
    /// From 1.
    pub number: i32,
    /// Paths that differ from the version sent before.
    pub changed_paths: Vec<String>,
    /// Why it was amended.
    pub reason: Option<String>,
    /// Digest of what it says.
    pub content_sha256: String,
    /// When it was sent.
    pub transmit_time: Option<DateTime<Utc>>,
    /// How it was sent.
    pub transmission: Option<Transmission>,
}

impl From<&Version> for VersionSummary {
    fn from(version: &Version) -> Self {
        Self {
            number: version.number,
            changed_paths: version.changed_paths.clone(),
            reason: version.reason.clone(),
            content_sha256: version.kept_sha256.clone().unwrap_or_else(|| content_sha256(&version.content)),
            transmit_time: version.transmit_time,
            transmission: version.transmission.clone(),
        }
    }
}

/// What is at hand of the versions of a request. They are numbered from one without gaps, so the newest tells how many
/// there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Versions {
    /// The one that is still being written, which the State does not know of.
    pub unsent: Option<Version>,
    /// The one sent last.
    pub sent: Option<Version>,
    /// What is told of those sent before it, oldest first.
    pub earlier: Vec<VersionSummary>,
}

impl Versions {
    /// The versions of a new request.
    #[must_use]
    pub fn of_draft(content: RequestContent) -> Self {
        let mut versions = Self::default();
        versions.write(content, Vec::new(), None);
        versions
    }

    /// The newest that a party sees.
    #[must_use]
    pub fn shown_to(&self, party: Party) -> Option<&Version> {
        self.unsent.as_ref().filter(|_| party.is_issuer()).or(self.sent.as_ref())
    }

    /// What a party is told of the newest that it sees, oldest first.
    #[must_use]
    pub fn told_to(&self, party: Party) -> Vec<VersionSummary> {
        let unsent = self.unsent.as_ref().filter(|_| party.is_issuer());
        let whole = self.sent.iter().chain(unsent).map(VersionSummary::from);
        let mut told: Vec<_> = self.earlier.iter().cloned().chain(whole).collect();
        told.drain(..told.len().saturating_sub(SHOWN));
        told
    }

    /// Writes the version that is to be sent next, in place of one that was not sent.
    pub(super) fn write(
        &mut self,
        content: RequestContent,
        changed_paths: Vec<String>,
        reason: Option<String>,
    ) {
        let number = self.sent.as_ref().map_or(0, |version| version.number) + 1;
        let (transmit_time, transmission, kept_sha256) = (None, None, None);
        self.unsent = Some(Version {
            number,
            content,
            changed_paths,
            reason,
            transmit_time,
            transmission,
            kept_sha256,
        });
    }

    /// Sends the version that is not sent yet, and gives it.
    pub(super) fn send(&mut self, transmission: Transmission, time: DateTime<Utc>) -> Option<&Version> {
        let version =
            Version { transmit_time: Some(time), transmission: Some(transmission), ..self.unsent.take()? };
        self.earlier.extend(self.sent.replace(version).as_ref().map(VersionSummary::from));
        self.sent.as_ref()
    }

    /// Confirms through the formal channel what was sent by an urgent medium.
    pub(super) fn confirm(&mut self, reference: &str) {
        let sent = self.sent.iter_mut().filter_map(|version| version.transmission.as_mut());
        let earlier = self.earlier.iter_mut().filter_map(|version| version.transmission.as_mut());
        for transmission in sent.chain(earlier).filter(|transmission| transmission.is_unconfirmed()) {
            transmission.confirmation_reference = Some(reference.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::freezing_request::transmit::Medium;

    fn transmission() -> Transmission {
        Transmission {
            medium: Medium::Urgent,
            reference: "NV/1".to_owned(),
            urgency_grounds: Some("A ship is about to leave".to_owned()),
            confirmation_reference: None,
            channel: None,
            answers_used: None,
        }
    }

    fn numbers(versions: &Versions, party: Party) -> Vec<i32> {
        versions.told_to(party).iter().map(|version| version.number).collect()
    }

    #[test]
    fn a_draft_is_the_only_version_and_not_for_the_state() {
        let versions = Versions::of_draft(RequestContent::default());
        assert_eq!(numbers(&versions, Party::Channel), [1]);
        assert_eq!(versions.shown_to(Party::Channel).map(|version| version.number), Some(1));
        assert_eq!((numbers(&versions, Party::State), versions.shown_to(Party::State)), (vec![], None));
    }

    #[test]
    fn each_side_is_told_of_the_newest_five_that_it_sees() {
        let mut versions = Versions::of_draft(RequestContent::default());
        for number in 1..=9 {
            let mut transmit =
                || versions.send(transmission(), DateTime::UNIX_EPOCH).map(|version| version.number);
            assert_eq!([transmit(), transmit()], [Some(number), None], "it is sent once");
            let sent = numbers(&versions, Party::State);
            assert_eq!(sent, (1..=number).skip(usize::try_from(number - 5).unwrap_or(0)).collect::<Vec<_>>());
            // What was written and not sent is written over.
            for reason in ["First", "Second"] {
                versions.write(RequestContent::default(), Vec::new(), Some(reason.into()));
                assert_eq!(numbers(&versions, Party::Authority), sent);
                assert_eq!(numbers(&versions, Party::Chamber).last(), Some(&(number + 1)));
                assert!(numbers(&versions, Party::Chamber).len() <= SHOWN);
            }
            assert_eq!(
                versions.unsent.as_ref().and_then(|version| version.reason.as_deref()),
                Some("Second")
            );
        }
    }
}
