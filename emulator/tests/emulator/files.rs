use divar_emulator::Config;

use crate::support::{Emulator, iso, ooxml, png, refused};

#[tokio::test]
async fn a_file_is_served_with_its_own_type_and_shown_inline() {
    let emulator = Emulator::start().await;
    for (kind, name, content, content_type) in [
        ("image", "a.png", png(), "image/png"),
        ("video", "a.mp4", iso(*b"isom", 64), "video/mp4"),
        ("voice", "a.m4a", iso(*b"isom", 64), "audio/mp4"),
        ("voice", "a.3gp", iso(*b"3gp4", 64), "audio/3gpp"),
        (
            "file",
            "a.docx",
            ooxml("word"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
    ] {
        let media = emulator.media(kind, name, &content).await;
        let answer = emulator.file(&media).await.expect("an answer");
        assert_eq!(answer.headers()["content-type"], content_type);
        assert_eq!(answer.headers()["content-disposition"], "inline");
        assert_eq!(answer.headers()["accept-ranges"], "bytes");
        assert_eq!(answer.bytes().await.expect("bytes"), content);
    }
}

#[tokio::test]
async fn a_player_can_ask_for_a_range() {
    let emulator = Emulator::start().await;
    let media = emulator.media("video", "a.mp4", &iso(*b"isom", 64)).await;
    let path = format!("/__emulator/files/{media}");
    let part = emulator
        .get(&path)
        .header("range", "bytes=4-11")
        .send()
        .await
        .expect("an answer");
    assert_eq!(part.status(), 206);
    assert_eq!(part.headers()["content-range"], "bytes 4-11/64");
    assert_eq!(part.text().await.expect("text"), "ftypisom");
    let beyond = emulator
        .get(&path)
        .header("range", "bytes=64-")
        .send()
        .await
        .expect("an answer");
    assert_eq!(beyond.status(), 416);
}

#[tokio::test]
async fn an_unknown_or_refused_file_is_not_served() {
    let emulator = Emulator::start().await;
    let answer = emulator.file("unknown").await.expect("an answer");
    refused(answer, 404, 5).await;
}

#[tokio::test]
async fn refused_and_forgotten_files_are_deleted() {
    let folder = tempfile::tempdir().expect("a folder");
    let emulator = Emulator::with(Config {
        files: Some(folder.path().to_owned()),
        ..Config::default()
    })
    .await;
    let count = || std::fs::read_dir(folder.path()).expect("a folder").count();

    refused(
        emulator.upload("image", "a.png", b"no picture").await,
        400,
        3,
    )
    .await;
    refused(
        emulator
            .upload("voice", "a.m4a", &iso(*b"M4A ", 1_500_001))
            .await,
        413,
        3,
    )
    .await;
    assert_eq!(count(), 0);
    emulator.media("image", "a.png", &png()).await;
    assert_eq!(count(), 1);
    emulator.forget().await;
    assert_eq!(count(), 0);

    emulator.media("image", "a.png", &png()).await;
    drop(emulator);
    assert_eq!(count(), 1, "a chosen folder keeps its files");
}
