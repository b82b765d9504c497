//! Sending a message.

use js_sys::JSON;
use wasm_bindgen::prelude::*;

use crate::contract::message::{Message, Target};
use crate::contract::route;
use crate::error::{Code, Error, Failure, Stage};
use crate::js;
use crate::net::body::Body;
use crate::net::call::Call;
use crate::net::online;
use crate::net::request::Post;

/// A message to be sent.
pub struct Send {
    /// By whom.
    pub way: Way,
    /// To whom.
    pub target: Target,
    /// The conversation's or user's id.
    pub id: String,
    /// What is sent, but for the media token.
    pub body: Message<JsValue>,
    /// What holds for its request.
    pub call: Call,
}

/// Who sends the message.
pub enum Way {
    /// The app's own server, whose routes are below this address.
    Endpoint(String),
    /// We do, with the app's key.
    #[cfg(feature = "secret")]
    Key {
        /// The key.
        key: String,
        /// The user's consent, for the targets that need it.
        access_token: Option<String>,
        /// Divar's open API.
        base: String,
    },
}

impl Send {
    /// Sends it, once, and gives the conversation that it went to: a message whose fate is unknown is not sent again.
    ///
    /// # Errors
    ///
    /// Whatever the answer tells, at the stage `message`. The error keeps the
    /// media token and says whether the message may have been delivered.
    pub async fn run(self, media_token: String) -> Result<String, Failure> {
        let kept = media_token.clone();
        let outcome = self.once_online(media_token).await;
        outcome.map_err(|failure| match failure {
            Failure::Error(error) => error.keeping(Some(kept)).into(),
            theirs @ Failure::Theirs(_) => theirs,
        })
    }

    async fn once_online(self, media_token: String) -> Result<String, Failure> {
        online::wait(Stage::Message, &self.call).await?;
        self.post(media_token).await
    }

    async fn post(self, media_token: String) -> Result<String, Failure> {
        let body = self.body.written(&media_token);
        #[cfg_attr(not(feature = "secret"), expect(unused_mut))]
        let mut headers = vec![("Content-Type", "application/json".into())];
        let (url, body) = match &self.way {
            Way::Endpoint(base) => (
                [base, route::ENDPOINT_MESSAGES].concat(),
                addressed(body, self.target, &self.id),
            ),
            #[cfg(feature = "secret")]
            Way::Key {
                key,
                access_token,
                base,
            } => {
                headers.push((super::API_KEY, key.into()));
                if let Some(access_token) = access_token {
                    let authorization = ["Bearer ", access_token].concat();
                    headers.push(("Authorization", authorization.into()));
                }
                let id = String::from(js_sys::encode_uri_component(&self.id));
                let path = route::message(self.target, &id);
                ([base.as_str(), &path].concat(), body)
            }
        };
        let post = Post {
            stage: Stage::Message,
            url: &url,
            headers: js::object(headers),
            body: written(&body)?,
            call: &self.call,
        };
        let answer = post.send().await.map_err(sent)?;
        Ok(match self.target {
            // This route answers with a status and no id.
            Target::Conversation => self.id,
            Target::Chatbot | Target::User => {
                answer.required("conversation_id").map_err(Error::sent)?
            }
        })
    }
}

fn sent(failure: Failure) -> Failure {
    match failure {
        Failure::Error(error) => error.sent().into(),
        theirs @ Failure::Theirs(_) => theirs,
    }
}

/// The body for an app's own route: Divar's, and to whom it goes.
fn addressed(body: JsValue, target: Target, id: &str) -> JsValue {
    js::put(&body, "target", target.name().into());
    js::put(&body, target.id_name(), id.into());
    body
}

fn written(body: &JsValue) -> Result<Body, Error> {
    let text = JSON::stringify(body).map_err(|cause| {
        let words = ["the buttons' data is no JSON"];
        Error::new(Stage::Message, Code::InvalidArgument, &words).caused_by(cause)
    })?;
    Ok(Body::Json(text.into()))
}
