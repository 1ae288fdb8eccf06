//! The rooms of the server name what docs/architecture.md allows them to name. Between crates the compiler sees to it;
//! modules of one crate could name each other.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Rows of the table: a room and what it does not name.
fn rooms(page: &str) -> Vec<(String, Vec<String>)> {
    let table = page.split("| room | holds | does not name |").nth(1).unwrap();
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let words = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let row = |line: &str| {
        let cells: Vec<_> = line.split(" | ").collect();
        (words(cells[0]).remove(0), words(cells[cells.len() - 1]))
    };
    rows.map(row).collect()
}

fn files(path: &Path, found: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            files(&entry.unwrap().path(), found);
        }
    } else if path.extension().is_some_and(|extension| extension == "rs") {
        found.push(path.to_owned());
    }
}

/// Whether a line of code names a crate or a module: `sea_orm::…`, `crate::store…`, `super::store…`, or `store::…` in a list
/// after `crate`.
fn names(code: &str, name: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(name).any(|(at, _)| {
        let (before, after) = (&code[..at], &code[at + name.len()..]);
        let is_path = ["crate::", "super::"].iter().any(|of| before.ends_with(of));
        let begins = !before.ends_with(|c| word(c) || c == '.' || c == '"' || c == ':');
        is_path && !after.starts_with(word) || begins && after.starts_with("::")
    })
}

#[test]
fn a_name_is_a_path() {
    for (code, is_named) in [
        ("use sea_orm::EntityTrait;", true),
        ("use crate::{app::FirstAdministrator, runtime};", true),
        ("let store = crate::store;", true),
        ("use super::super::store;", true),
        ("use focalnet_domain::app::x;", false),
        ("self.store.begin()", false),
        ("fn store(&self) {}", false),
        ("restore::x", false),
    ] {
        let named = ["sea_orm", "app", "store"].iter().any(|name| names(code, name));
        assert_eq!(named, is_named, "{code}");
    }
}

#[test]
fn no_room_names_what_it_must_not() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let rooms = rooms(&fs::read_to_string(root.join("docs/architecture.md")).unwrap());
    assert!(rooms.len() >= 6, "{rooms:?}");
    let mut wrong = Vec::new();
    for (room, forbidden) in rooms {
        let mut sources = Vec::new();
        files(&root.join(&room), &mut sources);
        assert!(!sources.is_empty(), "{room} is no room");
        for path in sources {
            let source = fs::read_to_string(&path).unwrap();
            let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
            for line in code {
                let named = forbidden.iter().filter(|name| names(line, name));
                wrong.extend(named.map(|name| format!("{}: {name}: {line}", path.display())));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
