//! Inspects archives whose list of content types is the data.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| divar_media_fuzz::inspected_ooxml(data));
