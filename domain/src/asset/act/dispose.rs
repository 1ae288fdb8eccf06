//! What becomes of an asset: dispositions, and the sale before judgment.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Change, Context, Payload, held, not_in_the_future, refused};
use crate::{
    asset::{
        Asset, AssetType, Description, Disposition, DispositionKind, Fact, NewAsset, NewMeasure, Parent,
        Recorded, Valuation, ValuationMethod,
        disposition::{OF_MONEY, PARTS, Side},
        ownership::Layer,
        standing::TOO_ODD,
    },
    clock,
    error::Result,
    error::{Reason, Violation},
    money::Money,
    share::{Part, Share},
};

/// What is wrong with a disposition that is reported; `path` is that of the disposition.
#[must_use]
pub fn check(asset: &Asset, disposition: &Disposition, path: &str, latest_day: NaiveDate) -> Vec<Violation> {
    let mut violations = Vec::new();
    let mut wrong =
        |field: &str, text: &str| violations.push(Violation::new(format!("{path}.{field}"), text));
    let kind = disposition.kind;
    if matches!(kind, DispositionKind::ContinuedBlocking | DispositionKind::Lost)
        && disposition.reason.is_none()
    {
        wrong("reason", "say why it stays blocked, or how it was lost");
    }
    if let Some(text) = clock::not_yet(disposition.disposition_date, latest_day) {
        wrong("disposition_date", &text);
    }
    match (kind == DispositionKind::Realised, &disposition.proceeds) {
        (true, None) => wrong("proceeds", "say what it brought in"),
        (false, Some(_)) => wrong("proceeds", "is for what was realised"),
        _ => {}
    }
    if too_early(asset, kind, disposition.disposition_date) {
        wrong("disposition_date", TOO_EARLY);
    }
    let standing = asset.standing_on(latest_day);
    // What was released can be handed back, and so can the rest, unless something else became of it.
    let returned = kind == DispositionKind::Returned;
    let rest = if !returned || kind.row().is_some_and(|row| standing.allows_of_the_rest(row)) {
        standing.remaining
    } else {
        Part::ZERO
    };
    let there = if returned { rest + standing.released } else { rest };
    if returned && disposition.share.is_none() && rest < standing.remaining && there > Part::ZERO {
        wrong("share", &format!("is required: only what was released can be handed back, which is {there}"));
    }
    if let Some(share) = disposition.share {
        let shares = kind.row().is_some_and(|row| row.shares);
        match share.violation("share") {
            Some(violation) => wrong("share", &violation.description),
            None if !shares => {
                wrong("share", "cannot be said of this disposition: it concerns all that remains");
            }
            None if share.part() > there => {
                wrong("share", &format!("is more than what is still there, which is {there}"));
            }
            None if !asset.adds_exactly(share) => wrong("share", TOO_ODD),
            None => {}
        }
    }
    violations
}

const TOO_EARLY: &str = "is before what became of the asset last";

/// Whether a day is before the day of an earlier disposition. If that were allowed, the dispositions by their
/// days would not follow the table.
fn too_early(asset: &Asset, kind: DispositionKind, day: NaiveDate) -> bool {
    // The State must not learn from a refusal what the Court did with the money.
    let before = asset.dispositions.iter().map(|fact| &fact.facts);
    let before = before.filter(|facts| kind.is_of_money() || !facts.kind.is_of_money());
    before.map(|facts| facts.disposition_date).max().is_some_and(|last| day < last)
}

/// What stands against a disposition: what happened before, a pending claim, an obligation that still holds,
/// or that the asset has as many dispositions of this sort as it may have.
pub fn obstacle(asset: &Asset, kind: DispositionKind, share: Option<Share>, context: &Context) -> Result<()> {
    let Some(row) = kind.row() else { return Ok(()) };
    if !asset.standing_on(context.latest_day).allows(row) {
        let state = asset.state_on(context.latest_day);
        let from: Vec<_> = row.from.iter().map(|kind| kind.map_or("held", DispositionKind::as_str)).collect();
        let text = format!("the asset is {state}; {kind} follows {}", from.join(", "));
        return Err(refused(asset, Reason::WrongState, text));
    }
    if row.after_obligation && !context.obligation_over {
        let text = "the obligation still holds for this asset: the Court has not ended it";
        return Err(refused(asset, Reason::WrongState, text));
    }
    if row.held_by_claims && asset.disposal_hold_on(context.latest_day) {
        return Err(refused(asset, Reason::DisposalHold, "a claim to the asset is pending"));
    }
    let before = || asset.dispositions.iter().map(|fact| &fact.facts);
    if share.is_some() && before().filter(|facts| facts.share.is_some()).count() >= PARTS {
        let text =
            format!("at most {PARTS} dispositions concern a share: say what became of all that remains");
        return Err(refused(asset, Reason::LimitReached, text));
    }
    if kind.is_of_money() && before().filter(|facts| facts.kind.is_of_money()).count() >= OF_MONEY {
        let text = format!("at most {OF_MONEY} dispositions say what happens to the money");
        return Err(refused(asset, Reason::LimitReached, text));
    }
    Ok(())
}

/// What became of an asset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordDisposition {
    /// What.
    pub disposition: Disposition,
}

impl Payload for RecordDisposition {
    fn violations(&self, asset: &Asset, context: &Context) -> Vec<Violation> {
        let mut violations = check(asset, &self.disposition, "disposition", context.latest_day);
        let by = self.disposition.kind.row().map_or("", |row| row.act);
        if !by.contains("RecordDisposition") {
            violations.push(Violation::new("disposition.kind", format!("is recorded by {by}")));
        }
        violations
    }

    fn obstacle(&self, asset: &Asset, context: &Context) -> Result<()> {
        let kind = self.disposition.kind;
        let purpose = kind.row().and_then(|row| row.purpose);
        if let Some(purpose) = purpose.filter(|purpose| !context.purposes.contains(purpose)) {
            let text = format!("{purpose} is no purpose that holds for this asset");
            return Err(refused(asset, Reason::WrongState, text));
        }
        obstacle(asset, kind, self.disposition.share, context)
    }

    fn side(&self, _: &Asset) -> Option<Side> {
        self.disposition.kind.row().map(|row| row.by)
    }

    fn perform(&self, asset: &mut Asset, _: &Context, recorded: Recorded) -> Vec<Change> {
        asset.dispositions.push(Fact::new(self.disposition.clone(), recorded));
        vec![Change::Disposition]
    }
}

/// A sale before judgment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordSale {
    /// Day of the sale.
    pub sale_date: NaiveDate,
    /// What is left of the price.
    pub proceeds: Money,
    /// Number of the decision that authorized it.
    pub national_reference: String,
    /// Why it could not wait.
    pub reason: String,
    /// Who keeps the proceeds.
    pub holder: String,
    /// Where.
    pub location: Option<String>,
}

impl RecordSale {
    /// The asset that takes the place of the sold one: cash, with the same persons, rights of others and
    /// measures; and with the same owners, if the whole asset was still held.
    fn proceeds_of(&self, sold: &Asset, recorded: Recorded) -> Asset {
        // The price was paid for the share that was still held, not for shares that had left or belong to
        // others.
        let whole = sold.remaining_on(self.sale_date) == Part::ONE;
        let measures =
            sold.measures.iter().filter(|measure| measure.holds_on(self.sale_date)).map(|measure| {
                NewMeasure {
                    share: measure.facts.share.filter(|_| whole),
                    start_date: self.sale_date,
                    end_date: measure.last_date(),
                    reminder_date: measure.reminder_date(),
                    ..measure.facts.clone()
                }
            });
        let owners = Layer::ALL
            .iter()
            .filter(|_| whole)
            .filter_map(|layer| sold.owners_on(*layer, self.sale_date).cloned());
        let rights =
            sold.encumbrances.iter().map(|fact| &fact.facts).filter(|right| right.stands_on(self.sale_date));
        let upheld = sold.claims.iter().filter_map(|claim| claim.as_right_on(self.sale_date));
        let new = NewAsset {
            description: Description {
                kind: AssetType::Cash,
                description: format!("Proceeds of the sale of: {}", sold.description.description),
                location: self.location.clone(),
                identifiers: Vec::new(),
                holder: self.holder.clone(),
                ..sold.description.clone()
            },
            measures: measures.collect(),
            valuations: vec![Valuation {
                value: self.proceeds.clone(),
                valuation_date: self.sale_date,
                method: ValuationMethod::Market,
                appraiser: None,
                converted_from: None,
            }],
            ownerships: owners.collect(),
            encumbrances: rights.cloned().chain(upheld).collect(),
            value_substitute_for: None,
            lead_only: sold.lead_only,
        };
        let parent = match (sold.freezing_request, sold.order) {
            (Some(request), _) => Parent::Request(request),
            (None, order) => Parent::Order(order.unwrap_or(crate::names::OrderId(uuid::Uuid::nil()))),
        };
        Asset { proceeds_of: Some(sold.name), ..Asset::new(parent, &new, recorded) }
    }
}

impl Payload for RecordSale {
    fn violations(&self, asset: &Asset, context: &Context) -> Vec<Violation> {
        let late = not_in_the_future(self.sale_date, "sale_date", context);
        let early = too_early(asset, DispositionKind::Sold, self.sale_date);
        late.into_iter().chain(early.then(|| Violation::new("sale_date", TOO_EARLY))).collect()
    }

    fn obstacle(&self, asset: &Asset, context: &Context) -> Result<()> {
        held(asset, context)?;
        obstacle(asset, DispositionKind::Sold, None, context)?;
        if !asset.measures.iter().any(|measure| measure.holds_on(self.sale_date)) {
            let text = "no measure was in force on the day of the sale: there was nothing to sell under";
            return Err(refused(asset, Reason::WrongState, text));
        }
        Ok(())
    }

    fn perform(&self, asset: &mut Asset, _: &Context, recorded: Recorded) -> Vec<Change> {
        let proceeds = self.proceeds_of(asset, recorded);
        let sold = Disposition {
            kind: DispositionKind::Sold,
            disposition_date: self.sale_date,
            reason: Some(self.reason.clone()),
            national_reference: Some(self.national_reference.clone()),
            share: None,
            proceeds: None,
        };
        asset.dispositions.push(Fact::new(sold, recorded));
        vec![Change::Disposition, Change::Proceeds(Box::new(proceeds))]
    }
}
