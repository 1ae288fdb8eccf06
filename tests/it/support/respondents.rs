//! The people of a State who answer for it.

use focalnet_contract::Rpc;
use focalnet_domain::organization::Role;
use serde_json::{Value, json};

use super::{
    actor::Clients,
    cast::{Member, Org, Recruiting},
    world::World,
};

/// A focal point and a deputy, with tokens that were just issued.
#[derive(Debug, Clone)]
pub(crate) struct Respondents {
    /// The State, `organizations/{uuid}`.
    pub(crate) name: String,
    pub(crate) focal_point: Clients,
    pub(crate) deputy: Clients,
}

/// A State beside those of the cast.
pub(crate) struct Newcomer {
    name: String,
    focal_point: Member,
    deputy: Member,
}

impl World {
    /// Those of a State of the cast.
    pub(crate) fn respondents(&self, org: Org) -> Respondents {
        Respondents {
            name: self.cast().organization(org).into(),
            focal_point: self.actor(org, Role::FocalPoint).clients,
            deputy: self.actor(org, Role::DeputyFocalPoint).clients,
        }
    }

    /// Those of a State that came later.
    pub(crate) fn respondents_of(&self, state: &Newcomer) -> Respondents {
        let clients = |member: &Member| self.clients_of(member);
        Respondents {
            name: state.name.clone(),
            focal_point: clients(&state.focal_point),
            deputy: clients(&state.deputy),
        }
    }

    fn clients_of(&self, member: &Member) -> Clients {
        member.clients(&self.server.channel, &self.base.tokens, self.offset())
    }

    /// Another State, without people.
    pub(crate) async fn another_state(&self, code: &str) -> String {
        let organization =
            json!({ "kind": "KIND_STATE", "display_name": format!("State {code}"), "country_code": code });
        let message = json!({ "organization": organization });
        let made = self.registry().admin().asks(Rpc::CreateOrganization, message).await.unwrap();
        made["name"].as_str().unwrap().into()
    }

    /// Another State, with an administrator, a focal point and a deputy.
    pub(crate) async fn another_state_with_people(&self, code: &str) -> Newcomer {
        let name = self.another_state(code).await;
        let recruiting =
            |keeper: Clients| Recruiting { keeper, tokens: &self.base.tokens, organization: &name };
        let login = |role: Role| format!("{}.{role}", code.to_lowercase());
        let keeper = recruiting(self.registry().admin().clients);
        let admin = keeper.recruit(&login(Role::StateAdmin), &[Role::StateAdmin]).await;
        let keeper = recruiting(self.clients_of(&admin));
        let focal_point = keeper.recruit(&login(Role::FocalPoint), &[Role::FocalPoint]).await;
        let deputy = keeper.recruit(&login(Role::DeputyFocalPoint), &[Role::DeputyFocalPoint]).await;
        Newcomer { name, focal_point, deputy }
    }

    /// Circulates a version to States; the names of their responses.
    pub(crate) async fn circulates(&self, questionnaire: &str, states: &[&str], due: &str) -> Vec<String> {
        let circulation = json!({ "note_verbale": "NV/7", "due_date": due, "requested_states": states });
        let message = json!({ "parent": questionnaire, "circulation": circulation });
        let made = self.registry().officer().asks(Rpc::CirculateQuestionnaire, message).await.unwrap();
        made["responses"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().into()).collect()
    }
}

impl Respondents {
    /// Saves answers, if there are any, and submits the response.
    pub(crate) async fn submit(&self, response: &str, answers: Value) -> Value {
        if answers != json!([]) {
            self.focal_point.saves(response, answers).await.unwrap();
        }
        self.focal_point.acts_on(Rpc::SubmitResponse, response, json!({})).await.unwrap()
    }

    /// The same, confirmed by the deputy.
    pub(crate) async fn attest(&self, response: &str, answers: Value) -> Value {
        self.submit(response, answers).await;
        self.deputy.acts_on(Rpc::AttestResponse, response, json!({})).await.unwrap()
    }

    /// Takes a response up again.
    pub(crate) async fn reopen(&self, response: &str) -> Value {
        let reason = json!({ "reason": "A new law" });
        self.focal_point.acts_on(Rpc::ReopenResponse, response, reason).await.unwrap()
    }

    /// Takes an attested response up again, and gives other answers.
    pub(crate) async fn attest_again(&self, response: &str, answers: Value) -> Value {
        self.reopen(response).await;
        self.attest(response, answers).await
    }

    /// The answers in force of this State alone, as its focal point reads them.
    pub(crate) async fn in_force(&self) -> Vec<Value> {
        self.focal_point.lists(Rpc::ListAnswers, json!({ "parent": self.name })).await.unwrap()
    }
}
