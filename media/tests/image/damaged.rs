//! Files that nobody would write.

use divar_media_samples::{gif, jpeg, png, webp};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::{inspected, strip_jpeg, strip_png};

/// Something done to a file.
#[derive(Clone, Debug)]
enum Damage {
    Set(Index, u8),
    Insert(Index, Vec<u8>),
    Remove(Index, usize),
    Repeat(Index, usize),
}

fn any_damage() -> impl Strategy<Value = Damage> {
    let byte = prop_oneof![any::<u8>(), select(vec![0, 1, 0x7f, 0x80, 0xfe, 0xff])];
    prop_oneof![
        4 => (any::<Index>(), byte).prop_map(|(at, byte)| Damage::Set(at, byte)),
        1 => (any::<Index>(), vec(any::<u8>(), 0..9)).prop_map(|(at, with)| Damage::Insert(at, with)),
        1 => (any::<Index>(), 0..99_usize).prop_map(|(at, count)| Damage::Remove(at, count)),
        1 => (any::<Index>(), 0..99_usize).prop_map(|(at, count)| Damage::Repeat(at, count)),
    ]
}

impl Damage {
    fn done_to(self, file: &mut Vec<u8>) {
        let end = |at: usize, count: usize| (at + count).min(file.len());
        match self {
            Self::Set(at, byte) if !file.is_empty() => *at.get_mut(file) = byte,
            Self::Set(..) => {}
            Self::Insert(at, with) => {
                let at = at.index(file.len() + 1);
                file.splice(at..at, with);
            }
            Self::Remove(at, count) => {
                let at = at.index(file.len() + 1);
                file.drain(at..end(at, count));
            }
            Self::Repeat(at, count) => {
                let at = at.index(file.len() + 1);
                file.extend_from_within(at..end(at, count));
            }
        }
    }
}

fn any_sample() -> impl Strategy<Value = Vec<u8>> {
    let all = [gif::all(), jpeg::all(), png::all(), webp::all()].concat();
    select(all).prop_map(|(_, file)| file)
}

/// All that is done to pictures. A file that comes out clean must come out the
/// same a second time.
fn done_all(file: &[u8]) {
    inspected(file);
    for strip in [strip_jpeg, strip_png] {
        if let Ok(plan) = strip(file) {
            let clean = plan.apply(file).expect("slices of the old file");
            let again = strip(&clean).expect("a whole picture");
            assert_eq!(again.apply(&clean), Some(clean));
            assert_eq!(again.changes, []);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn survives_damaged_pictures(
        mut file in any_sample(),
        damage in vec(any_damage(), 1..8),
    ) {
        for damage in damage {
            damage.done_to(&mut file);
        }
        done_all(&file);
    }

    #[test]
    fn survives_any_bytes_behind_a_signature(
        head in select(vec![
            &b"\xff\xd8\xff"[..],
            png::SIGNATURE,
            b"GIF89a",
            b"RIFF\x99\0\0\0WEBP",
        ]),
        rest in vec(any::<u8>(), 0..300),
    ) {
        done_all(&[head, &rest].concat());
    }
}
