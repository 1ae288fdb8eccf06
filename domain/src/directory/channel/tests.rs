use serde_json::json;

use super::*;
use crate::states;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn choice(received: &str, agreed: Option<&str>) -> NewChannel {
    NewChannel {
        kind: ChannelKind::Diplomatic,
        description: None,
        interpol_accepted: false,
        languages: vec!["fr".into()],
        received_date: Some(day(received)),
        agreed_date: agreed.map(day),
    }
}

fn fields(choice: &NewChannel, code: &str) -> Vec<String> {
    let violations = choice.violations(states::by_code(code), "2026-03-01T09:00:00Z".parse().unwrap());
    violations.into_iter().map(|violation| violation.field).collect()
}

#[test]
fn a_change_holds_from_the_agreed_day_or_after_45_days() {
    for (received, agreed, has_earlier, expected) in [
        ("2026-01-01", None, true, "2026-02-15"),
        ("2026-01-15", None, true, "2026-03-01"),
        ("2024-01-15", None, true, "2024-02-29"),
        ("2024-01-16", None, true, "2024-03-01"),
        ("2023-12-31", None, true, "2024-02-14"),
        ("2026-11-17", None, true, "2027-01-01"),
        ("2026-01-01", Some("2026-01-01"), true, "2026-01-01"),
        ("2026-01-01", Some("2026-01-20"), true, "2026-01-20"),
        ("2026-01-01", Some("2026-06-01"), true, "2026-06-01"),
        ("2026-01-01", None, false, "2026-01-01"),
        ("2026-01-01", Some("2026-02-01"), false, "2026-02-01"),
    ] {
        let found = effective_date(day(received), agreed.map(day), has_earlier);
        assert_eq!(found, day(expected), "{received} {agreed:?} {has_earlier}");
    }
    assert_eq!(effective_date(NaiveDate::MAX, None, true), NaiveDate::MAX);
}

#[test]
fn languages_are_those_of_the_state_or_of_the_court() {
    for (code, tag, allowed) in [
        ("BE", "nl", true),
        ("BE", "nl-BE", true),
        ("BE", "en", true),
        ("JP", "fr", true),
        ("BR", "pt-BR", true),
        ("BE", "es", false),
        ("DE", "nds", false),
        ("JP", "JA", false),
        ("JP", "", false),
        ("XX", "es", true),
        ("XX", "spanish!", false),
    ] {
        let choice = NewChannel { languages: vec!["en".into(), tag.into()], ..choice("2026-01-01", None) };
        let expected: &[&str] = if allowed { &[] } else { &["channel.languages[1]"] };
        assert_eq!(fields(&choice, code), expected, "{code} {tag}");
    }
}

#[test]
fn every_violation_is_named() {
    assert_eq!(fields(&choice("2026-03-01", Some("2026-03-01")), "BE"), [""; 0]);
    let bad = NewChannel {
        kind: ChannelKind::Other,
        description: Some(" ".into()),
        languages: Vec::new(),
        ..choice("2026-03-02", Some("2026-03-01"))
    };
    assert_eq!(
        fields(&bad, "BE"),
        ["channel.description", "channel.languages", "channel.received_date", "channel.agreed_date"]
    );
    let described = NewChannel { description: Some("The embassy in Brussels".into()), ..bad };
    assert!(!fields(&described, "BE").contains(&"channel.description".to_owned()));
}

#[test]
fn the_names_are_those_of_the_fields() {
    let new: NewChannel = serde_json::from_value(json!({ "kind": "ministry" })).unwrap();
    assert_eq!(
        serde_json::to_value(new.into_channel(1, "2026-01-01T12:00:00Z".parse().unwrap())).unwrap(),
        json!({
            "number": 2, "kind": "ministry", "interpol_accepted": false, "languages": [],
            "received_date": "2026-01-01", "effective_date": "2026-02-15", "create_time": "2026-01-01T12:00:00Z"
        })
    );
}
