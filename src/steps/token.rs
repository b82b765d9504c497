//! Minting an upload token.

use web_sys::{AbortSignal, Url};

use super::API_KEY;
use crate::contract::route;
use crate::error::{Failure, Stage};
use crate::net::address;
use crate::net::answer::Answer;
use crate::net::request::Post;

/// A token to be minted.
pub struct Mint {
    /// By whom.
    pub way: Way,
    /// The caller's signal.
    pub signal: Option<AbortSignal>,
}

/// Who mints the token.
pub enum Way {
    /// The app's own server, whose routes are below this address.
    Endpoint(Url),
    /// Divar, for the app's key.
    Key {
        /// The key.
        key: String,
        /// Divar's open API.
        base: Url,
    },
}

impl Mint {
    /// Mints it. The token is opaque and never parsed.
    ///
    /// # Errors
    ///
    /// Whatever the answer tells, at the stage `token`.
    pub async fn run(self) -> Result<String, Failure> {
        let json = ("Content-Type", "application/json");
        let signal = self.signal.as_ref();
        let (url, key) = match &self.way {
            Way::Endpoint(base) => (address::below(base, route::ENDPOINT_TOKEN), None),
            Way::Key { key, base } => (address::below(base, route::TOKEN), Some(key.as_str())),
        };
        let with_key = [json, (API_KEY, key.unwrap_or_default())];
        let post = Post {
            stage: Stage::Token,
            url: &url,
            headers: if key.is_some() {
                &with_key
            } else {
                &with_key[..1]
            },
            body: "{}".into(),
            signal,
        };
        let response = post.send().await?;
        let answer = Answer::read(Stage::Token, response, signal).await?;
        Ok(answer.required("token")?)
    }
}
