//! The package's functions in a real browser against the emulator, and what
//! arrived there.

#![cfg(target_arch = "wasm32")]
#![forbid(unsafe_code)]

mod abort;
mod answers;
mod arguments;
mod build;
mod calls;
mod deadlines;
mod emulator;
mod message;
mod offline;
mod progress;
mod retry;
mod send;
mod thrown;
mod token;
mod upload;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
