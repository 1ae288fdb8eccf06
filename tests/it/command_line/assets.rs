//! Assets taken along in files, by both sides.

use std::{fs, os::unix::fs::PermissionsExt as _};

use focalnet_contract::Rpc;
use focalnet_domain::freezing_request::State;
use serde_json::Value;

use crate::support::{
    assets::{accompaniment, yacht},
    cast::PASSWORD,
    program::Program,
    terminal::Terminal,
    world::World,
};

#[tokio::test]
async fn assets_are_exported_in_every_format() {
    let world = World::new().await;
    let program = Program::start(&["serve"], world.base.environment(&world.database));
    let endpoint = program.endpoint();
    let request = world.in_state(State::Executed).await;
    let portugal = world.portugal().focal_point();
    let asset = portugal.reports_asset(&request, yacht()).await.unwrap();
    for rpc in [Rpc::RecordOwnership, Rpc::RecordValuation, Rpc::RecordCost, Rpc::RecordClaim] {
        portugal.does_to(&asset.name, rpc, accompaniment(rpc, "", "")).await.unwrap();
    }

    for login in [&portugal.login, &world.registry().officer().login] {
        let who = Terminal::of(&endpoint, login, PASSWORD);
        let export = |format: &str, more: &[&str]| {
            who.runs(&[&["asset", "export", &request, "--format", format], more].concat())
        };
        let csv = export("csv", &[]).done();
        let mut rows = csv::Reader::from_reader(csv.as_bytes());
        let headings = rows.headers().unwrap().clone();
        let rows: Vec<_> = rows.records().map(Result::unwrap).collect();
        let row = rows.iter().find(|row| row[0] == asset.name).unwrap();
        let cell = |heading: &str| &row[headings.iter().position(|name| name == heading).unwrap()];
        assert_eq!(cell("legal_owners"), "He 1/2; His wife 1/2");
        assert_eq!((cell("newest_value"), cell("newest_valuation_date")), ("80000.00", "2009-06-02"));
        assert_eq!((cell("open_costs"), cell("claims_pending")), ("EUR 300.00", "1"));
        assert_eq!((cell("state"), cell("freezing_request")), ("seized", request.as_str()));

        // On a day before the seizure.
        let before = export("csv", &["--as-of-date", "2008-06-01"]).done();
        let line = before.lines().find(|line| line.contains(&asset.name)).unwrap();
        assert!(line.contains("\"reported\"") && !line.contains("80000.00"), "{line}");

        let unknown = export("csv", &["--known-date", "2008-06-01"]).done();
        assert!(!unknown.contains(&asset.name), "nobody knew of it: {unknown}");
        if *login != portugal.login {
            for case in ["ICC-01/05-01/08", &world.cast().case] {
                let of_case = who.runs(&["asset", "export", case, "--format", "csv"]).done();
                assert_eq!(of_case, csv, "{case}");
            }
            assert!(who.runs(&["asset", "list", &request]).done().contains("  1  "), "all of it remains");
        }

        let only = ["--filter", "type = ASSET_TYPE_VESSEL", "--as-of-date", "2010-01-01"];
        let lines = export("ftm", &only).done();
        let entities: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(entities.iter().filter(|entity| entity["schema"] == "Vessel").count(), 1);
        for schema in ["Person", "LegalEntity", "Ownership", "Sanction"] {
            assert!(entities.iter().any(|entity| entity["schema"] == schema), "{schema}");
        }

        let book = who.folder().join("assets.xlsx");
        let out = ["--out", book.to_str().unwrap()];
        let told = export("xlsx", &[&out[..], &["--json"]].concat()).json();
        assert_eq!(told["assets"], rows.len());
        assert_eq!(fs::metadata(&book).unwrap().permissions().mode() & 0o777, 0o600);
        export("xlsx", &out).refused(2);
        export("xlsx", &[&out[..], &["--overwrite"]].concat()).done();
        // Neither a workbook nor an answer belongs there.
        export("xlsx", &[]).refused(2);
        export("csv", &["--json"]).refused(2);
        assert!(export("csv", &["--filter", "colour = red"]).refused(2).contains("--filter"));
    }
}
