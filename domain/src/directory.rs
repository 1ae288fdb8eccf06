//! How a State is reached: the channel and languages it has chosen for requests, and its focal points.
//!
//! Both are dated. Days are calendar days at the seat of the Court; who calls says which day it is.

mod channel;
mod designation;

pub use channel::{CHANGE_DAYS, Channel, ChannelKind, NewChannel, WORKING_LANGUAGES, effective_date};
use chrono::NaiveDate;
pub use designation::{Capacity, Contact, Designation, NewDesignation};
use serde::{Deserialize, Serialize};

use super::{
    filter::Condition,
    names::OrganizationId,
    series::Series,
    states::{self, RegionalGroup},
};

#[cfg(test)]
mod tests;

/// How many focal points and deputies an entry tells: those that were designated first.
pub const FOCAL_POINTS: usize = 50;

/// What a change of an entry asks about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directory {
    /// The State.
    pub name: OrganizationId,
    /// Its country code.
    pub country_code: String,
    /// The designations that hold on a day or later.
    pub designations: Vec<Designation>,
    /// The newest version of channel and languages.
    pub channel: Option<Channel>,
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
    pub focal_point_count: usize,
    pub channel: Option<Channel>,
    pub designations: Series<Designation>,
    pub designation_count: usize,
    pub channels: Series<Channel>,
    pub channel_count: usize,
}

impl DirectoryEntry {
    /// The entry of a State about which nothing was recorded, on a day.
    #[must_use]
    pub fn empty(name: OrganizationId, display_name: String, country_code: String, day: NaiveDate) -> Self {
        let state = states::by_code(&country_code);
        Self {
            name,
            display_name,
            country_code,
            regional_group: state.map(|state| state.group),
            as_of_date: day,
            state_party: state.is_some_and(|state| state.is_party_on(day)),
            focal_points: Vec::new(),
            focal_point_count: 0,
            channel: None,
            designations: Series::default(),
            designation_count: 0,
            channels: Series::default(),
            channel_count: 0,
        }
    }

    /// Whether it fits a filter on its day.
    #[must_use]
    pub fn fits(&self, filter: &[Condition]) -> bool {
        // Focal points stand before deputies.
        let speaks = |first: &Designation| first.facts.capacity == Capacity::FocalPoint;
        filter.iter().all(|Condition { field, value }| {
            if field == "country_code" {
                self.country_code == *value
            } else {
                (value == "missing") != self.focal_points.first().is_some_and(speaks)
            }
        })
    }
}
