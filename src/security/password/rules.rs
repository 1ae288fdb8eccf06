//! What is accepted as a password.

use secrecy::{ExposeSecret, SecretString};
use unicode_normalization::UnicodeNormalization;
use zxcvbn::{Score, zxcvbn};

use super::Passwords;

/// The length of a password, in characters after normalization.
const LENGTH: std::ops::RangeInclusive<usize> = 15..=128;
/// How many characters are judged. If these are hard to guess, all are; and judging takes more than quadratic time.
const JUDGED: usize = 32;

impl Passwords {
    /// Whether `password` may be chosen: 15 to 128 characters of any kind, and not easily guessed, above all not from
    /// `words` (login, name, organization), which count for nothing in it. The error is a sentence for the user.
    pub fn check_rules(password: &SecretString, words: &[&str]) -> Result<(), String> {
        // No character stands for more than four after normalization (Unicode TR 15): this bounds the work below.
        if password.expose_secret().chars().count() > 4 * LENGTH.end() {
            return Err(too("long"));
        }
        let password = normal(password);
        let password = password.expose_secret();
        match password.chars().count() {
            short if short < *LENGTH.start() => return Err(too("short")),
            long if long > *LENGTH.end() => return Err(too("long")),
            _ => {}
        }
        if zxcvbn(&without_own_words(password, words), &[]).score() < Score::Three {
            return Err(
                "is too easy to guess; several words that have nothing to do with each other are good".into(),
            );
        }
        Ok(())
    }
}

/// One spelling of what looks the same on every keyboard.
pub(super) fn normal(password: &SecretString) -> SecretString {
    password.expose_secret().nfc().collect::<String>().into()
}

/// What is left of `password` for an attacker to guess who tries `words` and the program's own name first.
fn without_own_words(password: &str, words: &[&str]) -> String {
    let mut left = password.to_lowercase();
    let mut own: Vec<_> = ["focalnet", "icc"]
        .into_iter()
        .chain(words.iter().copied())
        .flat_map(|word| std::iter::once(word).chain(word.split(|c: char| !c.is_alphanumeric())))
        .map(|word| word.nfc().collect::<String>().to_lowercase())
        .filter(|word| word.chars().count() >= 3)
        .collect();
    own.sort_by_key(|word| std::cmp::Reverse(word.len()));
    for word in &own {
        left = left.replace(word, "");
    }
    left.chars().take(JUDGED).collect()
}

fn too(what: &str) -> String {
    format!("is too {what}: a password has {} to {} characters", LENGTH.start(), LENGTH.end())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "quartz lantern 7 otters\u{e9}";

    fn secret(text: impl Into<String>) -> SecretString {
        text.into().into()
    }

    #[test]
    fn rules() {
        let words = ["a.verstappen", "Anneke Verstappen", "Ministry of Justice of Ruritania"];
        let check = |text: &str| Passwords::check_rules(&secret(text), &words);
        let lengths = "is too short: a password has 15 to 128 characters";
        assert_eq!(check("kX9#vq2LmZ7!pT"), Err(lengths.into()));
        assert_eq!(check(&"e\u{301}".repeat(14)), Err(lengths.into()));
        assert!(check("kX9#vq2LmZ7!pTw").is_ok());
        assert!(check(GOOD).is_ok());
        assert!(check(&format!("Anneke: {GOOD}")).is_ok());
        assert!(check("жёлтый фонарь семь выдр").is_ok());
        let long: String =
            (0..128_u32).filter_map(|n| char::from_u32(0x4e00 + n * n * 37 % 20_000)).collect();
        assert!(check(&long).is_ok());
        assert!(check(&format!("{long}x")).unwrap_err().starts_with("is too long"));
        assert!(check(&"x".repeat(1_000_000)).unwrap_err().starts_with("is too long"));
        let easy = [
            "aaaaaaaaaaaaaaaaaaaaaaaa",
            "passwordpassword",
            "Password12345678",
            "qwertyuiopasdfgh",
            "focalnet-icc-2026",
            "p4$$w0rd1!p4$$w0rd1!p4$$w0rd1!p4",
            "FocalnetFocalnet1",
            "averstappen2026!",
            "Anneke.Verstappen1",
            "JusticeRuritania1",
            "ministry of justice of ruritania",
            "VERSTAPPEN focalnet ministry 1",
        ];
        for easy in easy {
            assert!(check(easy).unwrap_err().starts_with("is too easy"), "{easy}");
        }
    }

    #[test]
    fn judging_is_bounded() {
        for unit in ["4@8({[<6931!|0$5+7%2", "1990", "\u{1f600}", "\u{fdfa}", "\u{130}"] {
            let text: String = unit.chars().cycle().take(128).collect();
            assert_eq!(without_own_words(&text, &["4@8(", "x"]).chars().count(), JUDGED);
            let _ = Passwords::check_rules(&secret(text), &["4@8("]);
        }
        assert_eq!(without_own_words("Anneke1", &["ann", "anneke"]), "1");
        assert_eq!(without_own_words("An ICC of\u{e9}", &["OFE\u{301}", "a", "an"]), "an  ");
    }
}
