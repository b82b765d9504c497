//! The app's key.

use crate::http::Headers;

/// The app's key, and the host that takes it.
#[derive(Clone)]
pub struct ApiKey {
    /// The key.
    pub key: String,
    /// Divar's open API.
    pub open_api: String,
}

impl ApiKey {
    /// The headers of a request with JSON.
    #[must_use]
    pub fn headers(&self, access_token: Option<&str>) -> Headers {
        let mut headers = vec![
            ("Content-Type".to_owned(), "application/json".to_owned()),
            ("x-api-key".to_owned(), self.key.clone()),
        ];
        if let Some(token) = access_token {
            headers.push(("Authorization".to_owned(), ["Bearer ", token].concat()));
        }
        headers
    }
}
