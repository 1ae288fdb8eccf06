//! How a State is reached: the channel and languages it has chosen for requests, and its focal points.
//!
//! Both are dated. Days are calendar days at the seat of the Court; who calls says which day it is.

mod channel;
mod designation;

pub use channel::{
    CHANGE_DAYS, Channel, ChannelKind, NewChannel, WORKING_LANGUAGES, channel_on, effective_date,
};
use chrono::NaiveDate;
pub use designation::{Capacity, Contact, Designation, NewDesignation};
use serde::{Deserialize, Serialize};

use super::{
    filter::Condition,
    names::OrganizationId,
    states::{self, RegionalGroup},
};

#[cfg(test)]
mod tests;

/// How many focal points and deputies an entry tells: those that were designated first.
pub const FOCAL_POINTS: usize = 50;
/// How many designations it tells: the newest.
pub const DESIGNATIONS: usize = 200;
/// How many versions of channel and languages it tells: the newest.
pub const CHANNELS: usize = 100;

/// All that the directory knows of a State.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directory {
    /// The State.
    pub name: OrganizationId,
    /// Its name.
    pub display_name: String,
    /// Its country code.
    pub country_code: String,
    /// Designations, in the order of recording.
    pub designations: Vec<Designation>,
    /// Versions of channel and languages, in the order of recording.
    pub channels: Vec<Channel>,
}

/// What changes in an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Designations that have got an end.
    pub ended: Vec<Designation>,
    /// New designations.
    pub designated: Vec<Designation>,
    /// A new version of channel and languages.
    pub channel: Option<Channel>,
}

impl Changes {
    /// Whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ended.is_empty() && self.designated.is_empty() && self.channel.is_none()
    }

    /// Makes them.
    pub fn apply(&self, directory: &mut Directory) {
        for ended in &self.ended {
            for known in directory.designations.iter_mut().filter(|known| known.name == ended.name) {
                known.facts.end_date = ended.facts.end_date;
            }
        }
        directory.designations.extend(self.designated.iter().cloned());
        directory.channels.extend(self.channel.clone());
    }
}

/// What the directory says of a State on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the proto is the manual of these fields")]
pub struct DirectoryEntry {
    pub name: OrganizationId,
    pub display_name: String,
    pub country_code: String,
    pub regional_group: Option<RegionalGroup>,
    pub as_of_date: NaiveDate,
    pub state_party: bool,
    pub focal_points: Vec<Designation>,
    pub channel: Option<Channel>,
    pub designations: Vec<Designation>,
    pub channels: Vec<Channel>,
}

impl Directory {
    /// Whether it fits a filter on a day.
    #[must_use]
    pub fn fits(&self, filter: &[Condition], day: NaiveDate) -> bool {
        let speaks =
            |known: &Designation| known.facts.capacity == Capacity::FocalPoint && known.holds_on(day);
        filter.iter().all(|Condition { field, value }| {
            if field == "country_code" {
                self.country_code == *value
            } else {
                (value == "missing") != self.designations.iter().any(speaks)
            }
        })
    }

    /// What it says on a day.
    #[must_use]
    pub fn on(self, day: NaiveDate) -> DirectoryEntry {
        let state = states::by_code(&self.country_code);
        let mut focal_points: Vec<_> =
            self.designations.iter().filter(|designation| designation.holds_on(day)).cloned().collect();
        focal_points.sort_by_key(|designation| (designation.facts.capacity, designation.facts.start_date));
        focal_points.truncate(FOCAL_POINTS);
        DirectoryEntry {
            name: self.name,
            display_name: self.display_name,
            country_code: self.country_code,
            regional_group: state.map(|state| state.group),
            as_of_date: day,
            state_party: state.is_some_and(|state| state.is_party_on(day)),
            focal_points,
            channel: channel_on(&self.channels, day).cloned(),
            designations: self.designations.into_iter().rev().take(DESIGNATIONS).collect(),
            channels: self.channels.into_iter().rev().take(CHANNELS).collect(),
        }
    }
}
