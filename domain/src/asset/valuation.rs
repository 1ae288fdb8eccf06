//! The series of values of an asset: each with its day, none ever replaced.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{money::Money, words::words};

words! {
    /// How a value was found.
    pub enum ValuationMethod {
        /// In the books.
        Book = "book",
        /// On a market.
        Market = "market",
        /// By an appraiser.
        Appraisal = "appraisal",
        /// Expected from a quick sale.
        Liquidation = "liquidation",
        /// Stated by the holder.
        SelfDeclared = "self_declared",
    }
}

/// What something was worth, on which day, according to whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Valuation {
    /// The value.
    pub value: Money,
    /// The day it holds for.
    pub valuation_date: NaiveDate,
    /// How it was found.
    pub method: ValuationMethod,
    /// Who valued.
    pub appraiser: Option<String>,
    /// What it was converted from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub converted_from: Option<Conversion>,
}

/// Where a value in one currency comes from that was found in another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conversion {
    /// The amount as it was found.
    pub amount: Money,
    /// How many units of the value's currency one unit of the amount's currency is worth, as a plain decimal
    /// number.
    pub rate: String,
    /// The day of the rate.
    pub rate_date: NaiveDate,
    /// Who published the rate.
    pub source: String,
}
