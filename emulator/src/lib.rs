//! Divar's chat upload on localhost: mint a token, upload a file, send a message, read the
//! conversation; with Divar's refusals, and with faults by script.
//!
//! [`start`] runs it inside a test; the binary of this crate runs it in a terminal.
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
