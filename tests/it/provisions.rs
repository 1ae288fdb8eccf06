//! Each provision of the Court that the sources cite is one that `docs/provisions.md` lists with how far it was read.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// What is cited, as `RS 93`, without paragraphs.
fn cited(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for code in ["RS", "RPE", "RoC", "RoR"] {
        for (place, _) in text.match_indices(&format!("{code} ")) {
            let before = text[..place].chars().next_back();
            if before.is_some_and(char::is_alphanumeric) {
                continue;
            }
            let mut rest = &text[place + code.len() + 1..];
            // A list goes on, as in `RS 57(3)(e), 75(4) and 93(1)(k)`; a range is its two ends.
            while let Some((number, after)) = article(rest) {
                found.insert(format!("{code} {number}"));
                let next = [", ", " and ", "-"].iter().find_map(|joint| after.strip_prefix(joint));
                match next.filter(|next| article(next).is_some()) {
                    Some(next) => rest = next,
                    None => break,
                }
            }
        }
    }
    found
}

/// The number of an article at the beginning of a text, and what follows its paragraphs.
fn article(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len());
    // A year or an amount is no article.
    let number = text[..end].parse().ok().filter(|number| (1..=299).contains(number))?;
    let mut rest = &text[end..];
    while let Some(inner) = rest.strip_prefix('(').or_else(|| rest.strip_prefix("-(")) {
        rest = inner.split_once(')').filter(|(inner, _)| inner.len() < 5)?.1;
    }
    if rest.starts_with(|letter: char| letter.is_alphanumeric()) { None } else { Some((number, rest)) }
}

/// The sources that people read: all but tests, in which provisions may be invented.
fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            if !matches!(name.as_str(), "target" | "tests" | "node_modules" | ".git") {
                sources(&path, found);
            }
        } else if ["rs", "proto", "md", "toml"].iter().any(|kind| name.ends_with(&format!(".{kind}")))
            && !matches!(name.as_str(), "tests.rs" | "provisions.md" | "CHANGELOG.md")
        {
            found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
        }
    }
}

#[test]
fn each_provision_that_is_cited_is_listed_with_how_far_it_was_read() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/provisions.md")).unwrap();
    let rows = page.lines().filter_map(|line| line.strip_prefix("| R"));
    let rows: BTreeMap<_, _> = rows
        .map(|row| {
            let cells: Vec<_> = row.trim_end_matches(" |").split(" | ").collect();
            assert!(cells.len() == 3 && ["text", "title", "not verified"].contains(&cells[2]), "{row}");
            (format!("R{}", cells[0]), cells[2])
        })
        .collect();
    let mut all = Vec::new();
    sources(root, &mut all);
    let mut found = BTreeMap::<_, BTreeSet<_>>::new();
    for (path, text) in &all {
        for provision in cited(text) {
            found.entry(provision).or_default().insert(path.as_str());
        }
    }
    let unlisted: Vec<_> = found.iter().filter(|(provision, _)| !rows.contains_key(*provision)).collect();
    assert!(unlisted.is_empty(), "read them, or do not cite them: {unlisted:#?}");
    let unused: Vec<_> = rows.keys().filter(|provision| !found.contains_key(*provision)).collect();
    assert!(unused.is_empty(), "nobody cites them: {unused:?}");
}

#[test]
fn lists_and_ranges_are_read() {
    let of = |text: &str| cited(text).into_iter().collect::<Vec<_>>();
    assert_eq!(of("RS 57(3)(e), 75(4) and 93(1)(k)."), ["RS 57", "RS 75", "RS 93"]);
    assert_eq!(of("(RPE 99(2)-(3); RoC 83-85)"), ["RPE 99", "RoC 83", "RoC 85"]);
    assert_eq!(of("CARS 12, RS 2026, RS 93x"), Vec::<String>::new());
}
