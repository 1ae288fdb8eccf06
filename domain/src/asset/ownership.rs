//! Who stands behind an asset, layer by layer.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    error::Violation,
    share,
    share::{Part, Share},
    words::words,
};

words! {
    /// A layer of ownership.
    pub enum Layer {
        /// Who has it in hand.
        Holder = "holder",
        /// Who owns it by law.
        LegalOwner = "legal_owner",
        /// Who benefits from it in the end.
        BeneficialOwner = "beneficial_owner",
    }
}

/// Who stands behind an asset in one layer, from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ownership {
    /// The layer.
    pub layer: Layer,
    /// First day.
    pub from_date: NaiveDate,
    /// The owners.
    pub owners: Vec<Owner>,
}

/// One owner in a layer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Owner {
    /// Who.
    pub display_name: String,
    /// Position of the person of the request whom it is.
    #[serde(default)]
    pub position: Option<i32>,
    /// The share.
    pub share: Share,
}

impl Ownership {
    /// What is wrong with it; `positions` are those of the persons of its request or order.
    #[must_use]
    pub fn violations(&self, path: &str, positions: &[i32]) -> Vec<Violation> {
        let mut violations = Vec::new();
        for (number, owner) in self.owners.iter().enumerate() {
            violations.extend(owner.share.violation(&format!("{path}.owners[{number}].share")));
            if owner.position.is_some_and(|position| !positions.contains(&position)) {
                let text = "is no position of a person of the request";
                violations.push(Violation::new(format!("{path}.owners[{number}].position"), text));
            }
        }
        if violations.is_empty() {
            match share::sum(self.owners.iter().map(|owner| owner.share)) {
                Some(sum) if sum <= Part::ONE => {}
                Some(_) => violations
                    .push(Violation::new(format!("{path}.owners"), "own more than the whole together")),
                None => violations.push(Violation::new(
                    format!("{path}.owners"),
                    "have shares too odd to be added exactly: use a common denominator",
                )),
            }
        }
        violations
    }

    /// What the persons of its request or order own in it, where it names any of them.
    #[must_use]
    pub fn of_persons(&self) -> Option<Part> {
        let named: Vec<_> = self.owners.iter().filter(|owner| owner.position.is_some()).collect();
        if named.is_empty() { None } else { share::sum(named.iter().map(|owner| owner.share)) }
    }
}
