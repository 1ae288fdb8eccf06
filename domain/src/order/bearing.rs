//! What a person's status means for each purpose: the one table that requests are checked against and that ends purposes
//! when a status changes.

use std::fmt::Write as _;

use super::PurposeKind;
use crate::case::PersonStatus;

/// Whether a person of some status bears a purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearing {
    /// Measures may serve it.
    Bears,
    /// It ends: what it presupposes can no longer come.
    Ends,
    /// No text of the Court says: only a named decision ends or keeps it.
    Open,
}

impl Bearing {
    /// In one word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bears => "bears",
            Self::Ends => "ends",
            Self::Open => "open",
        }
    }
}

/// One row: a status, what it means for a fine, forfeiture, reparations and the recovery of legal aid, and why.
pub struct Row {
    /// The status.
    pub status: PersonStatus,
    /// In the order of [`PurposeKind::ALL`].
    bearings: [Bearing; 4],
    /// The provision or practice it rests on, and where there is none.
    pub source: &'static str,
}

use Bearing::{Bears, Ends, Open};

/// The table. Legal aid is a debt of its own, which an acquittal does not pay. No text ends measures by itself; where the
/// Court's practice does not settle it either, the cell is open.
pub const BEARINGS: &[Row] = &[
    Row {
        status: PersonStatus::Active,
        bearings: [Bears, Bears, Bears, Bears],
        source: "RS 57(3)(e), 93(1)(k)",
    },
    Row {
        status: PersonStatus::Convicted,
        bearings: [Bears, Bears, Bears, Bears],
        source: "RS 75(4), 77(2); what is under appeal is not enforced (RS 81(4))",
    },
    Row {
        status: PersonStatus::Lapsed,
        bearings: [Ends, Ends, Ends, Bears],
        source: "RS 61(10): the warrant ceases for charges not confirmed or withdrawn; legal aid: RoC 85(4)",
    },
    Row {
        status: PersonStatus::AcquittalAppealed,
        bearings: [Open, Open, Open, Bears],
        source: "no provision: the Chamber says what stays (RS 81(4) speaks of the sentence only)",
    },
    Row {
        status: PersonStatus::Acquitted,
        bearings: [Ends, Ends, Ends, Bears],
        source: "practice: Bemba, Trial Chamber III, 20 November 2018; legal aid: RoC 85(4)",
    },
    Row {
        status: PersonStatus::Deceased,
        bearings: [Open, Open, Open, Open],
        source: "no provision on estates: the Chamber or the Presidency says what stays",
    },
];

/// What a status means for a purpose.
#[must_use]
pub fn bearing(status: PersonStatus, purpose: PurposeKind) -> Bearing {
    let row = BEARINGS.iter().find(|row| row.status == status);
    let place = PurposeKind::ALL.iter().position(|kind| *kind == purpose);
    row.zip(place).map_or(Open, |(row, place)| row.bearings[place])
}

/// The table as a section of the documentation.
#[must_use]
pub fn markdown() -> String {
    let mut page = String::from(
        "\n## Status and purpose\n\nWhether a person of some status bears a purpose (`domain/src/order/bearing.rs`). \
         `bears`: measures may serve it. `ends`: it ends in each order and request when the person gets the status. \
         `open`: the law is silent, so nothing ends by itself and nothing new is asked for, until a decision that \
         names the purpose keeps or ends it (ModifyOrder).\n\n",
    );
    let purposes: Vec<_> = PurposeKind::ALL.iter().map(|purpose| purpose.as_str()).collect();
    let _ = writeln!(page, "| status | {} | source |", purposes.join(" | "));
    let _ = writeln!(page, "| --- |{} --- |", " --- |".repeat(purposes.len()));
    for row in BEARINGS {
        let cells: Vec<_> = row.bearings.iter().map(|bearing| bearing.as_str()).collect();
        let _ = writeln!(page, "| {} | {} | {} |", row.status, cells.join(" | "), row.source);
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_has_one_row() {
        for status in PersonStatus::ALL {
            assert_eq!(BEARINGS.iter().filter(|row| row.status == *status).count(), 1, "{status}");
        }
        assert_eq!(PurposeKind::ALL.len(), BEARINGS[0].bearings.len());
    }

    #[test]
    fn acquitted_or_lapsed_bears_recovery_of_legal_aid_only() {
        use PersonStatus::{AcquittalAppealed, Acquitted, Active, Convicted, Deceased, Lapsed};
        use PurposeKind::{Fine, Forfeiture, LegalAid, Reparations};
        let told = |status| [Fine, Forfeiture, Reparations, LegalAid].map(|purpose| bearing(status, purpose));
        for (status, expected) in [
            (Active, [Bears; 4]),
            (Convicted, [Bears; 4]),
            (Lapsed, [Ends, Ends, Ends, Bears]),
            (AcquittalAppealed, [Open, Open, Open, Bears]),
            (Acquitted, [Ends, Ends, Ends, Bears]),
            (Deceased, [Open; 4]),
        ] {
            assert_eq!(told(status), expected, "{status}");
        }
    }
}
