//! Which property an identifier of an asset belongs in.

use focalnet_domain::{
    asset::{AssetIdentifier, AssetType},
    identifiers::{IdentifierKind as Kind, Verdict, check, normalize},
};

/// Most characters of an identifier in the schema, unless it says otherwise.
const MAX_CHARS: usize = 64;

/// The schema for a type.
pub(super) const fn schema(kind: AssetType) -> &'static str {
    match kind {
        AssetType::BankAccount => "BankAccount",
        AssetType::Securities => "Security",
        AssetType::CompanyInterest => "Company",
        AssetType::RealEstate => "RealEstate",
        AssetType::Vehicle => "Vehicle",
        AssetType::Vessel => "Vessel",
        AssetType::Aircraft => "Airplane",
        AssetType::Crypto => "CryptoWallet",
        AssetType::Cash
        | AssetType::Precious
        | AssetType::Art
        | AssetType::Livestock
        | AssetType::Receivable
        | AssetType::Other => "Asset",
    }
}

/// The property of an identifier with its value as the schema wants it; none where the schema has no place for it.
///
/// A 24-bit address has none: `icaoCode` is the designator of a type of aircraft. Nor has a VIN.
pub(super) fn property(kind: AssetType, identifier: &AssetIdentifier) -> Option<(&'static str, String)> {
    let property = match (kind, identifier.kind) {
        (AssetType::BankAccount, Kind::Iban) => "iban",
        (AssetType::BankAccount, Kind::Bic) => "bic",
        (AssetType::BankAccount, Kind::DomesticAccountNumber) => "accountNumber",
        (AssetType::Securities, Kind::Isin) => "isin",
        (AssetType::CompanyInterest, Kind::Lei) => "leiCode",
        (AssetType::CompanyInterest | AssetType::RealEstate | AssetType::Vessel, Kind::RegisterNumber)
        | (AssetType::Vehicle, Kind::Plate)
        | (AssetType::Aircraft, Kind::RegistrationMark) => "registrationNumber",
        (AssetType::RealEstate, Kind::CadastralReference) => "cadastralCode",
        (AssetType::RealEstate, Kind::TitleNumber) => "titleNumber",
        (AssetType::Vessel, Kind::Imo) => "imoNumber",
        (AssetType::Vessel, Kind::Mmsi) => "mmsi",
        (AssetType::Aircraft, Kind::SerialNumber) => "serialNumber",
        (AssetType::Crypto, Kind::CryptoAddress) => "publicKey",
        _ => return None,
    };
    // What cannot be right stays a note: programs would drop it without a word.
    if matches!(check(identifier.kind, &identifier.value), Verdict::Wrong(_)) {
        return None;
    }
    let value = normalize(identifier.kind, &identifier.value);
    let value = match identifier.kind {
        Kind::Imo => format!("IMO{value}"),
        // The head office goes without its branch code.
        Kind::Bic if value.len() == 11 => value.strip_suffix("XXX").unwrap_or(&value).to_owned(),
        _ => value,
    };
    let fits = property == "publicKey" || value.chars().count() <= MAX_CHARS;
    fits.then_some((property, value))
}
