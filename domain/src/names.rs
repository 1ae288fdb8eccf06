//! Resource names: typed ids that read and write themselves as `collection/{uuid}`.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use uuid::Uuid;

/// A text that is not a resource name of the kind that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("must be {0}")]
pub struct BadName(pub &'static str);

/// Reads an id in its one spelling: lower case, with hyphens.
fn id(text: &str) -> Option<Uuid> {
    Uuid::parse_str(text).ok().filter(|id| text == id.hyphenated().to_string())
}

macro_rules! by_text {
    ($name:ident) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
            }
        }
    };
}

macro_rules! resource {
    ($(#[$doc:meta])* $name:ident, $collection:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A name for a new resource.
            #[must_use]
            pub fn random() -> Self {
                Self(super::ids::new())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($collection, "/{}"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = BadName;

            fn from_str(text: &str) -> Result<Self, BadName> {
                text.strip_prefix(concat!($collection, "/"))
                    .and_then(id)
                    .map(Self)
                    .ok_or(BadName(concat!("`", $collection, "/{uuid}`")))
            }
        }

        by_text!($name);
    };
    ($(#[$doc:meta])* $name:ident, $parent:ident, $collection:literal, $child:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name {
            /// The resource it belongs to.
            pub parent: $parent,
            /// Its own id.
            pub id: Uuid,
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!("{}/", $child, "/{}"), self.parent, self.id)
            }
        }

        impl FromStr for $name {
            type Err = BadName;

            fn from_str(text: &str) -> Result<Self, BadName> {
                let parts = text.split_once(concat!("/", $child, "/"));
                parts
                    .and_then(|(parent, own)| Some(Self { parent: parent.parse().ok()?, id: id(own)? }))
                    .ok_or(BadName(concat!("`", $collection, "/{uuid}/", $child, "/{uuid}`")))
            }
        }

        by_text!($name);
    };
}

resource!(/// An organ of the Court, a State or an authority.
    OrganizationId, "organizations");
resource!(/// A human being in one organization.
    UserId, "users");
resource!(/// A case.
    CaseId, "cases");
resource!(/// A person of a case.
    PersonId, CaseId, "cases", "persons");
resource!(/// A decision of a Chamber.
    OrderId, "orders");
resource!(/// A request to one State.
    FreezingRequestId, "freezingRequests");
resource!(/// A question about a request.
    ClarificationId, FreezingRequestId, "freezingRequests", "clarifications");
resource!(/// An entry of the thread of such a question.
    ClarificationMessageId, ClarificationId, "freezingRequests/{uuid}/clarifications", "messages");
resource!(/// A proposal that waits for a second person.
    ApprovalId, "approvals");
resource!(/// An asset.
    AssetId, "assets");
resource!(/// A measure on an asset.
    MeasureId, AssetId, "assets", "measures");
resource!(/// The claim of a third party to an asset.
    ClaimId, AssetId, "assets", "claims");
resource!(/// The designation of a focal point or deputy.
    DesignationId, OrganizationId, "organizations", "designations");
resource!(/// A version of a questionnaire.
    QuestionnaireId, "questionnaires");
resource!(/// A circulation of a questionnaire.
    CirculationId, QuestionnaireId, "questionnaires", "circulations");
resource!(/// The response of a State to a circulation.
    ResponseId, "responses");
resource!(/// An entry of the journal.
    EventId, "events");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_spelling() {
        let name = PersonId { parent: CaseId::random(), id: crate::ids::new() };
        assert_eq!(name.to_string().parse(), Ok(name));
        let upper = name.to_string().to_uppercase().replace("CASES", "cases").replace("PERSONS", "persons");
        for bad in
            [&upper, "cases/", "cases/1/persons/2", "persons/x", "", &format!("{name}/"), &format!(" {name}")]
        {
            assert!(bad.parse::<PersonId>().is_err(), "{bad:?}");
        }
    }
}
