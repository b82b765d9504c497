//! Inspects compound files whose directory is the data.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| divar_media_fuzz::inspected_ole_directory(data));
