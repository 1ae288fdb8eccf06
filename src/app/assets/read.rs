//! Reading assets: one as it is or was, as it was known then, and lists.

use crate::app::Answer;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use focalnet_domain::{
    asset::{Asset, AssetType, Parent},
    freezing_request::Party,
    names::AssetId,
};
use serde::{Deserialize, Serialize};

use super::parent;
use crate::{
    app::{
        App, Call, Input,
        context::CallContext,
        lists::{Form, words_of},
    },
    authz::fields::Reader,
    error::{Error, Result},
    store::{AssetSeen, Facts, asset_place},
};

/// Which day is asked about, and what was known by then.
#[derive(Debug, Clone, Copy, Deserialize, Serialize)]
pub struct AssetQuery {
    /// The day to tell the state of; today when left out.
    pub as_of_date: Option<NaiveDate>,
    /// Leaves out what was reported after the end of this day.
    pub known_date: Option<NaiveDate>,
}

/// The first instant that was not known yet at the end of a day.
pub(super) fn unknown_from(known: Option<NaiveDate>) -> Option<DateTime<Utc>> {
    let known = known?;
    Some(known.checked_add_days(Days::new(1)).unwrap_or(known).and_time(NaiveTime::MIN).and_utc())
}

/// The last instant that was known; where no day is asked about, the end of all times.
pub(super) fn last_known(unknown_from: Option<DateTime<Utc>>) -> DateTime<Utc> {
    unknown_from.map_or(DateTime::<Utc>::MAX_UTC, |end| end - chrono::Duration::microseconds(1))
}

/// An asset as it was known before an instant.
pub(super) fn known_before(asset: Asset, end: Option<DateTime<Utc>>) -> Asset {
    if end.is_some() { asset.as_known(last_known(end)) } else { asset }
}

impl App {
    /// Reads an asset.
    pub async fn get_asset(&self, call: &Call, input: Input<AssetQuery>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let name: AssetId = call.name()?;
        // What a malformed question asks about is looked up all the same: whoever does not see the asset learns nothing.
        let asked = input.known().copied();
        let day = asked.and_then(|asked| asked.as_of_date).unwrap_or_else(|| cx.actor.now.date_naive());
        let end = unknown_from(asked.and_then(|asked| asked.known_date));
        let facts = Facts::Shown { day, unknown_from: end, act: None };
        let AssetSeen { asset, heads, own } =
            cx.tx.asset(&cx.scope, name, facts).await?.ok_or(Error::NotFound("asset"))?;
        input.get()?;
        let party = if own { cx.reading_party() } else { Party::State };
        let etag = cx.asset_etag(name, heads, party);
        if end.is_some_and(|end| asset.recorded.create_time >= end) {
            return Err(Error::NotFound("asset"));
        }
        let view = known_before(asset.seen_by(party), end).view(day);
        cx.answer(&CallContext::seen(view, etag, None, Some(reader(party, own)))).await
    }

    /// Lists assets.
    pub async fn list_assets(&self, call: &Call, input: Input<AssetQuery>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let parent = match call.parent.as_str() {
            "freezingRequests/-" => None,
            _ => Some(parent(call)?),
        };
        match parent {
            Some(Parent::Request(name)) => {
                cx.tx.sees_request(&cx.scope, name).await?.then_some(()).ok_or(Error::NotFound("request"))?;
            }
            Some(Parent::Order(name)) => {
                cx.tx.order(&cx.scope, name).await?.map(|_| ()).ok_or(Error::NotFound("order"))?;
            }
            None => {}
        }
        let mut fields = vec![
            ("type", words_of!("ASSET_TYPE_", AssetType)),
            ("jurisdiction", Form::Text),
            ("ends_by", Form::Day),
            ("renew_by", Form::Day),
            ("valued_before", Form::Day),
            ("unpaid", Form::Word("", vec!["true"])),
            ("claimed", Form::Word("", vec!["true"])),
            ("unsettled", Form::Word("", vec!["true"])),
            ("outlived", Form::Word("", vec!["true"])),
        ];
        if cx.scope.is_court() {
            fields.push(("case", Form::Name("cases")));
        }
        let query = cx.query(&fields)?;
        let today = cx.actor.now.date_naive();
        let asked = *input.get()?;
        let (day, end) = (asked.as_of_date.unwrap_or(today), unknown_from(asked.known_date));
        let which = (&*query.conditions, today, Facts::Shown { day, unknown_from: end, act: None });
        let rows = cx.tx.assets(&cx.scope, parent, which, &query.page).await?;
        let party = cx.reading_party();
        let answer = cx.page(
            &query,
            rows,
            |seen| asset_place(&seen.asset),
            |AssetSeen { asset, heads, own }| {
                let party = if own { party } else { Party::State };
                let etag = cx.asset_etag(asset.name, heads, party);
                Ok(CallContext::seen(
                    known_before(asset.seen_by(party), end).view(day),
                    etag,
                    None,
                    Some(reader(party, own)),
                ))
            },
        )?;
        cx.leave(answer).await
    }
}

/// As whom one reads an asset: as a party of its request, or because it is shared with one's organ. What the Court does
/// with it is hidden from a recipient as from the State.
pub(super) fn reader(party: Party, own: bool) -> Reader {
    if own { party.into() } else { Reader::Recipient }
}
