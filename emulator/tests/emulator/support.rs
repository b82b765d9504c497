//! A client of the emulator that hides nothing: no retry, no encoding but the one asked for.

use std::{io::Cursor, ops::Deref, time::Duration};

use divar_emulator::{Config, Running, start};
use divar_emulator_client::Client;
use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::time::{interval, timeout};
use zip::{ZipWriter, write::SimpleFileOptions};

/// The key of every emulator here.
pub const KEY: &str = "a-made-up-key";

/// Longer than anything here takes on a busy machine.
pub const TIMEOUT: Duration = Duration::from_secs(20);

/// A client of an emulator, which stops with it if it was started for it.
pub struct Emulator {
    running: Option<Running>,
    client: Client,
}

impl Deref for Emulator {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Emulator {
    pub async fn start() -> Self {
        Self::with(Config::default()).await
    }

    /// An emulator as configured, but for its address and its key.
    pub async fn with(config: Config) -> Self {
        let running = start(Config {
            listen: "127.0.0.1:0".to_owned(),
            api_key: KEY.to_owned(),
            ..config
        })
        .await
        .expect("a free port");
        Self {
            client: Client::new(format!("http://{}", running.address())),
            running: Some(running),
        }
    }

    /// A client of an emulator that runs already.
    pub fn at(base: String) -> Self {
        Self {
            running: None,
            client: Client::new(base),
        }
    }

    /// A client of a space of this emulator.
    pub fn space(&self, name: &str) -> Self {
        Self {
            running: None,
            client: self.client.space(name),
        }
    }

    /// `host:port`, for the bare socket.
    pub fn address(&self) -> String {
        let running = self.running.as_ref().expect("an emulator of its own");
        running.address().to_string()
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.http.get(self.url(path))
    }

    /// A JSON request with the key and an access token.
    pub fn post(&self, path: &str, body: &Value) -> RequestBuilder {
        self.http
            .post(self.url(path))
            .header("x-api-key", KEY)
            .bearer_auth("an-access-token")
            .json(body)
    }

    pub async fn mint(&self) -> String {
        let answer = self
            .post(TOKEN, &json!({}))
            .send()
            .await
            .expect("an answer");
        assert_eq!(answer.status(), 200);
        let answer: Value = answer.json().await.expect("JSON");
        answer["token"].as_str().expect("a token").to_owned()
    }

    /// Uploads with a fresh token, as a form.
    pub async fn upload(&self, kind: &str, name: &str, content: &[u8]) -> Response {
        let token = self.mint().await;
        self.upload_form(kind, &token, &form("file", Some(name), content))
            .await
    }

    pub async fn upload_form(&self, kind: &str, token: &str, form: &[u8]) -> Response {
        self.http
            .post(self.url(&format!("/upload/{kind}")))
            .bearer_auth(token)
            .header("content-type", FORM_TYPE)
            .body(form.to_vec())
            .send()
            .await
            .expect("an answer")
    }

    /// Uploads what must be accepted; the media token.
    pub async fn media(&self, kind: &str, name: &str, content: &[u8]) -> String {
        let answer = self.upload(kind, name, content).await;
        assert_eq!(answer.status(), 200);
        let answer: Value = answer.json().await.expect("JSON");
        assert_eq!(answer["status"], "ok");
        answer["id"].as_str().expect("a media token").to_owned()
    }

    /// The settings in force.
    pub async fn settings(&self) -> Value {
        self.client.settings().await.expect("the settings")
    }

    pub async fn set(&self, change: Value) {
        let answer = self.change_settings(&change).await;
        assert_eq!(answer.expect("an answer").status(), 200, "{change}");
    }

    /// Scripts faults.
    pub async fn script(&self, faults: Value) {
        let answer = self.add_faults(&faults).await;
        assert_eq!(answer.expect("an answer").status(), 200, "{faults}");
    }

    pub async fn forget(&self) {
        let answer = self.client.forget().await;
        assert_eq!(answer.expect("an answer").status(), 204);
    }

    /// Everything received, once every request has ended.
    pub async fn requests(&self) -> Vec<Value> {
        let mut look = interval(Duration::from_millis(5));
        let settled = async {
            loop {
                look.tick().await;
                let requests = self.requests_so_far().await;
                if requests
                    .iter()
                    .all(|request| request["outcome"] != "pending")
                {
                    return requests;
                }
            }
        };
        timeout(TIMEOUT, settled).await.expect("all requests end")
    }

    pub async fn requests_so_far(&self) -> Vec<Value> {
        let requests = self.client.requests().await;
        requests.expect("the requests").entries
    }

    pub async fn messages(&self) -> Vec<Value> {
        let messages = self.client.messages().await;
        messages.expect("the messages").entries
    }
}

pub const TOKEN: &str = "/experimental/open-platform/chat/upload";
pub const FORM_TYPE: &str = "multipart/form-data; boundary=XoXoX";

/// A form with one field, its names unescaped.
pub fn form(field: &str, file_name: Option<&str>, content: &[u8]) -> Vec<u8> {
    let file_name = file_name
        .map(|name| format!("; filename=\"{name}\""))
        .unwrap_or_default();
    let head = format!(
        "--XoXoX\r\nContent-Disposition: form-data; name=\"{field}\"{file_name}\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    [head.as_bytes(), content, b"\r\n--XoXoX--\r\n"].concat()
}

/// Asserts that an answer is this refusal, in Divar's shape; its message.
pub async fn refused(answer: Response, http: u16, code: i32) -> String {
    assert_eq!(answer.status(), http);
    let body: Value = answer.json().await.expect("google.rpc.Status");
    assert_eq!(body["code"], code, "{body}");
    assert_eq!(body["details"], json!([]));
    body["message"].as_str().expect("a message").to_owned()
}

pub fn sha256(content: &[u8]) -> String {
    hex::encode(Sha256::digest(content))
}

/// A picture of 3 by 2 pixels, its signature and header at least.
pub fn png() -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    png.extend([0, 0, 0, 3, 0, 0, 0, 2, 8, 2, 0, 0, 0]);
    png
}

pub fn jpeg() -> Vec<u8> {
    let mut jpeg = vec![0xff, 0xd8, 0xff, 0xe0, 0, 16];
    jpeg.extend(b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    jpeg.extend([0xff, 0xc0, 0, 11, 8, 0, 7, 0, 9, 1, 1, 0x11, 0]);
    jpeg
}

/// The beginning of an ISO base media file of a brand, `size` bytes in all.
pub fn iso(brand: [u8; 4], size: usize) -> Vec<u8> {
    let mut file = b"\0\0\0\x14ftyp".to_vec();
    file.extend(brand);
    file.extend(b"\0\0\0\0isom");
    file.resize(size.max(20), 0);
    file
}

/// An Office Open XML file with its main part in `folder`.
pub fn ooxml(folder: &str) -> Vec<u8> {
    zip_of(&["[Content_Types].xml", &format!("{folder}/document.xml")])
}

/// A ZIP file with empty entries.
pub fn zip_of(names: &[&str]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for name in names {
        zip.start_file(*name, options).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

/// A compound file (OLE) with one stream.
pub fn ole(stream: &str) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("memory");
    file.create_stream(stream).expect("memory");
    file.into_inner().into_inner()
}
