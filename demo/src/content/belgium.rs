//! The request to Belgium, and what Belgium finds.

use focalnet_contract::proto::{
    Asset, AssetIdentifier, AssetType, Measure, ObjectKind, PurposeKind, RequestContent, RequestedAsset,
    Valuation,
    asset_identifier::Kind::{Iban, Plate, TitleNumber},
    measure::Kind::{Freeze, Seizure},
    valuation::Method,
};

use super::{BASIS_FINE, BASIS_REPARATIONS, chambers, facts, identifier, measure, purpose, stated, worth};

const HOLDER: &str = "Jean-Pierre Bemba Gombo";
const COURT: &str = "Investigating judge, Brussels";

/// The whole request.
pub(in super::super) fn belgium(person: &str) -> RequestContent {
    let asset = |r#type: AssetType, description: &str, identifiers, grounds: &str| RequestedAsset {
        r#type: r#type.into(),
        description: description.to_owned(),
        identifiers,
        location: "Brussels and surroundings".to_owned(),
        holder: Some(stated(HOLDER)),
        grounds: grounds.to_owned(),
        link: "In the person's name or possession, according to the application.".to_owned(),
        ..RequestedAsset::default()
    };
    RequestContent {
        objects: vec![ObjectKind::SpecificItems.into()],
        facts: Some(facts("fr")),
        purposes: vec![
            purpose(PurposeKind::Fine, BASIS_FINE),
            purpose(PurposeKind::Reparations, BASIS_REPARATIONS),
        ],
        assets: vec![
            asset(
                AssetType::RealEstate,
                "House near Brussels",
                title(),
                "Named in the Prosecutor's application.",
            ),
            asset(AssetType::Vehicle, "Car", plate(), "Named in the Prosecutor's application."),
            asset(
                AssetType::BankAccount,
                "Account at a bank in Brussels",
                iban(),
                "Named in the Prosecutor's application.",
            ),
            asset(AssetType::Other, "Mobile telephones", Vec::new(), "With the person at the arrest."),
        ],
        language_code: "fr".to_owned(),
        ..chambers(person)
    }
}

fn title() -> Vec<AssetIdentifier> {
    vec![identifier(TitleNumber, "BRU-2004-0815")]
}

fn plate() -> Vec<AssetIdentifier> {
    vec![identifier(Plate, "DEM-008")]
}

fn iban() -> Vec<AssetIdentifier> {
    vec![identifier(Iban, "BE68 5390 0754 7034")]
}

/// What is frozen and seized in June 2008. The house is the one that will stay open.
pub(in super::super) fn belgium_found() -> Vec<Asset> {
    let day = "2008-06-02";
    vec![
        found(
            AssetType::RealEstate,
            "House near Brussels",
            title(),
            measure(Freeze, "BR 2008/77-1", COURT, day),
            worth("820000.00", "2008-06-16", Method::Appraisal),
        ),
        found(
            AssetType::Vehicle,
            "Car",
            plate(),
            measure(Seizure, "BR 2008/77-2", COURT, day),
            worth("31500.00", day, Method::Market),
        ),
        found(
            AssetType::BankAccount,
            "Account at a bank in Brussels",
            iban(),
            measure(Freeze, "BR 2008/77-3", COURT, day),
            worth("27904.18", day, Method::Book),
        ),
        found(
            AssetType::Other,
            "Three mobile telephones",
            Vec::new(),
            measure(Seizure, "BR 2008/77-4", COURT, "2008-05-24"),
            worth("450.00", day, Method::Liquidation),
        ),
    ]
}

fn found(
    r#type: AssetType,
    description: &str,
    identifiers: Vec<AssetIdentifier>,
    measure: Measure,
    valuation: Valuation,
) -> Asset {
    Asset {
        r#type: r#type.into(),
        jurisdiction: "BE".to_owned(),
        description: description.to_owned(),
        identifiers,
        holder: HOLDER.to_owned(),
        measures: vec![measure],
        valuations: vec![valuation],
        ..Asset::default()
    }
}
