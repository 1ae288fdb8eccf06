//! A request to one State: what it is, and what each act does to it.
//!
//! The acts stand in one file per subject; [`lifecycle`] says when they are allowed, [`completeness`] what a request
//! must contain. After transmission content is immutable: an amendment is a new version.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    asset::{Asset, Disposition, FreezeLimits, Recorded, Restraint, act::Context},
    case::PersonStatus,
    directory::Channel,
    names::{AssetId, CaseId, FreezingRequestId, OrderId, OrganizationId, PersonId},
    order::{PurposeAmount, PurposeKind},
};
use crate::clock;

pub mod acknowledge;
pub mod act;
pub mod cease;
pub mod completeness;
pub mod consultation;
pub mod content;
pub mod deny;
pub mod draft;
pub mod execution;
pub mod lifecycle;
pub mod national;
mod payload;
pub mod postpone;
pub mod release;
pub mod transmit;
mod version;
pub mod view;
pub mod withdraw;
mod words;

pub use act::{Act, ActKind};
pub use content::RequestContent;
pub use payload::Changes;
pub use version::{Version, VersionSummary, Versions};
pub use words::{Flag, Measure, Origin, Parties, Party, State};

/// A person of a request, from the first transmission on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestPerson {
    /// Position in the content.
    pub position: i32,
    /// Name as the content gives it.
    pub display_name: String,
    /// The person of the case.
    pub person: Option<PersonId>,
    /// Whether the obligation holds.
    pub status: PersonStatus,
    /// Day since when the status holds.
    pub status_date: Option<NaiveDate>,
}

/// A purpose of a request, for one person, from the first transmission on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestPurpose {
    /// Position of the person.
    pub position: i32,
    /// The purpose.
    pub purpose: PurposeKind,
    /// Provision it rests on.
    pub basis: String,
    /// Day from which it no longer holds.
    pub end_date: Option<NaiveDate>,
    /// When that became known.
    #[serde(default)]
    pub end_time: Option<DateTime<Utc>>,
}

/// What was said along the way, each by its act.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(default)]
pub struct Facts {
    /// The channel under which the request was first sent. The request keeps it (RPE 180).
    pub channel: Option<Channel>,
    /// Whether a version was sent by an urgent medium and its confirmation is owed (RS 96(1)).
    pub urgent_unconfirmed: bool,
    /// What the State said on receipt.
    pub acknowledgement: Option<acknowledge::Acknowledgement>,
    /// The version acknowledged last.
    pub acknowledged_version: i32,
    /// National proceeding under which it is executed.
    pub national_proceeding: Option<String>,
    /// The postponement in force.
    pub postponement: Option<postpone::Postponement>,
    /// The denial.
    pub denial: Option<deny::Denial>,
    /// All consultations.
    pub consultations: Vec<consultation::Consultation>,
    /// Why an incomplete request was made ready, or amended.
    pub override_reason: Option<String>,
    /// The request that replaces it.
    pub successor: Option<FreezingRequestId>,
}

/// How many assets a request has, on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssetCounts {
    /// All that were reported.
    pub total: u32,
    /// Under a freeze that is in force, and under no seizure.
    pub frozen: u32,
    /// Under a seizure that is in force.
    pub seized: u32,
    /// Those of which something is neither released, returned, transferred nor documented as lost.
    pub outstanding: u32,
}

impl AssetCounts {
    /// Counts an asset as it is after an act, and takes away how it was counted before the act, if it was
    /// there.
    pub fn recount(&mut self, before: Option<&Asset>, after: &Asset, day: NaiveDate) {
        let counts = |asset: &Asset| {
            let is = |yes: bool| i64::from(yes);
            let restraint = asset.restraint_on(day);
            [
                1,
                is(restraint == Restraint::Frozen),
                is(restraint == Restraint::Seized),
                is(!asset.is_settled_on(day)),
            ]
        };
        let (before, after) = (before.map(counts).unwrap_or_default(), counts(after));
        let numbers = [&mut self.total, &mut self.frozen, &mut self.seized, &mut self.outstanding];
        for (number, (before, after)) in numbers.into_iter().zip(before.into_iter().zip(after)) {
            *number = u32::try_from(i64::from(*number) + after - before).unwrap_or_default();
        }
    }
}

/// A request with all that belongs to it but its assets and what earlier versions say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FreezingRequest {
    /// Its name.
    pub name: FreezingRequestId,
    /// Whose request it is.
    pub origin: Origin,
    /// The case.
    pub case: CaseId,
    /// As `ICC-01/05`.
    pub situation_number: String,
    /// As `ICC-01/05-01/08`.
    pub case_number: String,
    /// The order.
    pub order: Option<OrderId>,
    /// Number of the order.
    pub order_number: Option<String>,
    /// Day of the order.
    pub order_date: Option<NaiveDate>,
    /// Day from which no appeal against the order is possible.
    pub order_final_date: Option<NaiveDate>,
    /// The organ through which the State answers.
    pub issuing_organization: OrganizationId,
    /// The Chamber seised.
    pub chamber: Option<OrganizationId>,
    /// The applicant of the order.
    pub applicant: Option<OrganizationId>,
    /// The State addressed.
    pub requested_state: OrganizationId,
    /// Name of that State.
    pub requested_state_display_name: String,
    /// The competent authority it is assigned to.
    pub authority: Option<OrganizationId>,
    /// Name of that authority.
    pub authority_display_name: Option<String>,
    /// What is asked for.
    pub measures: Vec<Measure>,
    /// Where it stands.
    pub state: State,
    /// The versions of what it says, as far as they are at hand.
    pub versions: Versions,
    /// The persons.
    pub persons: Vec<RequestPerson>,
    /// The purposes, one entry for each person.
    pub purposes: Vec<RequestPurpose>,
    /// What is left to recover under the order, where it states amounts.
    pub outstanding: Vec<PurposeAmount>,
    /// What was said along the way.
    pub facts: Facts,
    /// How many assets the State reported, and how they stand.
    pub asset_counts: AssetCounts,
    /// Of these, the ones that an act is about.
    pub touched: Vec<Asset>,
    /// When it was drafted.
    pub create_time: DateTime<Utc>,
    /// When it was first sent.
    pub transmit_time: Option<DateTime<Utc>>,
}

impl FreezingRequest {
    /// The newest version.
    #[must_use]
    pub fn newest(&self) -> Option<&Version> {
        self.versions.unsent.as_ref().or(self.versions.sent.as_ref())
    }

    /// The version sent last.
    #[must_use]
    pub fn sent(&self) -> Option<&Version> {
        self.versions.sent.as_ref()
    }

    /// What is true beside the state, at an instant: a postponement ends by itself after its last day.
    #[must_use]
    pub fn flags(&self, at: DateTime<Utc>) -> Vec<Flag> {
        let facts = &self.facts;
        let sent = self.sent().map_or(0, |version| version.number);
        let holds = |flag| match flag {
            Flag::UrgentUnconfirmed => facts.urgent_unconfirmed,
            Flag::Postponed => facts.postponement.as_ref().is_some_and(|p| at.date_naive() <= p.until_date),
            Flag::ConsultationOpen => facts.consultations.last().is_some_and(|c| c.close_time.is_none()),
            Flag::AmendmentUnsent => sent > 0 && self.versions.unsent.is_some(),
            Flag::AmendmentUnacknowledged => {
                facts.acknowledged_version > 0 && sent > facts.acknowledged_version
            }
        };
        Flag::ALL.iter().copied().filter(|flag| holds(*flag)).collect()
    }

    /// Which organization is which party of this request.
    #[must_use]
    pub fn parties(&self) -> Parties {
        Parties {
            channel: self.issuing_organization,
            chamber: self.chamber,
            applicant: self.applicant,
            state: self.transmit_time.map(|_| self.requested_state),
            authority: self.authority,
        }
    }

    /// What an organization is to this request, if anything.
    #[must_use]
    pub fn party(&self, organization: OrganizationId) -> Option<Party> {
        self.parties().of(organization)
    }

    /// All organizations that may know of the request now.
    #[must_use]
    pub fn audience(&self) -> Vec<OrganizationId> {
        let Parties { channel, chamber, applicant, state, authority } = self.parties();
        [Some(channel), chamber, applicant, state, authority].into_iter().flatten().collect()
    }

    /// What an act on its assets needs to know, for no asset in particular.
    #[must_use]
    pub fn asset_context(&self, at: DateTime<Utc>, limits: FreezeLimits) -> Context {
        Context {
            today: at.date_naive(),
            latest_day: clock::latest_day(at),
            request: Some(self.name),
            of_prosecutor: self.origin == Origin::Prosecutor,
            positions: self.persons.iter().map(|person| person.position).collect(),
            obligation_over: false,
            purposes: Vec::new(),
            limits,
            outstanding: Vec::new(),
            ordered: self.touched.iter().filter(|asset| asset.is_ordered()).map(|asset| asset.name).collect(),
        }
    }

    /// Whether the person at a position is one whom the proceedings are about. Only these carry purposes.
    #[must_use]
    pub fn is_target(&self, position: i32) -> bool {
        self.purposes.iter().any(|pair| pair.position == position)
    }

    /// The purposes that still hold for an asset.
    #[must_use]
    pub fn purposes_of(&self, asset: &Asset) -> Vec<PurposeKind> {
        let serves = asset.serves(|position| self.is_target(position));
        let holds = |pair: &&RequestPurpose| pair.end_date.is_none() && serves(pair.position);
        PurposeKind::each_once(self.purposes.iter().filter(holds).map(|pair| pair.purpose))
    }

    /// Whether the obligation has ended for an asset: no purpose holds for its persons any more.
    #[must_use]
    pub fn obligation_over(&self, asset: &Asset) -> bool {
        self.purposes_of(asset).is_empty()
    }
}

/// A disposition of one asset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssetRelease {
    /// The asset.
    pub asset: AssetId,
    /// What became of it.
    pub disposition: Disposition,
}
