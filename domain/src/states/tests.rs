use std::collections::HashSet;

use RegionalGroup::{African, AsiaPacific, EasternEuropean, Grulac, None as NoGroup, Weog};
use chrono::Datelike;

use super::*;
use crate::country;

const GROUPS: [RegionalGroup; 5] = [African, AsiaPacific, EasternEuropean, Grulac, Weog];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn count(of: impl Fn(&State) -> bool) -> usize {
    all().iter().filter(|state| of(state)).count()
}

fn codes(of: impl Fn(&State) -> bool) -> Vec<&'static str> {
    all().iter().filter(|state| of(state)).map(|state| state.alpha2.as_str()).collect()
}

#[test]
fn the_file_can_be_read() {
    assert_eq!(parse(TEXT).unwrap().len(), 197);
    assert_eq!(all().len(), 197);
    assert!(!TEXT.contains(['\r', '\u{2019}', '"']) && TEXT.ends_with('\n'));
}

#[test]
fn a_file_with_a_mistake_is_refused() {
    let header = TEXT.lines().next().unwrap();
    let good = "NL,NLD,Netherlands,Pays-Bas,true,weog,2002-07-01,,nl,67";
    assert_eq!(parse(&format!("{header}\n{good}\n")).unwrap().len(), 1);
    for (right, wrong) in [
        ("true", "yes"),
        ("weog", "western"),
        ("2002-07-01", "2002-7-1x"),
        ("2002-07-01", "2002-06-31"),
        (",67", ",68"),
        (",67", ",0"),
        (",67", ""),
        ("nl,", "nl,,"),
    ] {
        let text = format!("{header}\n{}\n", good.replace(right, wrong));
        assert!(parse(&text).is_err(), "{wrong:?}");
    }
    let renamed = format!("{}\n{good}\n", header.replace("party_until", "party_end"));
    assert!(parse(&renamed).is_err());
}

#[test]
fn parties_by_date() {
    for (date, parties) in [
        ("2002-06-30", 0),
        ("2002-07-01", 66),
        ("2002-09-01", 76),
        ("2017-10-26", 124),
        ("2017-10-27", 123),
        ("2017-10-28", 123),
        ("2019-03-16", 123),
        ("2019-03-17", 122),
        ("2020-02-01", 123),
        ("2024-02-01", 124),
        ("2024-12-31", 124),
        ("2025-01-01", 125),
        ("2026-06-01", 125),
        ("2026-06-02", 125),
    ] {
        assert_eq!(count(|state| state.is_party_on(day(date))), parties, "{date}");
    }
}

#[test]
fn parties_and_members_by_group() {
    let parties = |date| GROUPS.map(|group| count(|s| s.group == group && s.is_party_on(day(date))));
    assert_eq!(parties("2017-12-31"), [33, 19, 18, 28, 25]);
    assert_eq!(parties("2025-01-01"), [33, 19, 20, 28, 25]);
    assert_eq!(GROUPS.map(|group| count(|s| s.group == group && s.un_member)), [54, 54, 23, 33, 29]);
    assert_eq!(codes(|s| s.group == NoGroup), ["NU", "VA"]);
}

#[test]
fn four_are_not_members_of_the_united_nations_and_two_of_them_are_parties() {
    assert_eq!(count(|s| s.un_member), 193);
    assert_eq!(codes(|s| !s.un_member), ["CK", "NU", "PS", "VA"]);
    assert_eq!(codes(|s| !s.un_member && s.party_from.is_some()), ["CK", "PS"]);
}

#[test]
fn codes_are_assigned_and_belong_together() {
    for state in all() {
        let assigned = rust_iso3166::from_alpha2(&state.alpha2).unwrap();
        assert_eq!(assigned.alpha3, state.alpha3, "{}", state.alpha2);
        assert!(country::is_country(&state.alpha2));
    }
    assert!(all().is_sorted_by(|a, b| a.alpha2 < b.alpha2));
}

#[test]
fn codes_and_names_are_unique() {
    let columns: [fn(&State) -> &str; 4] = [|s| &s.alpha2, |s| &s.alpha3, |s| &s.name_en, |s| &s.name_fr];
    for column in columns {
        let values: HashSet<&str> = all().iter().map(column).collect();
        assert_eq!(values.len(), all().len());
        assert!(values.iter().all(|value| !value.is_empty() && value.trim() == *value));
    }
}

#[test]
fn membership_begins_on_the_first_of_a_month() {
    assert_eq!(codes(|s| s.party_from.is_some_and(|from| from.day() != 1)), ["ME"]);
    assert_eq!(by_code("ME").unwrap().party_from, Some(day("2006-06-03")));
    assert!(
        all().iter().all(|s| s.party_until.is_none_or(|until| s.party_from.is_some_and(|from| from < until)))
    );
}

#[test]
fn membership_ends_on_the_day_a_withdrawal_takes_effect() {
    assert_eq!(codes(|s| s.party_until.is_some()), ["BI", "PH"]);
    for (code, date, party, former) in [
        ("BI", "2004-11-30", false, false),
        ("BI", "2004-12-01", true, false),
        ("BI", "2017-10-26", true, false),
        ("BI", "2017-10-27", false, true),
        ("PH", "2019-03-16", true, false),
        ("PH", "2019-03-17", false, true),
        ("PH", "2026-01-01", false, true),
        ("HU", "2026-06-02", true, false),
        ("HU", "2027-01-01", true, false),
        ("US", "2026-01-01", false, false),
        ("UA", "2024-12-31", false, false),
    ] {
        let state = by_code(code).unwrap();
        assert_eq!(
            (state.is_party_on(day(date)), state.was_party_before(day(date))),
            (party, former),
            "{code}"
        );
    }
}

#[test]
fn languages_are_tags_and_weekends_are_days() {
    for state in all() {
        let tags: HashSet<_> = state.official_languages.iter().collect();
        assert_eq!(tags.len(), state.official_languages.len(), "{}", state.alpha2);
        assert!(tags.iter().all(|tag| country::is_language(tag) && !tag.contains('-')), "{}", state.alpha2);
        assert!(!state.weekend.is_empty() && state.weekend.is_sorted_by(|a, b| a < b), "{}", state.alpha2);
    }
    assert_eq!(by_code("BE").unwrap().official_languages, ["nl", "fr", "de"]);
    assert_eq!(by_code("BN").unwrap().weekend, [5, 7]);
}

#[test]
fn a_code_finds_its_state_and_no_other() {
    assert!(all().iter().all(|state| by_code(&state.alpha2) == Some(state)));
    for code in ["", "nl", "NLD", "XK", "TW", "EU"] {
        assert_eq!(by_code(code), None, "{code}");
    }
}
