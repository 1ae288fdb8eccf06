//! What holds an asset back: measures, their renewal and their lifting.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Change, Context, Payload, held, not_in_the_future, refused};
use crate::{
    asset::{
        Asset, Fact, Measure, NewMeasure, Ownership, Recorded,
        measure::{ChangeKind, MeasureChange},
        ownership::Layer,
    },
    error::Result,
    error::{Reason, Violation},
    names::MeasureId,
    series::Series,
    share::Part,
};

/// What is wrong with a measure. The share that it covers cannot be more than what the persons own in the
/// layer in which they own most; layers that do not name them do not count.
pub(super) fn violations<'a>(
    measure: &NewMeasure,
    path: &str,
    owners: impl Fn(Layer) -> Option<&'a Ownership>,
) -> Vec<Violation> {
    let mut violations = Vec::new();
    if measure.end_date.is_some_and(|end| end < measure.start_date) {
        violations.push(Violation::new(format!("{path}.end_date"), "is before start_date"));
    }
    if let Some(share) = measure.share {
        let path = format!("{path}.share");
        let owned = Layer::ALL.iter().filter_map(|layer| owners(*layer)?.of_persons()).max();
        match share.violation(&path) {
            Some(violation) => violations.push(violation),
            None if owned.is_some_and(|owned| share.part() > owned) => {
                let owned = owned.unwrap_or(Part::ZERO);
                let text = format!("is more than the persons of its request or order own, which is {owned}");
                violations.push(Violation::new(path, text));
            }
            None => {}
        }
    }
    violations
}

/// A measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordMeasure {
    /// The measure.
    pub measure: NewMeasure,
}

impl Payload for RecordMeasure {
    fn violations(&self, asset: &Asset, context: &Context) -> Vec<Violation> {
        violations(&self.measure, "measure", |layer| asset.owners_on(layer, context.latest_day))
    }

    fn obstacle(&self, asset: &Asset, context: &Context) -> Result<()> {
        held(asset, context)
    }

    fn perform(&self, asset: &mut Asset, context: &Context, recorded: Recorded) -> Vec<Change> {
        let mut facts = self.measure.clone();
        facts.reminder_date = facts.reminder(context.limits);
        let name = MeasureId { parent: asset.name, id: crate::ids::new() };
        asset.measures.push(Measure { name, facts, changes: Series::default(), recorded });
        vec![Change::Measure]
    }
}

fn find(asset: &Asset, name: MeasureId) -> Option<&Measure> {
    asset.measures.iter().find(|measure| measure.name == name)
}

fn add(asset: &mut Asset, name: MeasureId, change: MeasureChange, recorded: Recorded) -> Vec<Change> {
    if let Some(measure) = asset.measures.iter_mut().find(|measure| measure.name == name) {
        measure.changes.push(Fact::new(change, recorded));
    }
    vec![Change::MeasureChange(name)]
}

/// That a measure holds longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenewMeasure {
    /// The measure.
    pub measure: MeasureId,
    /// Last day from now on.
    pub end_date: Option<NaiveDate>,
    /// Number of the national decision.
    pub national_reference: String,
}

impl Payload for RenewMeasure {
    fn is_known(&self, asset: &Asset) -> bool {
        find(asset, self.measure).is_some()
    }

    fn violations(&self, asset: &Asset, _: &Context) -> Vec<Violation> {
        let last = find(asset, self.measure).and_then(Measure::last_date);
        let not_longer = match (last, self.end_date) {
            (Some(last), Some(end)) if end <= last => Some("is not later than the last day so far"),
            (None, Some(_)) => {
                Some("would shorten a measure that has no end: lift it, and record the new one")
            }
            (None, None) => Some("has no end already: there is nothing to renew"),
            _ => None,
        };
        not_longer.map(|text| Violation::new("end_date", text)).into_iter().collect()
    }

    fn obstacle(&self, asset: &Asset, context: &Context) -> Result<()> {
        held(asset, context)?;
        match find(asset, self.measure) {
            Some(measure) if measure.is_lifted() => {
                Err(refused(asset, Reason::WrongState, "the measure was lifted: record the new one"))
            }
            Some(measure) if measure.last_date().is_some_and(|last| last < context.today) => {
                Err(refused(asset, Reason::WrongState, "the measure has run out: record the new one"))
            }
            _ => Ok(()),
        }
    }

    fn perform(&self, asset: &mut Asset, context: &Context, recorded: Recorded) -> Vec<Change> {
        let renewed = find(asset, self.measure)
            .map(|measure| NewMeasure { end_date: self.end_date, ..measure.facts.clone() });
        let change = MeasureChange {
            kind: ChangeKind::Renewed,
            end_date: self.end_date,
            reminder_date: renewed.and_then(|measure| measure.reminder(context.limits)),
            national_reference: Some(self.national_reference.clone()),
            reason: None,
        };
        add(asset, self.measure, change, recorded)
    }
}

/// That a measure was lifted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiftMeasure {
    /// The measure.
    pub measure: MeasureId,
    /// First day on which it holds no more.
    pub lift_date: NaiveDate,
    /// Why.
    pub reason: String,
    /// Number of the national decision.
    pub national_reference: Option<String>,
}

impl Payload for LiftMeasure {
    fn is_known(&self, asset: &Asset) -> bool {
        find(asset, self.measure).is_some()
    }

    fn violations(&self, asset: &Asset, context: &Context) -> Vec<Violation> {
        let early =
            find(asset, self.measure).is_some_and(|measure| self.lift_date < measure.facts.start_date);
        let late = not_in_the_future(self.lift_date, "lift_date", context);
        let early = early.then(|| Violation::new("lift_date", "is before the measure began"));
        late.into_iter().chain(early).collect()
    }

    fn obstacle(&self, asset: &Asset, _: &Context) -> Result<()> {
        match find(asset, self.measure) {
            Some(measure) if measure.is_lifted() => {
                Err(refused(asset, Reason::WrongState, "the measure was lifted already"))
            }
            Some(measure) if measure.last_date().is_some_and(|last| last < self.lift_date) => {
                Err(refused(asset, Reason::WrongState, "the measure has run out before that day"))
            }
            _ => Ok(()),
        }
    }

    fn perform(&self, asset: &mut Asset, _: &Context, recorded: Recorded) -> Vec<Change> {
        let change = MeasureChange {
            kind: ChangeKind::Lifted,
            end_date: self.lift_date.pred_opt(),
            reminder_date: None,
            national_reference: self.national_reference.clone(),
            reason: Some(self.reason.clone()),
        };
        add(asset, self.measure, change, recorded)
    }
}
