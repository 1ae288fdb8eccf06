//! Forms of texts that the contract asks for by name.

use chrono::NaiveDate;
use focalnet_domain::{
    country::{is_country, is_language},
    partial_date::PartialDate,
};
use uuid::Uuid;

/// Form of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A day in ISO 8601.
    Date,
    /// A day, or its month or year where no more is known, in ISO 8601.
    PartialDate,
    /// A country by its ISO 3166-1 alpha-2 code.
    Country,
    /// A language by its BCP 47 tag.
    Language,
    /// A UUID with hyphens.
    Uuid,
    /// A SHA-256 in hexadecimal.
    Sha256,
}

impl Format {
    /// The form that the contract calls by this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "date" => Self::Date,
            "partial_date" => Self::PartialDate,
            "country" => Self::Country,
            "language" => Self::Language,
            "uuid" => Self::Uuid,
            "sha256" => Self::Sha256,
            _ => return None,
        })
    }

    /// Whether a text has this form.
    #[must_use]
    pub fn fits(self, text: &str) -> bool {
        match self {
            Self::Date => is_date(text),
            Self::PartialDate => text.parse::<PartialDate>().is_ok(),
            Self::Country => is_country(text),
            Self::Language => is_language(text),
            Self::Uuid => text.len() == 36 && Uuid::parse_str(text).is_ok(),
            Self::Sha256 => text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()),
        }
    }

    /// What is asked of the text, in one sentence.
    #[must_use]
    pub const fn demand(self) -> &'static str {
        match self {
            Self::Date => "must be a day in ISO 8601, as 2008-05-27",
            Self::PartialDate => {
                "must be a day, a month or a year in ISO 8601, as 1962-11-04, 1962-11 or 1962"
            }
            Self::Country => "must be an ISO 3166-1 alpha-2 code in capital letters, as PT",
            Self::Language => "must be a BCP 47 language tag, as fr or pt-BR",
            Self::Uuid => "must be a UUID with hyphens",
            Self::Sha256 => "must be 64 hexadecimal digits",
        }
    }
}

/// Four digits of a year that the store can hold, month and day: the parser alone takes signs and the year 0.
fn is_date(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    text.len() == 10 && digits == 8 && !text.starts_with("0000") && text.parse::<NaiveDate>().is_ok()
}
