//! What runs around the routes.

pub mod origin;
pub mod record;
pub mod scripted_answer;
pub mod space;
