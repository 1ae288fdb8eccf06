//! Who speaks for a State: its focal points and their deputies.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{error::Violation, names::DesignationId, words::words};

#[cfg(test)]
mod tests;

words! {
    /// As what somebody is designated.
    pub enum Capacity {
        /// Focal point.
        FocalPoint = "focal_point",
        /// Deputy of the focal point.
        DeputyFocalPoint = "deputy_focal_point",
    }
}

/// How to reach a focal point. It names the authority, the person, or both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The authority or unit; empty when only a person is named.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub authority: String,
    /// The person's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person_display_name: Option<String>,
    /// Postal address, with line breaks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_address: Option<String>,
    /// Address for electronic mail. Only its form is checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Telephone number, as the State writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub telephone: Option<String>,
    /// Whether somebody answers at any hour of any day.
    #[serde(default)]
    pub around_the_clock: bool,
}

/// A focal point or deputy for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewDesignation {
    /// As what.
    pub capacity: Capacity,
    /// How to reach them.
    pub contact: Contact,
    /// First day on which it holds.
    pub start_date: NaiveDate,
    /// First day on which it no longer holds; none while open-ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_date: Option<NaiveDate>,
}

/// A designation as recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Designation {
    /// Its name.
    pub name: DesignationId,
    /// Who, as what, and when.
    #[serde(flatten)]
    pub facts: NewDesignation,
    /// When it was recorded.
    pub create_time: DateTime<Utc>,
}

impl Designation {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.facts.start_date <= day && self.facts.end_date.is_none_or(|end| day < end)
    }
}

impl NewDesignation {
    /// What is wrong with it.
    #[must_use]
    pub fn violations(&self) -> Vec<Violation> {
        let contact = self.contact.problem().map(|(field, text)| (format!("contact{field}"), text));
        let end = self.end_date.is_some_and(|end| end <= self.start_date);
        let end = end.then(|| ("end_date".to_owned(), "must be after start_date"));
        let wrong = contact.into_iter().chain(end);
        wrong.map(|(field, text)| Violation::new(format!("designation.{field}"), text)).collect()
    }
}

impl Contact {
    /// What is wrong with it: where within the contact, and what would be right.
    #[must_use]
    pub fn problem(&self) -> Option<(&'static str, &'static str)> {
        let person = self.person_display_name.as_deref().unwrap_or_default();
        if self.authority.trim().is_empty() && person.trim().is_empty() {
            return Some(("", "name the authority, the person, or both"));
        }
        if self.email.as_ref().is_some_and(|email| !is_email(email)) {
            return Some((".email", "is not an address of the form `name@domain`"));
        }
        let wrong = self.telephone.as_ref().is_some_and(|number| !is_telephone(number));
        wrong.then_some((".telephone", "is not a number with its country code, as `+351 21 000 0000 ext. 5`"))
    }
}

/// Whether a text can be an international telephone number (ITU-T E.164): a plus, then 7 to 15 digits, set apart as people
/// do. What follows from the first letter or `#` on is an extension.
fn is_telephone(text: &str) -> bool {
    let Some(number) = text.trim().strip_prefix('+') else { return false };
    let end = number.find(|letter: char| letter.is_alphabetic() || "#,;".contains(letter));
    let number = &number[..end.unwrap_or(number.len())];
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let apart = |letter: char| letter.is_whitespace() || "-.()/".contains(letter);
    (7..=15).contains(&digits) && number.chars().all(|letter| letter.is_ascii_digit() || apart(letter))
}

/// Whether a text can be an address: something on both sides of one `@`, and no white space. Whether it
/// receives mail cannot be told from its form.
fn is_email(text: &str) -> bool {
    let parts: Vec<&str> = text.split('@').collect();
    parts.len() == 2
        && parts.iter().all(|part| !part.is_empty())
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
}
