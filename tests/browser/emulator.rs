//! The emulator as a test sees it, and calls of the package against it.

use crate::calls::{get_upload_token, send_media_message, upload_media};
use divar_emulator_client::Client;
use js_sys::{Array, Date, JSON, Object, Promise, Uint8Array};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FilePropertyBag};

/// The key that the emulator was started with.
pub const KEY: &str = match option_env!("DIVAR_EMULATOR_KEY") {
    Some(key) => key,
    None => "emulator-key",
};

const ADDRESS: &str = match option_env!("DIVAR_EMULATOR_URL") {
    Some(url) => url,
    None => "http://127.0.0.1:9311",
};

/// A space of the emulator that no other test, browser or run shares.
#[derive(Clone)]
pub struct Emulator {
    /// The address of both of Divar's hosts.
    pub base: String,
    client: Client,
}

impl Emulator {
    pub fn new() -> Self {
        let unique = js_sys::Math::random().to_bits();
        let client = Client::new(ADDRESS.to_owned()).space(&format!("{unique:x}"));
        Self {
            base: client.base.clone(),
            client,
        }
    }

    /// Options for `getUploadToken` that mint with the key.
    pub fn key_options(&self) -> Value {
        json!({
            "apiKey": KEY,
            "openApiUrl": self.base,
            "dangerouslyAllowBrowser": true,
            "retries": 0,
        })
    }

    pub async fn token(&self) -> String {
        let token = get_upload_token(js(&self.key_options())).await;
        token.expect("a token").as_string().expect("a string")
    }

    /// Uploads with a fresh token and these further options.
    pub async fn upload(
        &self,
        file: &JsValue,
        media_type: &str,
        more: Value,
    ) -> Result<JsValue, JsValue> {
        let token = self.token().await;
        self.upload_with(&token, file, media_type, more).await
    }

    pub async fn upload_with(
        &self,
        token: &str,
        file: &JsValue,
        media_type: &str,
        more: Value,
    ) -> Result<JsValue, JsValue> {
        let options = json!({"token": token, "chatUrl": self.base, "retries": 0});
        upload_media(file.clone(), media_type.into(), js(&merged(options, more))).await
    }

    /// The media token of a small picture that has been uploaded.
    pub async fn picture(&self) -> String {
        let uploaded = self.upload(&jpeg("a.jpg"), "image", json!({})).await;
        text(&uploaded.expect("an upload"), "id")
    }

    /// Sends a message with these options beside the key and the address.
    pub async fn send(&self, media_token: &str, more: Value) -> Result<JsValue, JsValue> {
        let key = json!({
            "apiKey": KEY,
            "openApiUrl": self.base,
            "dangerouslyAllowBrowser": true,
        });
        let options = merged(key, more);
        send_media_message(media_token.into(), js(&options)).await
    }

    /// What the emulator received on this route, in order, without the
    /// browser's own pre-flights.
    pub async fn received(&self, route: &str) -> Vec<Value> {
        let mut requests = self.everything().await;
        requests.retain(|request| request["route"] == route && request["method"] == "POST");
        requests
    }

    /// All that the emulator received, pre-flights included.
    pub async fn everything(&self) -> Vec<Value> {
        let requests = self.client.requests().await;
        requests.expect("the requests").entries
    }

    /// The messages that the emulator took.
    pub async fn messages(&self) -> Vec<Value> {
        let messages = self.client.messages().await;
        messages.expect("the messages").entries
    }

    /// Scripts one fault for the next request.
    pub async fn fault(&self, fault: Value) {
        let answer = self.client.add_faults(&json!([fault])).await;
        assert_eq!(answer.expect("an answer").status(), 200, "{fault}");
    }

    /// Changes the space's settings.
    pub async fn set(&self, settings: Value) {
        let answer = self.client.change_settings(&settings).await;
        assert_eq!(answer.expect("an answer").status(), 200, "{settings}");
    }
}

/// The longest wait of [`until`], in milliseconds.
const UNTIL_MS: f64 = 20_000.0;

/// Waits until `condition` holds.
pub async fn until(condition: impl AsyncFn() -> bool) {
    let end = Date::now() + UNTIL_MS;
    while !condition().await {
        assert!(Date::now() < end, "the condition did not hold in time");
        let pause = eval("new Promise((resolve) => setTimeout(resolve, 10))");
        JsFuture::from(Promise::from(pause)).await.expect("a timer");
    }
}

/// A header of a received request.
pub fn header<'a>(request: &'a Value, name: &str) -> Option<&'a str> {
    let headers = request["headers"].as_array()?;
    let pair = headers.iter().find(|pair| pair[0] == name)?;
    pair[1].as_str()
}

fn merged(mut options: Value, more: Value) -> Value {
    let (Value::Object(all), Value::Object(more)) = (&mut options, more) else {
        panic!("options are objects");
    };
    all.extend(more);
    options
}

/// A JavaScript value of this JSON.
pub fn js(value: &Value) -> JsValue {
    JSON::parse(&value.to_string()).expect("JSON")
}

/// JSON of this JavaScript value.
pub fn from_js(value: &JsValue) -> Value {
    let text: String = JSON::stringify(value).expect("JSON").into();
    serde_json::from_str(&text).expect("JSON")
}

/// Whatever this JavaScript expression gives.
pub fn eval(expression: &str) -> JsValue {
    js_sys::eval(&format!("({expression})")).expect("an expression")
}

/// `object[name]`.
pub fn get(object: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(object, &name.into()).expect("an object")
}

/// The string `object[name]`.
pub fn text(object: &JsValue, name: &str) -> String {
    get(object, name).as_string().unwrap_or_default()
}

/// A function that keeps the arguments of its calls in its own `calls`.
pub fn recorder() -> JsValue {
    eval(
        "(() => { const calls = []; \
           return Object.assign((...all) => { calls.push(all); }, { calls }); })()",
    )
}

/// The arguments of a [`recorder`]'s calls.
pub fn recorded(recorder: &JsValue) -> Vec<Value> {
    let Value::Array(calls) = from_js(&get(recorder, "calls")) else {
        panic!("a list");
    };
    calls
}

/// Puts `value` into an object under `name`.
pub fn set(object: &JsValue, name: &str, value: &JsValue) {
    js_sys::Reflect::set(object, &name.into(), value).expect("an object");
}

/// A file of these bytes.
pub fn file(name: &str, mime: &str, bytes: &[u8]) -> JsValue {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let options = FilePropertyBag::new();
    options.set_type(mime);
    File::new_with_u8_array_sequence_and_options(&parts, name, &options)
        .expect("a file")
        .into()
}

/// The smallest file that passes for a JPEG.
pub fn jpeg(name: &str) -> JsValue {
    file(name, "image/jpeg", JPEG)
}

/// What [`jpeg`] holds.
pub const JPEG: &[u8] = b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xd9";

/// SHA-256 as the emulator writes it.
pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// The failure of a call that must fail with the package's own error, and be
/// whole: a name, a stage, a sentence in both languages.
pub fn failure(outcome: Result<JsValue, JsValue>) -> JsValue {
    let error = outcome.expect_err("the call fails");
    assert!(error.is_instance_of::<js_sys::Error>(), "{error:?}");
    assert_eq!(text(&error, "name"), "DivarMediaError", "{error:?}");
    assert!(!text(&error, "message").is_empty());
    assert!(["token", "upload", "message"].contains(&text(&error, "stage").as_str()));
    let people = get(&error, "userMessage");
    assert!(text(&people, "fa").contains(' ') && text(&people, "en").contains(' '));
    assert!(get(&error, "retryable").as_bool().is_some());
    let all: String = Object::entries(error.unchecked_ref()).to_string().into();
    assert!(!all.contains(KEY), "no error holds the key");
    error
}

/// As [`failure`], with this `stage` and `code`.
pub fn failed(outcome: Result<JsValue, JsValue>, stage: &str, code: &str) -> JsValue {
    let error = failure(outcome);
    assert_eq!(text(&error, "stage"), stage, "{error:?}");
    assert_eq!(text(&error, "code"), code, "{error:?}");
    error
}
