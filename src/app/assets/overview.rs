//! The asset status of a case, and the patrimony of a person.

use crate::app::{Answer, Plain};
use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Days, NaiveDate, Utc};
use focalnet_domain::{
    asset::Asset,
    asset_overview::{AssetOverview, ExchangeRates, Held, MOST, Question, overview},
    clock,
    error::Reason,
    freezing_request::Party,
    names::{CaseId, PersonId},
};
use serde::{Deserialize, Serialize};

use super::read::{known_before, unknown_from};
use crate::{
    app::{App, Call, Input, context::CallContext},
    error::{Error, Result},
    store::AssetSeen,
};

/// How many days ahead a measure counts as expiring when nobody says.
const AHEAD: i32 = 30;

/// What is asked of an overview.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub struct OverviewQuery {
    /// The day; today when left out.
    pub as_of_date: Option<NaiveDate>,
    /// Leaves out what was reported after the end of this day.
    pub known_date: Option<NaiveDate>,
    /// How many days ahead a measure counts as expiring.
    pub expiring_within_days: Option<i32>,
    /// Rates to convert totals by.
    pub convert_by: Option<ExchangeRates>,
}

impl OverviewQuery {
    fn question(&self, now: DateTime<Utc>) -> Result<Question<'_>> {
        let ahead = match self.expiring_within_days.unwrap_or_default() {
            0 => AHEAD,
            days @ 1.. => days,
            _ => return Err(Error::invalid("expiring_within_days", "must not be negative")),
        };
        let day = self.as_of_date.unwrap_or_else(|| now.date_naive());
        let horizon =
            day.checked_add_days(Days::new(u64::from(ahead.unsigned_abs()))).unwrap_or(NaiveDate::MAX);
        let rates = self.convert_by.as_ref();
        let latest_day = clock::latest_day(now);
        Error::check(rates.map(|rates| rates.violations("convert_by", latest_day)).unwrap_or_default())?;
        Ok(Question { day, horizon, rates, most: MOST })
    }
}

/// An overview with as many lines and events as a client can take.
fn fitting(
    call: &Call,
    mut asked: Question<'_>,
    overview: impl Fn(Question<'_>) -> AssetOverview,
) -> Result<Answer> {
    loop {
        match Answer::of(call.rpc, &Plain(overview(asked))) {
            Err(Error::Precondition(Reason::AnswerTooLarge, ..)) if asked.most > 1 => asked.most /= 2,
            answer => return answer,
        }
    }
}

impl App {
    /// Tells what is frozen in a case.
    pub async fn get_case_asset_status(&self, call: &Call, input: Input<OverviewQuery>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let name: CaseId = call.name()?;
        let (case, _) = cx.tx.case(&cx.scope, name).await?.ok_or(Error::NotFound("case"))?;
        let query = input.get()?;
        let asked = query.question(cx.actor.now)?;
        let held = cx.held(name, None, query).await?;
        let recoveries = cx.tx.recoveries(&cx.scope, name, None).await?;
        cx.tx.commit().await?;
        let display_name = format!("{} {}", case.case_number, case.display_name);
        let subject = (name.to_string(), display_name);
        fitting(call, asked, |asked| overview(subject.clone(), (&held, &[]), recoveries.clone(), asked))
    }

    /// Tells everything that is known of what one person has, over all States.
    pub async fn get_patrimony(&self, call: &Call, input: Input<OverviewQuery>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let name: PersonId = call.name()?;
        cx.tx.case(&cx.scope, name.parent).await?.ok_or(Error::NotFound("case"))?;
        let (person, _) = cx.tx.person(name).await?.ok_or(Error::NotFound("person"))?;
        let query = input.get()?;
        let asked = query.question(cx.actor.now)?;
        let held = cx.held(name.parent, Some(name), query).await?;
        let recoveries = cx.tx.recoveries(&cx.scope, name.parent, Some(name)).await?;
        let (nobodys, held): (Vec<_>, Vec<_>) =
            held.into_iter().partition(|held| held.persons().next().is_none());
        let held: Vec<_> = held
            .into_iter()
            .filter(|held| held.persons().any(|person| person.person == Some(name)))
            .collect();
        cx.tx.commit().await?;
        let given = person.facts.given_names.as_deref().unwrap_or_default();
        let display_name = format!("{given} {}", person.facts.family_name).trim().to_owned();
        let subject = (name.to_string(), display_name);
        fitting(call, asked, |asked| overview(subject.clone(), (&held, &nobodys), recoveries.clone(), asked))
    }
}

impl CallContext<'_> {
    /// The assets of a case that the caller sees, as they were known at the end of a day; of requests that name a person
    /// only, where one is said.
    async fn held(&self, case: CaseId, person: Option<PersonId>, query: &OverviewQuery) -> Result<Vec<Held>> {
        let seen = self.tx.assets_of_case(&self.scope, case, person).await?;
        // What is shared is read as a recipient reads it: without what the Court does with the money.
        let shown = |seen: AssetSeen| if seen.own { seen.asset } else { seen.asset.seen_by(Party::State) };
        let mut assets: Vec<_> = seen.into_iter().map(shown).collect();
        let requests = assets.iter().filter_map(|asset| asset.freezing_request).collect();
        let orders = assets.iter().filter_map(|asset| asset.order).collect();
        let mut parents = self.tx.belongs(&requests, &orders).await?;
        let end = unknown_from(query.known_date);
        if let Some(end) = end {
            assets.retain(|asset| asset.recorded.create_time < end);
            for belongs in parents.values_mut() {
                belongs.forget_since(end);
            }
        }
        let parents: HashMap<_, _> =
            parents.into_iter().map(|(id, belongs)| (id, Arc::new(belongs))).collect();
        let held = |asset: Asset| {
            let parent = asset.freezing_request.map(|name| name.0).or(asset.order.map(|name| name.0))?;
            Some(Held { belongs: Arc::clone(parents.get(&parent)?), asset: known_before(asset, end) })
        };
        Ok(assets.into_iter().filter_map(held).collect())
    }
}
