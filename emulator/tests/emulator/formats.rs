use crate::support::{Emulator, iso, jpeg, ole, ooxml, png, refused, zip_of};

/// Every format that Divar publishes, with the extensions that it has.
fn published() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    vec![
        ("image", "a.png", png()),
        ("image", "a.jpg", jpeg()),
        ("image", "A.JPEG", jpeg()),
        ("video", "a.mp4", iso(*b"mp42", 64)),
        ("voice", "a.m4a", iso(*b"M4A ", 64)),
        ("voice", "a.3gp", iso(*b"3gp4", 64)),
        ("file", "a.pdf", b"%PDF-1.4\n".to_vec()),
        ("file", "a.doc", ole("/WordDocument")),
        ("file", "a.xls", ole("/Workbook")),
        ("file", "b.xls", ole("/Book")),
        ("file", "a.ppt", ole("/PowerPoint Document")),
        ("file", "a.docx", ooxml("word")),
        ("file", "a.xlsx", ooxml("xl")),
        ("file", "a.pptx", ooxml("ppt")),
    ]
}

#[tokio::test]
async fn every_published_format_is_accepted() {
    let emulator = Emulator::start().await;
    for (kind, name, content) in published() {
        assert_eq!(
            emulator.upload(kind, name, &content).await.status(),
            200,
            "{kind} {name}"
        );
    }
}

#[tokio::test]
async fn every_published_format_is_refused_as_another_media_type() {
    let emulator = Emulator::start().await;
    for (kind, name, content) in published() {
        for other in ["image", "video", "voice", "file"] {
            if other != kind {
                refused(emulator.upload(other, name, &content).await, 400, 3).await;
            }
        }
    }
}

#[tokio::test]
async fn a_name_and_a_content_that_disagree_are_refused() {
    let emulator = Emulator::start().await;
    for (kind, name, content) in [
        ("image", "a.png", jpeg()),
        ("image", "a.jpg", png()),
        ("image", "a.jpg", b"MZ\x90\0 an executable".to_vec()),
        ("image", "a.gif", png()),
        ("image", "png", png()),
        ("video", "a.mp4", png()),
        ("voice", "a.3gp", iso(*b"M4A ", 64)),
        ("voice", "a.m4a", iso(*b"3gp5", 64)),
        ("file", "a.docx", ooxml("xl")),
        ("file", "a.docx", zip_of(&["word/document.xml"])),
        ("file", "a.docx", zip_of(&["[Content_Types].xml"])),
        ("file", "a.doc", ole("/Workbook")),
        ("file", "a.docx", ole("/WordDocument")),
        ("file", "a.xlsx", b"PK\x03\x04 cut off".to_vec()),
        (
            "file",
            "a.ppt",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(),
        ),
        ("file", "a.pdf", b"<html>".to_vec()),
    ] {
        let answer = emulator.upload(kind, name, &content).await;
        assert_eq!(answer.status(), 400, "{kind} {name}");
        refused(answer, 400, 3).await;
    }
}

#[tokio::test]
async fn brands_decide_what_an_iso_media_file_may_be() {
    let emulator = Emulator::start().await;
    let accepts = async |kind, name, brand: [u8; 4]| {
        emulator.upload(kind, name, &iso(brand, 64)).await.status() == 200
    };
    for generic in [
        b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"dash",
    ] {
        assert!(accepts("video", "a.mp4", *generic).await, "{generic:?}");
        assert!(accepts("voice", "a.m4a", *generic).await, "{generic:?}");
    }
    for (kind, name, brand) in [
        ("video", "a.mp4", b"M4V "),
        ("video", "a.mp4", b"avc1"),
        ("voice", "a.m4a", b"M4B "),
        ("voice", "a.3gp", b"3gp6"),
    ] {
        assert!(accepts(kind, name, *brand).await, "{brand:?}");
    }
    for (kind, name, brand) in [
        ("video", "a.mp4", b"qt  "),
        ("video", "a.mp4", b"M4A "),
        ("video", "a.mp4", b"heic"),
        ("voice", "a.m4a", b"M4V "),
        ("voice", "a.3gp", b"isom"),
        ("voice", "a.3gp", b"3g2a"),
    ] {
        assert!(!accepts(kind, name, *brand).await, "{brand:?} as {name}");
    }
}
