//! Claims of third parties.

use serde::{Deserialize, Serialize};

use super::{Change, Context, Payload, held, not_in_the_future, refused};
use crate::{
    asset::{
        Asset, Fact, Recorded,
        claim::{APPEALS, CLAIMS, Claim, ClaimDecision, ClaimState, Forum, NewClaim},
        disposition::Side,
        standing::TOO_ODD,
    },
    error::Result,
    error::{Reason, Violation},
    names::ClaimId,
    share::Part,
};

/// A claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordClaim {
    /// The claim.
    pub claim: NewClaim,
}

impl Payload for RecordClaim {
    fn violations(&self, asset: &Asset, context: &Context) -> Vec<Violation> {
        let mut violations = self.claim.violations("claim", context.latest_day);
        if violations.is_empty() && self.claim.share.is_some_and(|share| !asset.adds_exactly(share)) {
            violations.push(Violation::new("claim.share", TOO_ODD));
        }
        violations
    }

    fn obstacle(&self, asset: &Asset, context: &Context) -> Result<()> {
        held(asset, context)?;
        // The number of claims is limited, because each act on the asset looks at all of them to find which
        // share they exclude.
        if asset.claims.count() >= CLAIMS {
            let text = format!("there are {CLAIMS} claims to the asset already");
            return Err(refused(asset, Reason::LimitReached, text));
        }
        Ok(())
    }

    fn perform(&self, asset: &mut Asset, _: &Context, recorded: Recorded) -> Vec<Change> {
        let name = ClaimId { parent: asset.name, id: crate::ids::new() };
        asset.claims.push(Claim { name, facts: self.claim.clone(), decisions: Vec::new(), recorded });
        vec![Change::Claim]
    }
}

/// The next step of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecideClaim {
    /// The claim.
    pub claim: ClaimId,
    /// The step.
    #[serde(flatten)]
    pub decision: ClaimDecision,
}

impl DecideClaim {
    fn find<'a>(&self, asset: &'a Asset) -> Option<&'a Claim> {
        asset.claims.iter().find(|claim| claim.name == self.claim)
    }
}

impl Payload for DecideClaim {
    fn is_known(&self, asset: &Asset) -> bool {
        self.find(asset).is_some()
    }

    fn violations(&self, asset: &Asset, context: &Context) -> Vec<Violation> {
        let Some(claim) = self.find(asset) else { return Vec::new() };
        let step = &self.decision;
        let mut violations: Vec<_> =
            not_in_the_future(step.decision_date, "decision_date", context).into_iter().collect();
        let before = claim.decisions.last().map(|last| last.facts.decision_date).or(claim.facts.lodged_date);
        if before.is_some_and(|before| step.decision_date < before) {
            violations.push(Violation::new("decision_date", "is before the last step"));
        }
        match (step.state == ClaimState::UpheldInPart, step.upheld) {
            (true, None) => violations.push(Violation::new("upheld", "say which share is upheld")),
            (false, Some(_)) => {
                violations.push(Violation::new("upheld", "is for a claim that is upheld in part"));
            }
            (true, Some(share)) => match share.violation("upheld") {
                Some(violation) => violations.push(violation),
                None if share.part() >= claim.part() => {
                    violations.push(Violation::new("upheld", "must be less than was claimed"));
                }
                None if !asset.adds_exactly(share) => violations.push(Violation::new("upheld", TOO_ODD)),
                None => {}
            },
            (false, None) => {}
        }
        violations
    }

    fn obstacle(&self, asset: &Asset, context: &Context) -> Result<()> {
        let Some(claim) = self.find(asset) else { return Ok(()) };
        let (from, to) = (claim.state(), self.decision.state);
        if !from.next().contains(&to) {
            let next: Vec<_> = from.next().iter().map(|state| state.as_str()).collect();
            let next = if next.is_empty() { "nothing".to_owned() } else { next.join(", ") };
            let text = format!("the claim is {from}; from there it leads to {next}");
            return Err(refused(asset, Reason::WrongState, text));
        }
        let appeals = claim.decisions.iter().filter(|step| step.facts.state == ClaimState::UnderAppeal);
        if to == ClaimState::UnderAppeal && appeals.count() >= APPEALS {
            let text = format!("a claim has at most {APPEALS} appeals");
            return Err(refused(asset, Reason::LimitReached, text));
        }
        // All claims together never exclude more than the whole asset.
        let mut after = asset.clone();
        let recorded = asset.recorded;
        self.perform(&mut after, context, recorded);
        let excluded: Part = after.claims.iter().map(Claim::excluded).sum();
        if excluded > Part::ONE {
            return Err(refused(
                asset,
                Reason::WrongState,
                "the claims upheld would exclude more than the whole",
            ));
        }
        Ok(())
    }

    fn side(&self, asset: &Asset) -> Option<Side> {
        Some(match self.find(asset)?.facts.forum {
            Forum::National => Side::Holder,
            Forum::Chamber => Side::Court,
        })
    }

    fn perform(&self, asset: &mut Asset, _: &Context, recorded: Recorded) -> Vec<Change> {
        if let Some(claim) = asset.claims.iter_mut().find(|claim| claim.name == self.claim) {
            claim.decisions.push(Fact::new(self.decision.clone(), recorded));
        }
        vec![Change::ClaimDecision(self.claim)]
    }
}
