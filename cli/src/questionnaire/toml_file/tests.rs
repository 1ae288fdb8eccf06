use proptest::prelude::*;

use super::{
    super::samples::{documents, sample},
    *,
};

#[test]
fn what_is_written_is_for_people() {
    assert_eq!(write(&sample()), include_str!("../sample.toml"));
}

#[test]
fn a_problem_is_told_with_its_place() {
    let problem = |source: &str| {
        let Problem { line, column, reason } = read(source).unwrap_err();
        (line, column, reason)
    };
    assert_eq!(
        problem("key = \"k\"\ntitle ="),
        (2, 8, "string values must be quoted, expected literal string".into())
    );
    let wrong = include_str!("../sample.toml").replace("severity = \"minor\"", "severity = \"small\"");
    assert_eq!(problem(&wrong), (30, 12, "must be one of critical, major, minor".into()));
    let unknown = include_str!("../sample.toml").replace("feeds =", "feed =");
    let (line, column, reason) = problem(&unknown);
    assert!(reason.starts_with("unknown field `feed`"), "{line} {column} {reason}");
    assert_eq!((line, column), (46, 1));
    assert_eq!(problem("é").0, 1);
}

#[test]
fn empty_lists_are_kept() {
    let document = Document { sections: Vec::new(), questions: Vec::new(), ..sample() };
    assert_eq!(read(&write(&document)), Ok(document));
}

proptest! {
    #[test]
    fn what_is_written_is_read(document in documents()) {
        let written = write(&document);
        let read = read(&written);
        prop_assert_eq!(read.as_ref(), Ok(&document));
        prop_assert_eq!(write(&read.unwrap()), written);
    }
}
