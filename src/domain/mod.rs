//! The field itself: types, lifecycles, completeness, identifiers, the journal's chain. Pure functions: no clock, no
//! store, no transport. Field names are those of the contract, so that one search finds the whole path.

pub mod approval;
pub mod asset;
pub mod asset_overview;
pub mod case;
pub mod clarification;
pub mod country;
pub mod directory;
pub mod filter;
pub mod freezing_request;
pub mod identifiers;
pub mod ids;
pub mod journal;
pub mod money;
pub mod names;
pub mod order;
pub mod order_work;
pub mod organization;
pub mod questionnaire;
pub mod response_statistics;
pub mod share;
pub mod states;
pub mod text;
pub mod user;
pub(crate) mod words;
