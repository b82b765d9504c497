//! The connection under a request: its socket, and bodies that a fault cuts at a byte.

pub mod disconnect;
pub mod request_body;
pub mod response_body;
pub mod socket;
