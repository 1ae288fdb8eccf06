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
    let identified = serde_json::to_value(&identifiers)?;
    let frozen = measures(rows, random, request, id);
    let settled = ledger::make((rows, random), request, id, organs)?;
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
            &identified,
            &format!("Holder {}", number % 1_000),
            &request.state.org.id,
            &request.recorded.create_time,
            &Array(&persons),
            &request.report.event,
            &Bytes(&request.report.head),
            &false,
            &settled,
            &frozen,
            &"{}",
        ],
    );
    Ok(())
}

/// Makes the measures of an asset; gives the days on which it is frozen.
fn measures(rows: &mut Rows, random: &mut Random, request: &Request<'_>, asset: Uuid) -> String {
    if !random.percent(85) {
        return "{}".to_owned();
    }
    let frozen = measure(rows, random, request, (asset, 0, MeasureKind::Freeze));
    if random.percent(8) {
        measure(rows, random, request, (asset, 1, MeasureKind::ManagementOrder));
    }
    format!("{{{frozen}}}")
}

/// Makes a measure; gives the days on which it holds.
fn measure(
    rows: &mut Rows,
    random: &mut Random,
    request: &Request<'_>,
    (asset, position, kind): (Uuid, i32, MeasureKind),
) -> String {
    let id = random.id();
    let length = 180 + random.below(1_800);
    let ends = random.percent(60);
    let reference = format!("F-{}", random.below(1_000_000));
    let (time, event) = (request.recorded.create_time, request.report.event);
    let mut last = Some(day(request, length)).filter(|_| ends);
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
            &last,
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
        last = Some(end);
        position += 1;
    }
    if request.over && random.percent(60) {
        let lifted = day(request, 420);
        last = Some(lifted);
        rows.add(
            Table::MeasureChange,
            &[
                &id,
                &position,
                &ChangeKind::Lifted.as_str(),
                &lifted,
                &None::<chrono::NaiveDate>,
                &None::<&str>,
                &"The obligation has ended",
                &time,
                &event,
            ],
        );
    }
    format!("[{},{}]", day(request, 0), last.map(|last| last.to_string()).unwrap_or_default())
}
