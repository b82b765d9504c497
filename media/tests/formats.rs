//! What other files say of formats is what the table says.

use std::fs;
use std::path::Path;

use divar_media::formats::{FORMATS, FormatInfo};
use divar_media::{Format, MediaType};

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    let path = root.expect("the workspace").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What is between quotes from `start` to the next semicolon.
fn quoted(text: &str, start: &str) -> Vec<String> {
    let (_, rest) = text.split_once(start).expect(start);
    let (list, _) = rest.split_once(';').expect("its end");
    let parts = list.split('"').skip(1).step_by(2);
    parts.map(str::to_owned).collect()
}

#[test]
fn typescript_names_the_formats_of_the_table() {
    let types = read("pkg/src/types/inspect.ts");
    let named = quoted(&types, "export type MediaFormat =");
    let rows = FORMATS.iter().map(|row| row.name);
    let listed: Vec<_> = rows.chain([Format::Unknown.name()]).collect();
    assert_eq!(sorted(&named), sorted(&listed));
}

#[test]
fn typescript_names_the_media_types() {
    let names = MediaType::ALL.map(MediaType::name);
    let types = read("pkg/src/types/upload.ts");
    assert_eq!(quoted(&types, "export type MediaType ="), names);
    let checked = read("pkg/src/prepare/options.ts");
    assert_eq!(quoted(&checked, "const TYPES: readonly string[] ="), names);
}

#[test]
fn documentation_names_the_formats_and_limits_of_each_media_type() {
    let (readme, types) = (read("README.md"), read("pkg/src/types/upload.ts"));
    for media_type in MediaType::ALL {
        let formats = media_type.formats().replace(" or ", ", ");
        let megabytes = format!("{:.1}", tenths(media_type.max_bytes()));
        let megabytes = megabytes.trim_end_matches(".0");
        let row = format!("| `{}` | {formats} | {megabytes} MB |", media_type.name());
        assert!(readme.contains(&row), "README.md has no row {row}");
        assert!(types.contains(&row), "types/upload.ts has no row {row}");
    }
}

#[test]
fn file_chooser_offers_every_format() {
    let composer = read("pkg/src/element/media-type.ts");
    let offered = quoted(
        &composer,
        "const OFFERED: Readonly<Record<MediaType, string>> =",
    )
    .join(",");
    let offered: Vec<_> = offered.split(',').collect();
    let is_offered = |row: &FormatInfo| {
        let families = ["image", "video", "audio"].map(|family| format!("{family}/"));
        let by_family = |family: &String| row.mime_types.iter().any(|it| it.starts_with(family));
        families.iter().any(by_family)
            || row
                .extensions
                .iter()
                .any(|it| offered.contains(&format!(".{it}").as_str()))
    };
    for row in FORMATS.iter().filter(|row| row.media_type.is_some()) {
        assert!(is_offered(row), "{} is not offered", row.name);
    }
}

/// Bytes in decimal megabytes.
fn tenths(bytes: u64) -> f64 {
    let tenths = u32::try_from(bytes / 100_000).expect("a small limit");
    f64::from(tenths) / 10.0
}

fn sorted<Text: AsRef<str>>(texts: &[Text]) -> Vec<&str> {
    let mut texts: Vec<_> = texts.iter().map(AsRef::as_ref).collect();
    texts.sort_unstable();
    texts
}
