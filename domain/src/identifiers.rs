//! Identifiers of assets: what kinds there are and whether a value can be one.

use serde::{Deserialize, Serialize};

mod rules;
#[cfg(test)]
mod tests;

/// Longest value, in characters.
pub const MAX_CHARS: usize = 128;

/// What an identifier is, by the standard or register that gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentifierKind {
    /// International bank account number, ISO 13616.
    Iban,
    /// Business identifier code of a bank, ISO 9362; has no check digit.
    Bic,
    /// Account number of a country or bank without IBAN; unique only together with a BIC.
    DomesticAccountNumber,
    /// International securities identification number, ISO 6166.
    Isin,
    /// Legal entity identifier, ISO 17442.
    Lei,
    /// Number in a company register; unique only within a jurisdiction.
    RegisterNumber,
    /// Reference of a parcel in a national cadastre (ISO 19152 for the model, national in form).
    CadastralReference,
    /// Number of a title in a land register; national in form.
    TitleNumber,
    /// Vehicle identification number, ISO 3779.
    Vin,
    /// Number plate of a vehicle; unique only within a country.
    Plate,
    /// Ship number of the International Maritime Organization, SOLAS XI-1/3.
    Imo,
    /// Maritime mobile service identity, ITU-R M.585; changes with the flag.
    Mmsi,
    /// Nationality and registration mark of an aircraft, ICAO Annex 7.
    RegistrationMark,
    /// Serial number of a manufacturer or refiner: of an airframe, a device, a bar.
    SerialNumber,
    /// 24-bit address of an aircraft in hexadecimal, ICAO Annex 10; changes with the register.
    Icao24,
    /// Address on a blockchain, in the notation of that chain.
    CryptoAddress,
    /// Number in somebody's own inventory.
    InventoryNumber,
    /// Number of a contract or policy; unique only with the other party.
    ContractNumber,
    /// Anything else.
    Other,
}

use IdentifierKind as Kind;

impl IdentifierKind {
    /// All kinds.
    pub const ALL: [Self; 19] = [
        Self::Iban,
        Self::Bic,
        Self::DomesticAccountNumber,
        Self::Isin,
        Self::Lei,
        Self::RegisterNumber,
        Self::CadastralReference,
        Self::TitleNumber,
        Self::Vin,
        Self::Plate,
        Self::Imo,
        Self::Mmsi,
        Self::RegistrationMark,
        Self::SerialNumber,
        Self::Icao24,
        Self::CryptoAddress,
        Self::InventoryNumber,
        Self::ContractNumber,
        Self::Other,
    ];
}

/// Whether a value can be what it is said to be. The texts never quote the value, which may be personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing stands against it.
    Fine,
    /// Unusual; to be compared with its source, but it can be right.
    Warning(String),
    /// It cannot be right.
    Wrong(String),
}

/// Whether an identifier of this kind singles out an asset in a register or system that others can consult, which
/// is what makes a request specific. A BIC only names a bank; an inventory is its owner's own.
#[must_use]
pub fn is_verifiable(kind: IdentifierKind) -> bool {
    !matches!(kind, Kind::Bic | Kind::InventoryNumber | Kind::Other)
}

/// The form in which equal identifiers are equal text; idempotent.
///
/// Internationally standardized kinds: ASCII upper case, without spaces, hyphens and a leading `IBAN` or `IMO`. The
/// others, where case and hyphens can matter: spaces trimmed and collapsed, plates in upper case too.
#[must_use]
pub fn normalize(kind: IdentifierKind, value: &str) -> String {
    match kind {
        Kind::Iban => compact(value).trim_start_matches("IBAN").to_owned(),
        Kind::Imo => compact(value).trim_start_matches("IMO").to_owned(),
        Kind::Bic
        | Kind::Isin
        | Kind::Lei
        | Kind::Vin
        | Kind::Mmsi
        | Kind::RegistrationMark
        | Kind::Icao24 => compact(value),
        Kind::Plate => single_spaced(value).to_ascii_uppercase(),
        _ => single_spaced(value),
    }
}

/// Checks `value`, grouped by spaces or hyphens as people write it or not.
///
/// Wrong for every kind: blank, longer than [`MAX_CHARS`] or with control characters.
#[must_use]
pub fn check(kind: IdentifierKind, value: &str) -> Verdict {
    if value.chars().count() > MAX_CHARS {
        return wrong(&format!("is longer than {MAX_CHARS} characters"));
    }
    if value.chars().any(is_invisible) {
        return wrong("has control or invisible characters; only printed characters can be part of it");
    }
    if !value.chars().any(char::is_alphanumeric) {
        return wrong("is blank; it must have letters or digits");
    }
    let value = normalize(kind, value);
    match kind {
        Kind::Iban => rules::iban(&value),
        Kind::Bic => rules::bic(&value),
        Kind::DomesticAccountNumber if rules::iban(&compact(&value)) == Verdict::Fine => {
            warning("is an IBAN; state it as one")
        }
        Kind::Isin => rules::isin(&value),
        Kind::Lei => rules::lei(&value),
        Kind::Vin => rules::vin(&value),
        Kind::Imo => rules::imo(&value),
        Kind::Mmsi => rules::mmsi(&value),
        Kind::RegistrationMark => rules::registration_mark(&value),
        Kind::Icao24 => rules::icao24(&value),
        Kind::CryptoAddress => rules::crypto_address(&value),
        Kind::Plate | Kind::Other => Verdict::Fine,
        _ if value.chars().any(char::is_numeric) => Verdict::Fine,
        _ => warning("has no digit, which is unusual for such a number"),
    }
}

fn wrong(text: &str) -> Verdict {
    Verdict::Wrong(text.to_owned())
}

fn warning(text: &str) -> Verdict {
    Verdict::Warning(text.to_owned())
}

fn compact(value: &str) -> String {
    let is_grouping = |c: char| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}');
    value.chars().filter(|&c| !is_grouping(c)).map(|c| c.to_ascii_uppercase()).collect()
}

fn single_spaced(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Control characters and what changes the look of a text without being seen, such as a reversal of its direction.
/// The joiners U+200C and U+200D are not among them: some scripts need them.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{FEFF}')
        || matches!(c, '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}')
}
