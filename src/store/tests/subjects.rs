//! What a scene's case is about.

use focalnet_domain::{
    case::{Person, PersonStatus},
    freezing_request::{
        AssetCounts, Changes, Facts, FreezingRequest, Measure, Origin, RequestPerson, RequestPurpose, State,
        Version, Versions, transmit::Transmission, view::content_sha256,
    },
    names::{FreezingRequestId, OrderId, PersonId, QuestionnaireId},
    order::{self, Order},
    series::Series,
};

use super::{directory::channel, scene::*, *};

/// How a version was sent; the confirmation comes later.
pub(super) fn transmission(version: i32) -> Transmission {
    of(json!({
        "medium": "urgent", "reference": format!("NV/2026/{version}"), "urgency_grounds": "It is about to be sold",
        "channel": channel(), "answers_used": {
            "questionnaire": QuestionnaireId::random(), "version_number": 3, "as_of_date": "2026-01-05",
            "attest_time": at(20),
        },
    }))
}

impl Scene {
    /// A new person of the case.
    pub(super) async fn person(&self, minute: i64) -> Person {
        let person = Person {
            name: PersonId { parent: self.case.name, id: focalnet_domain::ids::new() },
            facts: of(json!({
                "family_name": "Ngoma", "given_names": format!("Jean {minute}"), "aliases": ["He"],
                "birth_date": "1962-11-04", "birth_place": "Mbandaka", "nationalities": ["CD"],
                "warrant_date": "2008-05-23",
            })),
            status: PersonStatus::Convicted,
            status_date: Some(day("2025-01-01")),
        };
        self.tx.insert_person(&self.permit, &person, at(minute), head(5)).await.unwrap();
        person
    }

    /// A new order about two persons.
    pub(super) async fn order(&self) -> Order {
        let persons = [self.person(1).await.name, self.person(2).await.name];
        let facts: order::NewOrder = of(json!({
            "case": self.case.name, "document_number": "ICC-01/05-01/08-8", "chamber": OrganizationId::random(),
            "applicant": OrganizationId::random(), "decision_date": "2025-01-02", "classification": "under_seal",
            "summary": "Freeze it", "measures": ["freeze"], "purposes": ["fine", "reparations"], "persons": persons,
            "valid_until_date": "2027-01-03", "final_date": "2025-03-04", "amounts": [
                { "purpose": "fine", "amount": money("300.25") }, { "purpose": "reparations", "amount": money("70.00") },
            ],
        }));
        let mut order = Order {
            name: OrderId::random(),
            state: order::State::Revoked,
            changes: Vec::new().into(),
            change_count: 0,
            create_time: at(5),
            work: Series::default(),
            work_count: 0,
            pending_work_count: 0,
            outstanding: facts.amounts.clone(),
            named_persons: Vec::new(),
            pending_approval: None,
            facts,
        };
        order.name_persons();
        self.tx.insert_order(&self.permit, &order, head(6)).await.unwrap();
        order
    }

    /// A new request under an order, which the State has got and passed on.
    pub(super) async fn request(&self, order: &Order) -> FreezingRequest {
        let authority = organization(Kind::Authority, Some(self.state.organization()));
        self.tx.insert_organization(&self.permit, &authority, head(7)).await.unwrap();
        let content = sampled("RequestContent", 0);
        let sent = Version {
            number: 1,
            changed_paths: vec!["content.grounds".to_owned()],
            reason: Some("It is the first".to_owned()),
            transmit_time: Some(at(11)),
            transmission: Some(transmission(1)),
            kept_sha256: Some(content_sha256(&content)),
            content,
        };
        let person = |(number, person): (usize, &PersonId)| RequestPerson {
            position: i32::try_from(number).unwrap() + 1,
            display_name: format!("Number {number}"),
            person: Some(*person),
            status: PersonStatus::Acquitted,
            status_date: Some(day("2026-01-05")),
        };
        let purpose = |purpose: &order::PurposeKind| RequestPurpose {
            position: 1,
            purpose: *purpose,
            basis: format!("For {purpose}"),
            end_date: Some(day("2026-01-06")),
            end_time: Some(at(12)),
        };
        let request = FreezingRequest {
            name: FreezingRequestId::random(),
            origin: Origin::Chamber,
            case: self.case.name,
            situation_number: self.case.situation_number.clone(),
            case_number: self.case.case_number.clone(),
            order: Some(order.name),
            order_number: Some(order.facts.document_number.clone()),
            order_date: Some(order.facts.decision_date),
            order_final_date: order.facts.final_date,
            issuing_organization: self.court.organization(),
            chamber: Some(order.facts.chamber),
            applicant: order.facts.applicant,
            requested_state: self.state.organization(),
            requested_state_display_name: self.requested.display_name.clone(),
            authority: Some(authority.name),
            authority_display_name: Some(authority.display_name),
            measures: vec![Measure::Freeze, Measure::Enforce],
            state: State::Executing,
            versions: Versions { unsent: None, sent: Some(sent), earlier: Vec::new() },
            persons: order.facts.persons.iter().enumerate().map(person).collect(),
            purposes: order.facts.purposes.iter().map(purpose).collect(),
            outstanding: order.outstanding.clone(),
            facts: Facts::default(),
            asset_counts: AssetCounts::default(),
            touched: Vec::new(),
            create_time: at(10),
            transmit_time: Some(at(11)),
        };
        let changes = Changes { persons: true, ..Changes::default() };
        self.tx.insert_request(&self.permit, &request).await.unwrap();
        self.tx.save_request(&self.permit, &request, &changes, head(8)).await.unwrap();
        request
    }
}
