//! The acts on orders, and who does them, as data.

use std::fmt::Write as _;

use Role::{ChamberLegalOfficer, Judge, RegistryApprover, RegistryCooperationOfficer};
use serde::{Deserialize, Serialize};

use super::{Decision, Modification, Revocation};
use crate::{organization::Role, words::words};

words! {
    /// The acts on orders.
    pub enum ActKind {
        /// Record a decision as an order.
        Record = "record_order",
        /// Record a decision that changes it.
        Modify = "modify_order",
        /// Record a decision that revokes it.
        Revoke = "revoke_order",
    }
}

/// An act on an order that is there, with what accompanies it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// Record a decision that changes it.
    #[serde(rename = "modify_order")]
    Modify(Box<Modification>),
    /// Record a decision that revokes it.
    #[serde(rename = "revoke_order")]
    Revoke(Revocation),
}

impl Act {
    /// Which act it is.
    #[must_use]
    pub const fn kind(&self) -> ActKind {
        match self {
            Self::Modify(_) => ActKind::Modify,
            Self::Revoke(_) => ActKind::Revoke,
        }
    }

    /// The decision that it records.
    #[must_use]
    pub fn decision(&self) -> &dyn Decision {
        match self {
            Self::Modify(modification) => modification.as_ref(),
            Self::Revoke(revocation) => revocation,
        }
    }
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The act.
    pub act: ActKind,
    /// The roles that may do it, or propose it where there are approvers; of Chambers the deciding one only.
    pub roles: &'static [Role],
    /// The roles of the second person, likewise; empty where one person is enough.
    pub approvers: &'static [Role],
}

const RECORDERS: &[Role] = &[ChamberLegalOfficer, Judge, RegistryCooperationOfficer];

/// An act that ends obligations in all requests at once takes two persons. The Court is one side here:
/// whoever proposes, a judge of the Chamber or an approver of the Registry confirms that this was decided.
pub const ROWS: &[Row] = &[
    Row { act: ActKind::Record, roles: RECORDERS, approvers: &[] },
    Row { act: ActKind::Modify, roles: RECORDERS, approvers: &[] },
    Row { act: ActKind::Revoke, roles: RECORDERS, approvers: &[Judge, RegistryApprover] },
];

impl ActKind {
    /// Its row.
    #[must_use]
    pub fn row(self) -> Option<&'static Row> {
        ROWS.iter().find(|row| row.act == self)
    }
}

/// The table as a section of the documentation.
#[must_use]
pub fn markdown() -> String {
    let mut page = String::from(
        "\n# Orders\n\nPrinted by the same command (`domain/src/order/act.rs`). Of Chambers it is the deciding one.\n\n\
         | act | role | second person |\n| --- | --- | --- |\n",
    );
    let list = |roles: &[Role]| roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(", ");
    for row in ROWS {
        let _ = writeln!(page, "| {} | {} | {} |", row.act, list(row.roles), list(row.approvers));
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_act_has_one_row() {
        for act in ActKind::ALL {
            assert_eq!(ROWS.iter().filter(|row| row.act == *act).count(), 1, "{act}");
        }
    }
}
