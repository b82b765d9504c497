//! Uploading a file.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect, encode_uri_component};
use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::Url;

use super::file::{Accepted, Chosen, Encoding};
use super::stages::Stages;
use super::token::Mint;
use crate::contract::route;
use crate::error::{Code, Error, Failure, Stage};
use crate::net::abort;
use crate::net::address;
use crate::net::answer::Answer;
use crate::net::body::Body;
use crate::net::call::Call;
use crate::net::gate::Gate;
use crate::net::progress::Progress;
use crate::net::request::Post;
use crate::net::retry;

/// A file to be uploaded.
pub struct Upload {
    /// The file.
    pub file: Chosen,
    /// Where it goes.
    pub way: Way,
    /// Who is told how far it is.
    pub progress: Option<Rc<Progress>>,
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
        base: Url,
        /// The word before the token.
        scheme: Scheme,
        /// How the file travels.
        encoding: Encoding,
    },
    /// To the app's own server, whose routes are below this address, and which
    /// sends it on with a token of its own.
    Relay(Url),
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

/// A file that Divar has taken.
#[derive(Serialize)]
pub struct Media {
    /// The media token.
    pub id: String,
}

impl Upload {
    /// Checks the file, uploads it and reads the media token from the answer.
    ///
    /// # Errors
    ///
    /// As [`Chosen::check`] before anything is sent; then whatever the answer
    /// tells, at the stage `upload`, or `token` where one is minted.
    pub async fn run(&self) -> Result<Media, Failure> {
        abort::check(self.call.signal.as_ref())?;
        let file = self.file.check(&self.call).await?;
        let before = Cell::new(None);
        let attempt = async || {
            let outcome = self.attempt(&file).await;
            if let Err(Failure::Error(error)) = &outcome
                && !error.is_unauthorized()
            {
                before.set(Some(error.clone()));
            }
            outcome
        };
        let outcome = retry::until_well(Stage::Upload, &self.call, self.retries, attempt).await;
        outcome.map_err(|failure| self.first_cause(failure, before.take()))
    }

    /// A token that the caller gave cannot be renewed: a 401 after another
    /// failure says only that the try before used it up, and that failure tells
    /// more.
    fn first_cause(&self, failure: Failure, before: Option<Error>) -> Failure {
        let is_given = matches!(
            self.way,
            Way::Divar {
                token: Token::Text(_),
                ..
            }
        );
        match (failure, before) {
            (Failure::Error(error), Some(before)) if is_given && error.is_unauthorized() => {
                before.into()
            }
            (failure, _) => failure,
        }
    }

    /// Uploads with a token of its own; a 401 gets exactly one fresh token and
    /// one more try with the same file, where a fresh one is to be had.
    async fn attempt(&self, file: &Accepted) -> Result<Media, Failure> {
        let renews = matches!(
            self.way,
            Way::Divar {
                token: Token::Function(_) | Token::Mint(_),
                ..
            }
        );
        match self.send(file).await {
            Err(Failure::Error(error)) if renews && error.is_unauthorized() => {
                self.send(file).await
            }
            outcome => outcome,
        }
    }

    async fn send(&self, file: &Accepted) -> Result<Media, Failure> {
        match &self.way {
            Way::Divar {
                token,
                base,
                scheme,
                encoding,
            } => {
                let token = self.fresh_token(token).await?;
                let url = address::below(base, &route::upload(file.media_type));
                let scheme = match scheme {
                    Scheme::Bearer => "Bearer ",
                    Scheme::Basic => "Basic ",
                };
                let authorization = [scheme, &token].concat();
                let headers = [("Authorization", &*authorization), ("Accept", "*/*")];
                self.post(&url, &headers, file.body(*encoding)).await
            }
            Way::Relay(base) => {
                let name = String::from(encode_uri_component(&file.name));
                let path = [&route::upload(file.media_type), "?name=", &name].concat();
                let body = file.body(Encoding::Binary);
                self.post(&address::below(base, &path), &[], body).await
            }
        }
    }

    async fn post(
        &self,
        url: &str,
        headers: &[(&str, &str)],
        body: Body,
    ) -> Result<Media, Failure> {
        self.stages.begin(Stage::Upload, None);
        let post = Post {
            stage: Stage::Upload,
            url,
            headers,
            body,
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
        let context = Object::new();
        if let Some(signal) = gate.signal() {
            let _ = Reflect::set(&context, &"signal".into(), &signal);
        }
        let promised = function
            .call1(&JsValue::UNDEFINED, &context)
            .map_err(Failure::Theirs)?;
        let given = gate.settled(Promise::resolve(&promised)).await?;
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
pub fn media(answer: &Answer) -> Result<Media, Error> {
    let outcome = answer.required("status").and_then(|status| {
        if status == "ok" {
            return answer.required("id");
        }
        Err(answer.fault(Code::NotOk, &["the upload's status is ", &status]))
    });
    match outcome {
        Ok(id) => Ok(Media { id }),
        Err(error) => Err(error.keeping(answer.text("id"))),
    }
}
