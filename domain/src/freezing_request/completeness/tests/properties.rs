//! What holds for any request.

use proptest::prelude::*;

use super::*;

fn any_case() -> impl Strategy<Value = Case> {
    let measures = prop::sample::subsequence(Measure::ALL.to_vec(), 0..=Measure::ALL.len());
    let origin = prop::sample::select(Origin::ALL.to_vec());
    let purposes = prop::sample::subsequence(PurposeKind::ALL.to_vec(), 0..=4);
    let objects = prop::sample::subsequence(ObjectKind::ALL.to_vec(), 0..=4);
    let gone = prop::sample::subsequence(instances(), 0..=instances().len());
    let warrants = prop::collection::vec(prop::option::of((0..9_000_u64).prop_map(days)), 0..4);
    (measures, origin, purposes, objects, gone, warrants).prop_map(
        |(measures, origin, purposes, objects, gone, warrants)| {
            let case = Case::new(&measures).changed(|case| {
                (case.origin, case.content, case.warrants) = (origin, full(), warrants);
                case.only(&purposes);
                case.content.objects = objects;
            });
            gone.iter().fold(case, |case, path| case.without(path))
        },
    )
}

fn days(days: u64) -> NaiveDate {
    day("2010-01-01") + chrono::Days::new(days)
}

/// The paths of all fields in the full content.
fn instances() -> Vec<String> {
    let case = Case::new(&[]).changed(|case| case.content = full());
    let look = |row: &table::Row| row.probe.look(row.path, &case.facts());
    TABLE.iter().flat_map(look).map(|(path, _)| path).collect()
}

/// Every place of a text in some JSON.
fn texts(json: &mut serde_json::Value) -> Vec<&mut String> {
    match json {
        serde_json::Value::String(text) => vec![text],
        serde_json::Value::Array(items) => items.iter_mut().flat_map(texts).collect(),
        serde_json::Value::Object(fields) => fields.values_mut().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

proptest! {
    #[test]
    fn a_field_that_is_given_is_not_missing(case in any_case(), path in prop::sample::select(instances())) {
        let missing = case.missing();
        if !case.without(&path).missing().contains(&path) {
            prop_assert!(!missing.contains(&path));
        }
        prop_assert_eq!(check(&case.facts()).complete, case.errors().is_empty());
    }

    #[test]
    fn more_measures_never_ask_for_less(case in any_case(), measure in prop::sample::select(Measure::ALL.to_vec())) {
        let more = case.clone().changed(|case| case.measures.push(measure));
        prop_assert!(case.missing().is_subset(&more.missing()));
    }

    #[test]
    fn nothing_panics(case in any_case(), place in any::<prop::sample::Index>(), text in any::<String>()) {
        let mut json = serde_json::to_value(&case.content).unwrap();
        let mut places = texts(&mut json);
        let count = places.len();
        if count > 0 {
            text.clone_into(places[place.index(count)]);
        }
        if let Ok(content) = serde_json::from_value(json) {
            let found = check(&case.changed(|case| case.content = content).facts()).findings;
            prop_assert!(text.len() < 12 || found.iter().all(|f| !f.description.contains(&text)));
        }
    }
}
