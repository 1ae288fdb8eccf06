//! Assets, and what holds them back.

use focalnet_domain::{
    asset::{AssetIdentifier, AssetType, MeasureKind, measure::ChangeKind},
    identifiers::IdentifierKind,
};
use uuid::Uuid;

use crate::{
    Error,
    copy::{Array, Bytes, Rows, Table},
    ledger,
    random::Random,
    requests::{Request, day},
};

/// What assets are, some far more often than others.
const TYPES: [AssetType; 12] = [
    AssetType::BankAccount,
    AssetType::BankAccount,
    AssetType::BankAccount,
    AssetType::BankAccount,
    AssetType::RealEstate,
    AssetType::RealEstate,
    AssetType::Vehicle,
    AssetType::Vehicle,
    AssetType::CompanyInterest,
    AssetType::Securities,
    AssetType::Vessel,
    AssetType::Aircraft,
];

/// Makes an asset of a request with what was reported of it.
pub(crate) fn make(
    (rows, random): (&mut Rows, &mut Random),
    request: &Request<'_>,
    position: i32,
    organs: &[Uuid],
) -> Result<(), Error> {
    let id = random.id();
    let kind = *random.pick(&TYPES);
    let number = random.below(10_000_000_000);
    let identified_by = match kind {
        AssetType::BankAccount => IdentifierKind::DomesticAccountNumber,
        AssetType::RealEstate => IdentifierKind::CadastralReference,
        AssetType::Vehicle => IdentifierKind::Plate,
        AssetType::CompanyInterest => IdentifierKind::RegisterNumber,
        _ => IdentifierKind::SerialNumber,
    };
    let identifiers = [AssetIdentifier { kind: identified_by, value: format!("{number:010}") }];
    // Where nobody says whose it is, it is everybody's.
    let mut persons: Vec<i32> = (0..request.persons).collect();
    persons.retain(|_| random.percent(40));
    let country = request.state.org.country.as_deref().unwrap_or_default();
    rows.add(
        Table::Asset,
        &[
            &id,
            &request.id,
            &None::<Uuid>,
            &position,
            &kind.as_str(),
            &country,
            &format!("Asset {number:010}"),
            &Some("The capital").filter(|_| kind == AssetType::RealEstate),
            &serde_json::to_value(&identifiers)?,
            &format!("Holder {}", number % 1_000),
            &Array(&request.audience),
            &request.recorded.create_time,
            &Array(&persons),
            &request.report.event,
            &Bytes(&request.report.head),
            &false,
        ],
    );
    measures(rows, random, request, id);
    ledger::make((rows, random), request, id, organs)
}

fn measures(rows: &mut Rows, random: &mut Random, request: &Request<'_>, asset: Uuid) {
    if random.percent(85) {
        measure(rows, random, request, (asset, 0, MeasureKind::Freeze));
        if random.percent(8) {
            measure(rows, random, request, (asset, 1, MeasureKind::ManagementOrder));
        }
    }
}

fn measure(
    rows: &mut Rows,
    random: &mut Random,
    request: &Request<'_>,
    (asset, position, kind): (Uuid, i32, MeasureKind),
) {
    let id = random.id();
    let length = 180 + random.below(1_800);
    let ends = random.percent(60);
    let reference = format!("F-{}", random.below(1_000_000));
    let (time, event) = (request.recorded.create_time, request.report.event);
    rows.add(
        Table::Measure,
        &[
            &id,
            &asset,
            &position,
            &kind.as_str(),
            &reference,
            &Some("Tribunal of first instance"),
            &day(request, 0),
            &Some(day(request, length)).filter(|_| ends),
            &Some(day(request, length - 30)).filter(|_| ends),
            &time,
            &event,
        ],
    );
    let mut position = 0;
    if ends && random.percent(30) {
        let end = day(request, length + 1_095);
        let reminder = day(request, length + 1_065);
        rows.add(
            Table::MeasureChange,
            &[
                &id,
                &position,
                &ChangeKind::Renewed.as_str(),
                &end,
                &reminder,
                &reference,
                &None::<&str>,
                &time,
                &event,
            ],
        );
        position += 1;
    }
    if request.over && random.percent(60) {
        rows.add(
            Table::MeasureChange,
            &[
                &id,
                &position,
                &ChangeKind::Lifted.as_str(),
                &day(request, 420),
                &None::<chrono::NaiveDate>,
                &None::<&str>,
                &"The obligation has ended",
                &time,
                &event,
            ],
        );
    }
}
