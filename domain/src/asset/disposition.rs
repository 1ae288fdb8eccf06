//! What becomes of assets: the table of which disposition may follow which, and who reports it.

use std::fmt::Write as _;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{money::Money, order::PurposeKind, share::Share, words::words};

#[cfg(test)]
mod tests;

words! {
    /// What became of an asset.
    pub enum DispositionKind {
        /// Free to be dealt with.
        Released = "released",
        /// Handed back.
        Returned = "returned",
        /// Transferred to the Court.
        Transferred = "transferred",
        /// Stays blocked for a reason of the State's own.
        ContinuedBlocking = "continued_blocking",
        /// Lost.
        Lost = "lost",
        /// Sold before judgment to keep its value.
        Sold = "sold",
        /// Forfeiture is ordered.
        ForfeitureOrdered = "forfeiture_ordered",
        /// Applied to a fine.
        AppliedToFine = "applied_to_fine",
        /// Applied to reparations.
        AppliedToReparations = "applied_to_reparations",
        /// Applied to legal aid.
        AppliedToLegalAid = "applied_to_legal_aid",
        /// Turned into money.
        Realised = "realised",
        /// Allocated to purposes.
        Allocated = "allocated",
        /// Paid into the Trust Fund for Victims.
        InTrustFund = "in_trust_fund",
        /// Paid to victims.
        PaidToVictims = "paid_to_victims",
        /// Paid back to the Court's budget.
        ReimbursedCourt = "reimbursed_court",
    }
}

words! {
    /// Which side reports a disposition.
    pub enum Side {
        /// The State, or its authority; for what the Court holds itself, the Registry.
        Holder = "holder",
        /// The Court.
        Court = "court",
    }
}

/// What became of an asset, or of a share of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disposition {
    /// What happened.
    pub kind: DispositionKind,
    /// When.
    pub disposition_date: NaiveDate,
    /// Reason or circumstances.
    pub reason: Option<String>,
    /// Number of the national act or the Court's decision.
    pub national_reference: Option<String>,
    /// The share it concerns; all that remains when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<Share>,
    /// What it brought in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proceeds: Option<Money>,
}

/// What of the proceeds goes to a purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allocation {
    /// To what.
    pub purpose: PurposeKind,
    /// How much.
    pub amount: Money,
    /// Day of the decision.
    pub decision_date: NaiveDate,
    /// Number of the decision.
    pub reference: String,
    /// What it counts for in the currency of the order's amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counts_as: Option<Money>,
    /// Whose rate, of which day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate_source: Option<String>,
}

impl Allocation {
    /// What it counts for against the amount of an order.
    #[must_use]
    pub fn counted(&self) -> &Money {
        self.counts_as.as_ref().unwrap_or(&self.amount)
    }
}

/// How many dispositions of one asset may concern a share of it.
pub const PARTS: usize = 20;
/// How many dispositions may say what happens to the money that the Court has. Dispositions of the whole
/// asset need no limit of their own: by the table only a few of them can follow each other, and there is
/// always room for these.
pub const OF_MONEY: usize = 30;

/// One row of the table.
#[expect(clippy::struct_excessive_bools, reason = "columns of a table")]
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// What happens.
    pub kind: DispositionKind,
    /// After which dispositions it may happen; `None` stands for an asset that is held.
    pub from: &'static [Option<DispositionKind>],
    /// Which side reports it.
    pub by: Side,
    /// Whether a pending claim stands against it.
    pub held_by_claims: bool,
    /// Whether the obligation must have ended for the asset first.
    pub after_obligation: bool,
    /// The purpose that has to hold for the asset.
    pub purpose: Option<PurposeKind>,
    /// Whether it can concern a share.
    pub shares: bool,
    /// Whether the State learns of it: what happens to the money once the Court has it is no affair of the State's.
    pub shared: bool,
    /// The act that brings it about.
    pub act: &'static str,
    /// Legal basis.
    pub basis: &'static str,
}

use DispositionKind::{
    Allocated, AppliedToFine, AppliedToLegalAid, AppliedToReparations, ContinuedBlocking, ForfeitureOrdered,
    InTrustFund, Lost, PaidToVictims, Realised, ReimbursedCourt, Released, Returned, Sold, Transferred,
};

const HELD: Option<DispositionKind> = None;
const ENFORCEABLE: &[Option<DispositionKind>] = &[HELD, Some(ForfeitureOrdered)];
const APPLIED: &[Option<DispositionKind>] =
    &[Some(ForfeitureOrdered), Some(AppliedToFine), Some(AppliedToReparations), Some(AppliedToLegalAid)];
const PAID: &[Option<DispositionKind>] =
    &[Some(Allocated), Some(InTrustFund), Some(PaidToVictims), Some(ReimbursedCourt)];

const ROW: Row = Row {
    kind: Released,
    from: &[HELD],
    by: Side::Holder,
    held_by_claims: false,
    after_obligation: false,
    purpose: None,
    shares: false,
    shared: true,
    act: "RecordDisposition",
    basis: "",
};

/// The whole lifecycle of disposition.
pub const ROWS: &[Row] = &[
    Row {
        kind: Released,
        from: &[HELD, Some(ContinuedBlocking)],
        after_obligation: true,
        shares: true,
        act: "RecordDisposition, ReportRelease",
        basis: "Trial Chamber III, 20 November 2018: release is for the State",
        ..ROW
    },
    Row {
        kind: Returned,
        from: &[HELD, Some(ContinuedBlocking), Some(Released)],
        held_by_claims: true,
        after_obligation: true,
        shares: true,
        act: "RecordDisposition, ReportRelease",
        basis: "Trial Chamber III, 20 November 2018",
        ..ROW
    },
    Row {
        kind: ContinuedBlocking,
        after_obligation: true,
        act: "RecordDisposition, ReportRelease",
        basis: "Trial Chamber III, 20 November 2018: other national proceedings, a debt, a fine",
        ..ROW
    },
    Row {
        kind: Lost,
        from: &[
            HELD,
            Some(ContinuedBlocking),
            Some(ForfeitureOrdered),
            Some(AppliedToFine),
            Some(AppliedToReparations),
            Some(AppliedToLegalAid),
        ],
        shares: true,
        act: "RecordDisposition, ReportRelease",
        basis: "RS 109(2): the State recovers the value elsewhere",
        ..ROW
    },
    Row { kind: Sold, held_by_claims: true, act: "RecordSale", basis: "RS 93(1)(k); RPE 147", ..ROW },
    Row {
        kind: ForfeitureOrdered,
        by: Side::Court,
        purpose: Some(PurposeKind::Forfeiture),
        basis: "RS 77(2)(b); RPE 147",
        ..ROW
    },
    Row {
        kind: AppliedToFine,
        from: ENFORCEABLE,
        by: Side::Court,
        purpose: Some(PurposeKind::Fine),
        held_by_claims: true,
        basis: "RS 77(2)(a), 109(1); RPE 217",
        ..ROW
    },
    Row {
        kind: AppliedToReparations,
        from: ENFORCEABLE,
        by: Side::Court,
        purpose: Some(PurposeKind::Reparations),
        held_by_claims: true,
        basis: "RS 75(2), 75(5); RPE 218",
        ..ROW
    },
    Row {
        kind: AppliedToLegalAid,
        from: ENFORCEABLE,
        by: Side::Court,
        purpose: Some(PurposeKind::LegalAid),
        held_by_claims: true,
        basis: "RoC 85(4)",
        ..ROW
    },
    Row { kind: Realised, from: APPLIED, held_by_claims: true, basis: "RS 109(3)", ..ROW },
    Row {
        kind: Transferred,
        from: &[
            HELD,
            Some(ContinuedBlocking),
            Some(ForfeitureOrdered),
            Some(AppliedToFine),
            Some(AppliedToReparations),
            Some(AppliedToLegalAid),
            Some(Realised),
        ],
        held_by_claims: true,
        shares: true,
        act: "RecordDisposition, ReportRelease",
        basis: "RS 109(3)",
        ..ROW
    },
    Row {
        kind: Allocated,
        // In as many decisions as it takes, also when some of it was paid already.
        from: &[
            Some(Transferred),
            Some(Allocated),
            Some(InTrustFund),
            Some(PaidToVictims),
            Some(ReimbursedCourt),
        ],
        by: Side::Court,
        shared: false,
        act: "AllocateProceeds",
        basis: "RPE 221: reparations first",
        ..ROW
    },
    Row { kind: InTrustFund, from: PAID, by: Side::Court, shared: false, basis: "RS 79(2)", ..ROW },
    Row { kind: PaidToVictims, from: PAID, by: Side::Court, shared: false, basis: "RS 75(2); RPE 98", ..ROW },
    Row { kind: ReimbursedCourt, from: PAID, by: Side::Court, shared: false, basis: "RoC 85(4)", ..ROW },
];

impl DispositionKind {
    /// Its row of the table.
    #[must_use]
    pub fn row(self) -> Option<&'static Row> {
        ROWS.iter().find(|row| row.kind == self)
    }

    /// Whether the State, or the Court, has accounted for what the disposition concerns.
    #[must_use]
    pub const fn settles(self) -> bool {
        !matches!(
            self,
            ContinuedBlocking
                | ForfeitureOrdered
                | AppliedToFine
                | AppliedToReparations
                | AppliedToLegalAid
                | Realised
        )
    }

    /// Whether it says what happens to the money that the Court has.
    #[must_use]
    pub const fn is_of_money(self) -> bool {
        matches!(self, Allocated | InTrustFund | PaidToVictims | ReimbursedCourt)
    }

    /// Whether an order of the Court on the asset itself brings it about.
    #[must_use]
    pub const fn is_of_order(self) -> bool {
        matches!(self, ForfeitureOrdered | AppliedToFine | AppliedToReparations | AppliedToLegalAid)
    }

    /// Whether a share that the disposition concerns is not held any more after it.
    #[must_use]
    pub const fn is_exit(self) -> bool {
        matches!(self, Released | Returned | Transferred | Lost)
    }
}

/// The table as a section of the documentation.
#[must_use]
pub fn markdown() -> String {
    let mut page = String::from(
        "## Dispositions\n\n| disposition | after | reported by | by | a claim stands against it | only once the \
         obligation has ended | while this purpose holds | for a share | the State sees it | basis |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    let yes = |flag: bool| if flag { "yes" } else { "" };
    for row in ROWS {
        let from: Vec<_> = row.from.iter().map(|kind| kind.map_or("held", DispositionKind::as_str)).collect();
        let by = match row.by {
            Side::Holder => "the State; for what the Court holds, the Registry",
            Side::Court => "the Court",
        };
        let _ = writeln!(
            page,
            "| `{}` | {} | {by} | {} | {} | {} | {} | {} | {} | {} |",
            row.kind,
            from.join(", "),
            row.act,
            yes(row.held_by_claims),
            yes(row.after_obligation),
            row.purpose.map_or("", PurposeKind::as_str),
            yes(row.shares),
            yes(row.shared),
            row.basis
        );
    }
    page
}
