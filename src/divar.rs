//! Divar's chat as its documentation describes it: routes, messages, answers and statuses. Pure: it
//! knows neither JavaScript nor the network. Media types and their limits are in the crate
//! `divar-media`, which the parsers share.

pub mod answers;
pub mod buttons;
pub mod message;
pub mod routes;
pub mod status;
