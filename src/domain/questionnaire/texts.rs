//! The same words in several languages.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use crate::domain::text::LocalizedText;

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
