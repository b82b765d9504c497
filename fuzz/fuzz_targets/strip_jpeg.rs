//! Taking the metadata out of jpeg files.
#![no_main]

use divar_media::{Rewrite, Signature};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| divar_media_fuzz::stripped(Signature::Jpeg, Rewrite::jpeg, data));
