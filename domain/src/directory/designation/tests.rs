use serde_json::json;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn designation(end: Option<&str>) -> NewDesignation {
    NewDesignation {
        capacity: Capacity::FocalPoint,
        contact: Contact {
            authority: "Ministry of Justice".into(),
            person_display_name: None,
            postal_address: None,
            email: None,
            telephone: None,
            around_the_clock: false,
        },
        start_date: day("2026-02-01"),
        end_date: end.map(day),
    }
}

fn fields(designation: &NewDesignation) -> Vec<String> {
    designation.violations().into_iter().map(|violation| violation.field).collect()
}

#[test]
fn it_holds_from_its_start_to_the_day_before_its_end() {
    for (date, end, holds) in [
        ("2026-01-31", None, false),
        ("2026-02-01", None, true),
        ("2030-01-01", None, true),
        ("2026-02-28", Some("2026-03-01"), true),
        ("2026-03-01", Some("2026-03-01"), false),
        ("2026-01-31", Some("2026-03-01"), false),
    ] {
        let recorded = Designation {
            name: DesignationId { parent: crate::names::OrganizationId::random(), id: crate::ids::new() },
            facts: designation(end),
            create_time: DateTime::default(),
        };
        assert_eq!(recorded.holds_on(day(date)), holds, "{date} {end:?}");
    }
}

#[test]
fn it_ends_after_it_starts() {
    for (end, right) in [("2026-02-02", true), ("2026-02-01", false), ("2026-01-31", false)] {
        let expected: &[&str] = if right { &[] } else { &["designation.end_date"] };
        assert_eq!(fields(&designation(Some(end))), expected, "{end}");
    }
}

#[test]
fn it_names_somebody() {
    for (authority, person, right) in [
        ("Ministry of Justice", None, true),
        ("", Some("Amina Diallo"), true),
        ("Ministry of Justice", Some("Amina Diallo"), true),
        ("", None, false),
        (" ", Some(" "), false),
    ] {
        let mut designation = designation(None);
        designation.contact.authority = authority.into();
        designation.contact.person_display_name = person.map(Into::into);
        let expected: &[&str] = if right { &[] } else { &["designation.contact"] };
        assert_eq!(fields(&designation), expected, "{authority:?} {person:?}");
    }
}

#[test]
fn an_email_address_has_one_at_sign_and_no_space() {
    for (email, right) in [
        ("icc@justice.example", true),
        ("icc+assets@justice.example", true),
        ("", false),
        ("justice.example", false),
        ("@justice.example", false),
        ("icc@", false),
        ("a@b@justice.example", false),
        ("icc @justice.example", false),
        ("icc@justice.example\n", false),
        ("icc@justice.example\u{a0}", false),
    ] {
        let mut designation = designation(None);
        designation.contact.email = Some(email.into());
        let expected: &[&str] = if right { &[] } else { &["designation.contact.email"] };
        assert_eq!(fields(&designation), expected, "{email:?}");
    }
}

#[test]
fn the_names_are_those_of_the_fields() {
    let short = json!({
        "capacity": "deputy_focal_point", "start_date": "2026-02-01",
        "contact": { "person_display_name": "Amina Diallo", "around_the_clock": false }
    });
    let full = json!({
        "capacity": "focal_point", "start_date": "2026-02-01", "end_date": "2027-02-01",
        "contact": {
            "authority": "Ministry of Justice", "person_display_name": "Amina Diallo",
            "postal_address": "1 Main Street\nCapital", "email": "icc@justice.example", "telephone": "+1 555 0100",
            "around_the_clock": true
        }
    });
    for written in [short, full] {
        let designation: NewDesignation = serde_json::from_value(written.clone()).unwrap();
        assert_eq!(serde_json::to_value(designation).unwrap(), written);
    }
}

#[test]
fn a_telephone_has_a_country_code_and_as_many_digits_as_there_can_be() {
    let contact = |telephone: &str| Contact {
        authority: "Ministry".to_owned(),
        person_display_name: None,
        postal_address: None,
        email: None,
        telephone: Some(telephone.to_owned()),
        around_the_clock: false,
    };
    for good in [
        "+351 21 000 0000",
        "+290 22222",
        "+1 (555) 010-0999",
        "+33.1.23.45.67.89 poste 12",
        "+31 70 515 85 15 #4",
    ] {
        assert_eq!(contact(good).problem(), None, "{good}");
    }
    for bad in [
        "12",
        "+12",
        "+351 21",
        "0033 1 23 45 67 89",
        "21 000 0000",
        "+351 21 000 0000 000000",
        "+",
        "",
        "+ext. 1234567",
    ] {
        assert_eq!(contact(bad).problem().map(|(field, _)| field), Some(".telephone"), "{bad}");
    }
}
