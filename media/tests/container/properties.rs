//! What holds for any file at all.

use divar_media::{Inspector, MAX_BYTES, Progress};
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
    fn requests_stay_within_file_budget_and_steps(file in damaged()) {
        let mut inspector = Inspector::new(file.len() as u64);
        while let Progress::Need(range) = inspector.run() {
            let from = usize::try_from(range.offset)?;
            let end = from + range.length;
            prop_assert!(range.length > 0 && end <= file.len(), "{:?}", range);
            inspector.add(range.offset, file[from..end].to_vec());
            prop_assert!(inspector.file().bytes_read() <= MAX_BYTES);
        }
        // Each step looks at bytes that were read; few are looked at more than once.
        let (steps, bytes) = (inspector.file().steps(), inspector.file().bytes_read());
        prop_assert!(steps <= bytes + 256, "{steps} steps for {bytes} bytes");
    }
}
