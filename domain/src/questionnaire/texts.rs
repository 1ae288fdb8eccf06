//! The same words in several languages.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use crate::text::LocalizedText;

/// Words in several languages, in the order of their tags. On the wire a list of localized texts, in which a language
/// may stand twice until somebody complains; a file may also write a table, as `{ en = "…", fr = "…" }`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Texts(Vec<LocalizedText>);

impl Texts {
    /// Whether there are no words in any language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All words with their languages.
    pub fn iter(&self) -> std::slice::Iter<'_, LocalizedText> {
        self.0.iter()
    }

    /// Sets the words in a language, and gives those it had.
    pub fn insert(&mut self, language: &str, words: String) -> Option<String> {
        match self.0.binary_search_by(|entry| entry.language_code.as_str().cmp(language)) {
            Ok(place) => Some(std::mem::replace(&mut self.0[place].text, words)),
            Err(place) => {
                self.0.insert(place, LocalizedText { text: words, language_code: language.to_owned() });
                None
            }
        }
    }

    /// The words in exactly this language (BCP 47).
    #[must_use]
    pub fn get(&self, language: &str) -> Option<&str> {
        self.0.iter().find(|entry| entry.language_code == language).map(|entry| entry.text.as_str())
    }

    /// The words in a language, else in English, else in the first there is.
    #[must_use]
    pub fn in_language(&self, language: &str) -> &str {
        let first = self.0.first().map(|entry| entry.text.as_str());
        self.get(language).or_else(|| self.get("en")).or(first).unwrap_or_default()
    }
}

impl FromIterator<LocalizedText> for Texts {
    fn from_iter<I: IntoIterator<Item = LocalizedText>>(entries: I) -> Self {
        let mut entries: Vec<_> = entries.into_iter().collect();
        entries.sort_by(|a, b| a.language_code.cmp(&b.language_code));
        Self(entries)
    }
}

impl<'a> IntoIterator for &'a Texts {
    type Item = &'a LocalizedText;
    type IntoIter = std::slice::Iter<'a, LocalizedText>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Form {
            List(Vec<LocalizedText>),
            Table(BTreeMap<String, String>),
        }
        Ok(match Form::deserialize(deserializer)? {
            Form::List(list) => list.into_iter().collect(),
            Form::Table(table) => {
                let entry = |(language_code, text)| LocalizedText { text, language_code };
                table.into_iter().map(entry).collect()
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn texts(written: serde_json::Value) -> Texts {
        serde_json::from_value(written).unwrap()
    }

    #[test]
    fn a_list_and_a_table_say_the_same() {
        let table = texts(json!({ "fr": "Loi", "en": "Law" }));
        let entry = |text: &str, language: &str| json!({ "text": text, "language_code": language });
        assert_eq!(table, texts(json!([entry("Loi", "fr"), entry("Law", "en")])));
        // Written it is a list in the order of the languages.
        assert_eq!(serde_json::to_value(&table).unwrap(), json!([entry("Law", "en"), entry("Loi", "fr")]));
        assert!(texts(json!([])).is_empty() && texts(json!({})).is_empty());
        assert!(serde_json::from_value::<Texts>(json!("Law")).is_err());
    }

    #[test]
    fn the_words_of_a_language_are_found_or_others_for_them() {
        let both = texts(json!({ "fr": "Loi", "en": "Law", "ar": "قانون" }));
        for (language, exact, best) in
            [("fr", Some("Loi"), "Loi"), ("en", Some("Law"), "Law"), ("es", None, "Law"), ("", None, "Law")]
        {
            assert_eq!((both.get(language), both.in_language(language)), (exact, best), "{language}");
        }
        assert_eq!(texts(json!({ "fr": "Loi", "pt": "Lei" })).in_language("es"), "Loi");
        assert_eq!(Texts::default().in_language("en"), "");
    }

    #[test]
    fn words_are_put_in_their_place_and_replace_those_that_were_there() {
        let mut words = texts(json!({ "en": "Law" }));
        assert_eq!(words.insert("fr", "Loi".into()), None);
        assert_eq!(words.insert("ar", "قانون".into()), None);
        assert_eq!(words.insert("en", "Statute".into()), Some("Law".into()));
        assert_eq!(words, texts(json!({ "ar": "قانون", "en": "Statute", "fr": "Loi" })));
        assert_eq!(words.iter().count(), 3);
    }

    #[test]
    fn a_language_that_stands_twice_is_kept_for_whoever_complains() {
        let twice =
            json!([{ "text": "Law", "language_code": "en" }, { "text": "Right", "language_code": "en" }]);
        assert_eq!(texts(twice).iter().count(), 2);
    }
}
