//! A questionnaire from its file to what follows from it, by nothing but commands: loaded, published, circulated,
//! answered in a terminal and in a spreadsheet, attested, and put to use.

use std::path::{Path, PathBuf};

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use serde_json::Value;

use crate::support::{
    cast::PASSWORD,
    program::Program,
    terminal::{Terminal, text},
    world::World,
};

const DOCUMENT: &str = r#"
key = "small"
title = { en = "Small" }
sections = [{ key = "A", label = { en = "Authorities" } }]

[[questions]]
key = "A1"
section = "A"
type = "boolean"
label = { en = "Is there a law?", fr = "Existe-t-il une loi ?" }
required = "true()"

[[questions]]
key = "A2"
section = "A"
type = "legislation"
label = { en = "Which law?" }
relevant = "${A1} = 'yes'"

[[questions]]
key = "A3"
section = "A"
type = "date"
label = { en = "Since when?" }

[[questions]]
key = "A4"
section = "A"
type = "contact"
label = { en = "Who?" }
"#;

/// The Registry, and two people of Portugal, each at a terminal.
pub(super) struct Desks {
    world: World,
    _program: Program,
    pub(super) officer: Terminal,
    pub(super) ana: Terminal,
    rui: Terminal,
}

impl Desks {
    pub(super) async fn new() -> Self {
        let world = World::new().await;
        let program = Program::start(&["serve"], world.base.environment(&world.database));
        let endpoint = program.endpoint();
        let of = |login: &str| Terminal::of(&endpoint, login, PASSWORD);
        Self {
            officer: of(&world.registry().officer().login),
            ana: of(&world.portugal().focal_point().login),
            rui: of(&world.portugal().deputy().login),
            world,
            _program: program,
        }
    }

    /// Loads, publishes and circulates a file to Portugal, and gives the response.
    pub(super) fn circulated(&self, file: &str) -> String {
        let questionnaire = self.officer.makes(&["questionnaire", "load", file]);
        self.officer.runs(&["questionnaire", "publish", &questionnaire]).done();
        let state = ["--requested-states", self.world.portugal().name()];
        let sent = ["--note-verbale", "NV/2026/12", "--due-date", "2100-01-01"];
        self.officer
            .runs(&[&["questionnaire", "circulate", &questionnaire], &sent[..], &state].concat())
            .done();
        text(&self.ana.asks(&["questionnaire", "list-responses"])["responses"][0], "name")
    }
}

/// Fills in cells of a workbook, by key, part and heading, as another program would write it.
fn fill_in(from: &Path, to: PathBuf, cells: &[(&str, &str, &str, &str)]) -> PathBuf {
    let mut book: Xlsx<_> = open_workbook(from).unwrap();
    let mut written = rust_xlsxwriter::Workbook::new();
    let date = rust_xlsxwriter::Format::new().set_num_format("dd/mm/yyyy");
    for (name, mut range) in book.worksheets() {
        if name == "answers" {
            for (key, part, heading, text) in cells {
                let is = |cell: &Data, text: &str| format!("{cell}") == text;
                let row = range.rows().position(|row| is(&row[0], key) && is(&row[1], part)).unwrap();
                let column = range.rows().next().unwrap().iter().position(|cell| is(cell, heading)).unwrap();
                let place = (row.try_into().unwrap(), column.try_into().unwrap());
                range.set_value(place, Data::String((*text).to_owned()));
            }
        }
        let sheet = written.add_worksheet().set_name(&name).unwrap();
        for (row, column, cell) in range.used_cells() {
            let (row, column) = (row.try_into().unwrap(), column.try_into().unwrap());
            match cell {
                Data::Float(number) => sheet.write_number(row, column, *number).unwrap(),
                Data::DateTime(day) => {
                    sheet.write_number_with_format(row, column, day.as_f64(), &date).unwrap()
                }
                cell => sheet.write_string(row, column, cell.to_string()).unwrap(),
            };
        }
    }
    written.save(&to).unwrap();
    to
}

#[tokio::test]
async fn the_whole_questionnaire_is_answered_in_a_terminal_and_put_to_use() {
    let desks = Desks::new().await;
    let (ana, rui, officer) = (&desks.ana, &desks.rui, &desks.officer);
    let response = desks.circulated("standard");

    // She answers two questions, leaves, and comes back another day.
    let begun = ana.tells(&["questionnaire", "answer", &response], "y\n:unknown\n:quit\n").done();
    assert!(begun.contains("Has your State designated an authority"), "{begun}");
    let progress = ana.asks(&["questionnaire", "get-response", &response])["progress"].clone();
    let answered = |progress: &Value| {
        let count = |field: &str| progress[field].as_array().map_or(0, Vec::len);
        (count("asked") - count("open"), count("required"))
    };
    assert_eq!(answered(&progress).0, 2);
    let refused = ana.runs(&["questionnaire", "submit-response", &response]).refused(2);
    assert!(refused.contains("answers.B1"), "{refused}");

    // What nobody knows is an answer, too: so the walk comes to its end.
    let walk = ana.tells(&["questionnaire", "answer", &response], &":unknown\n".repeat(150)).done();
    assert!(walk.contains("submit-response"), "{walk}");
    let progress = ana.asks(&["questionnaire", "get-response", &response])["progress"].clone();
    assert_eq!((progress["open"].clone(), answered(&progress).1), (Value::Null, 0));

    // One answer in French, which the walk is told by its key.
    let single = ["questionnaire", "answer", &response, "--question", "D2_unlimited", "--language", "fr"];
    ana.tells(&single, "n\n").done();
    let single = ["questionnaire", "answer", &response, "--question", "D2", "--language", "fr"];
    let french = ana.tells(&single, "24 mois\n").done();
    assert!(french.contains("gel"), "{french}");
    // It opened others.
    ana.runs(&["questionnaire", "submit-response", &response]).refused(2);
    ana.tells(&["questionnaire", "answer", &response], &":unknown\n".repeat(10)).done();

    ana.runs(&["questionnaire", "submit-response", &response]).done();
    assert!(
        ana.runs(&["questionnaire", "attest-response", &response]).refused(4).contains("another human being")
    );
    rui.runs(&["questionnaire", "attest-response", &response]).done();

    let page =
        officer.asks(&["questionnaire", "list-answers", "organizations/-", "--filter", "question = D2"]);
    assert_eq!(page["answers"][0]["value"]["period"]["amount"], 24);
    let gaps = officer.asks(&["questionnaire", "get-gap-analysis", desks.world.portugal().name()]);
    assert!(gaps["states"][0]["not_known"].as_array().unwrap().len() > 30, "{gaps}");
    let rates =
        ["report", "get-response-statistics", "--start-date", "2020-09-16", "--end-date", "2030-09-16"];
    officer.runs(&rates).done();
    officer.runs(&["directory", "list-focal-points", "organizations/-"]).done();
}

/// What has not changed is said to be so by itself, and only what differs is asked about.
#[tokio::test]
async fn the_same_set_loaded_again_is_the_next_version() {
    let desks = Desks::new().await;
    let officer = &desks.officer;
    let load = |file: &str| officer.runs(&["questionnaire", "load", file]).done();
    let drafted = |said: &str| said.split_whitespace().next().unwrap().to_owned();
    officer.runs(&["questionnaire", "publish", &drafted(&load("standard"))]).done();
    let said = load("standard");
    assert!(said.contains("Next: focalnet questionnaire publish"), "{said}");
    let second = officer.asks(&["questionnaire", "publish", &drafted(&said)]);
    assert_eq!(second["version_number"], 2);

    let path = officer.folder().join("standard.toml");
    officer.runs(&["questionnaire", "save", "standard", path.to_str().unwrap()]).done();
    let text = std::fs::read_to_string(&path).unwrap();
    officer.writes("standard.toml", &text.replacen("type = \"contact\"", "type = \"text\"", 1));
    let said = load(path.to_str().unwrap());
    assert!(said.contains("\n1 of them differ from the version before, or are missing: "), "{said}");
    let refused = officer.runs(&["questionnaire", "publish", &drafted(&said)]).refused(2);
    assert_eq!(refused.matches("say what the question is to the version before").count(), 1, "{refused}");
}

#[tokio::test]
async fn a_response_is_answered_in_a_spreadsheet() {
    let desks = Desks::new().await;
    let (ana, rui) = (&desks.ana, &desks.rui);
    let document = desks.officer.writes("small.toml", DOCUMENT);
    let response = desks.circulated(document.to_str().unwrap());
    let export = |who: &Terminal, name: &str| {
        let path = who.folder().join(name);
        who.runs(&["questionnaire", "export", &response, "--out", path.to_str().unwrap()]).done();
        path
    };
    let import = |who: &Terminal, path: &Path| who.runs(&["questionnaire", "import", path.to_str().unwrap()]);

    // An untouched workbook changes nothing, and a file that is there is not written over.
    let first = export(ana, "first.xlsx");
    import(ana, &first).done();
    ana.runs(&["questionnaire", "export", &response, "--out", first.to_str().unwrap()]).refused(2);

    // Every problem at once, by cell, and nothing saved.
    let wrong =
        [("A1", "", "answer", "perhaps"), ("A3", "", "answer", "soon"), ("A4", "email", "answer", "x")];
    let told = import(ana, &fill_in(&first, ana.folder().join("wrong.xlsx"), &wrong)).refused(2);
    assert_eq!(told.matches("answers!").count(), 3, "{told}");
    let read = |who: &Terminal| who.asks(&["questionnaire", "get-response", &response]);
    assert_eq!(read(ana)["answers"], Value::Null);

    let right = [
        ("A1", "", "answer", "yes"),
        ("A2", "1.title", "answer", "Law 144/99"),
        ("A2", "1.in_force_from", "answer", "1999-08-31"),
        ("A3", "", "no value because", "withheld"),
        ("A4", "authority", "answer", "Ministry of Justice"),
        ("A4", "", "shared", "yes"),
    ];
    let filled = fill_in(&first, ana.folder().join("filled.xlsx"), &right);
    import(ana, &filled).done();
    assert_eq!(read(ana)["answers"].as_array().unwrap().len(), 4);
    // On a bad line it is sent once more, and changes nothing.
    import(ana, &filled).done();
    assert_eq!(read(ana)["answers"][0]["number"], 1);

    // The same state is the same file, whoever writes it.
    let second = export(ana, "second.xlsx");
    import(ana, &second).done();
    assert_eq!(std::fs::read(&second).unwrap(), std::fs::read(export(rui, "same.xlsx")).unwrap());

    // Both change the same answer: the second sees both, and overwrites nothing.
    let by_rui = [("A3", "", "no value because", ""), ("A3", "", "answer", "2026-03-01")];
    import(rui, &fill_in(&second, rui.folder().join("rui.xlsx"), &by_rui)).done();
    let by_ana = [("A3", "", "no value because", "unknown or unclear"), ("A1", "", "comment", "?")];
    let by_ana = fill_in(&second, ana.folder().join("ana.xlsx"), &by_ana);
    let told = import(ana, &by_ana).refused(6);
    let rui_name = "Somebody called portugal.deputy_focal_point";
    assert!(told.contains("2026-03-01") && told.contains(rui_name), "{told}");
    let json = ana.runs(&["questionnaire", "import", by_ana.to_str().unwrap(), "--json"]).refused(6);
    assert!(serde_json::from_str::<Value>(&json).is_ok(), "{json}");
    assert_eq!(read(ana)["answers"][0]["number"], 1, "nor was the other answer of that file saved");
}

#[tokio::test]
async fn a_questionnaire_is_written_to_a_file_and_back() {
    let desks = Desks::new().await;
    let officer = &desks.officer;
    let (toml, xlsx) = (officer.folder().join("set.toml"), officer.folder().join("set.xlsx"));
    officer.runs(&["questionnaire", "save", "standard", xlsx.to_str().unwrap()]).done();
    officer.runs(&["questionnaire", "check", xlsx.to_str().unwrap()]).done();
    let draft = officer.makes(&["questionnaire", "load", xlsx.to_str().unwrap()]);
    officer.runs(&["questionnaire", "save", &draft, toml.to_str().unwrap()]).done();
    officer.runs(&["questionnaire", "load", toml.to_str().unwrap(), "--name", &draft]).done();
    let again = officer.folder().join("again.xlsx");
    officer.runs(&["questionnaire", "save", &draft, again.to_str().unwrap()]).done();
    assert_eq!(std::fs::read(&xlsx).unwrap(), std::fs::read(&again).unwrap(), "nothing is lost on the way");

    let broken = DOCUMENT
        .replace("${A1} = 'yes'", "${A1} == 'yes'")
        .replace("type = \"date\"", "type = \"select_one\"");
    let broken = officer.writes("broken.toml", &broken);
    let told = officer.runs(&["questionnaire", "check", broken.to_str().unwrap()]).refused(2);
    assert!(told.contains("questions[1].relevant") && told.contains("position 7"), "{told}");
    assert!(told.contains("questions[2].options"), "{told}");
}
