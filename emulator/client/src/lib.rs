//! A client of the emulator's routes under `/__emulator/`, for tests on this machine and in pages.
//!
//! What the emulator keeps stays JSON: tests read what its documentation shows.
#![expect(
    clippy::missing_errors_doc,
    reason = "each fails where the emulator cannot be reached or gives no JSON"
)]

use reqwest::{Response, Result};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A client of one of the emulator's spaces.
#[derive(Clone)]
pub struct Client {
    /// Sends the requests.
    pub http: reqwest::Client,
    /// The address of both of Divar's hosts, without a slash at its end.
    pub base: String,
}

/// Requests or messages in order.
#[derive(Deserialize)]
pub struct Kept {
    /// Those that are kept.
    #[serde(alias = "requests", alias = "messages")]
    pub entries: Vec<Value>,
    /// The number of older ones that are no longer kept.
    pub dropped: u64,
}

/// Faults in the queue, or to add to it.
#[derive(Serialize, Deserialize)]
struct Faults<T> {
    faults: T,
}

impl Client {
    /// A client of the emulator, or of the space, at this address.
    #[must_use]
    pub fn new(base: String) -> Self {
        let http = reqwest::Client::new();
        Self { http, base }
    }

    /// A client of the space with this name; `self` is of the space without one.
    #[must_use]
    pub fn space(&self, name: &str) -> Self {
        Self::new(self.url(&format!("/@{name}")))
    }

    /// The URL of a route in this space.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The requests that the emulator received.
    pub async fn requests(&self) -> Result<Kept> {
        self.get("requests").await?.json().await
    }

    /// The messages that it accepted.
    pub async fn messages(&self) -> Result<Kept> {
        self.get("messages").await?.json().await
    }

    /// An uploaded file.
    pub async fn file(&self, media_token: &str) -> Result<Response> {
        self.get(&format!("files/{media_token}")).await
    }

    /// The settings in force.
    pub async fn settings(&self) -> Result<Value> {
        self.get("settings").await?.json().await
    }

    /// Changes the settings that `change` names.
    pub async fn change_settings(&self, change: &Value) -> Result<Response> {
        let request = self.http.put(self.control("settings")).json(change);
        request.send().await
    }

    /// The faults in the queue.
    pub async fn faults(&self) -> Result<Vec<Value>> {
        let answer: Faults<_> = self.get("faults").await?.json().await?;
        Ok(answer.faults)
    }

    /// Adds a list of faults to the queue.
    pub async fn add_faults(&self, faults: &Value) -> Result<Response> {
        let request = self.http.post(self.control("faults"));
        request.json(&Faults { faults }).send().await
    }

    /// Drops the faults in the queue.
    pub async fn clear_faults(&self) -> Result<Response> {
        self.http.delete(self.control("faults")).send().await
    }

    /// Forgets the space.
    pub async fn forget(&self) -> Result<Response> {
        self.http.delete(self.url("/__emulator")).send().await
    }

    async fn get(&self, what: &str) -> Result<Response> {
        self.http.get(self.control(what)).send().await
    }

    fn control(&self, what: &str) -> String {
        self.url(&format!("/__emulator/{what}"))
    }
}
