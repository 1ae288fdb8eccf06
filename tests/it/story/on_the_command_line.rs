//! The story as the program plays it, and its people at their terminals.

use std::{collections::BTreeMap, fs, os::unix::fs::MetadataExt as _, path::Path};

use focalnet_demo::Who;
use rustix::process::Signal;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{
    program::{Left, Program, passable_folder, processes_in},
    terminal::{Terminal, text},
};

/// `focalnet demo --keep --json`, in a temp folder of its own.
struct Demo {
    program: Program,
    folder: TempDir,
    line: Value,
}

impl Demo {
    /// Starts one, which plays its story.
    fn begins() -> (Program, TempDir) {
        let folder = passable_folder();
        let temp = [("TMPDIR", folder.path().to_str().unwrap())];
        (Program::start(&["demo", "--keep", "--json"], temp), folder)
    }

    /// Waits until the story is over.
    fn told((mut program, folder): (Program, TempDir)) -> Self {
        let line = serde_json::from_str(&program.line()).unwrap();
        Self { program, folder, line }
    }

    /// Somebody of the story at a terminal.
    fn terminal_of(&self, who: Who) -> Terminal {
        let actors = self.line["actors"].as_array().unwrap();
        let actor = actors.iter().find(|actor| actor["login"] == who.login()).unwrap();
        Terminal::of(&text(&self.line, "endpoint"), who.login(), &text(actor, "password"))
    }

    fn named(&self, what: &str) -> String {
        text(&self.line["names"], what)
    }

    /// Ends it: cleanly, and with nothing left.
    fn ends(self, signal: Signal) {
        assert!(processes_in(self.folder.path()).iter().any(|line| line.contains("postgres")));
        let Left { status, out, err } = self.program.stops(signal);
        assert!(status.success(), "{status}: {err}");
        assert_eq!(out, "", "there is one line on standard output");
        assert_eq!(processes_in(self.folder.path()), <[String; 0]>::default());
        assert_eq!(fs::read_dir(self.folder.path()).unwrap().count(), 0);
    }
}

#[test]
fn two_demos_run_side_by_side_and_their_people_work_with_one_of_them() {
    let (one, other) = (Demo::begins(), Demo::begins());
    let (one, other) = (Demo::told(one), Demo::told(other));
    the_line_is_as_documented(&one.line);
    the_line_is_as_documented(&other.line);
    assert_ne!(one.line["endpoint"], other.line["endpoint"]);
    assert_ne!(one.line["actors"][0]["password"], other.line["actors"][0]["password"]);
    other.ends(Signal::INT);

    the_registry_looks_around(&one);
    belgium_does_not_get_what_is_portugals(&one);
    portugals_journal_is_checked_offline(&one);
    belgium_reports_what_was_missing_and_the_registry_closes(&one);
    one.ends(Signal::TERM);
}

fn the_line_is_as_documented(line: &Value) {
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(line), ["actors", "endpoint", "names"]);
    assert!(text(line, "endpoint").starts_with("http://127.0.0.1:"));
    let actors: BTreeMap<_, _> =
        line["actors"].as_array().unwrap().iter().map(|actor| (text(actor, "key"), actor)).collect();
    assert_eq!(actors.len(), Who::ALL.len());
    for who in Who::ALL {
        let actor = actors[who.key()];
        let expected = ["key", "login", "organization", "organization_name", "password", "role"];
        assert_eq!(keys(actor), expected);
        assert_eq!(text(actor, "login"), who.login());
        assert_eq!(text(actor, "organization_name"), who.place().display_name());
        assert_eq!(text(actor, "role"), who.role_word());
        assert!(text(actor, "organization").starts_with("organizations/"));
        assert!(text(actor, "password").len() >= 20);
    }
    let names = line["names"].as_object().unwrap();
    let prefix = |what: &str| match what.split('_').next().unwrap() {
        "case" | "person" => "cases/",
        "order" => "orders/",
        "questionnaire" => "questionnaires/",
        "response" => "responses/",
        "request" | "clarification" => "freezingRequests/",
        "asset" => "assets/",
        _ => unreachable!("{what} is not documented"),
    };
    for (what, name) in names {
        assert!(name.as_str().unwrap().starts_with(prefix(what)), "{what}: {name}");
    }
    assert_eq!(names.len(), 22);
}

fn the_registry_looks_around(demo: &Demo) {
    let registry = demo.terminal_of(Who::RegistryOfficer);
    let session = registry.folder().join("focalnet/default.json");
    assert_eq!(fs::metadata(&session).unwrap().mode() & 0o777, 0o600);
    assert_eq!(fs::metadata(session.parent().unwrap()).unwrap().mode() & 0o777, 0o700);
    assert_eq!(
        registry.runs(&["whoami"]).done(),
        "login: elise.moreau\nname: Elise Moreau\norganization: Registry\nroles: registry-cooperation-officer\n"
    );

    let list = registry.asks(&["request", "list"]);
    let seen: Vec<_> =
        list["freezing_requests"].as_array().unwrap().iter().map(|one| text(one, "name")).collect();
    assert_eq!(seen.len(), 4);
    for (own, what) in [
        (true, "request_portugal"),
        (true, "request_portugal_second"),
        (true, "request_belgium"),
        (false, "request_otp_tracing"),
    ] {
        assert_eq!(seen.contains(&demo.named(what)), own, "{what}");
    }
    let table = registry.runs(&["request", "list", "--filter", "state = STATE_RELEASE_REPORTED"]).done();
    assert!(table.starts_with("NAME") && table.lines().count() == 3, "{table}");
    let screen = registry.runs(&["case", "status", "ICC-01/05-01/08"]).done();
    assert!(screen.contains("EUR 87,600.00 unpaid"), "{screen}");

    let waiting = registry.asks(&["questionnaire", "list-responses", "--filter", "state = STATE_DRAFT"]);
    assert_eq!(waiting["responses"].as_array().unwrap().len(), 2, "Belgium's half counts as nothing");

    let request = registry.asks(&["request", "get", &demo.named("request_portugal")]);
    assert_eq!(text(&request, "state"), "STATE_RELEASE_REPORTED");
    let threads = registry.asks(&["clarification", "list", &demo.named("request_portugal")]);
    assert_eq!(threads["clarifications"].as_array().unwrap().len(), 3);
    let thread = demo.named("clarification_notify");
    let read = registry.asks(&["clarification", "get", &thread]);
    let messages = registry.asks(&["clarification", "list-messages", &thread]);
    let messages = messages["messages"].as_array().unwrap();
    assert_eq!((&read["message_count"], messages.len()), (&3.into(), 3), "{read}");
    assert_eq!((&read["last_message"], &read["first_message"]), (&messages[0], &messages[2]));
    let table = registry.runs(&["clarification", "list-messages", &thread]).done();
    assert!(table.starts_with("CREATE TIME") && table.lines().count() == 4, "{table}");
}

fn belgium_does_not_get_what_is_portugals(demo: &Demo) {
    let belgium = demo.terminal_of(Who::BelgiumFocalPoint);
    let asks = |name: &str| {
        let told = belgium.runs(&["request", "get", name]).refused(5);
        told.split_once("Call: ").unwrap().0.to_owned()
    };
    let hidden = asks(&demo.named("request_portugal"));
    let absent = asks("freezingRequests/5f0c5f32-0b62-4b0b-8a53-6f5fd3d2a0c1");
    assert_eq!(absent, hidden, "alike but for the id of the call");
    assert!(hidden.starts_with("focalnet: ") && hidden.contains("\nNext: "), "{hidden}");
    belgium.runs(&["journal", "list-events", &demo.named("request_portugal")]).refused(5);
    belgium.runs(&["clarification", "get", &demo.named("clarification_costs")]).refused(5);
    belgium.runs(&["asset", "get", &demo.named("asset_house")]).refused(5);
    belgium.runs(&["questionnaire", "get-response", &demo.named("response_portugal")]).refused(5);
    belgium.runs(&["case", "get", &demo.named("case")]).refused(5);
}

fn portugals_journal_is_checked_offline(demo: &Demo) {
    let portugal = demo.terminal_of(Who::PortugalFocalPoint);
    let request = demo.named("request_portugal");
    let export = portugal.runs(&["journal", "list-events", &request, "--all", "--json"]).done();
    let keys = portugal.runs(&["journal", "list-signing-keys", "--json"]).done();
    let keys = portugal.writes("keys.json", &keys);
    let check = |name: &str, export: &str| {
        let events = portugal.writes(name, export);
        Terminal::at("http://127.0.0.1:1").runs(&["verify", "--keys", of(&keys), of(&events)])
    };
    let said = check("events.json", &export).done();
    assert!(said.contains(&format!("stream {request}/shared: ")) && said.contains("All holds"), "{said}");

    let mut changed: Value = serde_json::from_str(&export).unwrap();
    let events = changed["events"].as_array_mut().unwrap();
    let event = events.iter_mut().find(|event| event["act"] == "report_execution").unwrap();
    event["content"] = text(event, "content").replace("650000.00", "65000.00").into();
    let name = text(event, "name");
    let said = check("changed.json", &changed.to_string()).refused(1);
    assert!(said.contains(&name) && said.contains("its content is not the content"), "{said}");
}

fn belgium_reports_what_was_missing_and_the_registry_closes(demo: &Demo) {
    let (registry, belgium) =
        (demo.terminal_of(Who::RegistryOfficer), demo.terminal_of(Who::BelgiumFocalPoint));
    let request = demo.named("request_belgium");
    let told = registry.runs(&["request", "close", &request]).refused(6);
    let house = belgium.asks(&["asset", "list", &request])["assets"]
        .as_array()
        .unwrap()
        .iter()
        .find(|asset| asset["type"] == "ASSET_TYPE_REAL_ESTATE")
        .map(|asset| text(asset, "name"))
        .unwrap();
    assert!(told.contains(&house) && told.contains("report-release"), "{told}");

    let released = serde_json::json!({
        "asset": house, "disposition": { "kind": "KIND_RELEASED", "disposition_date": "2018-12-03" },
    });
    let report = ["request", "report-release", &request, "--releases", &released.to_string(), "--json"];
    let answer = belgium.runs(&report).done();
    let closed = registry.asks(&["request", "close", &request]);
    assert_eq!(text(&closed, "state"), "STATE_CLOSED");

    // The receipt of the report is held against the events that the Registry reads.
    let receipt = registry.writes("report.json", &answer);
    let events = registry.runs(&["journal", "list-events", &request, "--all", "--json"]).done();
    let events = registry.writes("events.json", &events);
    let keys = registry.runs(&["journal", "list-signing-keys", "--json"]).done();
    let keys = registry.writes("keys.json", &keys);
    let said = registry.runs(&["verify", "--keys", of(&keys), of(&receipt), of(&events)]).done();
    assert!(said.starts_with("receipts: 1 hold, 1 of them against their events\n"), "{said}");

    registry.runs(&["logout"]).done();
    registry.runs(&["whoami"]).refused(3);
    assert!(!registry.folder().join("focalnet/default.json").exists());
}

fn of(path: &Path) -> &str {
    path.to_str().unwrap()
}
