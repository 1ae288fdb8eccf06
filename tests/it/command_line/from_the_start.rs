//! From an empty folder to a request that a State has received, by commands alone.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::Command,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;
use tempfile::TempDir;

use crate::support::{
    content,
    program::{Program, passable_folder, processes_in},
    terminal::{Ended, PROGRAM, Terminal, ended, text},
    waiting::STOP,
};

const ADMIN: &str = "quiet copper 5 harbours";

/// A machine on which the program was just installed.
struct Machine {
    folder: TempDir,
}

impl Machine {
    fn new() -> Self {
        Self { folder: passable_folder() }
    }

    fn environment(&self) -> Vec<(String, String)> {
        let data = self.folder.path().join("data");
        let pairs = [
            ("DATA_FOLDER", data.to_str().unwrap()),
            ("SERVER__LISTEN", "127.0.0.1:0"),
            ("SECURITY__PASSWORD_MEMORY_KIB", "8"),
            ("SECURITY__PASSWORD_PASSES", "1"),
        ];
        pairs.map(|(key, value)| (format!("FOCALNET__{key}"), value.to_owned())).to_vec()
    }

    /// What the operator types on the machine itself.
    fn operator(&self, words: &[&str]) -> Ended {
        ended(Command::new(PROGRAM).args(words).envs(self.environment()), "")
    }

    fn serves(&self) -> Program {
        Program::start(&["serve"], self.environment())
    }

    /// Kills the main process of the embedded database, if it runs.
    fn kills_the_database(&self) {
        let file = self.folder.path().join("data/postgres/data/postmaster.pid");
        let number = fs::read_to_string(file).unwrap_or_default();
        let number = number.lines().next().unwrap_or_default();
        // The file outlives the process, whose number may be another's by then.
        let name = fs::read_to_string(format!("/proc/{number}/comm")).unwrap_or_default();
        if name.trim() == "postgres" {
            let _ = kill_process(Pid::from_raw(number.parse().unwrap()).unwrap(), Signal::KILL);
        }
    }

    /// Makes the first administrator, with the password from a file of this mode.
    fn bootstraps(&self, password: &str, mode: u32) -> Ended {
        let path = self.folder.path().join("secret");
        fs::write(&path, format!("{password}\n")).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        let name = ["--login", "registry.admin", "--display-name", "Ada Admin"];
        self.operator(&[&["bootstrap", "--password-file", of(&path)][..], &name].concat())
    }
}

/// An administrator takes somebody in, who signs in with the code and chooses a password.
fn recruits(admin: &Terminal, endpoint: &str, organization: &str, login: &str, role: &str) -> Terminal {
    let create =
        ["user", "create", "--organization", organization, "--login", login, "--display-name", login];
    let made = admin.asks(&create);
    admin.runs(&["user", "grant-mandate", &text(&made, "name"), "--role", role]).done();

    let (terminal, password) = (Terminal::at(endpoint), format!("grey {login} walks 9 miles"));
    let code = text(&made, "one_time_code");
    let said = terminal.tells(&["login", login], &format!("{code}\n{password}\n"));
    assert!(said.err.contains("needs a password of its own"), "{}", said.err);
    assert!(said.done().contains(&format!("login: {login}\n")));
    terminal.runs(&["logout"]).done();
    Terminal::at(endpoint).tells(&["login", login], &format!("{code}\n")).refused(3);
    Terminal::of(endpoint, login, &password)
}

struct People {
    registry: String,
    officer: Terminal,
    approver: Terminal,
    legal_officer: Terminal,
    focal_point: Terminal,
    chamber: String,
    portugal: String,
}

impl People {
    fn of(endpoint: &str) -> Self {
        let admin = Terminal::of(endpoint, "registry.admin", ADMIN);
        let organization = |terminal: &Terminal, kind: &str, name: &str, more: &[&str]| {
            let create = ["organization", "create", "--kind", kind, "--display-name", name];
            terminal.makes(&[&create[..], more].concat())
        };
        let chamber = organization(&admin, "chamber", "Pre-Trial Chamber III", &[]);
        let portugal = organization(&admin, "state", "Portugal", &["--country-code", "PT"]);
        let registry = text(&admin.asks(&["whoami"])["organization"], "name");
        let recruit = |admin: &Terminal, organization: &str, login: &str, role: &str| {
            recruits(admin, endpoint, organization, login, role)
        };
        let state_admin = recruit(&admin, &portugal, "portugal.admin", "state-admin");
        Self {
            officer: recruit(&admin, &registry, "registry.officer", "registry-cooperation-officer"),
            approver: recruit(&admin, &registry, "registry.approver", "registry-approver"),
            legal_officer: recruit(&admin, &chamber, "chamber.officer", "chamber-legal-officer"),
            focal_point: recruit(&state_admin, &portugal, "portugal.focal", "focal-point"),
            registry,
            chamber,
            portugal,
        }
    }

    /// The Registry opens a case, the Chamber records its order, the Registry drafts a request to Portugal from a file.
    fn draft(&self) -> String {
        let numbers = ["--situation-number", "ICC-01/05", "--case-number", "ICC-01/05-01/08"];
        let create =
            [&["case", "create", "--display-name", "The Prosecutor v. Ngoma"][..], &numbers].concat();
        let case = self.officer.makes(&create);
        let person = self.officer.makes(&[
            "case",
            "add-person",
            &case,
            "--family-name",
            "Ngoma",
            "--warrant-date",
            "2008-05-23",
        ]);
        for login in ["registry.approver", "chamber.officer"] {
            self.officer.runs(&["case", "assign-member", &case, "--user", login]).done();
        }
        let order = json!({
            "case": case, "document_number": "ICC-01/05-01/08-8", "chamber": self.chamber, "decision_date": "2008-05-27",
            "classification": "CLASSIFICATION_UNDER_SEAL", "measures": ["MEASURE_TRACE", "MEASURE_FREEZE"], "summary": "Identify, trace and freeze.",
            "purposes": ["PURPOSE_KIND_FORFEITURE", "PURPOSE_KIND_REPARATIONS"], "persons": [person],
        });
        let file = self.legal_officer.writes("order.json", &order.to_string());
        let order = self.legal_officer.makes(&["order", "record", "--from", of(&file)]);

        // A file may hold the whole message, and flags win over it.
        let request = json!({ "freezing_request": {
            "origin": "ORIGIN_CHAMBER", "case": case, "order": order, "measures": ["MEASURE_FREEZE"],
            "requested_state": self.registry, "content": content::json(&person),
        }});
        let file = self.officer.writes("request.json", &request.to_string());
        self.officer.makes(&["request", "create", "--from", of(&file), "--requested-state", &self.portugal])
    }
}

fn of(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_request_goes_from_the_first_administrator_to_a_state() {
    let machine = Machine::new();
    let told = machine.bootstraps("1234", 0o600).refused(2);
    assert!(told.contains("  password: "), "{told}");
    let told = machine.bootstraps(ADMIN, 0o644).refused(2);
    assert!(told.contains("chmod 600"), "{told}");
    assert!(
        machine
            .bootstraps(ADMIN, 0o600)
            .err
            .contains("Ada Admin can sign in now: focalnet login registry.admin")
    );

    let server = machine.serves();
    let endpoint = server.endpoint();
    // The folder is in use. To begin anew in it is refused, too, beside the server that runs.
    let told = machine.operator(&["serve"]).refused(1);
    assert!(told.contains("database.url") && told.contains("another process"), "{told}");
    let told = machine.bootstraps(ADMIN, 0o600).refused(6);
    assert!(told.contains("there are accounts already"), "{told}");
    assert!(machine.operator(&["migrate"]).err.contains("up to date"));

    let people = People::of(&endpoint);
    let request = people.draft();
    it_is_sent_by_two_persons(&people, &request);
    portugal_receives_it(&people, &request);
    let left = server.stops(Signal::TERM);
    assert!(left.status.success(), "{}", left.err);
    assert_eq!(processes_in(machine.folder.path()), <[String; 0]>::default());

    // What was done is still there when the server comes back.
    let server = machine.serves();
    let focal_point = Terminal::of(&server.endpoint(), "portugal.focal", "grey portugal.focal walks 9 miles");
    assert_eq!(text(&focal_point.asks(&["request", "get", &request]), "state"), "STATE_ACKNOWLEDGED");
    assert!(server.stops(Signal::INT).status.success());
}

fn it_is_sent_by_two_persons(people: &People, request: &str) {
    let officer = &people.officer;
    let check = officer.runs(&["request", "check", request]).done();
    assert!(check.contains("complete: yes"), "{check}");
    officer.runs(&["request", "mark-ready", request]).done();
    people.focal_point.runs(&["request", "get", request]).refused(5);
    let transmit = ["request", "transmit", request, "--medium", "formal-channel", "--reference", "NV/2008/1"];
    let proposed = officer.asks(&transmit);
    assert_eq!(text(&proposed, "state"), "STATE_READY");
    let approval = text(&proposed, "pending_approval");
    officer.runs(&["approval", "approve", &approval]).refused(4);
    officer.runs(&transmit).refused(6);

    let open = people.approver.asks(&["approval", "list", "--filter", "state = STATE_OPEN"]);
    assert_eq!(text(&open["approvals"][0], "name"), approval);
    people.approver.runs(&["approval", "approve", &approval]).done();
    assert_eq!(text(&officer.asks(&["request", "get", request]), "state"), "STATE_TRANSMITTED");
}

fn portugal_receives_it(people: &People, request: &str) {
    let focal_point = &people.focal_point;
    let listed = focal_point.runs(&["request", "list"]).done();
    assert!(listed.contains(request) && listed.contains("transmitted"), "{listed}");
    let incomplete = ["request", "acknowledge", request, "--national-reference", "PT-2008/311"];
    let told = focal_point.runs(&incomplete).refused(2);
    assert!(told.contains("  --responsible-authority: ") && told.contains("  --contact: "), "{told}");
    let rest = ["--responsible-authority", "Public Prosecution Service", "--contact", "Inês Carvalho"];
    let acknowledge = [&incomplete[..], &rest].concat();
    let once = [&acknowledge[..], &["--request-id", "8d9bb47e-9a3c-4f10-8f0a-1d6de3b0a001"]].concat();
    let first = focal_point.asks(&once);
    assert_eq!(text(&first, "state"), "STATE_ACKNOWLEDGED");
    assert!(first["receipt"]["note"].as_str().unwrap().starts_with("focalnet receipt v1\n"));
}

/// One kill is an accident, and calls find the database again. Whatever kills it each time is not.
#[test]
fn a_server_outlives_a_killed_database_and_ends_with_one_that_cannot_live() {
    let machine = Machine::new();
    machine.bootstraps(ADMIN, 0o600).done();
    let server = machine.serves();
    let admin = Terminal::of(&server.endpoint(), "registry.admin", ADMIN);
    // One that dies at once is not started again.
    thread::sleep(Duration::from_secs(6));
    machine.kills_the_database();
    let deadline = Instant::now() + STOP;
    loop {
        let answer = admin.runs(&["whoami"]);
        if answer.code == 0 {
            break;
        }
        assert_eq!(answer.code, 7, "nothing but unavailable: {}", answer.err);
        assert!(Instant::now() < deadline, "{}", answer.err);
    }

    let killing = AtomicBool::new(true);
    thread::scope(|scope| {
        scope.spawn(|| {
            let deadline = Instant::now() + STOP;
            while killing.load(Ordering::Relaxed) && Instant::now() < deadline {
                machine.kills_the_database();
                thread::sleep(Duration::from_millis(50));
            }
        });
        server.hears(|line| line.contains("the embedded PostgreSQL has ended").then_some(()));
        killing.store(false, Ordering::Relaxed);
    });
    let left = server.stops(Signal::TERM);
    assert!(!left.status.success() && left.err.contains("postgres.log"), "{}", left.err);
}
