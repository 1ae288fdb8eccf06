//! Ten years later: the acquittal, and the end of the obligation.

use std::time::Duration;

use focalnet_contract::{
    client::Failure,
    proto::{GetOrderRequest, Order, UpdatePersonStatusRequest, person},
};
use tokio::time::{Instant, sleep};

use super::status;
use crate::{cast::Who, stage::Stage};

/// How long a server may take to end the obligations, and between two looks at it.
const PATIENCE: Duration = Duration::from_secs(30);
const LOOK: Duration = Duration::from_millis(50);

const JUDGMENT: &str =
    "Judgment of the Appeals Chamber of 8 June 2018 (ICC-01/05-01/08-3636-Red): acquitted.";
const DAY: &str = "2018-06-08";

pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.tell.chapter("Ten years later: the acquittal");
    stage.at("2018-06-12T09:00:00Z").await?;
    let officer = stage.person(Who::RegistryOfficer).await?;
    let acquitted = UpdatePersonStatusRequest {
        status: person::Status::Acquitted.into(),
        status_date: DAY.to_owned(),
        reason: JUDGMENT.to_owned(),
        ..officer.on(&stage.names.person_bemba).await?
    };
    officer.done(officer.cases().update_person_status(acquitted).await)?;
    stage.tell.say(
        "On 8 June 2018 the Appeals Chamber acquits Jean-Pierre Bemba Gombo. The Chamber records it, once. Legal aid \
         would survive an acquittal; fine, forfeiture and reparations do not.",
    );
    let order = all_done(stage).await?;
    stage.tell.say(&format!(
        "The server tells each State of its own request that the obligation has ended: {}. What to release, and when, \
         is for the State. The investigator asks again. No purpose is left, and every measure has outlived its \
         obligation:",
        order.work.iter().map(|work| work.requested_state_display_name.as_str()).collect::<Vec<_>>().join(", "),
    ));
    let case = stage.names.case.clone();
    let overview = status::ask(stage, &case, ["", ""]).await?;
    if !overview.purposes.is_empty() {
        return Err(Failure::unexpected("a purpose has survived the end of all"));
    }
    Ok(())
}

/// The order once nothing that the judgment ends is left to be done.
async fn all_done(stage: &mut Stage<'_>) -> Result<Order, Failure> {
    let officer = stage.person(Who::RegistryOfficer).await?;
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        let get = GetOrderRequest { name: stage.names.order.clone() };
        let order = officer.orders().get_order(get).await?.into_inner();
        if order.pending_work_count == 0 {
            return Ok(order);
        }
        sleep(LOOK).await;
    }
    Err(Failure::unexpected("the server does not end the obligations"))
}
