//! Circulating a questionnaire: one response for each State, which know nothing of one another.

use crate::app::{Answer, Made, Plain};
use std::collections::BTreeSet;

use focalnet_domain::{
    error::Violation,
    ids,
    journal::{Audience, Hash, Stream, Subject},
    names::{CirculationId, QuestionnaireId, ResponseId},
    questionnaire::{
        State,
        response::{Circulation, NewCirculation},
    },
};
use serde_json::json;

use super::documents;
use crate::{
    app::{
        App, Call, Input,
        context::{CallContext, Entry, event, head},
        users::wrong_state,
    },
    authz::policy::Relation,
    error::{Error, Result},
    store::Position,
};

/// A stream of a response.
pub(super) const fn stream(name: ResponseId, audience: Audience) -> Stream {
    Stream { subject: Subject::Response(name), audience }
}

impl App {
    /// Circulates a published version.
    pub async fn circulate_questionnaire(&self, call: &Call, input: Input<NewCirculation>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let parent: QuestionnaireId = call.parent()?;
        let (questionnaire, _) =
            cx.tx.lock_questionnaire(&cx.scope, parent).await?.ok_or(Error::NotFound("questionnaire"))?;
        if let Some(new) = input.known() {
            let known = cx.tx.states(&cx.scope, &new.requested_states).await?;
            if !new.requested_states.iter().all(|state| known.contains(state)) {
                return Err(Error::NotFound("requested_states"));
            }
        }
        if let Some(answer) = cx.replay().await? {
            return Ok(answer);
        }
        let permit = cx.authorize(Relation::None)?;
        let new = input.get()?;
        Error::check(violations(&cx, new))?;
        if questionnaire.state != State::Published {
            return Err(wrong_state("only a published version is circulated"));
        }

        let circulation = Circulation {
            name: CirculationId { parent, id: ids::new() },
            responses: new.requested_states.iter().map(|_| ResponseId::random()).collect(),
            facts: new.clone(),
            create_time: cx.actor.now,
        };
        let own = documents::stream(parent);
        let content = json!({ "circulate_questionnaire": circulation });
        let position = cx.tx.position(own).await?;
        let name = &circulation.name;
        let told = event(&permit, Entry::new(own, position, "circulate_questionnaire", name, content))?;
        let mut events = vec![told];
        for response in &circulation.responses {
            let shared = stream(*response, Audience::Shared);
            let content = json!({ "circulate_questionnaire": {
                "questionnaire": parent, "note_verbale": new.note_verbale, "due_date": new.due_date } });
            let start = Position::start(shared);
            events.push(event(
                &permit,
                Entry::new(shared, start, "circulate_questionnaire", response, content),
            )?);
        }
        let heads: Vec<Hash> = events[1..].iter().map(head).collect();
        cx.tx.insert_circulation(&permit, &circulation, &heads, head(&events[0])).await?;
        let receipt = cx.receipt(&events[0])?;
        cx.finish(&permit, events, &Plain(Made { resource: circulation, receipt })).await
    }
}

fn violations(cx: &CallContext<'_>, new: &NewCirculation) -> Vec<Violation> {
    let mut violations = Vec::new();
    let mut wrong =
        |field: &str, text: &str| violations.push(Violation::new(format!("circulation.{field}"), text));
    if new.requested_states.iter().collect::<BTreeSet<_>>().len() < new.requested_states.len() {
        wrong("requested_states", "name each State once");
    }
    let today = cx.actor.now.date_naive();
    if new.due_date < today {
        wrong("due_date", &format!("is in the past: today is {today} (UTC)"));
    }
    violations
}
