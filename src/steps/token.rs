//! Minting an upload token.

use wasm_bindgen::JsValue;

use crate::contract::route;
use crate::error::Stage;
use crate::js;
use crate::net::body::Body;
use crate::net::call::Call;
use crate::net::request::Post;
use crate::net::retry::Tries;
use crate::task::Running;

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
    Endpoint(String),
    /// Divar, for the app's key.
    #[cfg(feature = "secret")]
    Key {
        /// The key.
        key: String,
        /// Divar's open API.
        base: String,
    },
}

impl Mint {
    /// Mints it. The token is opaque and never parsed.
    ///
    /// # Errors
    ///
    /// Whatever the answer tells, at the stage `token`.
    pub fn run(&self) -> Running<'_, String> {
        Box::pin(async move {
            let tries = Tries {
                stage: Stage::Token,
                call: &self.call,
                retries: self.retries,
                is_given: false,
            };
            tries.until_well(&|| self.attempt()).await
        })
    }

    fn attempt(&self) -> Running<'_, String> {
        Box::pin(async move {
            #[cfg_attr(not(feature = "secret"), expect(unused_mut))]
            let mut headers = vec![("Content-Type", JsValue::from("application/json"))];
            let url = match &self.way {
                Way::Endpoint(base) => [base, route::ENDPOINT_TOKEN].concat(),
                #[cfg(feature = "secret")]
                Way::Key { key, base } => {
                    headers.push((super::API_KEY, key.into()));
                    [base, route::TOKEN].concat()
                }
            };
            let post = Post {
                stage: Stage::Token,
                url: &url,
                headers: js::object(headers),
                body: Body::Json("{}".into()),
                call: &self.call,
            };
            Ok(post.send().await?.required("token")?)
        })
    }
}
