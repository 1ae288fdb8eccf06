//! Assets from report to release: facts only. What can be said of an asset on a day follows from its
//! measures, claims and dispositions, and is never written. Each fact is kept with the day it is about and
//! the time it became known.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    identifiers::IdentifierKind,
    names::{AssetId, EventId, FreezingRequestId, MeasureId, OrderId},
    series::Series,
    words::words,
};

pub mod act;
pub mod claim;
pub mod cost;
pub mod disposition;
pub mod facets;
pub mod lifecycle;
pub mod measure;
pub mod ownership;
#[cfg(test)]
pub(crate) mod sample;
pub mod share;
mod standing;
#[cfg(test)]
mod tests;
pub mod valuation;
pub mod view;

pub use claim::Claim;
pub use cost::{Cost, Encumbrance};
pub use disposition::{Allocation, Disposition, DispositionKind};
pub use facets::{AssetState, Custody, Restraint, Worth};
pub use measure::{FreezeLimits, Measure, MeasureKind, NewMeasure};
pub use ownership::Ownership;
pub use share::AssetShare;
pub use valuation::{Valuation, ValuationMethod};
pub use view::AssetView;

words! {
    /// What kind of thing an asset is.
    pub enum AssetType {
        /// Bank or payment account.
        BankAccount = "bank_account",
        /// Securities or fund units.
        Securities = "securities",
        /// Interest in a company.
        CompanyInterest = "company_interest",
        /// Land, building or flat.
        RealEstate = "real_estate",
        /// Road vehicle.
        Vehicle = "vehicle",
        /// Vessel.
        Vessel = "vessel",
        /// Aircraft.
        Aircraft = "aircraft",
        /// Crypto-assets.
        Crypto = "crypto",
        /// Cash.
        Cash = "cash",
        /// Precious metals or stones.
        Precious = "precious",
        /// Art or cultural goods.
        Art = "art",
        /// Livestock or crops.
        Livestock = "livestock",
        /// Receivable, insurance, pension, intellectual property or trust interest.
        Receivable = "receivable",
        /// Anything else.
        Other = "other",
    }
}

/// When something became known, and the event that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    /// When.
    pub create_time: DateTime<Utc>,
    /// By which event.
    pub event: EventId,
}

/// Something that was reported, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact<T> {
    /// What.
    #[serde(flatten)]
    pub facts: T,
    /// When.
    #[serde(flatten)]
    pub recorded: Recorded,
}

impl<T> Fact<T> {
    /// Something that is reported now.
    pub const fn new(facts: T, recorded: Recorded) -> Self {
        Self { facts, recorded }
    }
}

/// A number or mark by which an asset can be found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssetIdentifier {
    /// Standard or register.
    pub kind: IdentifierKind,
    /// The identifier.
    pub value: String,
}

/// What an asset is and who holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Description {
    /// What kind of thing it is.
    #[serde(rename = "type")]
    pub kind: AssetType,
    /// ISO 3166-1 alpha-2 code of the country it is in.
    pub jurisdiction: String,
    /// Description.
    pub description: String,
    /// Where it is.
    pub location: Option<String>,
    /// Identifiers.
    #[serde(default)]
    pub identifiers: Vec<AssetIdentifier>,
    /// Who holds it.
    pub holder: String,
    /// Positions of the persons of its request or order whose it is.
    #[serde(default)]
    pub persons: Vec<i32>,
}

/// An asset as reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewAsset {
    /// What it is.
    #[serde(flatten)]
    pub description: Description,
    /// Measures on it.
    #[serde(default)]
    pub measures: Vec<NewMeasure>,
    /// Values, each with its day.
    #[serde(default)]
    pub valuations: Vec<Valuation>,
    /// Who stands behind it.
    #[serde(default)]
    pub ownerships: Vec<Ownership>,
    /// Rights of others.
    #[serde(default)]
    pub encumbrances: Vec<Encumbrance>,
    /// The asset whose value it stands in for.
    #[serde(default)]
    pub value_substitute_for: Option<AssetId>,
    /// The State gives it only to generate new evidence.
    #[serde(default)]
    pub lead_only: bool,
}

/// Where an asset belongs: exactly one of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parent {
    /// A request to a State.
    Request(FreezingRequestId),
    /// An order, under which the Court holds it itself.
    Order(OrderId),
}

/// An asset with what was reported of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asset {
    /// Its name.
    pub name: AssetId,
    /// The request it was reported under.
    pub freezing_request: Option<FreezingRequestId>,
    /// The order under which the Court holds it.
    pub order: Option<OrderId>,
    /// What it is.
    #[serde(flatten)]
    pub description: Description,
    /// The asset whose value it stands in for.
    #[serde(default)]
    pub value_substitute_for: Option<AssetId>,
    /// The asset that was sold for it.
    #[serde(default)]
    pub proceeds_of: Option<AssetId>,
    /// Measures on it.
    pub measures: Vec<Measure>,
    /// Values, each with its day. At hand are the newest values, and the value that holds for the day that is
    /// asked about.
    pub valuations: Series<Fact<Valuation>>,
    /// Who stands behind it, in the order reported.
    #[serde(default)]
    pub ownerships: Vec<Fact<Ownership>>,
    /// Rights of others.
    #[serde(default)]
    pub encumbrances: Vec<Fact<Encumbrance>>,
    /// What it cost and brought in. At hand are the newest, and those that an act is about.
    #[serde(default)]
    pub costs: Series<Cost>,
    /// Claims of third parties. All claims are at hand, because all of them together say which share is
    /// excluded; the older ones are read without their evidence.
    #[serde(default)]
    pub claims: Series<Claim>,
    /// What became of it, in the order reported.
    pub dispositions: Vec<Fact<Disposition>>,
    /// What of its proceeds was allocated.
    #[serde(default)]
    pub allocations: Vec<Fact<Allocation>>,
    /// With whom it is shared beyond the parties of its request. At hand are the newest, and those that have not ended.
    #[serde(default)]
    pub shares: Series<AssetShare>,
    /// The State gives it only to generate new evidence.
    #[serde(default)]
    pub lead_only: bool,
    /// When it was reported, and by which event.
    #[serde(flatten)]
    pub recorded: Recorded,
}

fn facts<T: Clone>(reported: &[T], recorded: Recorded) -> Vec<Fact<T>> {
    reported.iter().map(|facts| Fact::new(facts.clone(), recorded)).collect()
}

impl Asset {
    /// An asset from what was reported.
    #[must_use]
    pub fn new(parent: Parent, reported: &NewAsset, recorded: Recorded) -> Self {
        Self::named(AssetId::random(), parent, reported, recorded)
    }

    /// Assets from one report. A list shows the newest first, and assets of one instant by their ids. The ids
    /// are random; they are sorted here so that the list shows the assets in the order of the report.
    #[must_use]
    pub fn all_of(parent: Parent, reported: &[NewAsset], recorded: Recorded) -> Vec<Self> {
        let mut names: Vec<_> = reported.iter().map(|_| AssetId::random()).collect();
        names.sort_unstable_by(|one, other| other.cmp(one));
        let pairs = names.into_iter().zip(reported);
        pairs.map(|(name, reported)| Self::named(name, parent, reported, recorded)).collect()
    }

    fn named(name: AssetId, parent: Parent, reported: &NewAsset, recorded: Recorded) -> Self {
        let measure = |facts: &NewMeasure| Measure {
            name: MeasureId { parent: name, id: super::ids::new() },
            facts: facts.clone(),
            changes: Series::default(),
            recorded,
        };
        let (freezing_request, order) = match parent {
            Parent::Request(request) => (Some(request), None),
            Parent::Order(order) => (None, Some(order)),
        };
        Self {
            name,
            freezing_request,
            order,
            description: reported.description.clone(),
            value_substitute_for: reported.value_substitute_for,
            proceeds_of: None,
            measures: reported.measures.iter().map(measure).collect(),
            valuations: facts(&reported.valuations, recorded).into(),
            ownerships: facts(&reported.ownerships, recorded),
            encumbrances: facts(&reported.encumbrances, recorded),
            costs: Series::default(),
            claims: Series::default(),
            dispositions: Vec::new(),
            allocations: Vec::new(),
            shares: Series::default(),
            lead_only: reported.lead_only,
            recorded,
        }
    }

    /// Positions of the persons whose asset it is, of all that its request or order names: the positions that
    /// the asset states, or else the only one there is.
    #[must_use]
    pub fn persons<'a>(&'a self, all: &'a [i32]) -> &'a [i32] {
        match (self.description.persons.as_slice(), all) {
            ([], [only]) => std::slice::from_ref(only),
            (said, _) => said,
        }
    }

    /// For the purposes of which targets it is held: of those that it states. Where it states none of them, as when nobody
    /// has said whose it is or it is an owner's, it may be held for any of them.
    pub fn serves(&self, is_target: impl Fn(i32) -> bool) -> impl Fn(i32) -> bool {
        let whose = &self.description.persons;
        let stated = whose.iter().any(|position| is_target(*position));
        move |target| !stated || whose.contains(&target)
    }

    /// Whether the Court has ordered that it be forfeited, or applied to a purpose.
    #[must_use]
    pub fn is_ordered(&self) -> bool {
        self.dispositions.iter().any(|fact| fact.facts.kind.is_of_order())
    }

    /// The names of its measures, in the order reported.
    #[must_use]
    pub fn measure_names(&self) -> Vec<MeasureId> {
        self.measures.iter().map(|measure| measure.name).collect()
    }

    /// The newest statement of a layer for a day.
    #[must_use]
    pub fn owners_on(&self, layer: ownership::Layer, day: NaiveDate) -> Option<&Ownership> {
        let of_layer =
            self.ownerships.iter().filter(|fact| fact.facts.layer == layer && fact.facts.from_date <= day);
        of_layer.max_by_key(|fact| (fact.facts.from_date, fact.recorded.create_time)).map(|fact| &fact.facts)
    }
}
