//! An emulator of Divar's chat API: mint an upload token, upload a file, send a message, read the
//! conversation; with Divar's errors, and with scripted faults.
//!
//! [`start`] runs it inside a test; the binary of this crate runs it in a terminal.
//!
//! Modules depend on each other downwards only:
//!
//! - `server` starts and stops it;
//! - `routes` are Divar's routes and those under `/__emulator/`;
//! - `middleware` runs around the routes: it finds the space, records the request, applies its fault,
//!   checks the origin; `credentials` are extractors that prove who is calling;
//! - `app` holds all spaces and their limits;
//! - `connection` cuts bodies and resets sockets where a fault says so;
//! - `state` is what one space holds; `faults` are scripted faults; `media` are types and formats;
//! - `settings`, `origins`, `limits`, `route`, `status`, `ids` and `time` depend on nothing here.
//!
//! ```
//! # tokio::runtime::Runtime::new()?.block_on(async {
//! let emulator = divar_emulator::start(divar_emulator::Config {
//!     listen: "127.0.0.1:0".to_owned(),
//!     ..Default::default()
//! })
//! .await?;
//! println!("http://{}", emulator.address());
//! # Ok::<(), divar_emulator::StartError>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
mod app;
mod connection;
mod credentials;
mod faults;
mod ids;
mod limits;
mod media;
mod middleware;
mod origins;
mod route;
mod routes;
mod server;
mod settings;
mod state;
mod status;
mod time;

pub use server::{Config, Running, StartError, start};
pub use settings::Settings;
