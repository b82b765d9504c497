//! What runs around the routes.

pub mod record;
pub mod scripted_answer;
pub mod space;
