//! The inventory as tables: a row for each asset, value, measure and cost.

use chrono::NaiveDate;
use focalnet_domain::asset::{ownership::Layer, view::MeasureView};

use super::{
    listed::{Listed, share, word},
    table::{Cell, Column, Table},
};

const INVENTORY: &[Column] = &[
    Column::folded("name", 12.0),
    Column::new("type", 16.0),
    Column::new("jurisdiction", 11.0),
    Column::new("description", 32.0),
    Column::folded("location", 24.0),
    Column::new("identifiers", 26.0),
    Column::new("holder", 20.0),
    Column::folded("holders_by_layer", 30.0),
    Column::folded("legal_owners", 30.0),
    Column::folded("beneficial_owners", 30.0),
    Column::new("state", 18.0),
    Column::new("restraint", 10.0),
    Column::folded("custody", 14.0),
    Column::folded("disposal_hold", 12.0),
    Column::folded("remaining", 12.0),
    Column::new("measures_in_force", 32.0),
    Column::new("next_reminder_date", 12.0),
    Column::folded("first_value", 18.0),
    Column::folded("first_value_currency", 10.0),
    Column::folded("first_valuation_date", 16.0),
    Column::new("newest_value", 17.0),
    Column::new("newest_value_currency", 10.0),
    Column::folded("newest_valuation_date", 16.0),
    Column::folded("equity", 18.0),
    Column::folded("equity_currency", 10.0),
    Column::folded("open_costs", 24.0),
    Column::folded("claims_pending", 12.0),
    Column::folded("last_disposition", 20.0),
    Column::folded("last_disposition_date", 16.0),
    Column::folded("freezing_request", 12.0),
    Column::folded("order", 12.0),
    Column::folded("create_time", 20.0),
];

const VALUES: &[Column] = &[
    Column::folded("asset", 12.0),
    Column::new("asset_description", 34.0),
    Column::new("valuation_date", 16.0),
    Column::new("amount", 18.0),
    Column::new("currency", 10.0),
    Column::new("method", 16.0),
    Column::new("appraiser", 30.0),
];

const MEASURES: &[Column] = &[
    Column::folded("asset", 12.0),
    Column::new("asset_description", 34.0),
    Column::folded("measure", 12.0),
    Column::new("kind", 18.0),
    Column::new("national_reference", 24.0),
    Column::new("authority", 30.0),
    Column::new("start_date", 14.0),
    Column::new("last_date", 14.0),
    Column::new("reminder_date", 14.0),
    Column::new("share", 12.0),
    Column::new("lifted", 10.0),
    Column::new("in_force", 10.0),
];

const COSTS: &[Column] = &[
    Column::folded("asset", 12.0),
    Column::new("asset_description", 34.0),
    Column::new("number", 10.0),
    Column::new("kind", 16.0),
    Column::new("income", 10.0),
    Column::new("amount", 18.0),
    Column::new("currency", 10.0),
    Column::new("due_date", 14.0),
    Column::new("paid_date", 14.0),
    Column::new("bearer", 18.0),
    Column::new("extraordinary", 14.0),
    Column::new("description", 40.0),
];

/// A row for each asset, as it is on a day.
pub(super) fn inventory(assets: &[Listed], day: NaiveDate) -> Table {
    let rows = assets.iter().map(|asset| row(asset, day)).collect();
    Table { title: "Inventory", columns: INVENTORY, rows }
}

/// A row for each value of the series.
pub(super) fn values(assets: &[Listed]) -> Table {
    let rows = assets.iter().flat_map(|asset| {
        asset.valuations.iter().map(|fact| {
            let [amount, currency] = Cell::money(Some(&fact.facts.value));
            vec![
                Cell::text(asset.name.to_string()),
                Cell::text(&asset.description.description),
                Cell::Day(fact.facts.valuation_date),
                amount,
                currency,
                Cell::text(fact.facts.method.as_str()),
                Cell::maybe(fact.facts.appraiser.as_ref()),
            ]
        })
    });
    Table { title: "Values", columns: VALUES, rows: rows.collect() }
}

/// A row for each measure, in force on a day or not.
pub(super) fn measures(assets: &[Listed], day: NaiveDate) -> Table {
    let rows = assets.iter().flat_map(|asset| {
        asset.measures.iter().map(move |view| {
            let facts = &view.measure.facts;
            vec![
                Cell::text(asset.name.to_string()),
                Cell::text(&asset.description.description),
                Cell::text(view.measure.name.to_string()),
                Cell::text(facts.kind.as_str()),
                Cell::text(&facts.national_reference),
                Cell::maybe(facts.authority.as_ref()),
                Cell::Day(facts.start_date),
                Cell::day(view.last_date),
                Cell::day(facts.reminder_date),
                Cell::maybe(facts.share.map(share)),
                Cell::Flag(view.measure.is_lifted()),
                Cell::Flag(view.measure.holds_on(day)),
            ]
        })
    });
    Table { title: "Measures", columns: MEASURES, rows: rows.collect() }
}

/// A row for each entry of a ledger.
pub(super) fn costs(assets: &[Listed]) -> Table {
    let rows = assets.iter().flat_map(|asset| {
        asset.costs.iter().map(|cost| {
            let facts = &cost.facts;
            let [amount, currency] = Cell::money(Some(&facts.amount));
            vec![
                Cell::text(asset.name.to_string()),
                Cell::text(&asset.description.description),
                Cell::Count(usize::try_from(cost.number).unwrap_or_default()),
                Cell::text(facts.kind.as_str()),
                Cell::Flag(facts.kind.is_income()),
                amount,
                currency,
                Cell::Day(facts.due_date),
                Cell::day(cost.paid_date()),
                Cell::maybe(facts.bearer),
                Cell::Flag(facts.extraordinary),
                Cell::maybe(facts.description.as_ref()),
            ]
        })
    });
    Table { title: "Costs", columns: COSTS, rows: rows.collect() }
}

fn row(asset: &Listed, day: NaiveDate) -> Vec<Cell> {
    let what = &asset.description;
    let identifiers = what.identifiers.iter().map(|one| format!("{} {}", word(one.kind), one.value));
    let owners = |layer| {
        let owners = asset.layer(layer, day).map_or(&[][..], |statement| &statement.owners);
        list(owners.iter().map(|owner| format!("{} {}", owner.display_name, share(owner.share))))
    };
    let (first, newest) = asset.values(day).unzip();
    let [first_value, first_currency] = Cell::money(first.map(|value| &value.value));
    let [newest_value, newest_currency] = Cell::money(newest.map(|value| &value.value));
    let [equity, equity_currency] = Cell::money(asset.equity.as_ref());
    let open = asset.open_costs(day);
    let last = asset.last_disposition(day);
    vec![
        Cell::text(asset.name.to_string()),
        Cell::text(what.kind.as_str()),
        Cell::text(&what.jurisdiction),
        Cell::text(&what.description),
        Cell::maybe(what.location.as_ref()),
        list(identifiers),
        Cell::text(&what.holder),
        owners(Layer::Holder),
        owners(Layer::LegalOwner),
        owners(Layer::BeneficialOwner),
        Cell::text(asset.state.as_str()),
        Cell::text(asset.restraint.as_str()),
        Cell::text(asset.custody.as_str()),
        Cell::Flag(asset.disposal_hold),
        Cell::maybe(asset.remaining.map(share)),
        list(asset.in_force(day).map(in_force)),
        Cell::day(asset.in_force(day).filter_map(|view| view.measure.facts.reminder_date).min()),
        first_value,
        first_currency,
        Cell::day(first.map(|value| value.valuation_date)),
        newest_value,
        newest_currency,
        Cell::day(newest.map(|value| value.valuation_date)),
        equity,
        equity_currency,
        list(open.iter().map(|(currency, sum)| format!("{currency} {sum}"))),
        Cell::Count(asset.pending(day)),
        Cell::maybe(last.map(|last| last.kind)),
        Cell::day(last.map(|last| last.disposition_date)),
        Cell::maybe(asset.freezing_request),
        Cell::maybe(asset.order),
        Cell::Time(asset.create_time),
    ]
}

fn in_force(view: &MeasureView) -> String {
    let facts = &view.measure.facts;
    let until = view.last_date.map(|last| format!(" until {last}")).unwrap_or_default();
    format!("{} {}{until}", facts.kind, facts.national_reference)
}

fn list(items: impl Iterator<Item = String>) -> Cell {
    Cell::text(items.collect::<Vec<_>>().join("; "))
}
