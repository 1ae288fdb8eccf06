//! Answers in force, and the gaps they show.

use crate::app::{Answer, Plain};
use std::collections::BTreeMap;
use uuid::Uuid;

use chrono::NaiveDate;
use focalnet_domain::{
    names::{OrganizationId, QuestionnaireId},
    organization::Kind,
    questionnaire::{
        ASSET_RECOVERY, gaps,
        gaps::{Answers, Gap, Gaps},
        response::InForce,
    },
    states,
};
use serde::{Deserialize, Serialize};

use super::read::logic;
use crate::{
    app::{App, Call, Input, context::CallContext, lists::Form},
    error::{Error, Result},
    store::AsOf,
};

/// Which answers in force.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnswersQuery {
    /// The day on which they hold.
    pub as_of_date: Option<NaiveDate>,
    /// The day by whose end they were attested.
    pub known_date: Option<NaiveDate>,
}

/// Which gaps.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GapQuery {
    /// Key of the questionnaire.
    pub questionnaire_key: Option<String>,
    /// The day on which the answers hold.
    pub as_of_date: Option<NaiveDate>,
    /// The day by whose end they were attested.
    pub known_date: Option<NaiveDate>,
    /// A day to compare with.
    pub baseline_date: Option<NaiveDate>,
}

/// Gaps of States, on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GapAnalysis {
    pub questionnaire: QuestionnaireId,
    pub version_number: Option<i32>,
    pub as_of_date: NaiveDate,
    pub known_date: NaiveDate,
    pub states: Vec<StateGaps>,
}

/// Gaps of one State.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateGaps {
    pub requested_state: OrganizationId,
    pub requested_state_display_name: String,
    pub country_code: String,
    #[serde(flatten)]
    pub gaps: Gaps,
    pub opened: Vec<Gap>,
    pub closed: Vec<Gap>,
}

impl CallContext<'_> {
    fn as_of(&self, day: Option<NaiveDate>, known: Option<NaiveDate>) -> AsOf {
        let today = self.actor.now.date_naive();
        AsOf { day: day.unwrap_or(today), known: known.unwrap_or(today) }
    }

    /// The State that a call is about; none for all that the caller may read.
    async fn state_asked_about(&self) -> Result<Option<OrganizationId>> {
        if self.call.parent == "organizations/-" {
            return Ok(None);
        }
        let name: OrganizationId = self.call.parent()?;
        let known = self.tx.states(&self.scope, &[name]).await?;
        if known.is_empty() { Err(Error::NotFound("organization")) } else { Ok(Some(name)) }
    }

    /// Whether the caller's own State is a Party today: shared answers are for States Parties.
    async fn is_state_party(&self) -> Result<bool> {
        if self.actor.kind != Kind::State {
            return Ok(false);
        }
        let own = self.tx.organization(&self.scope, self.actor.organization).await?;
        let code = own.and_then(|(organization, _)| organization.country_code);
        let state = code.as_deref().and_then(states::by_code);
        Ok(state.is_some_and(|state| state.is_party_on(self.actor.now.date_naive())))
    }
}

impl App {
    /// Lists answers in force.
    pub async fn list_answers(&self, call: &Call, input: Input<AnswersQuery>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let state = cx.state_asked_about().await?;
        let AnswersQuery { as_of_date, known_date } = *input.get()?;
        let fields =
            [("questionnaire_key", Form::Text), ("question", Form::Text), ("country_code", Form::Text)];
        let query = cx.query(&fields)?;
        let shared = state.is_none() && cx.scope.sees_content() && cx.is_state_party().await?;
        // What a State shared once and shares no longer is not to be had by asking for an earlier day.
        for (field, day) in [("as_of_date", as_of_date), ("known_date", known_date)] {
            if shared && day.is_some() {
                let text =
                    "what other States share is told as it is today: leave it out, or ask for your own State";
                return Err(Error::invalid(field, text));
            }
        }
        let as_of = cx.as_of(as_of_date, known_date);
        let rows =
            cx.tx.answers_page(&cx.scope, shared, state, as_of, &query.conditions, &query.page).await?;
        let key = |(answer, id): &(InForce, Uuid)| (answer.attest_time, *id);
        let answer = cx.page(&query, rows, key, |(answer, _)| Ok(Plain(answer)))?;
        cx.leave(answer).await
    }

    /// Derives gaps.
    pub async fn get_gap_analysis(&self, call: &Call, input: Input<GapQuery>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let state = cx.state_asked_about().await?;
        let query = input.get()?;
        let key = query.questionnaire_key.as_deref().unwrap_or(ASSET_RECOVERY);
        let now = cx.as_of(query.as_of_date, query.known_date);
        let questionnaire = cx.tx.newest_questionnaire(&cx.scope, key, now.known).await?;
        let questionnaire = questionnaire.ok_or(Error::NotFound("questionnaire"))?;
        let answers = cx.tx.answers_in_force(&cx.scope, key, state, now).await?;
        let baseline = match query.baseline_date {
            Some(day) => {
                let then = AsOf { day, known: now.known };
                Some((day, cx.tx.answers_in_force(&cx.scope, key, state, then).await?))
            }
            None => None,
        };
        let organizations = cx.tx.state_names(&cx.scope, state).await?;
        cx.tx.commit().await?;
        let logic = logic(&questionnaire.document)?;
        let (answers, baseline) =
            (by_state(answers), baseline.map(|(day, answers)| (day, by_state(answers))));
        let none = Vec::new();
        let mut found = Vec::with_capacity(organizations.len());
        for (requested_state, requested_state_display_name, country_code) in organizations {
            let of = |answers: &BTreeMap<_, Vec<InForce>>, day| {
                let answers = answers.get(&requested_state).unwrap_or(&none);
                gaps::analyse(&Answers::of(&questionnaire, &logic, answers), day)
            };
            let gaps = of(&answers, now.day);
            let (opened, closed) = match &baseline {
                Some((day, answers)) => gaps::compare(&of(answers, *day), &gaps),
                None => (Vec::new(), Vec::new()),
            };
            found.push(StateGaps {
                requested_state,
                requested_state_display_name,
                country_code,
                gaps,
                opened,
                closed,
            });
            // Others are served meanwhile, and a deadline can pass.
            tokio::task::yield_now().await;
        }
        let analysis = GapAnalysis {
            questionnaire: questionnaire.name,
            version_number: questionnaire.version_number,
            as_of_date: now.day,
            known_date: now.known,
            states: found,
        };
        Answer::of(call.rpc, &Plain(analysis))
    }
}

fn by_state(answers: Vec<InForce>) -> BTreeMap<OrganizationId, Vec<InForce>> {
    let mut found = BTreeMap::<_, Vec<_>>::new();
    for answer in answers {
        if let Some(state) = answer.requested_state {
            found.entry(state).or_default().push(answer);
        }
    }
    found
}
