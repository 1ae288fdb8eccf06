//! All acts of the lifecycle, one way: load, look up, answer again, authorize, check, and then either propose to the
//! second person or carry out.

use crate::app::Answer;
use focalnet_domain::{
    approval::Proposed,
    asset::Asset,
    error::Violation,
    freezing_request::{
        Act, ActKind, Changes, FreezingRequest, Party,
        completeness::{Finding, Severity},
        lifecycle::Row,
        view::content_sha256,
    },
    journal::{Audience, Hash},
    names::{ApprovalId, UserId},
    organization::Kind,
};
use serde_json::{Value, json};

use crate::{
    app::{
        App, Call, Input,
        context::CallContext,
        ledger::{Ledger, dossier_etag},
    },
    authz::{Permit, policy::Relation},
    error::{Error, Result},
    store::{Decided, Dossier, OpenApproval},
};

impl App {
    /// Does an act of the lifecycle, or proposes it where it needs a second person.
    pub async fn act(&self, call: &Call, input: Input<Act>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let name = call.name()?;
        let (mut dossier, answered) = cx.lock_dossier(name).await?;
        let mut input = input;
        if let Ok(act) = &mut input.0 {
            cx.look_up(&mut dossier, act).await?;
        }
        if let Some(answered) = answered {
            return cx.same_answer(answered);
        }
        let party = cx.party(&dossier.request)?;
        let permit = cx.authorize(Relation::Party(party))?;
        let act = input.get()?;
        cx.check_content(&dossier, act).await?;
        cx.check_etag(&dossier_etag(&cx, &dossier, party).0)?;
        let row = dossier.request.row_for(act, cx.actor.now)?;
        dossier.request.obstacle_to(act, cx.actor.now)?;

        let mut ledger = Ledger::of(&dossier);
        let recorded = if row.approvers.is_empty() {
            let (changes, decided, hash) = carry_out(&permit, &mut dossier, &mut ledger, act, row, None)?;
            cx.tx.save_request(&permit, &dossier.request, &changes, hash).await?;
            cx.tx.decide_approvals(&permit, &decided).await?;
            hash
        } else {
            let proposed = Proposed::Request { subject: name, act: Box::new(act.clone()) };
            let side = own_stream(party);
            cx.propose(&permit, (&mut dossier.approvals, &mut ledger), proposed, side).await?
        };
        let (etag, update_time) = ledger.etag(&cx, party);
        let view = cx.shown(&dossier, party, update_time);
        let receipt = ledger.event(recorded).map(|event| cx.receipt(event)).transpose()?;
        let answer = CallContext::seen(view, etag, receipt, Some(party.into()));
        cx.finish(&permit, ledger.into_events(), &answer).await
    }
}

/// The stream of a side's own.
const fn own_stream(party: Party) -> Audience {
    match party {
        Party::Channel | Party::Chamber | Party::Applicant => Audience::Issuer,
        Party::State | Party::Authority => Audience::State,
    }
}

impl CallContext<'_> {
    /// Looks up what an act refers to; what the caller may not see is `NOT_FOUND`.
    async fn look_up(&self, dossier: &mut Dossier, act: &mut Act) -> Result<()> {
        self.touch(&mut dossier.request, act).await?;
        let request = &dossier.request;
        match act {
            // The channel and the answers under which the request is sent stay with it, whatever changes
            // later (RPE 180).
            Act::Transmit(transmit) => {
                let national = self.national(request).await?;
                transmit.transmission.answers_used = national.answers_used(self.today().day);
                transmit.transmission.channel.clone_from(&national.channel);
            }
            Act::ReportExecution(report) => {
                let limits = self.national(request).await?.freeze_limits();
                for measure in report.assets.iter_mut().flat_map(|asset| &mut asset.measures) {
                    measure.reminder_date = measure.reminder(limits);
                }
            }
            Act::AssignAuthority(assign) => {
                let authority = assign.authority.ok_or(Error::NotFound("authority"))?;
                let found = self.tx.organization(&self.scope, authority).await?;
                let own = found.filter(|(organization, _)| {
                    organization.kind == Kind::Authority
                        && organization.state == Some(request.requested_state)
                });
                assign.authority_display_name = own.ok_or(Error::NotFound("authority"))?.0.display_name;
            }
            Act::Withdraw(withdraw) => {
                if let Some(name) = withdraw.successor {
                    let successor = self
                        .tx
                        .dossier(&self.scope, name, self.today().day)
                        .await?
                        .ok_or(Error::NotFound("successor"))?;
                    if successor.request.requested_state != request.requested_state {
                        return Err(Error::NotFound("successor"));
                    }
                }
            }
            Act::Update(_) | Act::Amend(_) => {
                let content = match act {
                    Act::Update(update) => update.content.as_ref(),
                    Act::Amend(amend) => Some(&amend.content),
                    _ => None,
                };
                let persons = content.map_or(&[][..], |content| &content.persons);
                let names: Vec<_> = persons
                    .iter()
                    .filter_map(|person| person.person)
                    .filter(|name| name.parent == request.case)
                    .collect();
                if !names.is_empty() {
                    let known = self.tx.persons_named(request.case, &names).await?;
                    if !names.iter().all(|name| known.iter().any(|person| person.name == *name)) {
                        return Err(Error::NotFound("person"));
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Reads the assets that an act is about, and those that stand against closing; what it names and the caller may not
    /// see is `NOT_FOUND`.
    async fn touch(&self, request: &mut FreezingRequest, act: &Act) -> Result<()> {
        let mut names: Vec<_> = match act {
            Act::ReportExecution(report) => {
                report.assets.iter().filter_map(|asset| asset.value_substitute_for).collect()
            }
            Act::ReportRelease(report) => report.releases.iter().map(|release| release.asset).collect(),
            Act::Close(_) if request.asset_counts.outstanding > 0 => {
                request.touched =
                    self.tx.outstanding_assets(request.name, self.actor.now.date_naive()).await?;
                return Ok(());
            }
            _ => Vec::new(),
        };
        names.sort_unstable();
        names.dedup();
        if !names.is_empty() {
            request.touched = self.tx.assets_named(request.name, &names, self.actor.now.date_naive()).await?;
        }
        if request.touched.len() == names.len() { Ok(()) } else { Err(Error::NotFound("asset")) }
    }

    /// Everything that is wrong with what accompanies an act, completeness included.
    async fn check_content(&self, dossier: &Dossier, act: &Act) -> Result<()> {
        let request = &dossier.request;
        let mut violations = act.violations(request, self.actor.now);
        let content = match act {
            Act::MarkReady(ready) => {
                request.newest().map(|v| (&v.content, "", ready.override_reason.is_some()))
            }
            Act::Amend(amend) => Some((&amend.content, "freezing_request.", amend.override_reason.is_some())),
            // What is known of the State can have changed since the request was made ready.
            Act::Transmit(_) => {
                request.newest().map(|v| (&v.content, "", request.facts.override_reason.is_some()))
            }
            _ => None,
        };
        let Some((content, prefix, overridden)) = content else { return Error::check(violations) };
        let sound = violations.is_empty();
        let found = self.completeness(request, content).await?.findings;
        let stands = |finding: &Finding| {
            finding.severity == Severity::Error && !(overridden && finding.can_be_overridden())
        };
        let errors = found.into_iter().filter(stands);
        violations.extend(errors.map(|finding| {
            let field = finding.field.strip_prefix(prefix).unwrap_or(&finding.field);
            Violation::new(field, finding.description)
        }));
        if sound && !violations.is_empty() {
            Err(Error::Incomplete(violations))
        } else {
            Error::check(violations)
        }
    }

    /// Carries out what was proposed, if it is still possible.
    pub(in crate::app) async fn approve_on_request(
        &self,
        permit: &Permit,
        (dossier, ledger): (&mut Dossier, &mut Ledger),
        act: &mut Act,
        open: &OpenApproval,
    ) -> Result<(Hash, Vec<Decided>)> {
        Error::check(act.violations(&dossier.request, self.actor.now))?;
        let row = dossier.request.row_for(act, self.actor.now)?;
        dossier.request.obstacle_to(act, self.actor.now)?;
        self.check_proposer(open, row.roles)?;
        self.look_up(dossier, act).await?;
        self.check_content(dossier, act).await?;
        let approved = Some((open.approval.name, open.approval.proposer));
        let (changes, decided, hash) = carry_out(permit, dossier, ledger, act, row, approved)?;
        self.tx.save_request(permit, &dossier.request, &changes, hash).await?;
        Ok((hash, decided))
    }
}

/// Carries an act out: the domain does it, the journal records it, open proposals are overtaken.
pub(in crate::app) fn carry_out(
    permit: &Permit,
    dossier: &mut Dossier,
    ledger: &mut Ledger,
    act: &Act,
    row: &Row,
    approved: Option<(ApprovalId, UserId)>,
) -> Result<(Changes, Vec<Decided>, Hash)> {
    let changes = dossier.request.perform(act, row, ledger.recorded(permit.actor().now));
    let audience = match dossier.request.transmit_time {
        // What was never sent is not the State's affair, its closing included.
        None => Audience::Issuer,
        Some(_) => row.audience,
    };
    let content = recorded(dossier, act, &changes)?;
    let what = (act.kind().as_str(), dossier.request.name.to_string(), content);
    let hash = ledger.add(permit, audience, what, approved)?;
    let decided =
        ledger.overtake(permit, &mut dossier.approvals, audience, approved.map(|(name, _)| name))?;
    Ok((changes, decided, hash))
}

/// What the journal keeps of an act: what accompanied it, without what its readers must not learn, and with what
/// followed from it.
fn recorded(dossier: &Dossier, act: &Act, changes: &Changes) -> Result<Value> {
    let kind = act.kind().as_str();
    let mut act = act.clone();
    match &mut act {
        // A State learns of a version of a questionnaire only when it is asked to answer it.
        Act::Transmit(transmit) => transmit.transmission.answers_used = None,
        // The State learns of a successor when that is sent to it.
        Act::Withdraw(withdraw) => withdraw.successor = None,
        // Which of its authorities a State assigns is its own affair: the Court reads a name.
        Act::AssignAuthority(assign) => assign.authority = None,
        _ => {}
    }
    let mut content = serde_json::to_value(&act).map_err(|error| Error::Internal(error.into()))?;
    let payload = content.get_mut(kind).and_then(Value::as_object_mut);
    let payload = payload.ok_or_else(|| Error::internal("an act is not written under its kind"))?;
    let request = &dossier.request;
    match act.kind() {
        ActKind::Transmit => {
            if let Some(version) = request.sent() {
                payload.insert("version".into(), json!(version.number));
                payload.insert("content_sha256".into(), json!(content_sha256(&version.content)));
            }
        }
        ActKind::ReportExecution => {
            let names: Vec<_> = changes.assets.iter().map(|asset| asset.name).collect();
            payload.insert("asset_names".into(), json!(names));
            let measures: Vec<_> = changes.assets.iter().map(Asset::measure_names).collect();
            payload.insert("measure_names".into(), json!(measures));
        }
        _ => {}
    }
    payload.insert("state".into(), json!(request.state));
    Ok(content)
}
