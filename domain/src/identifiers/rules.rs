//! What each standard asks of a value in its normal form.

use iban::{BaseIban, Iban, IbanLike, ParseBaseIbanError, ParseIbanError};

use super::{Verdict, warning, wrong};
use crate::country::{is_country, is_withdrawn};

const CHECK_DIGIT: &str =
    "the check digits do not fit: a character is missing, mistyped or swapped; compare with the source";

pub(super) fn iban(value: &str) -> Verdict {
    let base: BaseIban = match value.parse() {
        Ok(base) => base,
        Err(ParseBaseIbanError::InvalidFormat) => {
            return wrong(
                "an IBAN is two letters for the country, two check digits and at most 30 letters and digits",
            );
        }
        Err(ParseBaseIbanError::InvalidChecksum) => return wrong(CHECK_DIGIT),
    };
    match Iban::try_from(base) {
        Ok(_) => Verdict::Fine,
        // Several countries use IBANs without having registered a format.
        Err(ParseIbanError::UnknownCountry(_)) if is_country(base.country_code()) => {
            warning("its country has no registered IBAN format; only the check digits could be verified")
        }
        Err(ParseIbanError::UnknownCountry(_)) => {
            wrong("an IBAN begins with the ISO 3166-1 code of a country")
        }
        Err(_) => wrong("length or structure differ from the IBAN format that its country has registered"),
    }
}

pub(super) fn bic(value: &str) -> Verdict {
    if !is_alphanumeric(value) || !matches!(value.len(), 8 | 11) {
        return wrong(
            "a BIC has 8 or 11 letters and digits: 4 for the party, 2 for the country, 2 or 5 more",
        );
    }
    let country = &value[4..6];
    if is_withdrawn(country) {
        return warning("its country is no more (ISO 3166-3): see whether the bank has another BIC now");
    }
    // Kosovo has BICs under a code that ISO 3166-1 leaves to its users.
    if !is_country(country) && country != "XK" {
        return wrong("the 5th and 6th character of a BIC are the ISO 3166-1 code of a country");
    }
    if !value[..4].bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return warning("the first four characters of a BIC have so far always been letters");
    }
    Verdict::Fine
}

pub(super) fn isin(value: &str) -> Verdict {
    match isin::parse(value) {
        Ok(isin) if is_country(isin.prefix()) => Verdict::Fine,
        // Supranational prefixes: EU, EZ for derivatives, XS and its like for international depositories.
        Ok(isin) if isin.prefix().starts_with('X') || matches!(isin.prefix(), "EU" | "EZ") => Verdict::Fine,
        Ok(_) => warning("does not begin with a country code or a known international prefix"),
        Err(isin::Error::IncorrectCheckDigit { .. }) => wrong(CHECK_DIGIT),
        Err(_) => wrong("an ISIN is two letters, nine letters and digits, and a check digit"),
    }
}

pub(super) fn lei(value: &str) -> Verdict {
    match lei::parse(value) {
        Ok(_) => Verdict::Fine,
        Err(lei::LEIError::IncorrectCheckDigits { .. }) => wrong(CHECK_DIGIT),
        Err(_) => wrong("an LEI is 18 letters and digits and two check digits"),
    }
}

/// Only warns: vehicles older than the standard have other numbers, and the check digit (49 CFR 565) is only used
/// in North America and China.
pub(super) fn vin(value: &str) -> Verdict {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let number = |byte| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'A'..=b'H' => Some(byte - b'A' + 1),
        b'J'..=b'N' => Some(byte - b'J' + 1),
        b'P' => Some(7),
        b'R' => Some(9),
        b'S'..=b'Z' => Some(byte - b'S' + 2),
        _ => None,
    };
    let numbers: Option<Vec<u32>> = value.bytes().map(|byte| number(byte).map(u32::from)).collect();
    let Some(numbers) = numbers.filter(|numbers| numbers.len() == WEIGHTS.len()) else {
        return warning(
            "a VIN has 17 letters and digits without I, O and Q, unless the vehicle is older than the standard",
        );
    };
    let check = match weighted_sum(&numbers, &WEIGHTS) % 11 {
        10 => b'X',
        digit => b"0123456789"[digit as usize],
    };
    if value.as_bytes()[8] == check {
        Verdict::Fine
    } else {
        warning(
            "the check digit (9th character) does not fit, which matters for North America and China only",
        )
    }
}

pub(super) fn imo(value: &str) -> Verdict {
    match digits(value).as_deref() {
        Some(digits @ [1..=9, .., last]) if digits.len() == 7 => {
            let fits = weighted_sum(digits, &[7, 6, 5, 4, 3, 2]) % 10 == *last;
            if fits { Verdict::Fine } else { wrong(CHECK_DIGIT) }
        }
        _ => wrong("an IMO ship number has seven digits and does not begin with 0"),
    }
}

pub(super) fn mmsi(value: &str) -> Verdict {
    match digits(value).as_deref() {
        Some(digits @ [first, ..]) if digits.len() == 9 => match first {
            2..=7 => Verdict::Fine,
            _ => warning(
                "the MMSI of a ship begins with 2 to 7; others belong to groups, shores, crafts or devices",
            ),
        },
        _ => wrong("an MMSI has nine digits"),
    }
}

pub(super) fn registration_mark(value: &str) -> Verdict {
    if is_alphanumeric(value) && (2..=7).contains(&value.len()) {
        Verdict::Fine
    } else {
        warning("the marks of a civil aircraft have two to seven Latin letters and digits")
    }
}

pub(super) fn icao24(value: &str) -> Verdict {
    match u32::from_str_radix(value, 16) {
        Ok(1..0xFF_FFFF) if value.len() == 6 && is_alphanumeric(value) => Verdict::Fine,
        _ => wrong("an ICAO 24-bit address has six hexadecimal digits, neither all 0 nor all F"),
    }
}

/// Chains differ too much for more than this; their checksums need the chain, which is stated elsewhere.
pub(super) fn crypto_address(value: &str) -> Verdict {
    if !value.bytes().all(|byte| byte.is_ascii_graphic()) {
        return wrong("an address has Latin letters, digits and signs only, without spaces");
    }
    match value.strip_prefix("0x") {
        Some(hex) if !matches!(hex.len(), 40 | 64) || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            warning("an address that begins with 0x usually has 40 or 64 hexadecimal digits after it")
        }
        _ => Verdict::Fine,
    }
}

fn is_alphanumeric(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn digits(value: &str) -> Option<Vec<u32>> {
    value.chars().map(|c| c.to_digit(10)).collect()
}

fn weighted_sum(numbers: &[u32], weights: &[u32]) -> u32 {
    numbers.iter().zip(weights).map(|(number, weight)| number * weight).sum()
}
