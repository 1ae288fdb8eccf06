//! The tables as rows: one file each, private to the store. A test holds them against the migrated schema.

#![expect(unreachable_pub, reason = "the derive makes everything public; the schema documents the columns")]

pub mod account;
pub mod allocation;
pub mod answer;
pub mod answered_call;
pub mod approval;
pub mod asset;
pub mod asset_share;
pub mod attested_answer;
pub mod case_member;
pub mod case_person;
pub mod channel;
pub mod circulation;
pub mod claim;
pub mod claim_decision;
pub mod clarification;
pub mod clarification_message;
pub mod clock_offset;
pub mod cost;
pub mod cost_settlement;
pub mod court_case;
pub mod court_order;
pub mod designation;
pub mod disposition;
pub mod encumbrance;
pub mod freezing_request;
pub mod journal_event;
pub mod login_attempt;
pub mod mandate;
pub mod measure;
pub mod measure_change;
pub mod order_change;
pub mod order_purpose;
pub mod order_recovery;
pub mod order_work;
pub mod organization;
pub mod ownership;
pub mod probe;
pub mod questionnaire;
pub mod request_person;
pub mod request_purpose;
pub mod request_version;
pub mod response;
pub mod session;
pub mod signing_key;
pub mod valuation;

#[cfg(test)]
mod tests;
