//! What stands in the pages is so: what is printed equals what the program prints, and what is named exists.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::support::terminal::{PROGRAM, ended};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The pages, by their path from the root.
fn pages() -> Vec<(PathBuf, String)> {
    let folders = ["", "docs", "docs/decisions"].map(|folder| root().join(folder));
    let entries =
        folders.iter().flat_map(|folder| fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
    let pages = entries.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    let page =
        |path: PathBuf| (path.strip_prefix(root()).unwrap().to_owned(), fs::read_to_string(&path).unwrap());
    pages.map(page).collect()
}

#[test]
fn pages_that_a_table_can_print_are_printed() {
    for name in ["lifecycle", "policy", "completeness"] {
        let page = root().join(format!("docs/{name}.md"));
        let printed = ended(Command::new(PROGRAM).args([name, "--markdown"]), "").done();
        assert!(
            fs::read_to_string(page).unwrap() == printed,
            "docs/{name}.md is out of date: focalnet {name} --markdown > docs/{name}.md"
        );
    }
}

/// Where the links of a page lead, as far as they lead to files.
fn links(page: &str) -> impl Iterator<Item = &str> {
    let targets = page.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target);
    let files = targets.filter(|target| {
        !target.contains("://") && !target.starts_with('#') && !target.starts_with("mailto:")
    });
    files.map(|target| target.split('#').next().unwrap_or_default())
}

/// What a page writes as code.
fn code(page: &str) -> impl Iterator<Item = &str> {
    page.lines().flat_map(|line| line.split('`').skip(1).step_by(2))
}

#[test]
fn links_lead_to_files() {
    for (page, text) in pages() {
        for link in links(&text) {
            let target = root().join(page.parent().unwrap()).join(link);
            assert!(target.exists(), "{}: there is no {link}", page.display());
        }
    }
}

#[test]
fn paths_that_are_named_exist() {
    let top: BTreeSet<_> = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    for (page, text) in pages() {
        for word in code(&text).flat_map(str::split_whitespace) {
            let path = Path::new(word.trim_end_matches(['.', ',', ':']));
            // A path from the root with more than one part; what varies in it names no file. `target` is made.
            let first = path.components().next().map(|part| part.as_os_str().to_owned());
            let is_path = first.is_some_and(|first| top.contains(&first) && first != "target");
            let varies = word.contains(['{', '*', '…', '<', '$']);
            if is_path && !varies && word.contains('/') {
                assert!(root().join(path).exists(), "{}: there is no {word}", page.display());
            }
        }
    }
}

#[test]
fn make_has_the_targets_that_are_named() {
    let makefile = fs::read_to_string(root().join("Makefile")).unwrap();
    let targets: BTreeSet<_> =
        makefile.lines().filter_map(|line| line.split_once(": ")).map(|(name, _)| name).collect();
    for (page, text) in pages() {
        let commands = text.lines().filter_map(|line| line.strip_prefix("$ "));
        for command in code(&text).chain(commands).filter_map(|command| command.strip_prefix("make ")) {
            let target = command.split_whitespace().next().unwrap_or_default();
            assert!(targets.contains(target), "{}: make has no target {target}", page.display());
        }
    }
}

/// Every command that a page shows is one of the program's.
#[test]
fn commands_that_are_shown_exist() {
    for (page, text) in pages() {
        let commands = text.lines().filter_map(|line| line.trim_start().strip_prefix("$ "));
        for command in code(&text).chain(commands).filter_map(|command| command.strip_prefix("focalnet ")) {
            let words = command
                .split_whitespace()
                .take_while(|word| word.starts_with(|letter: char| letter.is_ascii_lowercase()));
            let words: Vec<_> = words.take(2).filter(|word| !word.contains(['/', '=', '.', '|'])).collect();
            if words.is_empty() {
                continue;
            }
            let told = ended(Command::new(PROGRAM).args(&words).arg("--help"), "");
            assert_eq!(told.code, 0, "{}: there is no `focalnet {command}`: {}", page.display(), told.err);
        }
    }
}
