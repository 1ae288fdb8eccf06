//! Totals in one currency. The caller names the rates, because the server knows none.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ValueSum;
use crate::{
    clock,
    error::Violation,
    money,
    money::{Exact, Money},
    share::Part,
};

/// Most digits of a rate before its decimal point: more is rather a mistake.
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
    pub rounded: bool,
    pub rate_date: NaiveDate,
    pub source: String,
    pub without_rate: Vec<String>,
}

impl ExchangeRate {
    fn number(&self) -> Option<Exact> {
        let whole = self.rate.split('.').next().unwrap_or_default();
        money::rate(&self.rate).filter(|_| whole.len() <= MOST_DIGITS)
    }
}

impl ExchangeRates {
    /// What is wrong with them.
    #[must_use]
    pub fn violations(&self, path: &str, latest_day: NaiveDate) -> Vec<Violation> {
        let mut violations = Vec::new();
        let mut wrong = |of: &str, text: &str| violations.push(Violation::new(format!("{path}.{of}"), text));
        let is_currency = |code: &str| Money::parse(code, "0").is_ok();
        if !is_currency(&self.currency_code) {
            wrong("currency_code", "must be an ISO 4217 code, such as EUR");
        }
        if let Some(text) = clock::not_yet(self.rate_date, latest_day) {
            wrong("rate_date", &text);
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
            _ if code == self.currency_code => Some(Exact::from_integer(1.into())),
            _ => self.rates.iter().find(|rate| rate.currency_code == code)?.number(),
        };
        let mut total = Exact::default();
        let mut without_rate = Vec::new();
        for amount in sums.iter().map(|sum| &sum.amount) {
            match rate_of(amount.currency_code()) {
                Some(rate) => total += amount.times(Part::ONE) * rate,
                None => without_rate.push(amount.currency_code().to_owned()),
            }
        }
        let amount = Money::rounded_down(&self.currency_code, &total);
        ConvertedSum {
            rounded: amount.as_ref().is_some_and(|amount| amount.times(Part::ONE) != total),
            amount,
            rate_date: self.rate_date,
            source: self.source.clone(),
            without_rate,
        }
    }
}
