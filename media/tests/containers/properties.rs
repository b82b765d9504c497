//! What holds for any file at all.

use divar_media::{Known, MAX_BYTES, Stop, inspect};
use divar_media_samples::all;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// A sample with some bytes changed, cut somewhere, and with zeros behind it.
fn damaged() -> impl Strategy<Value = Vec<u8>> {
    let changes = prop::collection::vec((any::<Index>(), any::<u8>()), 0..8);
    (select(all()), changes, any::<Index>(), 0..300_000_usize).prop_map(
        |((_, mut file), changes, end, behind)| {
            for (at, byte) in changes {
                let length = file.len();
                // The signature stays, or nothing would be looked into.
                file[at.index(length - 12) + 12] = byte;
            }
            file.truncate(end.index(file.len()) + 1);
            file.resize(file.len() + behind, 0);
            file
        },
    )
}

proptest! {
    #[test]
    fn no_file_makes_a_parser_ask_beyond_it_or_for_too_much(file in damaged()) {
        let mut known = Known::to_inspect(file.len() as u64);
        let mut asked = 0;
        while let Err(stop) = inspect(&known) {
            let Stop::Need(need) = stop else { panic!("{stop:?}") };
            let from = usize::try_from(need.at)?;
            prop_assert!(need.length > 0 && from + need.length <= file.len(), "{:?}", need);
            known.add(need.at, file[from..from + need.length].to_vec());
            asked += need.length as u64;
            prop_assert!(asked <= MAX_BYTES);
        }
    }
}
