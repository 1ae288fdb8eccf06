//! Workbooks of other projects, in `tests/forms`: what is imported of each, or refused.

use std::{collections::BTreeMap, fs, path::Path};

use serde::Deserialize;

use super::{Finding, read};

/// What is expected of a workbook.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Expected {
    Questions(usize),
    /// Sheet, row, column and how the reason begins.
    Refused(Vec<(String, u32, String, String)>),
}

#[test]
fn workbooks_of_other_projects_are_imported_or_refused_place_by_place() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/forms");
    let expected: BTreeMap<String, Expected> =
        toml::from_str(&fs::read_to_string(folder.join("expected.toml")).unwrap()).unwrap();
    let names = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut workbooks: Vec<_> = names.filter(|name| name.contains(".xls")).collect();
    workbooks.sort();
    assert!(expected.keys().eq(&workbooks), "{workbooks:?}");

    for (name, expected) in expected {
        match (read(&fs::read(folder.join(&name)).unwrap()), expected) {
            (Ok(imported), Expected::Questions(count)) => {
                assert_eq!(imported.document.questions.len(), count, "{name}");
            }
            (Err(problems), Expected::Refused(refusals)) => {
                assert_eq!(problems.len(), refusals.len(), "{name}: {problems:#?}");
                for (problem, (sheet, row, column, reason)) in problems.into_iter().zip(refusals) {
                    let beginning = problem.reason.get(..reason.len()).unwrap_or_default().to_owned();
                    let place = Finding { reason: beginning, ..problem };
                    assert_eq!(place, Finding { sheet, row, column, reason }, "{name}");
                }
            }
            (read, expected) => panic!("{name}: {read:#?}, not {expected:#?}"),
        }
    }
}
