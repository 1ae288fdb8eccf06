//! How the table looks at a field.

use chrono::NaiveDate;

use super::Facts;
use crate::{
    asset::{AssetType, Valuation},
    freezing_request::content::{
        Capacity, Identity, IssuingAuthority, LegalPerson, NaturalPerson, NoticePolicy, PayeeAccount,
        PurposeBasis, RequestContent, RequestedAsset, Urgency,
    },
    money::Money,
    text::{Absence, LocalizedText, Stated},
};

/// What a look at a field finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    /// A value.
    Yes,
    /// Nothing; and what would be right.
    No(&'static str),
    /// A statement that there is no value.
    Absent(Absence),
}

/// A kind of field that can be given or not.
pub(super) trait Field {
    /// What to do when it is not given.
    const HINT: &'static str;

    /// Whether it is given.
    fn given(&self) -> Given;
}

impl Field for String {
    const HINT: &'static str = "give a text";

    fn given(&self) -> Given {
        if self.trim().is_empty() { Given::No(Self::HINT) } else { Given::Yes }
    }
}

impl Field for LocalizedText {
    const HINT: &'static str = "give a text and its language";

    fn given(&self) -> Given {
        self.text.given()
    }
}

impl Field for Stated {
    const HINT: &'static str = "give a value, or state that it is unknown, not applicable or withheld";

    fn given(&self) -> Given {
        match self {
            Self::Value(value) if value.trim().is_empty() => Given::No(Self::HINT),
            Self::Value(_) => Given::Yes,
            Self::Absence(absence) => Given::Absent(*absence),
        }
    }
}

impl<T> Field for Vec<T> {
    const HINT: &'static str = "name at least one";

    fn given(&self) -> Given {
        if self.is_empty() { Given::No(Self::HINT) } else { Given::Yes }
    }
}

impl<T: Field> Field for Option<T> {
    const HINT: &'static str = T::HINT;

    fn given(&self) -> Given {
        self.as_ref().map_or(Given::No(T::HINT), Field::given)
    }
}

macro_rules! given_when_there {
    ($($kind:ty: $hint:literal,)*) => {
        $(impl Field for $kind {
            const HINT: &'static str = $hint;

            fn given(&self) -> Given {
                Given::Yes
            }
        })*
    };
}

given_when_there! {
    Money: "give the amount and its currency",
    NaiveDate: "give a day",
    i32: "give a number of days",
    NoticePolicy: "say whether affected persons may be told",
    Urgency: "say how urgent it is and by which day it is to be executed",
    Valuation: "give a value with its day and method",
    IssuingAuthority: "say who issues, who can be asked and who signed",
    PayeeAccount: "give IBAN, BIC and holder",
}

/// A statement that must not be one of absence.
pub(super) fn value(stated: Option<&Stated>) -> Given {
    match stated.map(Field::given) {
        Some(Given::Yes) => Given::Yes,
        _ => Given::No("give a value: here it cannot be stated as absent"),
    }
}

/// Identifiers, where things of that kind have any.
pub(super) fn identifiers(asset: &RequestedAsset) -> Given {
    use AssetType::{Art, Cash, Livestock, Other, Precious, Receivable};
    match asset.kind {
        Cash | Precious | Art | Livestock | Receivable | Other => Given::Yes,
        _ => asset.identifiers.given(),
    }
}

/// Where a field stands. A field inside something is only looked at where that something is there.
pub(super) enum Probe {
    /// The request itself.
    Request(fn(&Facts<'_>) -> Given),
    /// Its content.
    Content(fn(&RequestContent) -> Given),
    /// The urgency.
    Urgency(fn(&Urgency) -> Given),
    /// Each human being that is target or owner; of third parties C3 asks less.
    Natural(fn(&NaturalPerson) -> Given),
    /// Each legal person that is target or owner.
    Legal(fn(&LegalPerson) -> Given),
    /// Each asset.
    Asset(fn(&RequestedAsset) -> Given),
    /// Each purpose.
    Purpose(fn(&PurposeBasis) -> Given),
    /// The issuing authority.
    Issuer(fn(&IssuingAuthority) -> Given),
    /// The account to pay to.
    Payee(fn(&PayeeAccount) -> Given),
}

impl Probe {
    /// Looks at every place of `path`, in which `[]` stands for each item of a list.
    pub(super) fn look(&self, path: &str, facts: &Facts<'_>) -> Vec<(String, Given)> {
        let content = facts.content;
        match self {
            Self::Request(given) => vec![(path.to_owned(), given(facts))],
            Self::Content(given) => vec![(path.to_owned(), given(content))],
            Self::Urgency(given) => each(path, content.urgency.iter().enumerate(), *given),
            Self::Natural(given) => each(path, persons(content, natural), *given),
            Self::Legal(given) => each(path, persons(content, legal), *given),
            Self::Asset(given) => each(path, content.assets.iter().enumerate(), *given),
            Self::Purpose(given) => each(path, content.purposes.iter().enumerate(), *given),
            Self::Issuer(given) => each(path, content.issuing_authority.iter().enumerate(), *given),
            Self::Payee(given) => each(path, content.payee_account.iter().enumerate(), *given),
        }
    }
}

fn persons<'a, T: 'a>(
    content: &'a RequestContent,
    pick: fn(&Identity) -> Option<&T>,
) -> impl Iterator<Item = (usize, &'a T)> {
    let persons = content.persons.iter().enumerate();
    persons
        .filter(|(_, person)| person.capacity != Capacity::ThirdParty)
        .filter_map(move |(i, person)| Some((i, pick(&person.identity)?)))
}

/// The human being, if it is one.
pub(super) fn natural(identity: &Identity) -> Option<&NaturalPerson> {
    if let Identity::Natural(person) = identity { Some(person) } else { None }
}

fn legal(identity: &Identity) -> Option<&LegalPerson> {
    if let Identity::Legal(person) = identity { Some(person) } else { None }
}

fn each<'a, T: 'a>(
    path: &str,
    items: impl Iterator<Item = (usize, &'a T)>,
    given: fn(&T) -> Given,
) -> Vec<(String, Given)> {
    items.map(|(i, item)| (path.replace("[]", &format!("[{i}]")), given(item))).collect()
}
