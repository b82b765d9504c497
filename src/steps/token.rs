//! Minting an upload token.

use web_sys::Url;

use crate::contract::route;
use crate::error::{Failure, Stage};
use crate::net::address;
use crate::net::body::Body;
use crate::net::call::Call;
use crate::net::request::Post;
use crate::net::retry;

/// A token to be minted.
pub struct Mint {
    /// By whom.
    pub way: Way,
    /// What holds for its requests.
    pub call: Call,
    /// Tries after the first.
    pub retries: u32,
}

/// Who mints the token.
pub enum Way {
    /// The app's own server, whose routes are below this address.
    Endpoint(Url),
    /// Divar, for the app's key.
    #[cfg(feature = "secret")]
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
    pub async fn run(&self) -> Result<String, Failure> {
        let attempt = async || self.attempt().await;
        retry::until_well(Stage::Token, &self.call, self.retries, attempt).await
    }

    async fn attempt(&self) -> Result<String, Failure> {
        #[cfg_attr(not(feature = "secret"), expect(unused_mut))]
        let mut headers = vec![("Content-Type", "application/json")];
        let url = match &self.way {
            Way::Endpoint(base) => address::below(base, route::ENDPOINT_TOKEN),
            #[cfg(feature = "secret")]
            Way::Key { key, base } => {
                headers.push((super::API_KEY, key));
                address::below(base, route::TOKEN)
            }
        };
        let post = Post {
            stage: Stage::Token,
            url: &url,
            headers: &headers,
            body: Body::Json("{}".into()),
            call: &self.call,
        };
        Ok(post.send().await?.required("token")?)
    }
}
