//! How commands end, and what they say then.

use focalnet_domain::freezing_request::State;
use serde_json::Value;

use crate::support::{
    cast::PASSWORD,
    new_id,
    program::Program,
    terminal::{Terminal, text},
    world::World,
};

/// A world with a server of its own process.
struct Served {
    world: World,
    _program: Program,
    endpoint: String,
}

impl Served {
    async fn new() -> Self {
        let world = World::new().await;
        let program = Program::start(&["serve"], world.base.environment(&world.database));
        let endpoint = program.endpoint();
        Self { world, _program: program, endpoint }
    }

    fn terminal_of(&self, login: &str) -> Terminal {
        Terminal::of(&self.endpoint, login, PASSWORD)
    }
}

#[tokio::test]
async fn each_exit_code_has_its_occasion() {
    let served = Served::new().await;
    let world = &served.world;
    let draft = world.in_state(State::Draft).await;
    let (case, absent) = (&world.cast().case, format!("freezingRequests/{}", new_id()));
    let officer = served.terminal_of(&world.registry().officer().login);
    let portugal = served.terminal_of(&world.portugal().focal_point().login);
    let nobody = Terminal::at(&served.endpoint);
    let nowhere = Terminal::at("http://127.0.0.1:1");

    let create = ["case", "create", "--situation-number", "ICC-01/05", "--case-number", "ICC-01/05-01/09"];
    let named = |name: &'static str| [&create[..], &["--display-name", name]].concat();
    let stale = ["request", "mark-ready", &draft, "--etag", "another"];
    let sent = ["request", "transmit", &draft, "--medium", "formal-channel", "--reference", "NV/1"];
    let rows: [(&Terminal, Vec<&str>, i32, &str); 12] = [
        (&officer, vec!["whoami", "--nonsense"], 2, ""),
        (&officer, vec!["request", "get", "cases/nonsense"], 2, "INVALID_ARGUMENT"),
        (&officer, named("\u{1b}[2J"), 2, "INVALID_ARGUMENT"),
        (&nobody, vec!["request", "list"], 3, ""),
        (&nobody, vec!["whoami"], 3, ""),
        (&portugal, named("The Prosecutor v. Nobody"), 4, "ROLE_MISSING"),
        (&portugal, vec!["request", "get", &draft], 5, "NOT_FOUND"),
        (&portugal, vec!["case", "get", case], 5, "NOT_FOUND"),
        (&officer, vec!["request", "get", &absent], 5, "NOT_FOUND"),
        (&officer, stale.to_vec(), 6, "STALE"),
        (&officer, sent.to_vec(), 6, "WRONG_STATE"),
        (&nowhere, vec!["login", "somebody"], 7, ""),
    ];
    for (who, words, code, reason) in rows {
        let input = if words[0] == "login" { "secret\n" } else { "" };
        let said = who.tells(&words, input).refused(code);
        // For wrong usage the parser has its own form.
        if words.contains(&"--nonsense") {
            assert!(said.contains("--nonsense") && said.contains("Usage: "), "{said}");
            continue;
        }
        assert!(said.starts_with("focalnet: ") && said.contains("\nNext: "), "{words:?}: {said}");
        let said = who.tells(&[&words[..], &["--json"]].concat(), input).refused(code);
        let error: Value = serde_json::from_str(&said).unwrap();
        assert_eq!(error["error"]["exit"], code, "{words:?}");
        if !reason.is_empty() {
            assert_eq!(error["error"]["reason"], reason, "{words:?}");
        }
    }
}

#[tokio::test]
async fn a_wrong_password_is_no_session() {
    let served = Served::new().await;
    let login = &served.world.portugal().deputy().login;
    let terminal = Terminal::at(&served.endpoint);
    let tries = |login| terminal.tells(&["login", login], "not the password\n").refused(3);
    let (wrong, unknown) = (tries(login), tries("nobody.at.all"));
    let without_call = |told: &str| told.split_once("Call: ").map(|(before, _)| before.to_owned());
    assert!(without_call(&wrong).is_some(), "{wrong}");
    assert_eq!(without_call(&unknown), without_call(&wrong), "alike but for the id of the call");
    assert!(!terminal.folder().join("focalnet/default.json").exists());
    terminal.runs(&["login", login]).refused(2);
    terminal.tells(&["login", login], &format!("{PASSWORD}\n")).done();
}

#[tokio::test]
async fn what_others_wrote_cannot_drive_the_terminal() {
    let served = Served::new().await;
    let officer = served.terminal_of(&served.world.registry().officer().login);
    let numbers = ["--situation-number", "ICC-01/05", "--case-number", "ICC-01/05-01/10"];
    let create = |name| [&["case", "create", "--display-name", name][..], &numbers].concat();
    let told = officer.runs(&create("\u{1b}]0;gone\u{7}")).refused(2);
    assert!(told.contains("  --display-name: must not contain control characters"), "{told}");

    // These the contract allows, because texts need them; a terminal still does not get them.
    let name = "First\u{200f}\nFORGED\tLINE\u{200b}";
    let case = officer.makes(&create(name));
    let acts = |letter: char| (letter.is_control() && letter != '\n') || "\u{200f}\u{200b}".contains(letter);
    for words in [&["case", "list", "--filter", "case_number = ICC-01/05-01/10"][..], &["case", "get", &case]]
    {
        let said = officer.runs(words).done();
        assert!(!said.contains(acts) && !said.contains("\nFORGED"), "{said}");
        assert!(said.contains("First\\u{200f}") && said.contains("LINE\\u{200b}"), "{said}");
    }
    let said = officer.runs(&["case", "get", &case, "--json"]).done();
    assert!(!said.contains(acts) && said.lines().count() == 1, "{said}");
    assert_eq!(text(&serde_json::from_str(&said).unwrap(), "display_name"), name);
}
