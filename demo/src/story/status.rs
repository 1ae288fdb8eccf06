//! What the Prosecutor's investigator asks: what is frozen, on which day, as known when.

use focalnet_cli::case_status::{groups, recoveries, summary};
use focalnet_contract::{
    client::Failure,
    proto::{AssetOverview, GetCaseAssetStatusRequest},
};

use crate::{cast::Who, stage::Stage};

/// Asks about a case, and shows the answer. Without days it is asked about today as known today.
pub(super) async fn ask(
    stage: &mut Stage<'_>,
    case: &str,
    [day, known]: [&str; 2],
) -> Result<AssetOverview, Failure> {
    let investigator = stage.person(Who::Investigator).await?;
    let get = GetCaseAssetStatusRequest {
        name: case.to_owned(),
        as_of_date: day.to_owned(),
        known_date: known.to_owned(),
        expiring_within_days: 90,
        convert_by: None,
    };
    let overview = investigator.assets().get_case_asset_status(get).await?.into_inner();
    let total = overview.total.clone().unwrap_or_default();
    stage.tell.show(summary(&total).trim_end());
    if overview.states.len() > 1 {
        stage.tell.show("");
        stage.tell.show(groups("STATE", &overview.states).trim_end());
    }
    if !overview.purposes.is_empty() {
        stage.tell.show("");
        stage.tell.show(groups("PURPOSE", &overview.purposes).trim_end());
    }
    if !overview.recoveries.is_empty() {
        stage.tell.show("");
        stage.tell.show(recoveries(&overview.recoveries).trim_end());
    }
    Ok(overview)
}

/// How many assets an overview counts.
pub(super) fn counted(overview: &AssetOverview) -> i32 {
    overview.total.as_ref().map_or(0, |total| total.count)
}
