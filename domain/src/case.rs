//! Cases and the persons they are about.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    names::{CaseId, OrganizationId, PersonId, UserId},
    partial_date::PartialDate,
    series::Series,
    words::words,
};

/// A case before the Court.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Its name.
    pub name: CaseId,
    /// As `ICC-01/05`.
    pub situation_number: String,
    /// As `ICC-01/05-01/08`.
    pub case_number: String,
    /// The name people use.
    pub display_name: String,
    /// The Court users assigned now. At hand are the newest, and the one that an act is about.
    pub members: Series<Member>,
    /// How many there are.
    pub member_count: usize,
    /// When it was created here.
    pub create_time: DateTime<Utc>,
}

/// A Court user who works on a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Who.
    pub user: UserId,
    /// The person's name.
    pub display_name: String,
    /// The person's organization.
    pub organization: OrganizationId,
    /// Since when.
    pub start_time: DateTime<Utc>,
}

impl Case {
    /// A member that is at hand.
    #[must_use]
    pub fn member(&self, user: UserId) -> Option<&Member> {
        self.members.iter().find(|member| member.user == user)
    }

    /// Adds a member.
    pub fn assign(&mut self, member: Member) {
        self.members.push(member);
        self.member_count = self.members.count();
    }

    /// Takes a member out that is at hand.
    pub fn unassign(&mut self, user: UserId) {
        self.members.retain(|member| member.user != user);
        self.member_count = self.members.count();
    }
}

/// What a new case is made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewCase {
    /// As `ICC-01/05`.
    pub situation_number: String,
    /// As `ICC-01/05-01/08`.
    pub case_number: String,
    /// The name people use.
    pub display_name: String,
}

words! {
    /// Where a person stands in the proceedings, and whether an obligation holds for a person of a request.
    pub enum PersonStatus {
        /// Warrant or summons in force; the obligation holds.
        Active = "active",
        /// Charges not confirmed or withdrawn, or the measure revoked.
        Lapsed = "lapsed",
        /// Acquitted at trial, and the acquittal is under appeal.
        AcquittalAppealed = "acquittal_appealed",
        /// Acquitted, and no appeal is possible any more.
        Acquitted = "acquitted",
        /// Convicted.
        Convicted = "convicted",
        /// Dead.
        Deceased = "deceased",
    }
}

/// A person the proceedings are about, as told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonFacts {
    /// Family name.
    pub family_name: String,
    /// Given names.
    pub given_names: Option<String>,
    /// Other names.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Day of birth, as far as it is known.
    pub birth_date: Option<PartialDate>,
    /// Place of birth.
    pub birth_place: Option<String>,
    /// ISO 3166-1 alpha-2 codes.
    #[serde(default)]
    pub nationalities: Vec<String>,
    /// Day of the warrant of arrest or summons.
    pub warrant_date: Option<NaiveDate>,
}

/// A person the proceedings are about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Its name.
    pub name: PersonId,
    /// Who it is.
    #[serde(flatten)]
    pub facts: PersonFacts,
    /// Where the person stands.
    pub status: PersonStatus,
    /// Day since when the status holds.
    pub status_date: Option<NaiveDate>,
}

/// A change of where a person stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonStatusChange {
    /// The new status.
    pub status: PersonStatus,
    /// Day since when the new status holds.
    pub status_date: NaiveDate,
    /// The decision or event it rests on.
    pub reason: String,
}

/// Whether a text is the number of a situation: `ICC-01/05`.
#[must_use]
pub fn is_situation_number(text: &str) -> bool {
    text.strip_prefix("ICC-").is_some_and(is_number)
}

/// Whether a text is the number of a case of that situation: `ICC-01/05-01/08`.
#[must_use]
pub fn is_case_number(text: &str, situation: &str) -> bool {
    text.strip_prefix(situation).and_then(|rest| rest.strip_prefix('-')).is_some_and(is_number)
}

/// `01/05`: a running number of two digits or more, and a year.
fn is_number(text: &str) -> bool {
    text.split_once('/').is_some_and(|(number, year)| {
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        (2..=3).contains(&number.len()) && year.len() == 2 && digits(number) && digits(year)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_the_court() {
        assert!(is_situation_number("ICC-01/05"));
        assert!(is_case_number("ICC-01/05-01/08", "ICC-01/05"));
        for bad in ["ICC-1/05", "ICC-01/2005", "ICC-01-05", "icc-01/05", "ICC-01/05-01/08", ""] {
            assert!(!is_situation_number(bad), "{bad}");
        }
        assert!(!is_case_number("ICC-01/04-01/08", "ICC-01/05"), "a case of another situation");
    }
}
