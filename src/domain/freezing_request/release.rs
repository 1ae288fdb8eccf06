//! What became of each asset after the obligation ended, and the closing of the dossier.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{AssetRelease, Changes, FreezingRequest, payload::Payload};
use crate::{
    domain::asset::{Asset, DispositionKind},
    error::{Obstacle, Violation},
};

/// The report of what became of assets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportRelease {
    /// Asset by asset.
    pub releases: Vec<AssetRelease>,
    /// A note.
    pub note: Option<String>,
}

impl Payload for ReportRelease {
    fn violations(&self, request: &FreezingRequest, at: DateTime<Utc>) -> Vec<Violation> {
        let mut violations = Vec::new();
        for (number, release) in self.releases.iter().enumerate() {
            let path = format!("releases[{number}]");
            let disposition = &release.disposition;
            let needs_reason =
                matches!(disposition.kind, DispositionKind::ContinuedBlocking | DispositionKind::Lost);
            if needs_reason && disposition.reason.is_none() {
                let text = "say why it stays blocked, or how it was lost";
                violations.push(Violation::new(format!("{path}.disposition.reason"), text));
            }
            if disposition.disposition_date > at.date_naive() {
                violations
                    .push(Violation::new(format!("{path}.disposition.disposition_date"), "is in the future"));
            }
            let settled = request.assets.iter().any(|a| a.name == release.asset && a.is_settled());
            if settled {
                violations.push(Violation::new(format!("{path}.asset"), "was settled by an earlier report"));
            }
            if self.releases[..number].iter().any(|other| other.asset == release.asset) {
                violations.push(Violation::new(format!("{path}.asset"), "is named twice"));
            }
        }
        violations
    }

    fn perform(&self, request: &mut FreezingRequest, _: DateTime<Utc>) -> Changes {
        for release in &self.releases {
            if let Some(asset) = request.assets.iter_mut().find(|asset| asset.name == release.asset) {
                asset.dispositions.push(release.disposition.clone());
            }
        }
        Changes { releases: self.releases.clone(), ..Changes::default() }
    }
}

/// The closing of the dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Close {
    /// A note.
    pub note: Option<String>,
}

impl Payload for Close {
    fn perform(&self, _: &mut FreezingRequest, _: DateTime<Utc>) -> Changes {
        Changes::default()
    }
}

/// Why an asset keeps its dossier open.
pub(super) fn obstacle(asset: &Asset) -> Obstacle {
    let text = match asset.dispositions.last() {
        Some(_) => "stays blocked for a reason of the State's own: report its release, transfer or loss",
        None => "is neither released, returned, transferred nor documented as lost",
    };
    Obstacle::new(asset.name.to_string(), format!("{} ({}): {text}", asset.description, asset.kind))
}
