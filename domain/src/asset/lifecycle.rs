//! Who may do which act on an asset, and when, as data.

use std::fmt::Write as _;

use Role::{
    AuthorityUser, DeputyFocalPoint, FocalPoint, OtpFinancialInvestigator, RegistryCooperationOfficer,
};
use State::{
    Ceased, Executed, ExecutedInPart, Executing, Impossible, NothingFound, ReleaseReported, Superseded,
    Withdrawn,
};

use super::{act::AssetActKind, disposition::Side};
use crate::{freezing_request::State, journal::Audience, organization::Role};

#[cfg(test)]
mod tests;

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The act.
    pub act: AssetActKind,
    /// The sides that may do it.
    pub sides: &'static [Side],
    /// The roles that may.
    pub roles: &'static [Role],
    /// The states of the request in which it is allowed.
    pub during: &'static [State],
    /// The journal stream of the request that it stands in.
    pub audience: Audience,
    /// What must accompany it.
    pub accompanied_by: &'static str,
    /// Legal basis.
    pub basis: &'static str,
}

/// The Registry reports for the assets that the Court itself holds.
const HOLDERS: &[Role] = &[FocalPoint, DeputyFocalPoint, AuthorityUser, RegistryCooperationOfficer];
const BOTH: &[Role] =
    &[FocalPoint, DeputyFocalPoint, AuthorityUser, RegistryCooperationOfficer, OtpFinancialInvestigator];
const COURT: &[Role] = &[RegistryCooperationOfficer, OtpFinancialInvestigator];

/// Found, and not closed.
const FOUND: &[State] = &[Executing, ExecutedInPart, Executed, Ceased, ReleaseReported];
/// Not closed.
const OPEN: &[State] = &[
    Executing,
    ExecutedInPart,
    Executed,
    NothingFound,
    Impossible,
    Ceased,
    ReleaseReported,
    Withdrawn,
    Superseded,
];

const ROW: Row = Row {
    act: AssetActKind::Report,
    sides: &[Side::Holder],
    roles: HOLDERS,
    during: OPEN,
    audience: Audience::Shared,
    accompanied_by: "",
    basis: "RS 93(1)(k), 99(1)",
};

/// The whole table.
pub const ROWS: &[Row] = &[
    Row {
        act: AssetActKind::Report,
        during: FOUND,
        accompanied_by: "what it is, where, who holds it",
        basis: "RS 93(1)(k); Regulation (EU) 2018/1805, art. 7(2), as a model",
        ..ROW
    },
    Row { act: AssetActKind::Update, accompanied_by: "what was wrong", ..ROW },
    Row { act: AssetActKind::RecordOwnership, accompanied_by: "a layer, its owners and their shares", ..ROW },
    Row { act: AssetActKind::RecordMeasure, accompanied_by: "kind, national order, first day", ..ROW },
    Row { act: AssetActKind::RenewMeasure, accompanied_by: "the new last day, the national decision", ..ROW },
    Row { act: AssetActKind::LiftMeasure, accompanied_by: "first day without it, the reason", ..ROW },
    Row { act: AssetActKind::RecordValuation, accompanied_by: "value, day, method", ..ROW },
    Row { act: AssetActKind::RecordEncumbrance, accompanied_by: "kind, creditor, first day", ..ROW },
    Row {
        act: AssetActKind::RecordCost,
        accompanied_by: "kind, amount, day, bearer; the clarification, where the Court bears it",
        basis: "RS 100",
        ..ROW
    },
    Row { act: AssetActKind::SettleCost, accompanied_by: "the day of payment", basis: "RS 100", ..ROW },
    Row {
        act: AssetActKind::RecordClaim,
        sides: &[Side::Holder, Side::Court],
        roles: BOTH,
        accompanied_by: "claimant, right, forum",
        basis: "RS 77(2)(b), 93(1)(k); RPE 147, 217",
        ..ROW
    },
    Row {
        act: AssetActKind::DecideClaim,
        sides: &[Side::Holder, Side::Court],
        roles: BOTH,
        accompanied_by: "the next step and its day; of a national forum the State's, of a Chamber the Court's",
        basis: "RS 77(2)(b), 93(1)(k); RPE 147, 217",
        ..ROW
    },
    Row {
        act: AssetActKind::RecordSale,
        accompanied_by: "day, proceeds, the decision that authorized it, who keeps the money",
        ..ROW
    },
    Row {
        act: AssetActKind::RecordDisposition,
        sides: &[Side::Holder, Side::Court],
        roles: BOTH,
        accompanied_by: "what happened and when",
        basis: "RS 77, 75, 109; Trial Chamber III, 20 November 2018",
        ..ROW
    },
    Row {
        act: AssetActKind::AllocateProceeds,
        sides: &[Side::Court],
        roles: COURT,
        audience: Audience::Issuer,
        accompanied_by: "purposes, amounts, the decision of the Presidency",
        basis: "RPE 221",
        ..ROW
    },
    Row {
        act: AssetActKind::ShareAsset,
        sides: &[Side::Court],
        roles: COURT,
        audience: Audience::Issuer,
        accompanied_by: "an organ of the Court, and the purpose",
        basis: "RS 93(8); the protocol of the Prosecutor and the Registry on financial investigations",
        ..ROW
    },
    Row {
        act: AssetActKind::RevokeAssetShare,
        sides: &[Side::Court],
        roles: COURT,
        audience: Audience::Issuer,
        accompanied_by: "the organ, and why",
        basis: "RS 93(8)",
        ..ROW
    },
];

impl AssetActKind {
    /// Its row of the table.
    #[must_use]
    pub fn row(self) -> Option<&'static Row> {
        ROWS.iter().find(|row| row.act == self)
    }
}

fn list<T: std::fmt::Display>(all: &[T]) -> String {
    all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// The table as a section of the documentation.
#[must_use]
pub fn markdown() -> String {
    let mut page = String::from(
        "## Acts\n\nA side is the holder (the State and the authority that a request is assigned to; for what the Court \
         holds itself, the Registry) or the Court.\n\n| act | side | roles | while the request is | stream | \
         accompanied by | basis |\n| --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for row in ROWS {
        let _ = writeln!(
            page,
            "| `{}` | {} | {} | {} | {} | {} | {} |",
            row.act,
            list(row.sides),
            list(row.roles),
            list(row.during),
            row.audience,
            row.accompanied_by,
            row.basis
        );
    }
    page
}
