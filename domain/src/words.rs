//! Closed lists of words: one spelling in the code, the store, the journal and on the wire. Any spelling that people may
//! have seen is read.

/// A word that is not in its list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown word for {0}")]
pub struct UnknownWord(pub &'static str);

/// Whether two spellings are of one word: people write it in any case, and with `-`, `_` or a blank.
#[must_use]
pub fn alike(one: &str, other: &str) -> bool {
    let plain = |letter: char| if letter == '-' || letter == ' ' { '_' } else { letter.to_ascii_lowercase() };
    one.chars().map(plain).eq(other.chars().map(plain))
}

/// Makes an enum of words: `ALL`, `as_str`, parsing, display and serde by the same spelling.
macro_rules! words {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// All of them, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The spelling.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::words::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word => return Ok(Self::$variant),)*
                    _ => {}
                }
                let found = Self::ALL.iter().find(|known| $crate::words::alike(known.as_str(), word));
                found.copied().ok_or($crate::words::UnknownWord(stringify!($name)))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                word.parse().map_err(|_| {
                    let words: Vec<_> = Self::ALL.iter().map(|word| word.as_str()).collect();
                    serde::de::Error::custom(format!("must be one of {}", words.join(", ")))
                })
            }
        }
    };
}
pub(crate) use words;

#[cfg(test)]
mod tests {
    use crate::freezing_request::State;

    #[test]
    fn a_word_is_read_in_every_spelling_that_is_seen_somewhere() {
        for spelling in ["executed_in_part", "executed-in-part", "EXECUTED_IN_PART", "Executed in part"] {
            assert_eq!(spelling.parse(), Ok(State::ExecutedInPart), "{spelling}");
        }
        for other in ["executedinpart", "executed_in_part ", "executed", ""] {
            assert_ne!(other.parse(), Ok(State::ExecutedInPart), "{other}");
        }
        assert_eq!(State::ExecutedInPart.to_string(), "executed_in_part", "one is written");
    }
}
