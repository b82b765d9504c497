//! The emulator as its clients see it: over HTTP, and where bytes matter over the bare socket.

mod binary;
mod conversations;
mod cross_origin;
mod faults;
mod files;
mod formats;
mod inspection;
mod limits;
mod messages;
mod origins;
mod socket;
mod spaces;
mod support;
mod tokens;
mod uploads;
