//! Totals in one currency. The caller names the rates, because the server knows none.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::ValueSum;
use crate::{error::Violation, money, money::Money};

/// Most digits of a rate before its decimal point: such a rate times the largest amount can still be
/// computed.
const MOST_DIGITS: usize = 7;

/// Rates of one day by which totals are converted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeRates {
    /// The currency to convert to.
    pub currency_code: String,
    /// The rates of other currencies.
    pub rates: Vec<ExchangeRate>,
    /// Their day.
    pub rate_date: NaiveDate,
    /// Who published them.
    pub source: String,
}

/// The rate of a currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangeRate {
    /// The currency to convert from.
    pub currency_code: String,
    /// Units of the currency to convert to for one of it.
    pub rate: String,
}

/// What assets are worth in one currency, as far as their currencies have a rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the proto is the manual of these fields")]
pub struct ConvertedSum {
    pub amount: Option<Money>,
    pub rate_date: NaiveDate,
    pub source: String,
    pub without_rate: Vec<String>,
}

impl ExchangeRate {
    fn number(&self) -> Option<Decimal> {
        let whole = self.rate.split('.').next().unwrap_or_default();
        let plain = money::is_plain(&self.rate) && whole.len() <= MOST_DIGITS;
        let rate = Decimal::from_str_exact(&self.rate).ok().filter(|_| plain)?;
        (rate > Decimal::ZERO).then_some(rate)
    }
}

impl ExchangeRates {
    /// What is wrong with them.
    #[must_use]
    pub fn violations(&self, path: &str, today: NaiveDate) -> Vec<Violation> {
        let mut violations = Vec::new();
        let mut wrong = |of: &str, text: &str| violations.push(Violation::new(format!("{path}.{of}"), text));
        let is_currency = |code: &str| Money::parse(code, "0").is_ok();
        if !is_currency(&self.currency_code) {
            wrong("currency_code", "must be an ISO 4217 code, such as EUR");
        }
        if self.rate_date > today {
            wrong("rate_date", "is in the future");
        }
        for (number, rate) in self.rates.iter().enumerate() {
            let code = rate.currency_code.as_str();
            let text = match () {
                () if !is_currency(code) => Some("must be an ISO 4217 code, such as USD"),
                () if code == self.currency_code => Some("is the currency to convert to"),
                () if self.rates[..number].iter().any(|before| before.currency_code == code) => {
                    Some("is named twice")
                }
                () => None,
            };
            if let Some(text) = text {
                wrong(&format!("rates[{number}].currency_code"), text);
            }
            if rate.number().is_none() {
                let text = "must be a plain decimal number above zero with at most 7 digits before the decimal point, such as 0.0015245";
                wrong(&format!("rates[{number}].rate"), text);
            }
        }
        violations
    }

    /// Adds sums up in one currency: each sum times its rate, and the total rounded down once. A currency
    /// without a rate is left out and named.
    pub(super) fn convert(&self, sums: &[ValueSum]) -> ConvertedSum {
        let rate_of = |code: &str| match code {
            _ if code == self.currency_code => Some(Decimal::ONE),
            _ => self.rates.iter().find(|rate| rate.currency_code == code)?.number(),
        };
        let mut total = Some(Decimal::ZERO);
        let mut without_rate = Vec::new();
        for amount in sums.iter().map(|sum| &sum.amount) {
            match rate_of(amount.currency_code()) {
                Some(rate) => {
                    let more = amount.amount().checked_mul(rate);
                    total = total.zip(more).and_then(|(total, more)| total.checked_add(more));
                }
                None => without_rate.push(amount.currency_code().to_owned()),
            }
        }
        ConvertedSum {
            amount: total.and_then(|total| Money::rounded_down(&self.currency_code, total)),
            rate_date: self.rate_date,
            source: self.source.clone(),
            without_rate,
        }
    }
}
