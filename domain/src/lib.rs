//! The field itself: types, lifecycles, completeness, identifiers, the journal's chain. Pure functions: no store, no
//! transport, and the time is a parameter. Field names are those of the contract, so that one search finds the whole
//! path. Two modules are the doors for what is not pure: [`clock`] hands out the time, [`ids`] new ids.

pub mod approval;
pub mod asset;
pub mod asset_overview;
pub mod case;
pub mod clarification;
pub mod clock;
pub mod country;
pub mod directory;
pub mod error;
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
pub mod partial_date;
pub mod questionnaire;
pub mod response_statistics;
pub mod series;
pub mod share;
pub mod states;
pub mod text;
pub mod thread;
pub mod user;
pub mod words;
