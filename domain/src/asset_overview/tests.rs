use PurposeKind::{Forfeiture, LegalAid, Reparations};
use chrono::Days;
use uuid::Uuid;

use super::*;
use crate::{
    asset::{
        Asset, AssetIdentifier,
        sample::{day, money, told},
    },
    identifiers::IdentifierKind,
    names::CaseId,
};

/// A person of the case by a number; none for somebody whom it does not know.
fn person(number: u128) -> Option<PersonId> {
    (number > 0).then(|| PersonId { parent: CaseId(Uuid::nil()), id: Uuid::from_u128(number) })
}

/// A request to a State about these persons, for purposes of some of them with their ends.
fn request(state: &str, persons: &[(u128, &str)], purposes: &[(i32, PurposeKind, Option<&str>)]) -> Belongs {
    let concerned = |(position, (number, name)): (i32, &(u128, &str))| Concerned {
        position,
        person: person(*number),
        display_name: (*name).to_owned(),
    };
    let pair = |(position, purpose, end): &(i32, PurposeKind, Option<&str>)| PersonPurpose {
        position: *position,
        purpose: *purpose,
        end_date: end.map(day),
        end_time: end.map(|end| day(end).and_time(chrono::NaiveTime::MIN).and_utc()),
    };
    let key = u128::try_from(state.len()).unwrap();
    Belongs {
        requested_state: Some((OrganizationId(Uuid::from_u128(key)), state.to_owned())),
        persons: (0..).zip(persons).map(concerned).collect(),
        purposes: purposes.iter().map(pair).collect(),
        ends: Vec::new(),
        valid_until_date: None,
    }
}

/// One about one person, for forfeiture.
fn plain() -> Belongs {
    request("Portugal", &[(1, "Ngoma")], &[(0, Forfeiture, None)])
}

fn of(positions: &[i32], facts: &str) -> Asset {
    let mut asset = told(facts);
    asset.description.persons = positions.to_vec();
    asset
}

fn held(asset: Asset, belongs: &Belongs) -> Held {
    Held { asset, belongs: Arc::new(belongs.clone()) }
}

/// All of them, on a day of the year.
fn on(today: &str, held: &[Held]) -> AssetOverview {
    by(None, today, held)
}

/// The same with totals converted.
fn by(rates: Option<&ExchangeRates>, today: &str, held: &[Held]) -> AssetOverview {
    let day = day(today);
    let asked = Question { day, horizon: day + Days::new(30), rates, most: MOST };
    overview((String::new(), String::new()), (held, &[]), Vec::new(), asked)
}

/// Plain assets, on a day.
fn told_on(today: &str, facts: &[&str]) -> AssetGroup {
    let held: Vec<_> = facts.iter().map(|facts| held(told(facts), &plain())).collect();
    on(today, &held).total
}

fn counts(groups: &[AssetGroup]) -> Vec<(&str, usize)> {
    groups.iter().map(|group| (group.display_name.as_str(), group.count)).collect()
}

fn amounts(group: &AssetGroup) -> Vec<String> {
    group.values.iter().map(|sum| sum.amount.to_string()).collect()
}

#[test]
fn an_asset_of_two_persons_stands_under_both_and_counts_once() {
    let both =
        request("Portugal", &[(1, "Ngoma"), (2, "Mbala")], &[(0, Forfeiture, None), (1, Forfeiture, None)]);
    let facts = "freeze 01-10; value 01-10 100";
    let all = [held(of(&[0, 1], facts), &both), held(of(&[1], facts), &both), held(of(&[], facts), &both)];
    let told = on("02-01", &all);
    assert_eq!(counts(&told.persons), [("Ngoma", 1), ("Mbala", 2)], "what nobody was named for is nobody's");
    assert_eq!((told.total.count, amounts(&told.total)), (3, vec!["EUR 300.00".to_owned()]));
    assert_eq!(told.persons[0].key, person(1).unwrap().to_string());
    // A request about one person needs no names.
    assert_eq!(counts(&on("02-01", &[held(of(&[], facts), &plain())]).persons), [("Ngoma", 1)]);
}

#[test]
fn who_is_not_of_the_case_is_told_apart_by_name() {
    let owners = request("Portugal", &[(0, "A cousin"), (0, "A firm")], &[(0, Forfeiture, None)]);
    let all = [held(of(&[0], ""), &owners), held(of(&[1], ""), &owners), held(of(&[1], ""), &owners)];
    let told = on("02-01", &all);
    assert_eq!(counts(&told.persons), [("A cousin", 1), ("A firm", 2)]);
    assert!(told.persons.iter().all(|group| group.key.is_empty()));
}

/// The same person in requests to two States is one.
#[test]
fn a_person_spans_states_and_a_state_spans_requests() {
    let [portugal, also, belgium] =
        ["Portugal", "Portugal", "Belgium"].map(|state| request(state, &[(1, "Ngoma")], &[]));
    let court = Belongs { requested_state: None, ..plain() };
    let all = [&portugal, &also, &belgium, &court].map(|belongs| held(of(&[], "freeze 01-10"), belongs));
    let told = on("02-01", &all);
    assert_eq!(counts(&told.persons), [("Ngoma", 4)]);
    assert_eq!(counts(&told.states), [("The Court", 1), ("Belgium", 1), ("Portugal", 2)]);
    assert_eq!(told.states[0].key, "");
}

#[test]
fn purposes_count_as_long_as_they_hold_for_the_persons_of_the_asset() {
    let purposes =
        [(0, Forfeiture, Some("03-01")), (0, LegalAid, None), (1, Forfeiture, None), (1, Reparations, None)];
    let both = request("Portugal", &[(1, "Ngoma"), (2, "Mbala")], &purposes);
    let all = [held(of(&[0], ""), &both), held(of(&[1], ""), &both), held(of(&[], ""), &both)];
    let before = [("forfeiture", 3), ("reparations", 2), ("legal_aid", 2)];
    assert_eq!(counts(&on("02-28", &all).purposes), before, "its last day");
    let after = [("forfeiture", 2), ("reparations", 2), ("legal_aid", 2)];
    assert_eq!(counts(&on("03-01", &all).purposes), after, "the first day without");
}

#[test]
fn currencies_are_never_added_to_each_other() {
    let told = told_on(
        "02-01",
        &[
            "value 01-10 100",
            "value 01-10 0.50; value 01-20 7.25",
            "value 01-10 30USD",
            "value 01-10 5XAF",
            "",
        ],
    );
    assert_eq!(amounts(&told), ["EUR 107.25", "USD 30.00", "XAF 5"]);
    let euros = &told.values[0];
    assert_eq!((euros.count, euros.oldest_date), (2, day("01-10")));
    assert_eq!(euros.first_amount, Some(money("100.50")));
    let unpaid = told_on(
        "02-01",
        &["cost owner 01-10 5", "cost court 01-15 7; cost owner 02-02 100", "cost owner 01-10 3USD"],
    )
    .unpaid;
    assert_eq!(
        unpaid.iter().map(|sum| sum.amount.to_string()).collect::<Vec<_>>(),
        ["EUR 12.00", "USD 3.00"]
    );
}

/// What was valued in one currency first and in another later counts in the later, and nobody says by how much it fell.
#[test]
fn a_first_value_in_another_currency_is_not_compared() {
    let told = told_on("02-01", &["value 01-10 100; value 01-20 80USD", "value 01-10 30USD"]);
    assert_eq!(amounts(&told), ["USD 110.00"]);
    assert_eq!(told.values[0].first_amount, None);
    assert_eq!(amounts(&told_on("01-15", &["value 01-10 100; value 01-20 80USD"])), ["EUR 100.00"]);
}

#[test]
fn shares_that_have_gone_are_not_counted_and_thirds_make_a_whole() {
    let claimed = "value 01-10 100; claim spouse_share 01-11 2/3; upheld 01-12; final 02-01";
    assert_eq!(amounts(&told_on("01-31", &[claimed])), ["EUR 100.00"]);
    assert_eq!(amounts(&told_on("02-01", &[claimed])), ["EUR 33.33"]);
    let halves = "value 01-10 100; released 01-20 1/2";
    assert_eq!(amounts(&told_on("02-01", &[halves, "value 01-10 1; transferred 01-20"])), ["EUR 50.00"]);
    let thirds = [(); 3].map(|()| held(told("value 01-10 1; transferred 01-20 2/3"), &plain()));
    let told = on("02-01", &thirds);
    assert_eq!(amounts(&told.total), ["EUR 1.00"], "rounded once, not three times");
    assert_eq!(told.total.values[0].first_amount, Some(money("1")));
    assert_eq!(told.values.last().unwrap().values, [money("1")], "nor over time");
}

/// Half of an asset that was turned into money is worth half of the money, and not half of its earlier value.
#[test]
fn what_was_realised_is_worth_what_it_brought_in() {
    let facts = "freeze 01-10; value 01-10 100; applied_to_fine 02-01; realised 02-02 80";
    assert_eq!(amounts(&told_on("02-01", &[facts])), ["EUR 100.00"]);
    assert_eq!(amounts(&told_on("02-02", &[facts])), ["EUR 80.00"]);
    assert_eq!(amounts(&told_on("02-10", &[&format!("{facts}; transferred 02-03 1/2")])), ["EUR 40.00"]);
    assert!(amounts(&told_on("02-10", &[&format!("{facts}; transferred 02-03")])).is_empty());
}

#[test]
fn the_value_over_time_knows_of_claims_and_ends_with_the_day_asked_about() {
    let claimed = "value 01-10 100; claim spouse_share 01-11 1/4; upheld 01-20; final 01-25";
    let told = on(
        "02-01",
        &[held(told(claimed), &plain()), held(told("value 01-15 1; transferred 01-28"), &plain())],
    );
    let points: Vec<_> =
        told.values.iter().map(|point| (point.valuation_date, point.values[0].to_string())).collect();
    let expected = [
        ("01-10", "100.00"),
        ("01-15", "101.00"),
        ("01-20", "101.00"),
        ("01-25", "76.00"),
        ("01-28", "75.00"),
        ("02-01", "75.00"),
    ];
    assert_eq!(points, expected.map(|(date, euros)| (day(date), format!("EUR {euros}"))));
    assert!(on("02-01", &[held(of(&[], ""), &plain())]).values.is_empty());
}

fn rates(currency: &str, rates: &[(&str, &str)]) -> ExchangeRates {
    let rate =
        |(code, rate): &(&str, &str)| ExchangeRate { currency_code: (*code).into(), rate: (*rate).into() };
    ExchangeRates {
        currency_code: currency.into(),
        rates: rates.iter().map(rate).collect(),
        rate_date: day("01-31"),
        source: "European Central Bank".into(),
    }
}

#[test]
fn totals_are_converted_by_rates_that_are_named_and_by_no_others() {
    let all = ["value 01-10 100", "value 01-10 30.50USD", "value 01-10 1000XAF"]
        .map(|facts| held(told(facts), &plain()));
    for (by_rates, amount, without) in [
        (rates("EUR", &[("USD", "0.8"), ("XAF", "0.0015245")]), "EUR 125.92", vec![]),
        (rates("EUR", &[("USD", "0.8")]), "EUR 124.40", vec!["XAF"]),
        (rates("XAF", &[("EUR", "655.957"), ("USD", "500")]), "XAF 81845", vec![]),
        (rates("KWD", &[("EUR", "0.3333333")]), "KWD 33.333", vec!["USD", "XAF"]),
        (rates("KWD", &[]), "KWD 0.000", vec!["EUR", "USD", "XAF"]),
    ] {
        let converted = by(Some(&by_rates), "02-01", &all).total.converted.unwrap();
        assert_eq!(converted.amount.unwrap().to_string(), amount);
        assert_eq!(converted.without_rate, without, "it is named, not dropped");
        assert_eq!((converted.rate_date, converted.source.as_str()), (day("01-31"), "European Central Bank"));
    }
    assert_eq!(on("02-01", &all).total.converted, None, "nobody asked");
    let dear = [held(told("value 01-10 99999999999999999999.99"), &plain())];
    let converted = by(Some(&rates("USD", &[("EUR", "9999999.9")])), "02-01", &dear).total.converted.unwrap();
    assert_eq!(converted.amount, None, "more than can be said is not said");
}

#[test]
fn a_rate_counts_with_all_of_its_decimals_and_rounding_is_told() {
    for (value, rate, amount, rounded) in [
        ("100", "0.5", "EUR 50.00", false),
        ("100", "0.33333", "EUR 33.33", true),
        // More decimals than a number of the store has: nothing is lost before the end.
        ("99999999999999999999.99", "0.000000000000000000000000000000000001", "EUR 0.00", true),
        (
            "99999999999999999999.99",
            "0.99999999999999999999999999999999",
            "EUR 99999999999999999999.98",
            true,
        ),
        ("3", "0.33333333333333333333333333333333333333", "EUR 0.99", true),
        (
            "99999999999999999999",
            "1.00000000000000000000000000000000000001",
            "EUR 99999999999999999999.00",
            true,
        ),
    ] {
        let assets = [held(told(&format!("value 01-10 {value}USD")), &plain())];
        let converted = by(Some(&rates("EUR", &[("USD", rate)])), "02-01", &assets).total.converted.unwrap();
        assert_eq!(converted.amount.unwrap().to_string(), amount, "{value} by {rate}");
        assert_eq!(converted.rounded, rounded, "{value} by {rate}");
    }
}

#[test]
fn rates_that_say_nothing_are_refused_by_field() {
    let today = day("02-01");
    for (wrong, fields) in [
        (rates("EUR", &[("USD", "0.8")]), vec![]),
        (rates("EURO", &[("USD", "0.8")]), vec!["by.currency_code"]),
        (rates("EUR", &[("EUR", "1")]), vec!["by.rates[0].currency_code"]),
        (rates("EUR", &[("USD", "1"), ("USD", "1")]), vec!["by.rates[1].currency_code"]),
        (rates("EUR", &[("dollar", "0")]), vec!["by.rates[0].currency_code", "by.rates[0].rate"]),
        (rates("EUR", &[("USD", "-1")]), vec!["by.rates[0].rate"]),
        (rates("EUR", &[("USD", "1e3")]), vec!["by.rates[0].rate"]),
        (rates("EUR", &[("USD", "12345678")]), vec!["by.rates[0].rate"]),
        (ExchangeRates { rate_date: day("02-02"), ..rates("EUR", &[("USD", "1")]) }, vec!["by.rate_date"]),
    ] {
        let named: Vec<_> =
            wrong.violations("by", today).into_iter().map(|violation| violation.field).collect();
        assert_eq!(named, fields, "{wrong:?}");
    }
}

#[test]
fn a_measure_expires_within_the_days_asked_for() {
    for (last, in_force, expiring) in [("01-31", 0, 0), ("02-01", 1, 1), ("03-03", 1, 1), ("03-04", 1, 0)] {
        let told = told_on("02-01", &[&format!("freeze 01-10 {last}")]);
        let counted = (told.measures_in_force.count, told.expiring.count);
        assert_eq!(counted, (in_force, expiring), "until {last}, asked on 1 February with 30 days");
    }
    assert_eq!(told_on("02-01", &["freeze 01-10"]).expiring.count, 0, "it has no end");
    assert_eq!(told_on("02-01", &["freeze 01-10 02-10; renewed 06-30"]).expiring.count, 0, "it was renewed");
    let gone = told_on("02-01", &["freeze 01-10 02-10; transferred 01-20", "freeze 01-10 02-10; sold 01-20"]);
    assert_eq!((gone.measures_in_force.count, gone.expiring.count), (0, 0), "nothing holds what has left");
}

#[test]
fn a_release_is_outstanding_from_the_end_of_the_obligation_until_it_is_reported() {
    let ended = request("Portugal", &[(1, "Ngoma")], &[(0, Forfeiture, Some("03-01"))]);
    let facts = "freeze 01-10; released 04-01 1/2; released 04-10";
    for (today, outstanding, outlived) in [("02-28", 0, 0), ("03-01", 1, 1), ("04-01", 1, 1), ("04-10", 0, 0)]
    {
        let told = on(today, &[held(told(facts), &ended)]).total;
        assert_eq!(
            (told.releases_outstanding.count, told.outlived.count),
            (outstanding, outlived),
            "{today}"
        );
    }
    let blocked = on("04-01", &[held(told("freeze 01-10; continued_blocking 03-10"), &ended)]);
    assert_eq!(blocked.total.releases_outstanding.count, 1, "it has still to be accounted for");
}

/// The order does not hold the asset any more, but the obligation still ends only by an act.
#[test]
fn a_measure_outlives_the_last_day_of_its_order() {
    let lapsed = Belongs { valid_until_date: Some(day("03-01")), ..plain() };
    for (today, outlived) in [("03-01", 0), ("03-02", 1), ("04-01", 0)] {
        let told = on(today, &[held(told("freeze 01-10 03-31"), &lapsed)]);
        assert_eq!(
            (told.total.outlived.count, told.total.releases_outstanding.count),
            (outlived, 0),
            "{today}"
        );
        assert_eq!(told.assets[0].open.contains(&Matter::Outlived), outlived == 1, "{today}");
    }
    let gone = on("03-02", &[held(told("freeze 01-10; transferred 02-01"), &lapsed)]);
    assert_eq!(gone.total.outlived.count, 0, "nothing of it is held");
}

#[test]
fn what_was_valued_later_only_has_no_first_value_yet() {
    let told = on("02-01", &[held(told("value 03-01 5"), &plain())]);
    assert_eq!((told.assets[0].first_value.as_ref(), told.assets[0].value.as_ref()), (None, None));
}

#[test]
fn a_claim_is_pending_on_the_days_on_which_it_was() {
    let facts = "claim spouse_share 02-01 1/2; upheld 03-01; final 04-01; claim lease 05-01 1/1";
    for (today, pending) in [("01-31", 0), ("02-01", 1), ("03-31", 1), ("04-01", 0), ("05-01", 1)] {
        assert_eq!(told_on(today, &[facts]).claims_pending.count, pending, "{today}");
    }
    let both = told_on("02-10", &["claim spouse_share 02-01 1/2; claim lease 02-02 1/1", ""]);
    assert_eq!(both.claims_pending.count, 2);
}

#[test]
fn what_is_open_stands_first_and_what_bears_one_number_is_linked() {
    let numbered = |value: &str| {
        let mut asset = told("freeze 01-10; value 01-10 1");
        let identifier = AssetIdentifier { kind: IdentifierKind::Iban, value: value.to_owned() };
        asset.description.identifiers.push(identifier);
        held(asset, &plain())
    };
    let all = [
        numbered("NL91ABNA0417164300"),
        numbered("NL91 ABNA 0417 1643 00"),
        numbered("PT50000201231234567890154"),
        held(told("freeze 01-10 02-20; value 01-10 1"), &plain()),
    ];
    let told = on("02-01", &all);
    assert_eq!(told.assets[0].asset, all[3].asset.name);
    assert_eq!(told.assets[0].open, [Matter::Expiring]);
    let [same] = &told.duplicates[..] else { panic!("{:?}", told.duplicates) };
    assert_eq!(same.assets, [all[0].asset.name, all[1].asset.name]);
    assert_eq!(told.total.count, 4, "linked, and never merged");
}
