//! Codes of countries and languages.

use oxilangtag::LanguageTag;

/// Longest language tag: what RFC 5646 section 4.4.1 asks every implementation to hold.
const MAX_TAG: usize = 35;

/// Whether `alpha2` is an officially assigned ISO 3166-1 alpha-2 code, in upper case, as `NL`.
///
/// User-assigned and reserved codes (`XK`, `EU`, `UK`) are not countries.
#[must_use]
pub fn is_country(alpha2: &str) -> bool {
    rust_iso3166::from_alpha2(alpha2).is_some()
}

/// Codes of countries that are no more, which nothing else has got since (ISO 3166-3). Some are still in use where they
/// were once given, as in the BIC of a bank.
const WITHDRAWN: [&str; 25] = [
    "AN", "BU", "CS", "CT", "DD", "DY", "FQ", "FX", "HV", "JT", "MI", "NH", "NQ", "NT", "PC", "PU", "PZ",
    "RH", "SU", "TP", "VD", "WK", "YD", "YU", "ZR",
];

/// Whether `alpha2` is a code that ISO 3166-3 lists as withdrawn and nothing else has got since, as `AN`.
#[must_use]
pub fn is_withdrawn(alpha2: &str) -> bool {
    WITHDRAWN.contains(&alpha2)
}

/// Whether `tag` is a well-formed BCP 47 (RFC 5646) language tag in its usual spelling, as `fr`, `pt-BR` or
/// `sr-Latn`: at most 35 characters, case as section 2.1.1 recommends, beginning with an ISO 639 code of two or
/// three letters.
///
/// Tags that are only private use, irregular (`i-klingon`) or prefixed (`zh-yue` for `yue`) are refused: the
/// same language would have two names. Whether a subtag is registered is not checked.
#[must_use]
pub fn is_language(tag: &str) -> bool {
    language(tag).is_some_and(|normal| normal == tag)
}

/// A language tag in its one spelling, as `pt-BR` for `PT-br`; nothing for what is none.
#[must_use]
pub fn language(tag: &str) -> Option<String> {
    let normal = LanguageTag::parse_and_normalize(tag).ok().filter(|_| tag.len() <= MAX_TAG)?;
    let is_one = matches!(normal.primary_language().len(), 2 | 3) && normal.extended_language().is_none();
    is_one.then(|| normal.into_inner())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn countries_are_assigned_upper_case_alpha2_codes() {
        for code in ["NL", "CD", "UG", "CF", "SS", "PS", "VA"] {
            assert!(is_country(code), "{code}");
        }
        for code in ["", "nl", "Nl", "NLD", "N", "XK", "EU", "UK", "ZZ", "ZR", " NL", "ÑL"] {
            assert!(!is_country(code), "{code}");
        }
        assert_eq!(rust_iso3166::ALL_ALPHA2.len(), 249);
    }

    #[test]
    fn withdrawn_codes_are_no_countries() {
        for code in WITHDRAWN {
            assert!(is_withdrawn(code) && !is_country(code), "{code}");
        }
        // Given to another country since, or never given.
        for code in ["AI", "BY", "GE", "SK", "XK", "ZZ", "an"] {
            assert!(!is_withdrawn(code), "{code}");
        }
        assert!(WITHDRAWN.is_sorted());
    }

    #[test]
    fn languages_are_tags_in_their_usual_spelling() {
        for tag in
            ["en", "fr", "sw", "ach", "pt-BR", "sr-Latn", "zh-Hant-TW", "es-419", "de-1996", "ar-x-icc"]
        {
            assert!(is_language(tag), "{tag}");
        }
        let refused =
            ["", "e", "EN", "en-us", "en_US", "en-", "-en", "english", "français", "x-icc", "i-klingon"];
        for tag in refused.into_iter().chain(["zh-yue", "en GB", "en-x", "en-a", "toolonglanguage"]) {
            assert!(!is_language(tag), "{tag}");
        }
        assert!(is_language(&format!("en-x{}", "-abcdefg".repeat(3) + "-abcdef")));
        assert!(!is_language(&format!("en-x{}", "-abcdefg".repeat(4))));
    }

    #[test]
    fn a_language_is_known_in_any_case_and_has_one_spelling() {
        for (written, tag) in [("EN", "en"), ("en-us", "en-US"), ("PT-br", "pt-BR"), ("ZH-hant", "zh-Hant")] {
            assert_eq!(language(written).as_deref(), Some(tag));
        }
        assert_eq!(language("english"), None);
        assert_eq!(language("zh-yue"), None);
    }

    proptest! {
        #[test]
        fn nothing_panics(text in any::<String>(), tag in "[a-zA-Z0-9-]{0,40}") {
            let _ = (is_country(&text), is_language(&text));
            prop_assert!(!is_language(&tag) || tag.len() <= MAX_TAG);
        }
    }
}
