//! What is said of a value, as it is printed: JSON leaves fields out of which nothing is said.

use std::{collections::BTreeSet, fmt::Debug};

/// How it is printed that nothing is said.
const NOTHING: &[&str] = &["None", "\"\"", "[]", "{}", "0", "false"];

fn is_field(text: &str) -> bool {
    text.chars().all(|letter| letter == '_' || letter.is_ascii_alphanumeric())
}

/// The places of a value where nothing is said, in the order of the alphabet.
fn unsaid(value: &impl Debug) -> Vec<String> {
    let printed = format!("{value:#?}");
    let mut path: Vec<(usize, &str)> = Vec::new();
    let mut found = BTreeSet::new();
    for line in printed.lines() {
        let text = line.trim_start();
        let depth = line.len() - text.len();
        path.retain(|(of, _)| *of < depth);
        let (field, said) = text.split_once(": ").filter(|(field, _)| is_field(field)).unwrap_or_default();
        let said = if field.is_empty() { text } else { said };
        path.extend((!field.is_empty()).then_some((depth, field)));
        if NOTHING.contains(&said.trim_end_matches(',')) {
            found.insert(path.iter().fold(String::new(), |place, (_, field)| place + "." + field));
        }
    }
    found.into_iter().collect()
}

/// Something is said in each place of a value, but for these.
#[track_caller]
pub(super) fn assert_said(value: &impl Debug, but_for: &[&str]) {
    assert_eq!(unsaid(value), but_for, "say something of it in this test");
}

/// What was read is what was saved. Not all that is read can be compared; all can be printed.
#[track_caller]
pub(super) fn assert_same<T: Debug>(read: &T, saved: &T) {
    let [read, saved] = [read, saved].map(|value| format!("{value:#?}"));
    let differs = read.lines().zip(saved.lines()).find(|(read, saved)| read != saved);
    assert!(read == saved, "{differs:?}: read is {read} and saved was {saved}");
}

#[test]
fn each_place_is_found_where_nothing_is_said() {
    #[derive(Debug)]
    #[expect(dead_code, reason = "they are printed")]
    struct Outer {
        inner: Option<(i32, String)>,
        list: Vec<Inner>,
        more: Vec<u8>,
    }
    #[derive(Debug)]
    #[expect(dead_code, reason = "they are printed")]
    struct Inner {
        is: bool,
        what: Option<&'static str>,
    }
    let said = Outer {
        inner: Some((1, "what: None".to_owned())),
        list: vec![Inner { is: true, what: Some("0") }],
        more: vec![7],
    };
    assert_said(&said, &[]);
    let some = Outer {
        inner: Some((0, "None".to_owned())),
        list: vec![Inner { is: true, what: None }, Inner { is: false, what: Some("") }],
        more: Vec::new(),
    };
    assert_said(&some, &[".inner", ".list.is", ".list.what", ".more"]);
    assert_said(&Outer { inner: None, list: Vec::new(), more: vec![0] }, &[".inner", ".list", ".more"]);
}
