//! The three steps with reqwest, serde and serde-wasm-bindgen, and nothing else: no progress, deadline,
//! retry or check, and the file is copied into memory. `cargo xtask size --with-reqwest` measures it.

use reqwest::multipart::{Form, Part};
use reqwest::{Client, Response};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

#[derive(Deserialize)]
struct UploadToken {
    token: String,
}

#[derive(Deserialize)]
struct UploadedMedia {
    id: String,
}

#[derive(Deserialize, Serialize)]
struct ButtonGrid {
    rows: Vec<ButtonRow>,
}

#[derive(Deserialize, Serialize)]
struct ButtonRow {
    buttons: Vec<Button>,
}

#[derive(Deserialize, Serialize)]
struct Button {
    action: Action,
    caption: String,
    icon: String,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum Action {
    OpenDirectLink(String),
    OpenServerLink { data: String },
    GetDynamicAction { data: String },
    OpenPostPage { post_token: String },
    OpenPostManagePage { post_token: String },
}

#[derive(Serialize)]
struct MediaMessage {
    media_token: String,
    text_message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    buttons: Option<ButtonGrid>,
}

#[derive(Serialize)]
struct Empty {}

/// Asks the app's backend for an upload token.
///
/// # Errors
///
/// When the request fails, or when the answer has no token.
#[wasm_bindgen(js_name = getUploadToken)]
pub async fn get_upload_token(endpoint: String) -> Result<String, JsError> {
    let request = Client::new()
        .post(format!("{endpoint}/token"))
        .json(&Empty {});
    let answer: UploadToken = read(request.send().await?).await?;
    Ok(answer.token)
}

/// Uploads a file, and returns its media token.
///
/// # Errors
///
/// When the file cannot be read, when the request fails, or when the answer has no id.
#[wasm_bindgen(js_name = uploadMedia)]
pub async fn upload_media(
    file: File,
    media_type: String,
    token: String,
) -> Result<String, JsValue> {
    let buffer = JsFuture::from(file.array_buffer()).await?;
    let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
    Ok(upload(bytes, file.name(), &media_type, &token).await?)
}

async fn upload(
    bytes: Vec<u8>,
    name: String,
    media_type: &str,
    token: &str,
) -> Result<String, JsError> {
    let form = Form::new().part("file", Part::bytes(bytes).file_name(name));
    let request = Client::new()
        .post(format!("https://chat.divar.ir/upload/{media_type}"))
        .bearer_auth(token)
        .multipart(form);
    let answer: UploadedMedia = read(request.send().await?).await?;
    Ok(answer.id)
}

/// Makes the message of a media token and a grid of buttons.
///
/// # Errors
///
/// When the buttons are not a grid of buttons.
#[wasm_bindgen(js_name = buildMediaMessage)]
pub fn build_media_message(media_token: String, buttons: JsValue) -> Result<JsValue, JsError> {
    let message = MediaMessage {
        media_token,
        text_message: String::new(),
        buttons: serde_wasm_bindgen::from_value(buttons)?,
    };
    Ok(serde_wasm_bindgen::to_value(&message)?)
}

async fn read<T: DeserializeOwned>(response: Response) -> Result<T, JsError> {
    Ok(response.error_for_status()?.json().await?)
}
