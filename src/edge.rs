//! The app's own media routes on a server or at the edge: a `Request` in, a `Response` out.

mod buttons;
mod client;
mod config;
mod file_name;
mod handler;
mod list;
mod message;
mod nesting;
mod origin;
mod permission;
mod rejection;
mod reply;
mod request;
mod route;

pub use config::{Callbacks, HandlerConfig, OriginPolicy};
pub use handler::Handler;
pub use route::Routes;
