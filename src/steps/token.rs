//! Step 1: getting an upload token.

#[cfg(feature = "server")]
use super::api_key::ApiKey;
use super::endpoint::Endpoint;
use crate::divar::answers::TokenAnswer;
use crate::divar::routes;
use crate::error::{Failure, Stage};
use crate::http::{self, Body, CallSettings, Request, RequestHead, RetryPolicy, Tries};

const STAGE: Stage = Stage::Token;

/// How an upload token is minted.
pub struct MintToken {
    /// By whom.
    pub by: Minter,
    /// The limits of its requests.
    pub call: CallSettings,
    /// How often it is tried again.
    pub retry: RetryPolicy,
}

/// Who mints a token.
pub enum Minter {
    /// The app's own server.
    Endpoint(Endpoint),
    /// Divar, for the app's key.
    #[cfg(feature = "server")]
    Divar(ApiKey),
}

impl MintToken {
    /// Mints a token. How long it lives and whether it serves twice is not published.
    ///
    /// # Errors
    ///
    /// What the answer says, at the stage `token`.
    pub async fn run(&self) -> Result<String, Failure> {
        let tries = Tries {
            stage: STAGE,
            call: &self.call,
            policy: self.retry,
            reuses_token: false,
        };
        tries.run(async || self.attempt().await).await
    }

    async fn attempt(&self) -> Result<String, Failure> {
        let answer = http::send(&self.request().await?, &self.call).await?;
        let token = TokenAnswer {
            token: answer.text("token"),
        };
        let token = token.token();
        token.map_err(|fault| answer.fault(fault.code, fault.message).into())
    }

    async fn request(&self) -> Result<Request, Failure> {
        let own = [("Content-Type", "application/json")];
        let (url, headers, redirects) = match &self.by {
            Minter::Endpoint(endpoint) => (
                routes::endpoint_token(&endpoint.base),
                endpoint.headers(STAGE, &self.call, &own).await?,
                endpoint.redirects(),
            ),
            #[cfg(feature = "server")]
            Minter::Divar(key) => (
                routes::mint_token(&key.open_api),
                key.headers(None),
                http::Redirects::Refused,
            ),
        };
        Ok(Request {
            head: RequestHead {
                stage: STAGE,
                url,
                headers,
                redirects,
            },
            body: Body::Json("{}".to_owned()),
        })
    }
}
