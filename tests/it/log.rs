//! What the operator finds in the log by the id that a refused caller reads to them.

use rustix::process::Signal;
use serde_json::Value;
use tonic_types::StatusExt as _;

use crate::support::{program::Program, server::connect, world::World};

#[tokio::test]
async fn a_refused_call_is_found_by_its_id() {
    let world = World::new().await;
    let request = world.transmitted(&world.portugal()).await;
    let mut environment = world.base.environment(&world.database);
    environment.insert("FOCALNET__LOG__FILTER".into(), "info".into());
    environment.insert("FOCALNET__LOG__FORMAT".into(), "json".into());
    let program = Program::start(&["serve"], environment);
    let mut belgium = world.belgium().focal_point();
    belgium.clients.channel = connect(program.endpoint().trim_start_matches("http://"));

    let told = belgium.reads(&request).await.unwrap_err();
    let id = told.get_details_request_info().unwrap().request_id;
    let log = program.stops(Signal::TERM).err;
    let lines = log.lines().filter(|line| line.contains(&id)).map(|line| serde_json::from_str(line).unwrap());
    let lines: Vec<Value> = lines.filter(|line: &Value| line["message"] == "call").collect();
    let [line] = &lines[..] else { unreachable!("{log}") };
    assert_eq!((&line["code"], &line["reason"]), (&"NotFound".into(), &"NOT_FOUND".into()));
    let call = &line["span"];
    let said = [&call["method"], &call["absent"], &call["resource"], &call["organization"]];
    let expected = ["GetFreezingRequest", "request", &request, world.belgium().name()];
    assert_eq!(said.map(|value| value.as_str().unwrap()), expected);
    assert!(call["roles"].as_str().unwrap().contains("FocalPoint"), "{call}");
    assert_eq!((&call["allowed"], &call["rule"]), (&true.into(), &"SignedIn".into()));
}
