//! `onProgress`.

use crate::calls::upload_media;
use divar_media_samples::isobmff::{Movie, Track};
use serde_json::{Value, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::emulator::{
    Emulator, JPEG, eval, file, header, jpeg, js, recorded, recorder, set, sha256,
};

/// Uploads, and returns what `onProgress` was called with.
async fn progress_of(
    emulator: &Emulator,
    given: JsValue,
    as_type: &str,
    more: Value,
) -> Vec<Value> {
    let mut options = json!({"token": emulator.token().await, "chatUrl": emulator.base});
    let more = more.as_object().expect("options").clone();
    options.as_object_mut().expect("options").extend(more);
    let options = js(&options);
    let listener = recorder();
    set(&options, "onProgress", &listener);
    upload_media(given, as_type.into(), options)
        .await
        .expect("an upload");
    let calls = recorded(&listener);
    calls.iter().map(|call| call[0].clone()).collect()
}

#[wasm_bindgen_test]
async fn progress_rises_to_the_files_size_and_ends_in_processing() {
    let mut bytes = Movie::new(b"isom", vec![Track::video()]).file();
    bytes.resize(40_000_000, 7);
    let emulator = Emulator::new();
    let given = file("a.mp4", "video/mp4", &bytes);
    let all = progress_of(&emulator, given, "video", json!({})).await;
    assert_eq!(
        emulator.received("upload").await[0]["upload"]["sha256"],
        sha256(&bytes)
    );

    let (last, before) = all.split_last().expect("at least one");
    let end = json!({"loaded": 40_000_000, "total": 40_000_000, "phase": "processing"});
    assert_eq!(last, &end);
    let loaded = |report: &Value| report["loaded"].as_u64().expect("a whole number");
    for pair in before.windows(2) {
        assert!(loaded(&pair[0]) < loaded(&pair[1]), "{pair:?}");
    }
    for report in before {
        assert!(loaded(report) <= 40_000_000);
        assert_eq!(report["total"], 40_000_000);
        assert_eq!(report["phase"], "uploading");
    }
}

#[wasm_bindgen_test]
async fn an_upload_with_progress_is_the_same_request() {
    for (encoding, scheme) in [("multipart", "Bearer"), ("binary", "Basic")] {
        let emulator = Emulator::new();
        let more = json!({"encoding": encoding, "authScheme": scheme});
        let all = progress_of(&emulator, jpeg("عکس.jpg"), "image", more).await;
        assert_eq!(all.last().expect("the end")["phase"], "processing");

        let request = &emulator.received("upload").await[0];
        assert_eq!(request["upload"]["sha256"], sha256(JPEG));
        assert_eq!(request["upload"]["content_type"], "image/jpeg");
        if encoding == "multipart" {
            assert_eq!(request["upload"]["file_name"], "عکس.jpg");
        }
        let authorization = header(request, "authorization").expect("a token");
        assert!(authorization.starts_with(scheme));
        assert_eq!(header(request, "accept"), Some("*/*"));
    }
}

#[wasm_bindgen_test]
async fn a_listener_that_throws_or_rejects_does_not_end_the_upload() {
    let unhandled = recorder();
    set(&js_sys::global(), "onunhandledrejection", &unhandled);
    for listener in [
        "() => { throw new Error('mine'); }",
        "async () => { throw new Error('mine'); }",
    ] {
        let emulator = Emulator::new();
        let options = js(&json!({"token": emulator.token().await, "chatUrl": emulator.base}));
        set(&options, "onProgress", &eval(listener));
        set(&options, "onStage", &eval(listener));
        let uploaded = upload_media(jpeg("a.jpg"), "image".into(), options).await;
        uploaded.expect("an upload");
        // The event is fired in a task of its own, which is over once another has been waited for.
        emulator.everything().await;
    }
    set(&js_sys::global(), "onunhandledrejection", &JsValue::NULL);
    assert!(recorded(&unhandled).is_empty());
}
