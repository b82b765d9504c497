//! Step 2: uploading a file.

use std::cell::Cell;
use std::pin::pin;
use std::rc::Rc;

use futures_util::future::{Either, select};
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::JsValue;

use super::endpoint::Endpoint;
use super::file::{AcceptedFile, ChosenFile};
use super::observer::StageObserver;
use super::token::MintToken;
use crate::divar::answers::UploadAnswer;
use crate::divar::routes;
use crate::error::{Code, Error, Failure, Stage};
use crate::header::is_header_value;
use crate::http::{
    self, Answer, Body, CallSettings, Deadline, Headers, Progress, Redirects, Request, RequestHead,
    RetryPolicy, Tries, wait_until_online,
};

const STAGE: Stage = Stage::Upload;

/// A file to be uploaded.
pub struct Upload {
    /// The file.
    pub file: ChosenFile,
    /// Where it is sent.
    pub destination: Destination,
    /// The limits of its requests.
    pub call: CallSettings,
    /// How often it is tried again.
    pub retry: RetryPolicy,
    /// Who wants to see how much was sent.
    pub progress: Option<Rc<Progress>>,
    /// Who wants to know which step begins.
    pub stages: StageObserver,
}

/// Where a file is sent.
pub enum Destination {
    /// To Divar's chat host.
    Divar {
        /// Where the upload token comes from.
        token: TokenSource,
        /// The host.
        chat_host: String,
        /// The word before the token in `Authorization`.
        scheme: AuthScheme,
        /// How the file is sent.
        encoding: Encoding,
    },
    /// To the app's own server, which sends it on with a token of its own.
    Relay(Endpoint),
}

/// Where an upload token comes from.
pub enum TokenSource {
    /// The caller has one.
    Given(String),
    /// The caller's function gets one, or promises it.
    Function(Function),
    /// It is minted.
    Minted(MintToken),
}

/// The word before the token in `Authorization`; one of Divar's older samples has `Basic`.
#[derive(Clone, Copy)]
pub enum AuthScheme {
    /// `Bearer`.
    Bearer,
    /// `Basic`.
    Basic,
}

/// How a file is sent; one of Divar's older samples has the bare bytes.
#[derive(Clone, Copy)]
pub enum Encoding {
    /// As the field of a form.
    Multipart,
    /// As the bare body.
    Binary,
}

impl Upload {
    /// Checks the file, uploads it, and gives the media token. The file is read while the first token is
    /// on its way.
    ///
    /// # Errors
    ///
    /// As [`ChosenFile::check`] before a byte of the file is sent; then what the answer says, at the stage
    /// `upload`, or `token` where one is minted.
    pub async fn run(&self) -> Result<String, Failure> {
        let (file, first_token) = self.check_and_authorise().await?;
        let first_token = Cell::new(first_token);
        let tries = Tries {
            stage: STAGE,
            call: &self.call,
            policy: self.retry,
            reuses_token: matches!(self.token_source(), Some(TokenSource::Given(_))),
        };
        let attempt = async || self.attempt(&file, first_token.take()).await;
        tries.run(attempt).await
    }

    const fn token_source(&self) -> Option<&TokenSource> {
        match &self.destination {
            Destination::Divar { token, .. } => Some(token),
            Destination::Relay(_) => None,
        }
    }

    /// The checked file and the token of the first try. Where both fail, the file's error counts.
    async fn check_and_authorise(&self) -> Result<(AcceptedFile, Option<String>), Failure> {
        let check = pin!(self.file.check(&self.call));
        let token = pin!(async {
            wait_until_online(STAGE, &self.call).await?;
            self.token().await
        });
        match select(check, token).await {
            Either::Left((file, token)) => Ok((file?, token.await?)),
            Either::Right((token, check)) => Ok((check.await?, token?)),
        }
    }

    /// Uploads once; after a 401 once more with a fresh token, where one can be had.
    async fn attempt(&self, file: &AcceptedFile, token: Option<String>) -> Result<String, Failure> {
        let token = match token {
            Some(token) => Some(token),
            None => self.token().await?,
        };
        let outcome = self.send(file, token.as_deref()).await;
        let can_renew = matches!(
            self.token_source(),
            Some(TokenSource::Function(_) | TokenSource::Minted(_))
        );
        match outcome {
            Err(Failure::Error(error)) if error.code == Code::Unauthorized && can_renew => {
                let fresh = self.token().await?;
                self.send(file, fresh.as_deref()).await
            }
            outcome => outcome,
        }
    }

    async fn send(&self, file: &AcceptedFile, token: Option<&str>) -> Result<String, Failure> {
        let request = self.request(file, token).await?;
        self.stages.begin(STAGE);
        let answer = match &self.progress {
            Some(progress) => http::upload(&request, &self.call, progress).await,
            None => http::send(&request, &self.call).await,
        };
        match answer {
            Ok(answer) => Ok(media_token(&answer)?),
            Err(failure) => Err(self.explain(failure).await),
        }
    }

    /// A file that was changed while it was sent fails like a broken connection, and a further try would
    /// not help.
    async fn explain(&self, failure: Failure) -> Failure {
        let is_unanswered =
            matches!(&failure, Failure::Error(error) if error.retryable && error.status.is_none());
        if !is_unanswered {
            return failure;
        }
        match self.file.ensure_readable(&self.call).await {
            Ok(()) => failure,
            Err(unreadable) => unreadable,
        }
    }

    async fn request(&self, file: &AcceptedFile, token: Option<&str>) -> Result<Request, Failure> {
        let (url, headers, redirects, body) = match &self.destination {
            Destination::Divar {
                chat_host,
                scheme,
                encoding,
                ..
            } => (
                routes::upload(chat_host, file.media_type),
                authorised(*scheme, token.unwrap_or_default()),
                Redirects::Refused,
                encoding.body(file),
            ),
            Destination::Relay(endpoint) => {
                let own = [ACCEPT, ("Content-Type", &file.blob.type_())];
                (
                    routes::endpoint_upload(&endpoint.base, file.media_type, &file.name),
                    endpoint.headers(STAGE, &self.call, &own).await?,
                    endpoint.redirects(),
                    Body::File(file.blob.clone()),
                )
            }
        };
        Ok(Request {
            head: RequestHead {
                stage: STAGE,
                url,
                headers,
                redirects,
            },
            body,
        })
    }

    /// A token for one try, where the destination needs one.
    async fn token(&self) -> Result<Option<String>, Failure> {
        Ok(match self.token_source() {
            None => None,
            Some(TokenSource::Given(token)) => Some(token.clone()),
            Some(TokenSource::Function(function)) => {
                self.stages.begin(Stage::Token);
                Some(self.ask(function).await?)
            }
            Some(TokenSource::Minted(mint)) => {
                self.stages.begin(Stage::Token);
                // Its own tries are over: the upload's must not repeat them.
                let token = mint.run().await;
                Some(token.map_err(|failure| Failure::Thrown(failure.into()))?)
            }
        })
    }

    async fn ask(&self, function: &Function) -> Result<String, Failure> {
        let deadline = Deadline::new(STAGE, &self.call)?;
        let context = Object::new();
        let _ = Reflect::set(&context, &"signal".into(), &deadline.signal().into());
        let given = function.call1(&JsValue::UNDEFINED, &context);
        let given = given.map_err(Failure::Thrown)?;
        let given = deadline.wait_for(&Promise::resolve(&given)).await?;
        let token = given.map_err(Failure::Thrown)?.as_string();
        token.filter(|token| is_header_value(token)).ok_or_else(|| {
            let message = "token() gave no string that a header can carry";
            Error::invalid_argument(STAGE, message).into()
        })
    }
}

/// Divar's samples send it.
const ACCEPT: (&str, &str) = ("Accept", "*/*");

/// The headers of an upload to Divar.
pub fn authorised(scheme: AuthScheme, token: &str) -> Headers {
    let (accept, any) = ACCEPT;
    vec![
        (
            "Authorization".to_owned(),
            [scheme.name(), " ", token].concat(),
        ),
        (accept.to_owned(), any.to_owned()),
    ]
}

impl AuthScheme {
    /// The scheme with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let mut all = [Self::Bearer, Self::Basic].into_iter();
        all.find(|scheme| scheme.name() == name)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Bearer => "Bearer",
            Self::Basic => "Basic",
        }
    }
}

impl Encoding {
    /// The encoding with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "multipart" => Some(Self::Multipart),
            "binary" => Some(Self::Binary),
            _ => None,
        }
    }

    fn body(self, file: &AcceptedFile) -> Body {
        match self {
            Self::Binary => Body::File(file.blob.clone()),
            Self::Multipart => Body::Form {
                file: file.blob.clone(),
                name: file.name.clone(),
            },
        }
    }
}

/// The media token of an upload's answer. One that came without a good `status` stays in the error.
///
/// # Errors
///
/// `missing_field`, `not_ok`.
pub fn media_token(answer: &Answer) -> Result<String, Error> {
    let upload = UploadAnswer {
        id: answer.text("id"),
        status: answer.text("status"),
    };
    upload.media_token().map_err(|fault| {
        let error = answer.fault(fault.code, fault.message);
        error.with_media_token(fault.media_token)
    })
}
