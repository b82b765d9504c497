//! Sending a message.

use js_sys::{JSON, encode_uri_component};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, Url};

use super::API_KEY;
use crate::contract::message::{Message, Target};
use crate::contract::route;
use crate::error::{Code, Error, Failure, Stage};
use crate::net::address;
use crate::net::request::{Limits, Post};

/// The app's own data in a button, handed through as it is.
#[derive(Serialize)]
#[serde(transparent)]
pub struct Data(#[serde(with = "serde_wasm_bindgen::preserve")] pub JsValue);

/// A message to be sent.
pub struct Send {
    /// To whom.
    pub target: Target,
    /// The conversation's or user's id.
    pub id: String,
    /// The app's key.
    pub key: String,
    /// The user's consent, for the targets that need it.
    pub access_token: Option<String>,
    /// What is sent.
    pub body: Message<Data>,
    /// The media token in it, kept for the error.
    pub media_token: String,
    /// Divar's open API.
    pub base: Url,
    /// How long it may wait.
    pub limits: Limits,
    /// The caller's signal.
    pub signal: Option<AbortSignal>,
}

/// A message that Divar has taken.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sent {
    /// The conversation that it went to.
    pub conversation_id: String,
}

impl Send {
    /// Sends it, once: a message whose fate is unknown is not sent again.
    ///
    /// # Errors
    ///
    /// Whatever the answer tells, at the stage `message`. The error keeps the
    /// media token and says whether the message may have been delivered.
    pub async fn run(self) -> Result<Sent, Failure> {
        let kept = self.media_token.clone();
        self.post().await.map_err(|failure| match failure {
            Failure::Error(error) => error.keeping(Some(kept)).into(),
            theirs @ Failure::Theirs(_) => theirs,
        })
    }

    async fn post(self) -> Result<Sent, Failure> {
        let id = String::from(encode_uri_component(&self.id));
        let url = address::below(&self.base, &route::message(self.target, &id));
        let authorization = ["Bearer ", self.access_token.as_deref().unwrap_or_default()].concat();
        let headers = [
            ("Content-Type", "application/json"),
            (API_KEY, &self.key),
            ("Authorization", &authorization),
        ];
        let post = Post {
            stage: Stage::Message,
            url: &url,
            headers: if self.access_token.is_some() {
                &headers
            } else {
                &headers[..2]
            },
            body: json(&self.body)?,
            size: 0.0,
            limits: self.limits,
            signal: self.signal.as_ref(),
        };
        let answer = post.send().await.map_err(sent)?;
        let conversation_id = match self.target {
            // This route answers with a status and no id.
            Target::Conversation => self.id,
            Target::Chatbot | Target::User => {
                answer.required("conversation_id").map_err(Error::sent)?
            }
        };
        Ok(Sent { conversation_id })
    }
}

fn sent(failure: Failure) -> Failure {
    match failure {
        Failure::Error(error) => error.sent().into(),
        theirs @ Failure::Theirs(_) => theirs,
    }
}

fn json(body: &Message<Data>) -> Result<JsValue, Error> {
    let text = crate::js::plain(body).and_then(|value| JSON::stringify(&value));
    text.map(JsValue::from).map_err(|cause| {
        let words = ["the buttons' data is no JSON"];
        Error::new(Stage::Message, Code::InvalidArgument, &words).caused_by(cause)
    })
}
