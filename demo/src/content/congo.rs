//! The request to the Democratic Republic of the Congo.

use focalnet_contract::proto::{
    AssetType, ObjectKind, PurposeKind, RequestContent, RequestedAsset,
    asset_identifier::Kind::{CadastralReference, DomesticAccountNumber},
};

use super::{BASIS_FINE, BASIS_FORFEITURE, BASIS_REPARATIONS, chambers, facts, identifier, purpose, stated};

/// The whole request: all assets, for all three purposes.
pub(in super::super) fn congo(person: &str) -> RequestContent {
    let asset = |r#type: AssetType, description: &str, identifier, grounds: &str| RequestedAsset {
        r#type: r#type.into(),
        description: description.to_owned(),
        identifiers: vec![identifier],
        location: "Kinshasa".to_owned(),
        holder: Some(stated("Jean-Pierre Bemba Gombo")),
        grounds: grounds.to_owned(),
        ..RequestedAsset::default()
    };
    RequestContent {
        objects: vec![ObjectKind::AllAssets.into()],
        grounds:
            "A warrant of arrest is in force (RS 57(3)(e)). Not all assets in the person's own country can \
                  be listed from abroad, so all are asked for."
                .to_owned(),
        facts: Some(facts("fr")),
        link_to_crime: Some(stated("Whether the assets derive from the crimes is under examination.")),
        purposes: vec![
            purpose(PurposeKind::Fine, BASIS_FINE),
            purpose(PurposeKind::Forfeiture, BASIS_FORFEITURE),
            purpose(PurposeKind::Reparations, BASIS_REPARATIONS),
        ],
        assets: vec![
            asset(
                AssetType::RealEstate,
                "House in Kinshasa",
                identifier(CadastralReference, "KIN-GOMBE-1962"),
                "Named in the Prosecutor's application.",
            ),
            asset(
                AssetType::BankAccount,
                "Account at a bank in Kinshasa",
                identifier(DomesticAccountNumber, "00012-24689-11"),
                "Named in the Prosecutor's application.",
            ),
        ],
        language_code: "fr".to_owned(),
        ..chambers(person)
    }
}
