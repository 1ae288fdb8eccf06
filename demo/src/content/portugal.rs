//! The request to Portugal, and what Portugal finds.

use focalnet_contract::proto::{
    Absence, Asset, AssetType, ObjectKind, PurposeKind, RequestContent, RequestedAsset,
    asset_identifier::Kind::{CadastralReference, Iban, RegistrationMark},
    concerned_person::Identity,
    measure::Kind::{Freeze, Seizure},
    valuation::Method,
};

use super::{
    BASIS_FORFEITURE, BASIS_REPARATIONS, absent, chambers, euros, facts, identifier, measure, purpose,
    stated, worth,
};

const HOLDER: &str = "Jean-Pierre Bemba Gombo";
const FARO: &str = "Public Prosecution Service, Faro";

/// The whole request.
pub(in super::super) fn portugal(person: &str) -> RequestContent {
    RequestContent {
        objects: vec![ObjectKind::SpecificItems.into(), ObjectKind::EquivalentValue.into()],
        amount: Some(euros("2000000.00")),
        amount_computation:
            "The story's own figure: a first estimate of what forfeiture and reparations may need.".to_owned(),
        facts: Some(facts("en")),
        link_to_crime: Some(stated("Whether the assets derive from the crimes is under examination.")),
        purposes: vec![
            purpose(PurposeKind::Forfeiture, BASIS_FORFEITURE),
            purpose(PurposeKind::Reparations, BASIS_REPARATIONS),
        ],
        assets: vec![aircraft(), account(), house()],
        formalities: Some(stated(
            "The Portuguese order is to name the person and the three assets, to bar every disposal of them, and to be \
             entered in the registers of land and aircraft.",
        )),
        language_code: "en".to_owned(),
        ..chambers(person)
    }
}

/// The request as it first was: some sections forgotten, one digit wrong, and nothing of what Portugal says it needs.
pub(in super::super) fn portugal_unfinished(whole: &RequestContent) -> RequestContent {
    let mut content = RequestContent {
        facts: None,
        issuing_authority: None,
        remedies: String::new(),
        management_plan: String::new(),
        formalities: Some(absent(Absence::NotApplicable)),
        ..whole.clone()
    };
    for identifier in content.assets.iter_mut().flat_map(|asset| &mut asset.identifiers) {
        identifier.value = identifier.value.replace("5678", "5687");
    }
    for person in &mut content.persons {
        if let Some(Identity::Natural(natural)) = &mut person.identity {
            natural.birth_date = Some(absent(Absence::Unknown));
        }
    }
    content
}

fn aircraft() -> RequestedAsset {
    RequestedAsset {
        r#type: AssetType::Aircraft.into(),
        description: "Boeing 727".to_owned(),
        identifiers: vec![identifier(RegistrationMark, "9Q-DEMO")],
        location: "Faro airport".to_owned(),
        holder: Some(stated(HOLDER)),
        grounds: "Reported to stand at Faro airport.".to_owned(),
        link: "Used by the person, according to the application.".to_owned(),
        ..RequestedAsset::default()
    }
}

fn account() -> RequestedAsset {
    RequestedAsset {
        r#type: AssetType::BankAccount.into(),
        description: "Account at a bank in Lisbon".to_owned(),
        identifiers: vec![identifier(Iban, "PT50 0002 0123 1234 5678 9015 4")],
        location: "Lisbon".to_owned(),
        holder: Some(stated(HOLDER)),
        grounds: "Named in the Prosecutor's application.".to_owned(),
        link: "Held in the person's name, according to the application.".to_owned(),
        ..RequestedAsset::default()
    }
}

fn house() -> RequestedAsset {
    RequestedAsset {
        r#type: AssetType::RealEstate.into(),
        description: "House in the Algarve".to_owned(),
        identifiers: vec![identifier(CadastralReference, "080812-U-4711")],
        location: "Algarve".to_owned(),
        holder: Some(stated(HOLDER)),
        grounds: "Named in the Prosecutor's application.".to_owned(),
        link: "Held in the person's name, according to the application.".to_owned(),
        ..RequestedAsset::default()
    }
}

/// What is frozen and seized in June 2008.
pub(in super::super) fn portugal_found() -> Vec<Asset> {
    vec![
        Asset {
            r#type: AssetType::Aircraft.into(),
            jurisdiction: "PT".to_owned(),
            description: "Boeing 727, parked, keys missing".to_owned(),
            location: "Faro airport".to_owned(),
            identifiers: vec![identifier(RegistrationMark, "9Q-DEMO")],
            holder: HOLDER.to_owned(),
            measures: vec![measure(Seizure, "Proc. 12/08, n.º 1", FARO, "2008-06-05")],
            valuations: vec![worth("650000.00", "2008-06-16", Method::Appraisal)],
            ..Asset::default()
        },
        Asset {
            r#type: AssetType::BankAccount.into(),
            jurisdiction: "PT".to_owned(),
            description: "Account at a bank in Lisbon".to_owned(),
            location: "Lisbon".to_owned(),
            identifiers: vec![identifier(Iban, "PT50 0002 0123 1234 5678 9015 4")],
            holder: HOLDER.to_owned(),
            measures: vec![measure(Freeze, "Proc. 12/08, n.º 2", FARO, "2008-06-05")],
            valuations: vec![worth("148327.41", "2008-06-05", Method::Book)],
            ..Asset::default()
        },
        Asset {
            r#type: AssetType::RealEstate.into(),
            jurisdiction: "PT".to_owned(),
            description: "House in the Algarve".to_owned(),
            location: "Algarve".to_owned(),
            identifiers: vec![identifier(CadastralReference, "080812-U-4711")],
            holder: HOLDER.to_owned(),
            measures: vec![measure(Freeze, "Proc. 12/08, n.º 3", FARO, "2008-06-09")],
            valuations: vec![worth("1150000.00", "2008-06-16", Method::Appraisal)],
            ..Asset::default()
        },
    ]
}
