//! `uploadMedia`.

use divar_media_samples::isobmff::{Movie, Track};
use divar_media_samples::ole;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Blob, BlobPropertyBag};

use crate::emulator::{Emulator, JPEG, eval, failed, file, get, header, jpeg, sha256, text};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\
    \0\0\0\0\0\0\0\0IEND\xae\x42\x60\x82";
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n";

fn movie(brand: [u8; 4], track: Track) -> Vec<u8> {
    Movie::new(&brand, vec![track]).file()
}

#[wasm_bindgen_test]
async fn a_file_of_each_type_arrives_whole_under_its_name() {
    let m4a = movie(*b"M4A ", Track::audio());
    let threegp = movie(*b"3gp4", Track::audio());
    let mp4 = movie(*b"isom", Track::video());
    let cases: [(&str, &str, &str, &[u8]); 6] = [
        ("image", "a.jpg", "image/jpeg", JPEG),
        ("image", "a.png", "image/png", PNG),
        ("voice", "a.m4a", "audio/mp4", &m4a),
        ("voice", "a.3gp", "audio/3gpp", &threegp),
        ("video", "a.mp4", "video/mp4", &mp4),
        ("file", "a.pdf", "application/pdf", PDF),
    ];
    for (media_type, name, mime, bytes) in cases {
        let emulator = Emulator::new();
        let given = file(name, mime, bytes);
        let media = emulator.upload(&given, media_type, json!({})).await;
        assert!(!text(&media.expect("an upload"), "id").is_empty());

        let requests = emulator.received("upload").await;
        assert_eq!(requests.len(), 1, "{name}");
        let path = requests[0]["path"].as_str().expect("a path");
        assert!(path.ends_with(&format!("/upload/{media_type}")), "{path}");
        let upload = &requests[0]["upload"];
        assert_eq!(upload["encoding"], "multipart");
        assert_eq!(upload["field"], "file");
        assert_eq!(upload["file_name"], name);
        assert_eq!(upload["content_type"], mime);
        assert_eq!(upload["bytes"], bytes.len());
        assert_eq!(upload["sha256"], sha256(bytes));
    }
}

#[wasm_bindgen_test]
async fn the_headers_are_the_token_and_an_open_accept() {
    let emulator = Emulator::new();
    let token = emulator.token().await;
    let uploaded = emulator
        .upload_with(&token, &jpeg("a.jpg"), "image", json!({}))
        .await;
    uploaded.expect("an upload");

    let request = &emulator.received("upload").await[0];
    assert_eq!(
        header(request, "authorization"),
        Some(&*format!("Bearer {token}"))
    );
    assert_eq!(header(request, "accept"), Some("*/*"));
    assert_eq!(header(request, "x-api-key"), None);
    assert_eq!(header(request, "cookie"), None);
}

#[wasm_bindgen_test]
async fn both_schemes_and_both_encodings_carry_the_same_bytes() {
    for scheme in ["Bearer", "Basic"] {
        for encoding in ["multipart", "binary"] {
            let emulator = Emulator::new();
            let options = json!({"authScheme": scheme, "encoding": encoding});
            let uploaded = emulator.upload(&jpeg("a.jpg"), "image", options).await;
            uploaded.expect("an upload");

            let request = &emulator.received("upload").await[0];
            let authorization = header(request, "authorization").expect("a token");
            assert!(authorization.starts_with(scheme), "{scheme} {encoding}");
            assert_eq!(request["upload"]["encoding"], encoding);
            assert_eq!(request["upload"]["content_type"], "image/jpeg");
            assert_eq!(request["upload"]["sha256"], sha256(JPEG));
        }
    }
}

#[wasm_bindgen_test]
async fn a_name_with_any_letter_arrives() {
    for name in [
        "عکس خانهٔ من.jpg",
        "۱۲۳ – نمای‌بیرونی.JPEG",
        "100%.jpg",
        "semi;colon='a'.jpg",
        "back\\slash.jpg",
        "😀.jpg",
    ] {
        let emulator = Emulator::new();
        let uploaded = emulator.upload(&jpeg(name), "image", json!({})).await;
        uploaded.expect(name);
        let upload = &emulator.received("upload").await[0]["upload"];
        assert_eq!(upload["file_name"], name);
        assert_eq!(upload["sha256"], sha256(JPEG));
    }
}

#[wasm_bindgen_test]
async fn quotes_and_line_breaks_in_a_name_cannot_break_out_of_its_header() {
    let emulator = Emulator::new();
    let name = "a\"; name=\"x\r\nx-evil: 1\n.jpg";
    let uploaded = emulator
        .upload(&jpeg("a.jpg"), "image", json!({"fileName": name}))
        .await;
    uploaded.expect("an upload");

    let upload = &emulator.received("upload").await[0]["upload"];
    // As the HTML standard has browsers write it in a form.
    let escaped = "a%22; name=%22x%0D%0Ax-evil: 1%0A.jpg";
    let disposition = format!("form-data; name=\"file\"; filename=\"{escaped}\"");
    assert_eq!(upload["content_disposition"], disposition);
    assert_eq!(upload["field"], "file");
    assert_eq!(upload["sha256"], sha256(JPEG));
}

#[wasm_bindgen_test]
async fn a_blob_without_a_name_gets_one_of_its_type() {
    let emulator = Emulator::new();
    let options = BlobPropertyBag::new();
    options.set_type("audio/mp4;codecs=mp4a.40.2");
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(&*movie(*b"isom", Track::audio())));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).expect("a blob");
    emulator
        .upload(&blob, "voice", json!({}))
        .await
        .expect("an upload");

    let upload = &emulator.received("upload").await[0]["upload"];
    assert_eq!(upload["file_name"], "voice.m4a");
    assert_eq!(upload["content_type"], "audio/mp4");
}

#[wasm_bindgen_test]
async fn accepts_a_file_or_blob_of_another_frame() {
    let frame = "const frame = document.createElement('iframe'); document.body.append(frame); \
                 const { File, Blob, Uint8Array } = frame.contentWindow; \
                 const bytes = Uint8Array.from(BYTES);"
        .replace("BYTES", &format!("{JPEG:?}"));
    for made in [
        "new File([bytes], 'a.jpg', { type: 'image/jpeg' })",
        "new Blob([bytes], { type: 'image/jpeg' })",
    ] {
        let emulator = Emulator::new();
        let given = eval(&format!("(() => {{ {frame} return {made}; }})()"));
        let uploaded = emulator.upload(&given, "image", json!({})).await;
        uploaded.expect(made);
        let upload = &emulator.received("upload").await[0]["upload"];
        assert_eq!(upload["sha256"], sha256(JPEG));
        assert_eq!(upload["content_type"], "image/jpeg");
    }
}

#[wasm_bindgen_test]
async fn a_picture_under_another_name_is_sent_as_what_it_is() {
    let emulator = Emulator::new();
    let given = file("خانه.png", "image/png", JPEG);
    emulator
        .upload(&given, "image", json!({}))
        .await
        .expect("an upload");

    let upload = &emulator.received("upload").await[0]["upload"];
    assert_eq!(upload["file_name"], "خانه.jpg");
    assert_eq!(upload["content_type"], "image/jpeg");
}

#[wasm_bindgen_test]
async fn an_office_file_without_a_mime_type_gets_its_own() {
    let emulator = Emulator::new();
    let given = file("قرارداد.DOC", "", &ole::document("WordDocument"));
    // Whether the emulator takes it is another matter: it is sent.
    let _ = emulator.upload(&given, "file", json!({})).await;

    let upload = &emulator.received("upload").await[0]["upload"];
    assert_eq!(upload["content_type"], "application/msword");
    assert_eq!(upload["file_name"], "قرارداد.DOC");
}

#[wasm_bindgen_test]
async fn refuses_files_that_divar_does_not_take_before_sending() {
    let mut large = JPEG.to_vec();
    large.resize(5_000_001, 0);
    let cases = [
        ("image", file("a.jpg", "image/jpeg", b""), "file_empty"),
        (
            "image",
            file("a.jpg", "image/jpeg", &large),
            "file_too_large",
        ),
        (
            "image",
            file("a.txt", "text/plain", b"hello"),
            "unsupported_format",
        ),
        (
            "image",
            file("a.jpg", "image/jpeg", b"MZ\x90\0"),
            "unsupported_format",
        ),
        (
            "video",
            file("a.mp4", "video/mp4", JPEG),
            "unsupported_format",
        ),
        (
            "image",
            file("a.pdf", "application/pdf", PDF),
            "unsupported_format",
        ),
        (
            "video",
            file("a.mov", "video/quicktime", &movie(*b"qt  ", Track::video())),
            "unsupported_format",
        ),
        ("voice", jpeg("a.jpg"), "unsupported_format"),
        (
            "file",
            file("a.zip", "application/zip", b"PK\x03\x04"),
            "unsupported_format",
        ),
    ];
    let emulator = Emulator::new();
    for (media_type, given, code) in cases {
        let outcome = emulator
            .upload_with("dG9rZW4=", &given, media_type, json!({}))
            .await;
        let error = failed(outcome, "upload", code);
        assert!(get(&error, "status").is_undefined());
    }
    assert!(emulator.everything().await.is_empty());
}

#[wasm_bindgen_test]
async fn refuses_truncated_files_before_sending() {
    let mut incomplete = movie(*b"isom", Track::video());
    incomplete.pop();
    let without_index = b"\0\0\0\x14ftypisom\0\0\0\0isom\0\0\0\x09mdatX";
    let (png, pdf) = (&PNG[..PNG.len() - 1], &PDF[..9]);
    let cases: [(&str, &str, &[u8]); 4] = [
        ("image", "a.png", png),
        ("video", "a.mp4", &incomplete),
        ("video", "a.mp4", without_index),
        ("file", "a.pdf", pdf),
    ];
    let emulator = Emulator::new();
    for (media_type, name, bytes) in cases {
        let outcome = emulator
            .upload_with("dG9rZW4=", &file(name, "", bytes), media_type, json!({}))
            .await;
        failed(outcome, "upload", "file_damaged");
    }
    assert!(emulator.everything().await.is_empty());
}

#[wasm_bindgen_test]
async fn sends_files_whose_decoders_miss_nothing() {
    let without_eoi = [
        &[0xff, 0xd8, 0xff, 0xda][..],
        &[1, 2, 3, 0xff, 0].repeat(1000),
    ]
    .concat();
    let behind_end = [PNG, &[0; 5000]].concat();
    let late_header = [&b"\xef\xbb\xbf\n"[..], PDF].concat();
    let cases: [(&str, &str, &[u8]); 3] = [
        ("image", "a.jpg", &without_eoi),
        ("image", "a.png", &behind_end),
        ("file", "a.pdf", &late_header),
    ];
    for (media_type, name, bytes) in cases {
        let emulator = Emulator::new();
        let given = file(name, "", bytes);
        // Whether the emulator takes it is another matter: it is sent.
        let _ = emulator.upload(&given, media_type, json!({})).await;
        assert_eq!(emulator.received("upload").await.len(), 1, "{name}");
    }
}

#[wasm_bindgen_test]
async fn the_largest_file_passes_and_the_caller_may_raise_the_limit() {
    let mut bytes = JPEG.to_vec();
    bytes.resize(5_000_000, 7);
    let emulator = Emulator::new();
    let given = file("a.jpg", "image/jpeg", &bytes);
    emulator
        .upload(&given, "image", json!({}))
        .await
        .expect("5 MB");
    assert_eq!(
        emulator.received("upload").await[0]["upload"]["sha256"],
        sha256(&bytes)
    );

    bytes.push(7);
    let emulator = Emulator::new();
    emulator.set(json!({"megabyte": 1_048_576})).await;
    let given = file("a.jpg", "image/jpeg", &bytes);
    let options = json!({"maxBytes": 5 * 1_048_576});
    emulator
        .upload(&given, "image", options)
        .await
        .expect("5 MiB");
}

#[wasm_bindgen_test]
async fn a_spent_token_is_unauthorized() {
    let emulator = Emulator::new();
    let token = emulator.token().await;
    let given = jpeg("a.jpg");
    let first = emulator
        .upload_with(&token, &given, "image", json!({}))
        .await;
    first.expect("an upload");
    let second = emulator
        .upload_with(&token, &given, "image", json!({}))
        .await;
    let error = failed(second, "upload", "unauthorized");
    assert_eq!(get(&error, "status"), 401);
    assert_eq!(get(&error, "divarCode"), 16);
}

#[wasm_bindgen_test]
async fn a_file_that_only_the_server_finds_too_large_says_so() {
    let emulator = Emulator::new();
    let mut bytes = JPEG.to_vec();
    bytes.resize(5_000_001, 0);
    let given = file("a.jpg", "image/jpeg", &bytes);
    let outcome = emulator
        .upload(&given, "image", json!({"maxBytes": 6_000_000}))
        .await;
    // A server may refuse while the body is still on its way; a browser then
    // reports either the answer or the broken connection.
    let error = outcome.expect_err("a refusal");
    assert!(["file_too_large", "network"].contains(&text(&error, "code").as_str()));
}
