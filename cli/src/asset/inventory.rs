//! The inventory as tables: a row for each asset, value, measure and cost.

use chrono::NaiveDate;
use focalnet_domain::asset::{ownership::Layer, view::MeasureView};

use super::{
    listed::{Listed, share, word},
    table::{Cell, Table},
};

const INVENTORY: &[(&str, f64)] = &[
    ("name", 12.0),
    ("type", 16.0),
    ("jurisdiction", 12.0),
    ("description", 40.0),
    ("location", 24.0),
    ("identifiers", 30.0),
    ("holder", 24.0),
    ("holders_by_layer", 30.0),
    ("legal_owners", 30.0),
    ("beneficial_owners", 30.0),
    ("state", 18.0),
    ("restraint", 12.0),
    ("custody", 14.0),
    ("disposal_hold", 12.0),
    ("remaining", 12.0),
    ("measures_in_force", 40.0),
    ("next_reminder_date", 16.0),
    ("first_value", 18.0),
    ("first_value_currency", 10.0),
    ("first_valuation_date", 16.0),
    ("newest_value", 18.0),
    ("newest_value_currency", 10.0),
    ("newest_valuation_date", 16.0),
    ("equity", 18.0),
    ("equity_currency", 10.0),
    ("open_costs", 24.0),
    ("claims_pending", 12.0),
    ("last_disposition", 20.0),
    ("last_disposition_date", 16.0),
    ("freezing_request", 12.0),
    ("order", 12.0),
    ("create_time", 20.0),
];

const VALUES: &[(&str, f64)] = &[
    ("asset", 12.0),
    ("valuation_date", 16.0),
    ("amount", 18.0),
    ("currency", 10.0),
    ("method", 16.0),
    ("appraiser", 30.0),
];

const MEASURES: &[(&str, f64)] = &[
    ("asset", 12.0),
    ("measure", 12.0),
    ("kind", 18.0),
    ("national_reference", 24.0),
    ("authority", 30.0),
    ("start_date", 14.0),
    ("last_date", 14.0),
    ("reminder_date", 14.0),
    ("share", 12.0),
    ("lifted", 10.0),
    ("in_force", 10.0),
];

const COSTS: &[(&str, f64)] = &[
    ("asset", 12.0),
    ("number", 10.0),
    ("kind", 16.0),
    ("income", 10.0),
    ("amount", 18.0),
    ("currency", 10.0),
    ("due_date", 14.0),
    ("paid_date", 14.0),
    ("bearer", 18.0),
    ("extraordinary", 14.0),
    ("description", 40.0),
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
