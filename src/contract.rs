//! What Divar's chat promises and asks for: routes, media types and their
//! limits, the shapes of messages and of answers. Pure: nothing here knows
//! JavaScript or the network.

pub mod answer;
pub mod button;
pub mod message;
pub mod route;
