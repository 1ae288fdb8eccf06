//! The second request to Portugal: the fine and the debt that survive the acquittal.

use focalnet_contract::proto::{
    Absence, Asset, AssetType, IssuingAuthority, LocalizedText, NoticePolicy, ObjectKind, PayeeAccount,
    PurposeKind, RelatedRequest, RequestContent, RequestedAsset, Urgency,
    asset_identifier::Kind::CadastralReference, measure::Kind::Freeze, valuation::Method,
};

use super::{absent, attachment, bemba, euros, identifier, measure, purpose, stated, worth};

const HOLDER: &str = "Jean-Pierre Bemba Gombo";
const CADASTRE: &str = "080812-U-4711";

/// The whole request.
pub(in super::super) fn survivors(person: &str) -> RequestContent {
    RequestContent {
        urgency: Some(Urgency {
            execution_date: "2018-10-31".to_owned(),
            execution_date_grounds: "The State may release what it holds for the first request at any time."
                .to_owned(),
            ..Urgency::default()
        }),
        persons: vec![bemba(person)],
        third_parties: Some(stated("His wife owns a quarter of the house; that quarter is not asked for.")),
        objects: vec![ObjectKind::Amount.into(), ObjectKind::SpecificItems.into()],
        amount: Some(euros("2180000.00")),
        amount_computation:
            "A fine of EUR 300,000.00 and EUR 1,880,000.00 of legal aid advanced in case ICC-01/05-01/08."
                .to_owned(),
        already_recovered: Some(euros("0.00")),
        assets: vec![house()],
        facts: Some(LocalizedText {
            text: "In case ICC-01/05-01/13 Jean-Pierre Bemba Gombo was convicted of having influenced witnesses, and \
                   fined EUR 300,000. The advances on the costs of his defence in case ICC-01/05-01/08 are due."
                .to_owned(),
            language_code: "en".to_owned(),
        }),
        stage_of_proceedings: "Convicted of offences against the administration of justice; sentenced anew on 17 \
                               September 2018; the appeal is pending."
            .to_owned(),
        grounds: "The first request of 27 May 2008 has ceased to bind. What it holds would secure the fine and the \
                  debt, and may be released."
            .to_owned(),
        crimes: "Offences against the administration of justice (RS 70): witnesses were influenced.".to_owned(),
        purposes: vec![
            purpose(PurposeKind::Fine, "RS 57(3)(e), 70(3), 77(2)(a); RPE 99, 166"),
            purpose(PurposeKind::LegalAid, "RoC 83-85"),
        ],
        confidentiality: "Public; account numbers stay between the State and the Court.".to_owned(),
        formalities: Some(stated(
            "The Portuguese order is to name the person and the house, and to be entered in the land register.",
        )),
        notice_policy: NoticePolicy::Allowed.into(),
        related_requests: vec![RelatedRequest {
            r#type: "freeze for forfeiture and reparations".to_owned(),
            request_date: "2008-05-27".to_owned(),
            authority: "Public Prosecution Service, Faro".to_owned(),
            court_reference: "NV/2008/COOP/102".to_owned(),
            national_reference: "PT-2008/311".to_owned(),
        }],
        follow_up: "The house remains frozen until the fine and the debt are paid.".to_owned(),
        remedies: "Whoever is affected can turn to the Registry.".to_owned(),
        issuing_authority: Some(IssuingAuthority {
            authority: "Trial Chamber VII, through the Registry".to_owned(),
            contact: "Registry, cooperation unit, cooperation@court.example".to_owned(),
            languages: vec!["en".to_owned(), "fr".to_owned()],
            signatory: "For the Registrar, cooperation officer".to_owned(),
            signature_date: "2018-09-24".to_owned(),
        }),
        attachments: vec![attachment("certified copy of the decision", "decision.en.pdf", 312_448, "en", "")],
        management_plan: "The house stays with those who live in it; ordinary costs are the State's (RS 100)."
            .to_owned(),
        valuation_date: "2018-10-31".to_owned(),
        reporting_interval_days: 180,
        link_to_crime: Some(absent(Absence::NotApplicable)),
        payee_account: Some(PayeeAccount {
            iban: "NL91 ABNA 0417 1643 00".to_owned(),
            bic: "ABNANL2A".to_owned(),
            holder: "International Criminal Court".to_owned(),
        }),
        language_code: "en".to_owned(),
        ..RequestContent::default()
    }
}

fn house() -> RequestedAsset {
    RequestedAsset {
        r#type: AssetType::RealEstate.into(),
        description: "House in the Algarve, three quarters".to_owned(),
        identifiers: vec![identifier(CadastralReference, CADASTRE)],
        location: "Algarve".to_owned(),
        holder: Some(stated(HOLDER)),
        grounds: "Frozen since 2008 under the first request.".to_owned(),
        valuation: Some(worth("930000.00", "2018-03-19", Method::Appraisal)),
        link: "The person's own.".to_owned(),
    }
}

/// What Portugal freezes anew: the share that the claim has left.
pub(in super::super) fn survivors_found() -> Asset {
    Asset {
        r#type: AssetType::RealEstate.into(),
        jurisdiction: "PT".to_owned(),
        description: "House in the Algarve, three quarters".to_owned(),
        location: "Algarve".to_owned(),
        identifiers: vec![identifier(CadastralReference, CADASTRE)],
        holder: HOLDER.to_owned(),
        measures: vec![measure(
            Freeze,
            "Proc. 91/18, n.º 1",
            "Public Prosecution Service, Faro",
            "2018-10-12",
        )],
        valuations: vec![worth("930000.00", "2018-10-12", Method::Appraisal)],
        ..Asset::default()
    }
}
