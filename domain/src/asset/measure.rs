//! Measures on an asset: what holds it back, and until when.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Fact, Recorded};
use crate::{
    names::MeasureId,
    questionnaire::answer::{Period, Unit},
    series::Series,
    share::Share,
    words::words,
};

words! {
    /// What a measure does.
    pub enum MeasureKind {
        /// May not be dealt with.
        Freeze = "freeze",
        /// Taken into custody.
        Seizure = "seizure",
        /// Under an administrator.
        ManagementOrder = "management_order",
    }
}

words! {
    /// What became of a measure.
    pub enum ChangeKind {
        /// It holds longer.
        Renewed = "renewed",
        /// It was lifted.
        Lifted = "lifted",
    }
}

/// A measure on an asset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// Its name.
    pub name: MeasureId,
    /// What was reported.
    #[serde(flatten)]
    pub facts: NewMeasure,
    /// Renewals and the lifting. At hand are the newest.
    #[serde(default)]
    pub changes: Series<Fact<MeasureChange>>,
    /// When, and by which event.
    #[serde(flatten)]
    pub recorded: Recorded,
}

/// A measure as reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewMeasure {
    /// What it does.
    pub kind: MeasureKind,
    /// Number of the national order.
    pub national_reference: String,
    /// Authority that ordered it.
    pub authority: Option<String>,
    /// First day.
    pub start_date: NaiveDate,
    /// Last day, where known.
    pub end_date: Option<NaiveDate>,
    /// The share it covers; the whole when left out.
    #[serde(default)]
    pub share: Option<Share>,
    /// Day on which to think of its renewal, where its end is known or follows from the State's answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminder_date: Option<NaiveDate>,
}

/// A renewal or the lifting of a measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasureChange {
    /// What was done.
    pub kind: ChangeKind,
    /// Last day after it.
    pub end_date: Option<NaiveDate>,
    /// Day on which to think of the next renewal. It is shown with the measure, and not with this change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminder_date: Option<NaiveDate>,
    /// Number of the national decision.
    pub national_reference: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// What a State's answers say of the end of a freeze.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FreezeLimits {
    /// The longest time that a freeze lasts (D2); none when it ends by no law, or nobody knows.
    pub length: Option<Period>,
    /// How long before its end a renewal is asked for (`D2_notice`).
    pub notice: Option<Period>,
}

/// How long before the end of a measure to think of its renewal, when the State has not said.
const NOTICE: Period = Period { amount: 30, unit: Unit::Days };

impl NewMeasure {
    /// The day on which to think of its renewal: some time before its end, which is stated or follows from
    /// the law; but not before the measure begins.
    #[must_use]
    pub fn reminder(&self, limits: FreezeLimits) -> Option<NaiveDate> {
        let by_law = limits.length.filter(|_| self.kind != MeasureKind::ManagementOrder);
        let end = self.end_date.or_else(|| by_law?.after(self.start_date))?;
        limits.notice.unwrap_or(NOTICE).before(end).map(|day| day.max(self.start_date))
    }
}

impl Measure {
    /// Its last day as it stands; none when it has no end that is known.
    #[must_use]
    pub fn last_date(&self) -> Option<NaiveDate> {
        self.changes.last().map_or(self.facts.end_date, |change| change.facts.end_date)
    }

    /// The day on which to think of its renewal as it stands; what was lifted is not renewed.
    #[must_use]
    pub fn reminder_date(&self) -> Option<NaiveDate> {
        self.changes.last().map_or(self.facts.reminder_date, |change| change.facts.reminder_date)
    }

    /// Whether it was lifted.
    #[must_use]
    pub fn is_lifted(&self) -> bool {
        self.changes.last().is_some_and(|change| change.facts.kind == ChangeKind::Lifted)
    }

    /// Whether it is in force on a day.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.facts.start_date <= day && self.last_date().is_none_or(|last| day <= last)
    }
}
