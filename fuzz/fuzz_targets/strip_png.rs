//! Removes the metadata of png files.
#![no_main]

use divar_media::{Container, Rewrite};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| divar_media_fuzz::stripped(Container::Png, Rewrite::png, data));
