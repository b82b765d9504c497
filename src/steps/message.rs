//! Step 3: sending a media token as a message.

use js_sys::JSON;
use serde::Serialize;

#[cfg(feature = "server")]
use super::api_key::ApiKey;
use super::endpoint::Endpoint;
use crate::divar::answers::MessageAnswer;
use crate::divar::message::{Buttons, MediaMessage, Target};
use crate::divar::routes;
use crate::error::{Code, Error, Failure, Stage};
#[cfg(feature = "server")]
use crate::http::Redirects;
use crate::http::{self, Answer, Body, CallSettings, Request, RequestHead, wait_until_online};
use crate::plain_data;

const STAGE: Stage = Stage::Message;

/// A message to be sent.
pub struct SendMessage<Data> {
    /// By whom.
    pub by: Sender,
    /// Who receives it.
    pub target: Target,
    /// The id of the conversation or user.
    pub id: String,
    /// Its buttons.
    pub buttons: Buttons<Data>,
    /// The limits of its request.
    pub call: CallSettings,
}

/// Who sends a message.
pub enum Sender {
    /// The app's own server.
    Endpoint(Endpoint),
    /// This side, with the app's key and the user's OAuth access token if there is one.
    #[cfg(feature = "server")]
    Divar {
        /// The key.
        key: ApiKey,
        /// The token.
        access_token: Option<String>,
    },
}

/// A message that was delivered.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SentMessage {
    /// The conversation that it is in: the answer's, else the one that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation_id: Option<String>,
}

impl<Data: Serialize> SendMessage<Data> {
    /// Sends it, once: a message that may have been delivered is not sent again.
    ///
    /// # Errors
    ///
    /// What the answer says, at the stage `message`. The error carries the media token and says whether
    /// the message may have been delivered.
    pub async fn run(self, media_token: String) -> Result<SentMessage, Failure> {
        let kept = media_token.clone();
        let outcome = self.send(media_token).await;
        outcome.map_err(|failure| failure.map_error(|error| error.with_media_token(Some(kept))))
    }

    async fn send(self, media_token: String) -> Result<SentMessage, Failure> {
        wait_until_online(STAGE, &self.call).await?;
        let (target, id, call) = (self.target, self.id.clone(), self.call.clone());
        let request = self.request(media_token).await?;
        let answer = http::send(&request, &call)
            .await
            .map_err(unknown_without_answer)?;
        sent(&answer, target, id)
    }

    async fn request(self, media_token: String) -> Result<Request, Failure> {
        let (target, id) = (self.target, self.id);
        let message = MediaMessage::new(media_token, self.buttons);
        let own = [("Content-Type", "application/json")];
        let (url, headers, redirects, body) = match &self.by {
            Sender::Endpoint(endpoint) => (
                routes::endpoint_messages(&endpoint.base),
                endpoint.headers(STAGE, &self.call, &own).await?,
                endpoint.redirects(),
                json(&message.addressed(target, id))?,
            ),
            #[cfg(feature = "server")]
            Sender::Divar { key, access_token } => (
                routes::send_message(&key.open_api, target, &id),
                key.headers(access_token.as_deref()),
                Redirects::Refused,
                json(&message)?,
            ),
        };
        Ok(Request {
            head: RequestHead {
                stage: STAGE,
                url,
                headers,
                redirects,
            },
            body: Body::Json(body),
        })
    }
}

fn json(body: &impl Serialize) -> Result<String, Error> {
    let text = JSON::stringify(&plain_data::to_js(body));
    text.map(String::from).map_err(|cause| {
        let error = Error::invalid_argument(STAGE, "the buttons' data cannot be written as JSON");
        error.with_cause(cause)
    })
}

/// A message without an answer may have been delivered, so that the same call could deliver it twice.
fn unknown_without_answer(failure: Failure) -> Failure {
    failure.map_error(|mut error| {
        let was_sent = error.retryable || error.code == Code::Timeout;
        if error.status.is_none() && was_sent {
            error.delivery_unknown = true;
            error.retryable = false;
        }
        error
    })
}

/// HTTP 200 is a delivered message: Divar requires no field of the answer.
fn sent(answer: &Answer, target: Target, id: String) -> Result<SentMessage, Failure> {
    let message = MessageAnswer {
        conversation_id: answer.text("conversation_id"),
        status: answer.number("status"),
    };
    if let Some(status) = message.refusal() {
        return Err(answer.refused_by_body(status).into());
    }
    let asked = (target != Target::User).then_some(id);
    Ok(SentMessage {
        conversation_id: message.conversation_id.or(asked),
    })
}
