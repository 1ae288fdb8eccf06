//! Acts about assets: reports of execution, and values.

use focalnet_contract::Rpc;
use focalnet_domain::ids;
use serde_json::{Value, json};
use tonic::Status;

use super::{
    Named,
    pool::each,
    stage::{Dossier, Stage},
};
use crate::{caller::Caller, world::Failed};

/// How many requests are reported on in turn.
const REPORTED: usize = 256;
/// How many assets are valued in turn.
const VALUED: usize = 256;
/// How many assets a report of the scene has.
const ASSETS: usize = 10;
/// How many assets a report may have.
const MOST_OF_REPORT: usize = 200;
/// How many assets a request may have before the scene, so that there is room for many reports.
const MOST_BEFORE: usize = 40;

/// What acts are done on, as its State read it last.
#[derive(Debug)]
struct Held {
    name: String,
    etag: String,
    state: Caller,
}

/// Reports of execution with ten assets each, on different requests.
pub(super) async fn report(stage: &mut Stage<'_>) -> Result<Named, Failed> {
    let fits = |dossier: &Dossier| dossier.is_being_executed() && dossier.assets <= MOST_BEFORE;
    let mut held = Vec::new();
    for dossier in stage.take(REPORTED, fits)? {
        held.push(read(stage, Rpc::GetFreezingRequest, dossier.name, &dossier.focal_point).await?);
    }
    let note = format!("{} dossiers in turn", held.len());
    let scene = each(held, |held| act(Rpc::ReportExecution, execution(ASSETS), held));
    Ok(Named { note, ..Named::act("report_execution_10_assets", "report_execution", scene) })
}

/// Values of different assets.
pub(super) async fn value(stage: &mut Stage<'_>) -> Result<Named, Failed> {
    let fitting = stage.shared.iter().filter(|dossier| dossier.is_being_executed()).take(VALUED);
    let chosen: Vec<&str> = fitting.filter_map(|dossier| dossier.name.split('/').nth(1)).collect();
    let assets: Vec<(String, String)> = sqlx::query_as(
        "SELECT DISTINCT ON (r.id) 'assets/' || a.id, 'load.state.' || lower(o.country_code)
         FROM asset a JOIN freezing_request r ON r.id = a.request_id JOIN organization o ON o.id = r.requested_state_id
         WHERE r.id::text = ANY($1) AND NOT EXISTS (SELECT 1 FROM disposition d WHERE d.asset_id = a.id)
         ORDER BY r.id, a.position",
    )
    .bind(chosen)
    .fetch_all(&mut stage.world.owner)
    .await?;
    let mut held = Vec::with_capacity(assets.len());
    for (name, focal_point) in assets {
        held.push(read(stage, Rpc::GetAsset, name, &focal_point).await?);
    }
    let note = format!("{} assets in turn", held.len());
    let valuation = json!({ "valuation": {
        "value": { "currency_code": "EUR", "amount": "80000.00" }, "valuation_date": "2026-06-02",
        "method": "METHOD_MARKET",
    }});
    let scene = each(held, move |held| act(Rpc::RecordValuation, valuation.clone(), held));
    Ok(Named { note, ..Named::act("record_valuation", "record_valuation", scene) })
}

/// A request that has exactly so many assets, because its State reports what is missing.
pub(super) async fn dossier_of(stage: &mut Stage<'_>, assets: usize) -> Result<Dossier, Failed> {
    let fits = |dossier: &Dossier| dossier.is_being_executed() && dossier.assets <= assets;
    let mut dossier = stage.take(1, fits)?.remove(0);
    let name = dossier.name.clone();
    let mut held = read(stage, Rpc::GetFreezingRequest, name, &dossier.focal_point).await?;
    while dossier.assets < assets {
        let more = (assets - dossier.assets).min(MOST_OF_REPORT);
        (_, held) = act(Rpc::ReportExecution, execution(more), held).await?;
        dossier.assets += more;
    }
    Ok(dossier)
}

async fn read(stage: &mut Stage<'_>, rpc: Rpc, name: String, focal_point: &str) -> Result<Held, Failed> {
    let holder = stage.caller(focal_point).await?;
    let etag = holder.call(rpc, json!({ "name": name })).await?.text("etag")?;
    Ok(Held { name, etag, state: holder })
}

async fn act(rpc: Rpc, mut message: Value, held: Held) -> Result<(usize, Held), Status> {
    message["name"] = held.name.as_str().into();
    message["etag"] = held.etag.into();
    message["request_id"] = ids::new().to_string().into();
    let answer = held.state.call(rpc, message).await?;
    Ok((answer.len(), Held { etag: answer.text("etag")?, ..held }))
}

fn execution(assets: usize) -> Value {
    let asset = |number: usize| {
        json!({
            "type": "ASSET_TYPE_VEHICLE", "jurisdiction": "PT", "description": format!("Lorry {number} of the fleet"),
            "holder": "Transports du Port",
            "identifiers": [{ "kind": "KIND_PLATE", "value": format!("TP-{number:03}-PT") }],
            "measures": [{
                "kind": "KIND_SEIZURE", "national_reference": "Proc. 12/26-3", "start_date": "2026-07-02",
            }],
            "valuations": [{
                "value": { "currency_code": "EUR", "amount": "9000.00" },
                "valuation_date": "2026-07-02", "method": "METHOD_APPRAISAL",
            }],
        })
    };
    json!({
        "outcome": "EXECUTION_OUTCOME_EXECUTED_IN_PART", "assets": (0..assets).map(asset).collect::<Vec<_>>(),
    })
}
