use IdentifierKind as Kind;
use proptest::prelude::*;

use super::*;

const FINE: &[(Kind, &str)] = &[
    (Kind::Iban, "NL91ABNA0417164300"),
    (Kind::Iban, "BE68539007547034"),
    (Kind::Iban, "PT50000201231234567890154"),
    (Kind::Iban, "NL91 ABNA 0417 1643 00"),
    (Kind::Iban, "IBAN nl91-abna-0417-1643-00"),
    (Kind::Bic, "ABNANL2A"),
    (Kind::Bic, "abna nl 2a xxx"),
    (Kind::Bic, "BICICIAB"),
    (Kind::Bic, "NCBVXKPR"),
    (Kind::DomesticAccountNumber, "10-2030-456"),
    (Kind::Isin, "US0378331005"),
    (Kind::Isin, "AU0000XVGZA3"),
    (Kind::Isin, "us 037833100 5"),
    (Kind::Lei, "529900T8BM49AURSDO55"),
    (Kind::Lei, "5299-00T8-BM49-AURS-DO55"),
    (Kind::Vin, "1M8GDM9AXKP042788"),
    (Kind::Plate, "AB-12-CD"),
    (Kind::Plate, "BOSS"),
    (Kind::Imo, "9074729"),
    (Kind::Imo, "IMO 9074729"),
    (Kind::Mmsi, "244 060 000"),
    (Kind::RegistrationMark, "PH-BHA"),
    (Kind::RegistrationMark, "N123AB"),
    (Kind::Icao24, "48 44 AC"),
    (Kind::CryptoAddress, "0x52908400098527886E0F7030069857D2E4169EE7"),
    (Kind::CryptoAddress, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
    (Kind::RegisterNumber, "HRB 12345"),
    (Kind::CadastralReference, "Amsterdam A 1234"),
    (Kind::Other, "blue box"),
];

const WARNED: &[(Kind, &str)] = &[
    // The check digits fit, but the country has not registered a format.
    (Kind::Iban, "CI06000201231234567890154"),
    (Kind::Bic, "AB1ANL2A"),
    (Kind::DomesticAccountNumber, "NL91 ABNA 0417 1643 00"),
    (Kind::DomesticAccountNumber, "unknown"),
    (Kind::Isin, "ZZ0000000008"),
    (Kind::Vin, "WVWZZZ1JZ3W386752"),
    (Kind::Vin, "1M8GDM9AXKP04278O"),
    (Kind::Vin, "12345"),
    (Kind::Vin, "é23456789é12345"),
    (Kind::Mmsi, "002440600"),
    (Kind::RegistrationMark, "very long mark"),
    (Kind::RegistrationMark, "РА-12345"),
    (Kind::CryptoAddress, "0x5290840009852788"),
    (Kind::ContractNumber, "unknown"),
];

const WRONG: &[(Kind, &str)] = &[
    (Kind::Iban, "NL91ABNA0417164301"),
    (Kind::Iban, "NL91ABNA04171643"),
    (Kind::Iban, "91NL"),
    (Kind::Iban, "NL91ABNA041716430\u{660}"),
    (Kind::Bic, "ABNANL2"),
    (Kind::Bic, "ABNANL2AXX"),
    (Kind::Bic, "ABNAZZ2A"),
    (Kind::Bic, "ABNäNL2"),
    (Kind::Isin, "US0378331004"),
    (Kind::Isin, "US037833100"),
    (Kind::Isin, "US037833100X"),
    (Kind::Lei, "529900T8BM49AURSDO54"),
    (Kind::Lei, "529900T8BM49AURSDO5"),
    (Kind::Imo, "9074728"),
    (Kind::Imo, "907472"),
    (Kind::Imo, "90747290"),
    (Kind::Imo, "0000000"),
    (Kind::Imo, "IMO"),
    (Kind::Mmsi, "24406000"),
    (Kind::Mmsi, "24406000A"),
    (Kind::Icao24, "4844AG"),
    (Kind::Icao24, "+844AC"),
    (Kind::Icao24, "4844ACC"),
    (Kind::Icao24, "000000"),
    (Kind::Icao24, "FFFFFF"),
    (Kind::CryptoAddress, "1BoatSLRHtKNngkdXEeobR76b53LETtpyT 1"),
    (Kind::CryptoAddress, "adresse-é"),
];

#[test]
fn vectors() {
    for (kind, value) in FINE {
        assert_eq!(check(*kind, value), Verdict::Fine, "{kind:?} {value}");
    }
    for (kind, value) in WARNED {
        assert!(matches!(check(*kind, value), Verdict::Warning(_)), "{kind:?} {value}");
    }
    for (kind, value) in WRONG {
        assert!(matches!(check(*kind, value), Verdict::Wrong(_)), "{kind:?} {value}");
    }
}

#[test]
fn no_kind_takes_blank_invisible_or_endless_values() {
    let long = "1".repeat(MAX_CHARS + 1);
    for kind in Kind::ALL {
        for value in ["", " ", " - ", "?", "1\0", "1\n", "\t1", "1\u{202E}2", "\u{FEFF}1", &long] {
            assert!(matches!(check(kind, value), Verdict::Wrong(_)), "{kind:?} {value:?}");
        }
    }
    assert_eq!(check(Kind::Other, &"é1".repeat(MAX_CHARS / 2)), Verdict::Fine);
}

#[test]
fn normal_forms() {
    for (kind, value, normal) in [
        (Kind::Iban, " IBAN nl91\u{A0}abna 0417‑1643 00 ", "NL91ABNA0417164300"),
        (Kind::Imo, "imo-9074729", "9074729"),
        (Kind::RegistrationMark, "ph-bha", "PHBHA"),
        (Kind::Plate, " hh-a  1234", "HH-A 1234"),
        (Kind::CryptoAddress, " 1BoatSLRHtKNngkdXEeobR76b53LETtpyT ", "1BoatSLRHtKNngkdXEeobR76b53LETtpyT"),
        (Kind::TitleNumber, "a  1-b", "a 1-b"),
    ] {
        assert_eq!(normalize(kind, value), normal);
    }
}

#[test]
fn all_kinds_are_listed_and_named_in_snake_case() {
    assert_eq!(Kind::ALL.len(), Kind::Other as usize + 1);
    assert!(Kind::ALL.iter().enumerate().all(|(place, kind)| *kind as usize == place));
    assert_eq!(serde_json::to_string(&Kind::DomesticAccountNumber).unwrap(), r#""domestic_account_number""#);
    assert_eq!(serde_json::to_string(&Kind::Icao24).unwrap(), r#""icao24""#);
    assert_eq!(Kind::ALL.iter().filter(|kind| !is_verifiable(**kind)).count(), 3);
}

/// `value` with the digit at `place` raised by `by`, round the clock.
fn misread(value: &str, place: usize, by: u32) -> String {
    let raise = |c: char| c.to_digit(10).and_then(|digit| char::from_digit((digit + by) % 10, 10)).unwrap();
    value.chars().enumerate().map(|(at, c)| if at == place { raise(c) } else { c }).collect()
}

fn imo_of(number: u32) -> String {
    let digits = number.to_string();
    let sum: u32 = digits.chars().zip([7, 6, 5, 4, 3, 2]).map(|(c, w)| c.to_digit(10).unwrap() * w).sum();
    format!("{digits}{}", sum % 10)
}

fn is_wrong(kind: Kind, value: &str) -> bool {
    matches!(check(kind, value), Verdict::Wrong(_))
}

fn any_kind() -> impl Strategy<Value = Kind> {
    prop::sample::select(Kind::ALL.to_vec())
}

proptest! {
    #[test]
    fn a_wrong_digit_of_an_iban_is_found(bban in 0..1_000_000_000_000_u64, place in 2..16_usize, by in 1..10_u32) {
        // BE is 1114 in digits.
        let check_digits = 98 - (bban * 1_000_000 + 111_400) % 97;
        let valid = format!("BE{check_digits:02}{bban:012}");
        prop_assert_eq!(check(Kind::Iban, &valid), Verdict::Fine);
        prop_assert!(is_wrong(Kind::Iban, &misread(&valid, place, by)));
    }

    #[test]
    fn a_wrong_digit_of_an_isin_is_found(payload in "[A-Z0-9]{9}", place in 2..12_usize, by in 1..10_u32) {
        let valid = isin::build_from_parts("NL", &payload).unwrap().to_string();
        prop_assert_eq!(check(Kind::Isin, &valid), Verdict::Fine);
        if valid.as_bytes()[place].is_ascii_digit() {
            prop_assert!(is_wrong(Kind::Isin, &misread(&valid, place, by)));
        }
    }

    #[test]
    fn a_wrong_digit_of_an_lei_is_found(payload in "[0-9]{4}00[A-Z0-9]{12}", place in 0..20_usize, by in 1..10_u32) {
        let valid = lei::build_from_payload(&payload).unwrap().to_string();
        prop_assert_eq!(check(Kind::Lei, &valid), Verdict::Fine);
        if valid.as_bytes()[place].is_ascii_digit() {
            prop_assert!(is_wrong(Kind::Lei, &misread(&valid, place, by)));
        }
    }

    /// The standard finds every wrong digit where the weight has no factor in common with 10.
    #[test]
    fn a_wrong_digit_of_an_imo_is_found(
        number in 100_000..1_000_000_u32,
        place in prop::sample::select(vec![0, 4, 6_usize]),
        by in 1..10_u32,
    ) {
        let valid = imo_of(number);
        prop_assert_eq!(check(Kind::Imo, &valid), Verdict::Fine);
        prop_assert!(is_wrong(Kind::Imo, &misread(&valid, place, by)));
    }

    #[test]
    fn grouping_and_case_do_not_matter(
        (kind, value) in prop::sample::select([FINE, WRONG].concat()),
        place in any::<prop::sample::Index>(),
        group in prop::sample::select(vec![" ", "-", " - ", "\u{A0}", "\u{2011}"]),
    ) {
        let normal = normalize(kind, value);
        let standardized = !normal.is_empty() && normalize(kind, "a b-c") == "ABC";
        if standardized && normal.is_ascii() {
            let mut grouped = normal.to_ascii_lowercase();
            grouped.insert_str(place.index(normal.len()), group);
            prop_assert_eq!(normalize(kind, &grouped), normal);
            prop_assert_eq!(check(kind, &grouped), check(kind, value));
        }
    }

    #[test]
    fn normalizing_is_idempotent_and_keeps_the_verdict(
        kind in any_kind(),
        text in any::<String>(),
        near in "(IMO|IBAN|imo )?[ A-Za-z0-9-]{0,40}",
    ) {
        for value in [text, near] {
            let normal = normalize(kind, &value);
            prop_assert_eq!(&normalize(kind, &normal), &normal);
            let (written, plain) = (check(kind, &value), check(kind, &normal));
            if let Verdict::Fine | Verdict::Warning(_) = written {
                prop_assert_eq!(written, plain);
            }
        }
    }

    #[test]
    fn texts_do_not_quote_the_value(kind in any_kind(), value in "[A-Z0-9]{5,34}") {
        if let Verdict::Warning(text) | Verdict::Wrong(text) = check(kind, &value) {
            prop_assert!(!text.contains(&value));
        }
    }
}
