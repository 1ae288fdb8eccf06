//! One thing of each kind that somebody sees, for lists of what hangs on it.

use std::collections::HashMap;

use super::{
    ask,
    stage::{Dossier, Stage},
};
use crate::world::Failed;

/// Names, each under its pattern in the contract.
pub(super) struct Things(HashMap<&'static str, String>);

/// A row of names, in the order of [`PATTERNS`].
type Row = (String, String, String, String, String, String, String);

/// What is looked for.
const PATTERNS: [&str; 6] = [
    "freezingRequests/{uuid}",
    "cases/{uuid}",
    "orders/{uuid}",
    "organizations/{uuid}",
    "assets/{uuid}",
    "assets/{uuid}/measures/{uuid}",
];

impl Things {
    /// Those about one request that somebody sees: the one of the asset with the most values.
    pub(super) async fn of(stage: &mut Stage<'_>, login: &str) -> Result<Self, Failed> {
        let somebody =
            stage.world.loaded.somebody(login).ok_or_else(|| format!("nobody is called {login}"))?;
        let (user, organization) = (somebody.user.0, somebody.organization.0);
        let row: Option<Row> = sqlx::query_as(
            "SELECT 'freezingRequests/' || r.id, 'cases/' || r.case_id, 'orders/' || r.order_id,
                'organizations/' || o.id, 'assets/' || a.id, 'assets/' || a.id || '/measures/' || m.id,
                'load.state.' || lower(o.country_code)
             FROM freezing_request r JOIN organization o ON o.id = r.requested_state_id
             JOIN asset a ON a.request_id = r.id JOIN measure m ON m.asset_id = a.id
             WHERE r.origin = 'chamber' AND r.state <> 'closed' AND (r.requested_state_id = $2 OR EXISTS (
                SELECT 1 FROM case_member c WHERE c.case_id = r.case_id AND c.account_id = $1 AND c.end_time IS NULL))
             ORDER BY (SELECT count(*) FROM valuation v WHERE v.asset_id = a.id) DESC, r.id, a.id LIMIT 1",
        )
        .bind(user)
        .bind(organization)
        .fetch_optional(&mut stage.world.owner)
        .await?;
        let (request, case, order, requested, asset, measure, focal_point) =
            row.ok_or_else(|| format!("{login} sees no request with assets"))?;
        let dossier = Dossier { name: request.clone(), focal_point, state: String::new(), assets: 0 };
        let thread = ask::threads(stage, &[dossier]).await?.remove(0);
        let mut names: HashMap<_, _> =
            PATTERNS.into_iter().zip([request, case, order, requested, asset, measure]).collect();
        names.insert("freezingRequests/{uuid}/clarifications/{uuid}", thread.name);
        Ok(Self(names))
    }

    /// The name for a pattern; a pattern for everything is a name itself.
    pub(super) fn named(&self, pattern: &str) -> Result<String, Failed> {
        if pattern.ends_with("/-") {
            return Ok(pattern.to_owned());
        }
        let name = self.0.get(pattern).cloned();
        name.ok_or_else(|| format!("nothing of the load is called {pattern}: teach it to `Things`").into())
    }
}
