use chrono::DateTime;

use super::*;
use crate::{ids, names::DesignationId};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn designation(authority: &str, capacity: Capacity, start: &str, end: Option<&str>) -> Designation {
    let contact = Contact {
        authority: authority.into(),
        person_display_name: None,
        postal_address: None,
        email: None,
        telephone: None,
        around_the_clock: false,
    };
    Designation {
        name: DesignationId { parent: OrganizationId::random(), id: ids::new() },
        facts: NewDesignation { capacity, contact, start_date: day(start), end_date: end.map(day) },
        create_time: DateTime::default(),
    }
}

fn channel(earlier: i32, received: &str) -> Channel {
    let choice = NewChannel {
        kind: ChannelKind::Diplomatic,
        description: None,
        interpol_accepted: false,
        languages: vec!["fr".into()],
        received_date: Some(day(received)),
        agreed_date: None,
    };
    choice.into_channel(earlier, DateTime::default())
}

fn directory(country_code: &str) -> Directory {
    Directory {
        name: OrganizationId::random(),
        display_name: "A State".into(),
        country_code: country_code.into(),
        designations: vec![
            designation("Deputy", Capacity::DeputyFocalPoint, "2026-01-01", None),
            designation("Second", Capacity::FocalPoint, "2026-03-01", None),
            designation("First", Capacity::FocalPoint, "2026-02-01", Some("2026-04-01")),
        ],
        channels: vec![channel(0, "2026-01-01"), channel(1, "2026-02-01")],
    }
}

fn authorities(designations: &[Designation]) -> Vec<&str> {
    designations.iter().map(|designation| designation.facts.contact.authority.as_str()).collect()
}

#[test]
fn on_a_day_it_says_who_speaks_for_the_state_and_by_which_channel() {
    for (date, focal_points, channel) in [
        ("2025-12-31", &[][..], None),
        ("2026-01-01", &["Deputy"], Some(1)),
        ("2026-02-01", &["First", "Deputy"], Some(1)),
        ("2026-03-01", &["First", "Second", "Deputy"], Some(1)),
        // The second channel holds 45 days after its receipt.
        ("2026-03-18", &["First", "Second", "Deputy"], Some(2)),
        ("2026-04-01", &["Second", "Deputy"], Some(2)),
    ] {
        let entry = directory("BE").on(day(date));
        assert_eq!(authorities(&entry.focal_points), focal_points, "{date}");
        assert_eq!(entry.channel.map(|channel| channel.number), channel, "{date}");
        assert_eq!(entry.as_of_date, day(date));
    }
}

#[test]
fn whatever_the_day_the_history_is_whole_and_the_newest_comes_first() {
    for date in ["2000-01-01", "2026-03-01", "2030-01-01"] {
        let entry = directory("BE").on(day(date));
        assert_eq!(authorities(&entry.designations), ["First", "Second", "Deputy"], "{date}");
        assert_eq!(entry.channels.iter().map(|channel| channel.number).collect::<Vec<_>>(), [2, 1], "{date}");
    }
}

#[test]
fn a_state_is_a_party_from_day_to_day_and_in_a_group() {
    for (code, date, party, group) in [
        ("BE", "2026-01-01", true, Some(RegionalGroup::Weog)),
        ("BE", "2002-06-30", false, Some(RegionalGroup::Weog)),
        ("BE", "2002-07-01", true, Some(RegionalGroup::Weog)),
        ("UA", "2024-12-31", false, Some(RegionalGroup::EasternEuropean)),
        ("UA", "2025-01-01", true, Some(RegionalGroup::EasternEuropean)),
        ("BI", "2017-10-26", true, Some(RegionalGroup::African)),
        ("BI", "2017-10-27", false, Some(RegionalGroup::African)),
        ("XX", "2026-01-01", false, None),
    ] {
        let entry = directory(code).on(day(date));
        assert_eq!((entry.state_party, entry.regional_group), (party, group), "{code} {date}");
    }
}

#[test]
fn an_entry_tells_the_newest_of_what_has_no_end() {
    let mut long = directory("BE");
    let number = |number: usize| designation(&number.to_string(), Capacity::FocalPoint, "2026-05-01", None);
    long.designations.extend((0..DESIGNATIONS).map(number));
    long.channels.extend((0..CHANNELS).map(|_| channel(2, "2026-02-02")));
    let entry = long.on(day("2026-06-01"));
    let last = (DESIGNATIONS - 1).to_string();
    assert_eq!(entry.designations.len(), DESIGNATIONS);
    assert_eq!(authorities(&entry.designations)[0], last);
    assert_eq!(entry.channels.len(), CHANNELS);
    assert_eq!(entry.focal_points.len(), FOCAL_POINTS);
    assert_eq!(authorities(&entry.focal_points)[..2], ["Second", "0"], "the longest designated first");
}
