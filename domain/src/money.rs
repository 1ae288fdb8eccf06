//! Amounts of money: exact, in one currency, never added up across currencies.

use std::{collections::BTreeMap, fmt, sync::LazyLock};

use iso_currency::Currency;
use num_bigint::BigInt;
use num_rational::Ratio;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::share::Part;

/// Most digits before the decimal point; with the four decimals of the finest currency this fills the store's
/// `numeric(24,4)`, so that the store never rounds.
pub const MAX_INTEGER_DIGITS: u32 = 20;

/// A non-negative amount in an ISO 4217 currency.
///
/// The amount always has as many decimals as the currency has minor units (XAF 0, EUR 2, KWD 3), so equal amounts
/// look equal however they were written or stored. There is no order and no sum: both need one currency or a
/// stated rate.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Money {
    currency_code: String,
    amount: Decimal,
}

/// An exact number of units of a currency, for computing: nothing is rounded before it is an amount again.
pub type Exact = Ratio<BigInt>;

fn exact(mantissa: impl Into<BigInt>, scale: u32) -> Exact {
    Exact::new(mantissa.into(), BigInt::from(10).pow(scale))
}

/// An exchange rate as it is written: a plain decimal number above zero, with all of its decimals.
#[must_use]
pub fn rate(text: &str) -> Option<Exact> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let mantissa: BigInt = format!("{whole}{decimals}").parse().ok().filter(|_| is_plain(text))?;
    let rate = exact(mantissa, u32::try_from(decimals.len()).ok()?);
    (rate > Exact::default()).then_some(rate)
}

/// The serialized form: the amount as text, for a JSON number is a float to most readers.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    currency_code: String,
    amount: String,
}

/// Why something is not [`Money`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {reason}")]
pub struct MoneyError {
    /// `currency_code` or `amount`.
    pub field: &'static str,
    /// What is wrong and what would be right.
    pub reason: String,
}

impl MoneyError {
    fn amount(reason: impl Into<String>) -> Self {
        Self { field: "amount", reason: reason.into() }
    }

    fn too_long(minor_units: u32) -> Self {
        Self::amount(format!(
            "must have at most {MAX_INTEGER_DIGITS} digits before the decimal point and at most {minor_units} \
             after it in this currency"
        ))
    }
}

impl Money {
    /// Reads an amount in plain notation, as `300000.00`: digits and at most one decimal point, without sign,
    /// exponent, grouping or needless leading zeros; fewer decimals than the currency has are filled with zeros.
    ///
    /// Currencies out of use are accepted, as old valuations have them; codes that ISO 4217 gives no minor unit
    /// (precious metals, testing, `XXX`) are not.
    pub fn parse(currency_code: &str, amount: &str) -> Result<Self, MoneyError> {
        let minor_units = minor_units(currency_code)?;
        if !is_plain(amount) {
            return Err(MoneyError::amount(
                "must be a plain decimal number such as 300000.00: digits with at most one decimal point, without \
                 sign, exponent, spaces, grouping or leading zeros",
            ));
        }
        match Decimal::from_str_exact(amount) {
            Ok(exact) if exact.scale() <= minor_units => Self::new(currency_code, exact),
            _ => Err(MoneyError::too_long(minor_units)),
        }
    }

    /// Takes an amount that is a number already, as one from the store; zeros at the end do not matter.
    pub fn new(currency_code: &str, mut amount: Decimal) -> Result<Self, MoneyError> {
        let minor_units = minor_units(currency_code)?;
        if amount.is_sign_negative() {
            return Err(MoneyError::amount("must not be negative"));
        }
        let too_large = amount.trunc().mantissa() >= 10_i128.pow(MAX_INTEGER_DIGITS);
        if too_large || amount.normalize().scale() > minor_units {
            return Err(MoneyError::too_long(minor_units));
        }
        amount.rescale(minor_units);
        Ok(Self { currency_code: currency_code.to_owned(), amount })
    }

    /// A number as an amount, rounded down to what the currency can express, nothing below zero being an amount; none
    /// when it is more than an amount can be.
    #[must_use]
    pub fn rounded_down(currency_code: &str, amount: &Exact) -> Option<Self> {
        let minor_units = minor_units(currency_code).ok()?;
        let coins = (amount * BigInt::from(10).pow(minor_units)).floor().to_integer();
        let coins = i128::try_from(coins).ok()?.max(0);
        Self::new(currency_code, Decimal::try_from_i128_with_scale(coins, minor_units).ok()?).ok()
    }

    /// The amount, or a part of it, for computing.
    #[must_use]
    pub fn times(&self, part: Part) -> Exact {
        let part = Exact::new(BigInt::from(*part.numer()), BigInt::from(*part.denom()));
        exact(self.amount.mantissa(), self.amount.scale()) * part
    }

    /// The ISO 4217 code, as `EUR`.
    #[must_use]
    pub fn currency_code(&self) -> &str {
        &self.currency_code
    }

    /// The amount; its text has exactly the decimals of the currency.
    #[must_use]
    pub fn amount(&self) -> Decimal {
        self.amount
    }
}

/// As `EUR 300000.00`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.currency_code, self.amount)
    }
}

impl TryFrom<Written> for Money {
    type Error = MoneyError;

    fn try_from(written: Written) -> Result<Self, MoneyError> {
        Self::parse(&written.currency_code, &written.amount)
    }
}

impl From<Money> for Written {
    fn from(money: Money) -> Self {
        Self { currency_code: money.currency_code, amount: money.amount.to_string() }
    }
}

/// Currencies out of use: lines of code, minor units, name and month of withdrawal under a heading.
const OUT_OF_USE: &str = include_str!("../../data/currencies_out_of_use.csv");

// A file that cannot be read is an error of the build, which the tests find; it must not stop a running server.
static MINOR_UNITS_OUT_OF_USE: LazyLock<BTreeMap<&str, u32>> = LazyLock::new(|| {
    let units = |line: &'static str| {
        let (code, rest) = line.split_once(',')?;
        Some((code, rest.split_once(',')?.0.parse().ok()?))
    };
    OUT_OF_USE.lines().skip(1).filter_map(units).collect()
});

fn minor_units(currency_code: &str) -> Result<u32, MoneyError> {
    let present = Currency::from_code(currency_code).and_then(Currency::exponent).map(u32::from);
    let units = present.or_else(|| MINOR_UNITS_OUT_OF_USE.get(currency_code).copied());
    units.ok_or_else(|| MoneyError {
        field: "currency_code",
        reason: "must be the ISO 4217 code of a currency, in capital letters, such as EUR".to_owned(),
    })
}

/// Whether a number is in plain notation: digits with at most one decimal point.
fn is_plain(amount: &str) -> bool {
    let (whole, decimals) = amount.split_once('.').unwrap_or((amount, "0"));
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    are_digits(whole) && are_digits(decimals) && (whole == "0" || !whole.starts_with('0'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn amounts_get_the_decimals_of_their_currency() {
        let cases = [
            ("EUR", "300000.00", "EUR 300000.00"),
            ("EUR", "300000", "EUR 300000.00"),
            ("EUR", "0.5", "EUR 0.50"),
            ("EUR", "0", "EUR 0.00"),
            ("XAF", "1500000", "XAF 1500000"),
            ("JPY", "1", "JPY 1"),
            ("KWD", "1.234", "KWD 1.234"),
            ("BHD", "1.2", "BHD 1.200"),
            ("CLF", "1.2345", "CLF 1.2345"),
            ("HRK", "7.53", "HRK 7.53"),
            ("ITL", "250000", "ITL 250000"),
            ("DEM", "1.5", "DEM 1.50"),
            ("EUR", "99999999999999999999.99", "EUR 99999999999999999999.99"),
            ("CLF", "99999999999999999999.9999", "CLF 99999999999999999999.9999"),
        ];
        for (code, amount, shown) in cases {
            assert_eq!(Money::parse(code, amount).unwrap().to_string(), shown);
        }
    }

    #[test]
    fn minor_units_are_those_of_iso_4217() {
        let cases =
            [("XAF XOF UGX RWF BIF GNF JPY", 0), ("EUR USD CDF GBP CHF SDG", 2), ("KWD BHD TND LYD", 3)];
        for (codes, units) in cases {
            for code in codes.split(' ') {
                assert_eq!(minor_units(code), Ok(units), "{code}");
            }
        }
    }

    #[test]
    fn currencies_out_of_use_are_those_of_iso_4217() {
        let codes = "SDD LTL VEF GHC ZMK DEM FRF BGN ANG AOR BEF CSD CYP EEK ESP FIM GRD HRK IEP ITL LVL MGF MRO MTL NLG PTE \
                     ROL RUR SIT SKK SLL STD SUR TRL VEB XEU YUM ZRN ZRZ ZWD ZWL ZWN ZWR";
        for code in codes.split_whitespace() {
            assert!(minor_units(code).is_ok(), "{code}");
        }
        for (codes, units) in
            [("BEF BYR ESP GRD ITL LUF MGF PTE TPE TRL", 0), ("DEM FRF GHC SDD ZMK XEU", 2), ("YDD", 3)]
        {
            for code in codes.split(' ') {
                assert_eq!(minor_units(code), Ok(units), "{code}");
            }
        }
        // Each line is read, once, and says of no currency in use something else.
        assert_eq!(MINOR_UNITS_OUT_OF_USE.len(), OUT_OF_USE.lines().count() - 1);
        for (code, units) in &*MINOR_UNITS_OUT_OF_USE {
            assert!(code.len() == 3 && *units <= 4, "{code}");
            assert_eq!(minor_units(code), Ok(*units), "{code}");
        }
        // Units of account without a minor unit.
        for code in ["XFO", "XFU", "XRE", "XDR"] {
            assert!(minor_units(code).is_err(), "{code}");
        }
    }

    #[test]
    fn the_error_names_the_field() {
        for code in ["", "eur", "EURO", "EU", "ZZZ", "XXX", "XTS", "XAU", "978", "€"] {
            assert_eq!(Money::parse(code, "1").unwrap_err().field, "currency_code", "{code}");
        }
        let notations = "- + . 1. .5 -1 -0 +1 1e3 1E3 1_000 1,000 1,5 1.2.3 01 00 00.5 0x1 NaN inf １ ١";
        for amount in notations.split(' ').chain(["", " ", " 1", "1 ", "1 000", "1\n"]) {
            let error = Money::parse("EUR", amount).unwrap_err();
            assert!(error.field == "amount" && error.reason.contains("plain"), "{amount}");
        }
        let long = format!("0.{}", "0".repeat(40));
        let many = "9".repeat(400);
        for (code, amount) in [
            ("XAF", "1.0"),
            ("JPY", "0.5"),
            ("EUR", "1.000"),
            ("KWD", "1.0001"),
            ("EUR", "100000000000000000000"),
            ("EUR", &long),
            ("EUR", &many),
        ] {
            let error = Money::parse(code, amount).unwrap_err();
            assert!(error.field == "amount" && error.reason.contains("at most"), "{code} {amount}");
        }
    }

    #[test]
    fn numbers_from_the_store_may_end_in_zeros() {
        let stored = |text| Decimal::from_str_exact(text).unwrap();
        assert_eq!(Money::new("XAF", stored("5.0000")), Money::parse("XAF", "5"));
        assert_eq!(Money::new("EUR", stored("5.0100")), Money::parse("EUR", "5.01"));
        for text in ["-1", "5.0010", "100000000000000000000"] {
            assert_eq!(Money::new("EUR", stored(text)).unwrap_err().field, "amount");
        }
    }

    #[test]
    fn json_has_the_amount_as_text() {
        let json = r#"{"currency_code":"EUR","amount":"300000.00"}"#;
        let money: Money = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&money).unwrap(), json);
        for wrong in [r#"{"currency_code":"EUR","amount":1.5}"#, r#"{"currency_code":"EUR","amount":"-1"}"#] {
            assert!(serde_json::from_str::<Money>(wrong).is_err());
        }
    }

    proptest! {
        #[test]
        fn what_is_accepted_fits_the_store_and_round_trips(
            code in prop::sample::select(vec!["XAF", "JPY", "EUR", "KWD", "CLF"]),
            text in "(0|[1-9][0-9]{0,21})(\\.[0-9]{1,5})?",
        ) {
            let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
            let fits = whole.len() <= 20 && decimals.len() <= minor_units(code).unwrap() as usize;
            let money = Money::parse(code, &text);
            prop_assert_eq!(money.is_ok(), fits);
            if let Ok(money) = money {
                let shown = money.amount().to_string();
                prop_assert!(money.amount().scale() <= 4 && shown.starts_with(&text));
                prop_assert_eq!(&Money::parse(code, &shown).unwrap(), &money);
                let mut stored = money.amount();
                stored.rescale(4);
                prop_assert_eq!(&Money::new(code, stored).unwrap(), &money);
                let json = serde_json::to_string(&money).unwrap();
                prop_assert_eq!(serde_json::from_str::<Money>(&json).unwrap(), money);
            }
        }

        #[test]
        fn nothing_panics(code in any::<String>(), amount in any::<String>(), near in "[-+0-9._eE ]{0,60}") {
            let _ = (Money::parse(&code, "1"), Money::parse("EUR", &amount), Money::parse("KWD", &near));
        }

        #[test]
        fn no_number_panics_or_is_rounded(mantissa in 0..(1_i128 << 96), scale in 0..=28_u32) {
            let number = Decimal::from_i128_with_scale(mantissa, scale);
            if let Ok(money) = Money::new("CLF", number) {
                prop_assert_eq!(money.amount(), number);
            }
        }
    }
}
