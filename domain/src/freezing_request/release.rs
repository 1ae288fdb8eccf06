//! What became of each asset after the obligation ended, and the closing of the dossier.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{AssetRelease, Changes, FreezingRequest, Party, payload::Payload};
use crate::{
    asset::{
        Asset, Disposition, DispositionKind, Fact, FreezeLimits, Recorded,
        act::{Context, check_disposition, disposition_obstacle},
    },
    clock,
    error::Result,
    error::{Obstacle, Violation},
};

/// The report of what became of assets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportRelease {
    /// Asset by asset.
    pub releases: Vec<AssetRelease>,
    /// A note.
    pub note: Option<String>,
}

impl ReportRelease {
    /// What stands against it, asset by asset.
    pub(super) fn obstacle(&self, request: &FreezingRequest, at: DateTime<Utc>) -> Result<()> {
        for release in &self.releases {
            let named = request.touched.iter().filter(|asset| asset.name == release.asset);
            for asset in named {
                let context = Context {
                    obligation_over: request.obligation_over(asset),
                    ..request.asset_context(at, FreezeLimits::default())
                };
                // The State makes this call, and a refusal must not tell the State more than it can read.
                let Disposition { kind, share, .. } = release.disposition;
                disposition_obstacle(&asset.seen_by(Party::State), kind, share, &context)?;
            }
        }
        Ok(())
    }
}

impl Payload for ReportRelease {
    fn violations(&self, request: &FreezingRequest, at: DateTime<Utc>) -> Vec<Violation> {
        let mut violations = Vec::new();
        for (number, release) in self.releases.iter().enumerate() {
            let path = format!("releases[{number}]");
            let Some(asset) = request.touched.iter().find(|asset| asset.name == release.asset) else {
                continue;
            };
            let latest_day = clock::latest_day(at);
            violations.extend(check_disposition(
                asset,
                &release.disposition,
                &format!("{path}.disposition"),
                latest_day,
            ));
            let kind = release.disposition.kind;
            if !kind.row().is_some_and(|row| row.act.contains("ReportRelease")) {
                let text = "is no release, return, transfer, continued blocking or loss";
                violations.push(Violation::new(format!("{path}.disposition.kind"), text));
            }
            if asset.is_settled_on(latest_day) && kind != DispositionKind::Returned {
                violations.push(Violation::new(format!("{path}.asset"), "was settled by an earlier report"));
            }
            if self.releases[..number].iter().any(|other| other.asset == release.asset) {
                violations.push(Violation::new(format!("{path}.asset"), "is named twice"));
            }
        }
        violations
    }

    fn perform(&self, request: &mut FreezingRequest, recorded: Recorded) -> Changes {
        for release in &self.releases {
            if let Some(asset) = request.touched.iter_mut().find(|asset| asset.name == release.asset) {
                let before = asset.clone();
                asset.dispositions.push(Fact::new(release.disposition.clone(), recorded));
                request.asset_counts.recount(Some(&before), asset, recorded.create_time.date_naive());
            }
        }
        Changes {
            disposed: self.releases.iter().map(|release| release.asset).collect(),
            ..Changes::default()
        }
    }
}

/// The closing of the dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Close {
    /// A note.
    pub note: Option<String>,
}

impl Payload for Close {
    fn perform(&self, _: &mut FreezingRequest, _: Recorded) -> Changes {
        Changes::default()
    }
}

/// Why an asset keeps its dossier open.
pub(super) fn obstacle(asset: &Asset) -> Obstacle {
    // What was said of a share says nothing of the rest of the asset.
    let last = asset.dispositions.iter().map(|fact| &fact.facts).rfind(|facts| facts.share.is_none());
    let text = match last.map(|facts| facts.kind) {
        Some(kind) if kind != DispositionKind::ContinuedBlocking => {
            "is on its way to the Court: report its transfer or loss"
        }
        Some(_) => "stays blocked for a reason of the State's own: report its release, transfer or loss",
        None => "is neither released, returned, transferred nor documented as lost",
    };
    Obstacle::new(
        asset.name.to_string(),
        format!("{} ({}): {text}", asset.description.description, asset.description.kind),
    )
}
