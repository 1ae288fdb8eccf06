//! Assets: what usually accompanies the acts on them, and how tests come to one.

use focalnet_contract::{
    Rpc,
    proto::{Asset, GetAssetRequest, ListAssetsRequest},
};
use focalnet_domain::freezing_request::State;
use serde_json::{Value, json};
use tonic::Status;

use super::{
    actor::Actor,
    base::Base,
    cast::Org,
    ledger::run,
    new_id,
    samples::{Read, Things},
    world::World,
};

/// An asset as a State reports it.
pub(crate) fn yacht() -> Value {
    json!({
        "type": "ASSET_TYPE_VESSEL", "jurisdiction": "PT", "description": "A yacht at Lagos",
        "identifiers": [{ "kind": "KIND_IMO", "value": "9074729" }], "holder": "The harbour of Lagos",
        "measures": [{
            "kind": "KIND_SEIZURE", "national_reference": "12/08", "start_date": "2008-06-02", "end_date": "2100-01-01",
        }],
        "valuations": [{
            "value": { "currency_code": "EUR", "amount": "120000.00" }, "valuation_date": "2008-06-02",
            "method": "METHOD_APPRAISAL",
        }],
    })
}

/// What usually accompanies an act, beside name, etag and `request_id`.
pub(crate) fn accompaniment(rpc: Rpc, measure: &str, claim: &str) -> Value {
    let euros = |amount: &str| json!({ "currency_code": "EUR", "amount": amount });
    match rpc {
        Rpc::RecordOwnership => json!({ "ownership": {
            "layer": "LAYER_LEGAL_OWNER", "from_date": "2001-05-01", "owners": [
                { "display_name": "He", "position": 0, "share": { "numerator": 1, "denominator": 2 } },
                { "display_name": "His wife", "share": { "numerator": 1, "denominator": 2 } },
            ],
        }}),
        Rpc::RecordMeasure => json!({ "measure": {
            "kind": "KIND_MANAGEMENT_ORDER", "national_reference": "14/08", "start_date": "2008-06-10",
        }}),
        Rpc::RenewMeasure => {
            json!({ "measure": measure, "end_date": "2100-06-01", "national_reference": "12/08-2" })
        }
        Rpc::LiftMeasure => json!({ "measure": measure, "lift_date": "2009-01-05", "reason": "Not his" }),
        Rpc::RecordValuation => json!({ "valuation": {
            "value": euros("80000.00"), "valuation_date": "2009-06-02", "method": "METHOD_MARKET",
        }}),
        Rpc::RecordEncumbrance => json!({ "encumbrance": {
            "kind": "KIND_MORTGAGE", "creditor": "Banco do Porto", "amount": euros("20000.00"), "rank": 1,
            "from_date": "2005-01-01",
        }}),
        Rpc::RecordCost => json!({ "cost": {
            "kind": "KIND_STORAGE", "amount": euros("300.00"), "due_date": "2008-07-01",
            "bearer": "BEARER_REQUESTED_STATE",
        }}),
        Rpc::SettleCost => json!({ "number": 1, "paid_date": "2008-07-20" }),
        Rpc::RecordClaim => json!({ "claim": {
            "claimant": "His wife", "right": "RIGHT_SPOUSE_SHARE", "share": { "numerator": 1, "denominator": 2 },
            "forum": "FORUM_NATIONAL", "lodged_date": "2008-07-01",
        }}),
        Rpc::DecideClaim => {
            json!({ "claim": claim, "state": "STATE_UNDER_REVIEW", "decision_date": "2008-08-01" })
        }
        Rpc::RecordSale => json!({
            "sale_date": "2008-09-01", "proceeds": euros("100000.00"), "national_reference": "20/08",
            "reason": "It rots at its berth", "holder": "The treasury",
        }),
        Rpc::RecordDisposition => json!({ "disposition": {
            "kind": "KIND_LOST", "disposition_date": "2009-02-01", "reason": "Sank in a storm",
        }}),
        Rpc::AllocateProceeds => json!({ "allocations": [{
            "purpose": "PURPOSE_KIND_REPARATIONS", "amount": euros("1000.00"), "decision_date": "2012-01-01",
            "reference": "ICC-Pres-1",
        }]}),
        Rpc::ShareAsset => {
            json!({ "recipient": Base::cast().organization(Org::Otp), "purpose": "To find more" })
        }
        Rpc::RevokeAssetShare => {
            json!({ "recipient": Base::cast().organization(Org::Otp), "reason": "Nothing was found" })
        }
        rpc => unreachable!("{rpc:?} is no act on an asset"),
    }
}

impl Actor {
    /// The assets of a request, those of the first report first.
    pub(crate) async fn holds(&self, request: &str) -> Vec<Asset> {
        self.lists_assets(request).await.unwrap()
    }

    /// The same, where the request may be hidden.
    pub(crate) async fn lists_assets(&self, request: &str) -> Result<Vec<Asset>, Status> {
        let mut list =
            ListAssetsRequest { parent: request.into(), page_size: 200, ..ListAssetsRequest::default() };
        let mut all = Vec::new();
        loop {
            let page = Box::pin(self.assets().list_assets(list.clone())).await?.into_inner();
            all.extend(page.assets);
            if page.next_page_token.is_empty() {
                break;
            }
            list.page_token = page.next_page_token;
        }
        all.sort_by_key(|asset| asset.create_time.map(|time| (time.seconds, time.nanos)));
        Ok(all)
    }

    /// Reads an asset.
    pub(crate) async fn reads_asset(&self, name: &str) -> Result<Asset, Status> {
        let request = GetAssetRequest { name: name.into(), ..GetAssetRequest::default() };
        Ok(Box::pin(self.assets().get_asset(request)).await?.into_inner())
    }

    /// Does an act on an asset as it is now, with what is said.
    pub(crate) async fn does_to(&self, asset: &str, rpc: Rpc, mut with: Value) -> Result<Asset, Status> {
        let read = self.reads_asset(asset).await.unwrap();
        with["name"] = asset.into();
        with["etag"] = read.etag.into();
        with["request_id"] = new_id().into();
        let answer = self.call(rpc, with).await?;
        Ok(answer.transcode_to().unwrap())
    }

    /// Reports an asset.
    pub(crate) async fn reports_asset(&self, parent: &str, asset: Value) -> Result<Asset, Status> {
        let message = json!({ "parent": parent, "asset": asset, "request_id": new_id() });
        Ok(self.call(Rpc::ReportAsset, message).await?.transcode_to().unwrap())
    }
}

impl World {
    /// Things of an executed request to Portugal with a yacht, as they must be for an act on it, and who does it.
    pub(crate) async fn things_for(&self, rpc: Rpc) -> (Actor, Things) {
        let name = self.in_state(State::Executed).await;
        let (portugal, officer) = (self.portugal().focal_point(), self.registry().officer());
        let yacht = portugal.reports_asset(&name, yacht()).await.unwrap();
        let measure = yacht.measures[0].name.clone();
        let before = match rpc {
            Rpc::SettleCost => Some(Rpc::RecordCost),
            Rpc::DecideClaim => Some(Rpc::RecordClaim),
            Rpc::AllocateProceeds => Some(Rpc::RecordDisposition),
            Rpc::RevokeAssetShare => Some(Rpc::ShareAsset),
            _ => None,
        };
        if let Some(before) = before {
            let mut with = accompaniment(before, &measure, "");
            if before == Rpc::RecordDisposition {
                with = json!({ "disposition": { "kind": "KIND_TRANSFERRED", "disposition_date": "2011-03-01" } });
            }
            let who = if before == Rpc::ShareAsset { &officer } else { &portugal };
            who.does_to(&yacht.name, before, with).await.unwrap();
        }
        let of_the_court =
            [Rpc::AllocateProceeds, Rpc::ListAssetShares, Rpc::ShareAsset, Rpc::RevokeAssetShare]
                .contains(&rpc);
        let who = if of_the_court { officer } else { portugal };
        let read = who.reads_asset(&yacht.name).await.unwrap();
        let things = Things {
            request: who.reads(&name).await.unwrap(),
            asset: Read { name: read.name, etag: read.etag },
            measure,
            claim: read.claims.first().map(|claim| claim.name.clone()).unwrap_or_default(),
            ..Things::default()
        };
        (who, things)
    }
}

impl World {
    /// Adds so many values, costs, and changes of its measure to an asset, all by the event that reported it.
    pub(crate) async fn ages(&self, asset: &str, entries: usize) {
        let mut owner = self.database_as("postgres").await;
        let id = asset.rsplit_once('/').unwrap().1;
        let of_asset = format!("FROM asset a, generate_series(1, {entries}) n WHERE a.id = '{id}'");
        for sql in [
            format!(
                "INSERT INTO valuation (asset_id, position, amount, currency_code, valuation_date, method, create_time,
                    event_id) SELECT a.id, n, n, 'EUR', '2009-01-01', 'market', a.create_time, a.event_id {of_asset}"
            ),
            format!(
                "INSERT INTO cost (asset_id, number, kind, amount, currency_code, due_date, extraordinary, bearer,
                    create_time, event_id)
                SELECT a.id, n, 'storage', n, 'EUR', '2009-01-01', false, 'requested_state', a.create_time, a.event_id
                {of_asset}"
            ),
            format!(
                "INSERT INTO measure_change (measure_id, position, kind, end_date, national_reference, create_time,
                    event_id)
                SELECT m.id, n - 1, 'renewed', '2100-01-01', 'Again', m.create_time, m.event_id
                FROM measure m, generate_series(1, {entries}) n WHERE m.asset_id = '{id}'"
            ),
        ] {
            assert_eq!(run(&mut owner, &sql).await.unwrap(), u64::try_from(entries).unwrap());
        }
        run(&mut owner, "ANALYZE").await.unwrap();
    }
}

/// The methods about assets.
pub(crate) fn is_about_assets(rpc: Rpc) -> bool {
    rpc.names().0.ends_with(".AssetService")
}
