//! What may stand in a text field: no characters that deceive the eye or break the store, no more than fits, and
//! the form that the contract asks for.

use uuid::Uuid;

use super::limits::thousands;
use crate::schema::Rules;

/// What is wrong with a text, if anything. The answer never quotes it.
pub(super) fn problem(text: &str, rules: &Rules) -> Option<String> {
    if !rules.secret && text.chars().any(is_deceptive) {
        return Some(
            "must not contain control characters (but line feeds and tabs) or changes of direction".into(),
        );
    }
    if text.chars().nth(rules.max_length).is_some() {
        return Some(format!("must have at most {} characters", thousands(rules.max_length)));
    }
    if text.trim().is_empty() {
        return Some("must not be blank".into());
    }
    if let Some(pattern) = rules.reference.as_deref().filter(|pattern| !is_name(text, pattern)) {
        return Some(format!("must be a name of the form `{pattern}`"));
    }
    rules.format.filter(|format| !format.fits(text)).map(|format| format.demand().to_owned())
}

/// Control characters, which the store refuses or logs trip over, and characters that make text read differently
/// from what it says.
fn is_deceptive(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether a text is a resource name of this pattern, in its one spelling.
fn is_name(text: &str, pattern: &str) -> bool {
    let is_id = |part: &str| Uuid::parse_str(part).is_ok_and(|id| id.hyphenated().to_string() == part);
    let fits = |part: &str, wanted: &str| if wanted == "{uuid}" { is_id(part) } else { part == wanted };
    text.split('/').count() == pattern.split('/').count()
        && text.split('/').zip(pattern.split('/')).all(|(part, wanted)| fits(part, wanted))
}

#[cfg(test)]
mod tests {
    use crate::format::Format;

    use super::*;

    fn free(max_length: usize) -> Rules {
        Rules {
            secret: false,
            required: false,
            output_only: false,
            updatable: false,
            max_length,
            max_items: 0,
            max_value: None,
            reference: None,
            format: None,
        }
    }

    #[test]
    fn deceptive_characters_are_refused() {
        for bad in ["a\0", "\u{1B}[31m", "a\rb", "\u{202E}fdp.exe", "\u{2067}", "\u{7F}", "\u{85}", " \n", ""]
        {
            assert!(problem(bad, &free(100)).is_some(), "{bad:?}");
        }
        for good in ["a\n\tb", "نص عربي\u{200F}", "🏳\u{FE0F}\u{200D}🌈", "Ω≈ç√∫", "' OR 1=1 --", "<script>"]
        {
            assert_eq!(problem(good, &free(100)), None, "{good:?}");
        }
        assert_eq!(
            problem("\u{7}", &Rules { secret: true, ..free(100) }),
            None,
            "a password may have any character"
        );
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(problem("äöü", &free(3)), None);
        assert!(problem("äöüß", &free(3)).is_some());
    }

    #[test]
    fn references_have_one_spelling() {
        let rules = Rules { reference: Some("cases/{uuid}/persons/{uuid}".into()), ..free(2_000) };
        let id = "0b0c2a4e-6f0e-4d6b-9d3c-0a1b2c3d4e5f";
        assert_eq!(problem(&format!("cases/{id}/persons/{id}"), &rules), None);
        for bad in [
            format!("cases/{id}"),
            format!("cases/{id}/persons/{}", id.to_uppercase()),
            format!("cases/{id}/persons/{id}/"),
            format!("/cases/{id}/persons/{id}"),
            format!("orders/{id}/persons/{id}"),
            format!("cases/{}/persons/{id}", id.replace('-', "")),
            "cases/{uuid}/persons/{uuid}".into(),
        ] {
            assert!(problem(&bad, &rules).is_some(), "{bad}");
        }
    }

    #[test]
    fn formats_are_strict() {
        let hash = "a".repeat(64);
        for (name, good, bad) in [
            ("date", "2008-05-27", "2008-5-27"),
            ("date", "2008-02-29", "2009-02-29"),
            ("partial_date", "1962", "62"),
            ("partial_date", "1962-11", "1962-13"),
            ("partial_date", "1962-11-04", "1962-11-31"),
            ("date", "0001-01-01", "2008-05-27T00:00:00Z"),
            ("country", "PT", "pt"),
            ("language", "pt-BR", "portuguese"),
            ("uuid", "0b0c2a4e-6f0e-4d6b-9d3c-0a1b2c3d4e5f", "{0b0c2a4e-6f0e-4d6b-9d3c-0a1b2c3d4e5f}"),
            ("sha256", &hash, "abc"),
        ] {
            let rules = Rules { format: Format::named(name), ..free(2_000) };
            assert_eq!(problem(good, &rules), None, "{name} {good}");
            assert!(problem(bad, &rules).is_some(), "{name} {bad}");
        }
    }
}
