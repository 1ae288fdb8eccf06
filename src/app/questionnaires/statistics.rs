//! Response rates for the Assembly's report.

use crate::app::{Answer, Plain};
use chrono::{Months, NaiveDate};
use focalnet_domain::{
    response_statistics::{Query, response_statistics},
    states::RegionalGroup,
};
use serde::{Deserialize, Serialize};

use crate::{
    app::{App, Call, Input},
    authz::policy::Relation,
    error::{Error, Result},
};

/// Most years that one call covers.
const YEARS: u32 = 20;

/// Which periods.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[expect(clippy::struct_field_names, reason = "the names of the contract")]
pub struct StatisticsQuery {
    /// First day; periods of one year begin on it.
    pub start_date: NaiveDate,
    /// Day after the last.
    pub end_date: NaiveDate,
    /// The day by whose end answers count.
    pub known_date: Option<NaiveDate>,
}

/// Response rates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResponseStatistics {
    pub known_date: NaiveDate,
    pub rows: Vec<ResponseRate>,
}

/// States asked and answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResponseRate {
    pub start_date: NaiveDate,
    pub end_date: NaiveDate,
    pub regional_group: Option<RegionalGroup>,
    pub asked: Option<i64>,
    pub answered: Option<i64>,
    pub answered_in_time: Option<i64>,
    pub not_answered: Option<i64>,
    pub rate: Option<String>,
}

impl App {
    /// Counts States asked and answered, fit for publication.
    pub async fn get_response_statistics(
        &self,
        call: &Call,
        input: Input<StatisticsQuery>,
    ) -> Result<Answer> {
        let cx = self.enter(call).await?;
        cx.authorize(Relation::None)?;
        let StatisticsQuery { start_date, end_date, known_date } = *input.get()?;
        if end_date <= start_date {
            return Err(Error::invalid("end_date", "must be after start_date"));
        }
        if start_date.checked_add_months(Months::new(12 * YEARS)).is_none_or(|limit| limit < end_date) {
            return Err(Error::invalid(
                "end_date",
                format!("must be at most {YEARS} years after start_date"),
            ));
        }
        let known = known_date.unwrap_or_else(|| cx.actor.now.date_naive());
        let asked = cx.tx.asked(&cx.scope, start_date, end_date).await?;
        cx.tx.commit().await?;
        let periods = response_statistics(&asked, &Query { start: start_date, end: end_date, known });
        let rows = periods.into_iter().flat_map(|period| {
            let rate = move |row: focalnet_domain::response_statistics::Row| ResponseRate {
                start_date: period.start,
                end_date: period.end,
                regional_group: row.group,
                asked: row.asked,
                answered: row.answered,
                answered_in_time: row.answered_in_time,
                not_answered: row.not_answered,
                rate: row.rate,
            };
            period.rows.into_iter().map(rate)
        });
        let statistics = ResponseStatistics { known_date: known, rows: rows.collect() };
        Answer::of(call.rpc, &Plain(statistics))
    }
}
