use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
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
        let entry = DirectoryEntry::empty(OrganizationId::random(), "A State".into(), code.into(), day(date));
        assert_eq!((entry.state_party, entry.regional_group), (party, group), "{code} {date}");
    }
}
