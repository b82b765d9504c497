//! Uploading a file.

use js_sys::{Function, encode_uri_component};
use wasm_bindgen::prelude::*;

use super::file::{Accepted, Chosen, Encoding};
use super::stages::Stages;
use super::token::Mint;
use crate::contract::route;
use crate::error::{Code, Error, Failure, Stage};
use crate::js;
use crate::net::answer::Answer;
use crate::net::call::Call;
use crate::net::gate::Gate;
use crate::net::progress::Progress;
use crate::net::request::Post;
use crate::net::retry::Tries;
use crate::task::Running;

/// A file to be uploaded.
pub struct Upload {
    /// The file.
    pub file: Chosen,
    /// Where it goes.
    pub way: Way,
    /// Who is told how far it is.
    pub progress: Option<Progress>,
    /// Who is told which step begins.
    pub stages: Stages,
    /// What holds for its requests.
    pub call: Call,
    /// Tries after the first.
    pub retries: u32,
}

/// Where a file goes.
pub enum Way {
    /// To Divar's chat host.
    Divar {
        /// Where the upload token comes from.
        token: Token,
        /// The host.
        base: String,
        /// The word before the token.
        scheme: Scheme,
        /// How the file travels.
        encoding: Encoding,
    },
    /// To the app's own server, whose routes are below this address, and which
    /// sends it on with a token of its own.
    Relay(String),
}

/// Where the upload token comes from.
pub enum Token {
    /// The caller has one.
    Text(String),
    /// The caller's function gets one, or promises it.
    Function(Function),
    /// It is minted.
    Mint(Mint),
}

/// The word before the token in `Authorization`.
#[derive(Clone, Copy)]
pub enum Scheme {
    Bearer,
    Basic,
}

impl Upload {
    /// Checks the file, uploads it and reads the media token from the answer.
    ///
    /// # Errors
    ///
    /// As [`Chosen::check`] before anything is sent; then whatever the answer
    /// tells, at the stage `upload`, or `token` where one is minted.
    pub fn run(&self) -> Running<'_, String> {
        Box::pin(async move {
            Gate::new(Stage::Upload, &self.call).check()?;
            let file = self.file.check(&self.call).await?;
            // A token that the caller gave cannot be renewed: a 401 after another
            // failure says only that the try before used it up.
            let is_given = matches!(
                self.way,
                Way::Divar {
                    token: Token::Text(_),
                    ..
                }
            );
            let attempt = || self.attempt(&file);
            let tries = Tries {
                stage: Stage::Upload,
                call: &self.call,
                retries: self.retries,
                is_given,
            };
            tries.until_well(&attempt).await
        })
    }

    /// Uploads with a token of its own; a 401 gets exactly one fresh token and
    /// one more try with the same file, where a fresh one is to be had.
    fn attempt<'a>(&'a self, file: &'a Accepted) -> Running<'a, String> {
        Box::pin(self.renewing(file))
    }

    async fn renewing(&self, file: &Accepted) -> Result<String, Failure> {
        let mut renews = matches!(
            self.way,
            Way::Divar {
                token: Token::Function(_) | Token::Mint(_),
                ..
            }
        );
        loop {
            match self.send(file).await {
                Err(Failure::Error(error)) if renews && error.is_unauthorized() => renews = false,
                outcome => return outcome,
            }
        }
    }

    async fn send(&self, file: &Accepted) -> Result<String, Failure> {
        let path = route::upload(file.media_type);
        let (url, headers, encoding) = match &self.way {
            Way::Divar {
                token,
                base,
                scheme,
                encoding,
            } => {
                let token = self.fresh_token(token).await?;
                let scheme = match scheme {
                    Scheme::Bearer => "Bearer ",
                    Scheme::Basic => "Basic ",
                };
                let authorization = [scheme, &token].concat();
                let headers = js::object(vec![
                    ("Authorization", authorization.into()),
                    ("Accept", "*/*".into()),
                ]);
                ([base, path.as_str()].concat(), headers, *encoding)
            }
            Way::Relay(base) => {
                let name = String::from(encode_uri_component(&file.name));
                let url = [base, path.as_str(), "?name=", &name].concat();
                (url, js::object(Vec::new()), Encoding::Binary)
            }
        };
        self.stages.begin(Stage::Upload, None);
        let post = Post {
            stage: Stage::Upload,
            url: &url,
            headers,
            body: file.body(encoding),
            call: &self.call,
        };
        Ok(media(&post.upload(self.progress.as_ref()).await?)?)
    }

    async fn fresh_token(&self, token: &Token) -> Result<String, Failure> {
        match token {
            Token::Text(text) => Ok(text.clone()),
            Token::Function(function) => {
                self.stages.begin(Stage::Token, None);
                self.ask(function).await
            }
            Token::Mint(mint) => {
                self.stages.begin(Stage::Token, None);
                // Its own tries are over: that it failed ends the upload too.
                let minted = mint.run().await;
                minted.map_err(|failure| Failure::Theirs(failure.into()))
            }
        }
    }

    async fn ask(&self, function: &Function) -> Result<String, Failure> {
        let gate = Gate::new(Stage::Upload, &self.call);
        let context = js::object(vec![("signal", gate.signal())]);
        let promised = function
            .call1(&JsValue::UNDEFINED, &context)
            .map_err(Failure::Theirs)?;
        let given = gate.settled(&promised).await?;
        let token = given.map_err(Failure::Theirs)?.as_string();
        token
            .filter(|token| route::is_header_value(token))
            .ok_or_else(|| {
                let words = ["token() gave no string that a header can carry"];
                Error::new(Stage::Upload, Code::InvalidArgument, &words).into()
            })
    }
}

/// The media token. One that came with anything but a good `status` stays in
/// the error: what was given is not lost.
///
/// # Errors
///
/// `missing_field`, `not_ok`.
pub fn media(answer: &Answer) -> Result<String, Error> {
    let outcome = answer.required("status").and_then(|status| {
        if status == "ok" {
            return answer.required("id");
        }
        Err(answer.fault(Code::NotOk, &["the upload's status is ", &status]))
    });
    outcome.map_err(|error| error.keeping(answer.text("id")))
}
