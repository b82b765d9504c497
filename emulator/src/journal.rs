//! The journal: every request as it arrived, the fault it met, and how it ended.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Instant, SystemTime},
};

use axum::{
    extract::MatchedPath,
    http::{HeaderMap, Method},
};
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::{conversation::timestamp, fault::Fault, inbound::LARGEST_JSON, routes, space::Arrival};

/// Which of Divar's calls a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// Step 1: mint an upload token.
    Token,
    /// Step 2: upload a file.
    Upload,
    /// Step 3: send a message, to any of the three targets.
    Message,
    /// Read a conversation.
    Conversation,
    /// Anything else: an unknown path, a wrong method, a pre-flight.
    Other,
}

impl Route {
    /// The call behind a method and the route that its path matched.
    pub fn of(method: &Method, matched: Option<&MatchedPath>) -> Self {
        let Some(path) = matched.map(MatchedPath::as_str) else {
            return Self::Other;
        };
        match path {
            routes::TOKEN if method == Method::POST => Self::Token,
            routes::UPLOAD if method == Method::POST => Self::Upload,
            routes::CONVERSATION if method == Method::GET => Self::Conversation,
            path if path.ends_with(routes::MESSAGES) && method == Method::POST => Self::Message,
            _ => Self::Other,
        }
    }

    /// Whether the request's body is small enough to be kept; that of any other route too, since
    /// a script may answer there as an app's own server.
    fn keeps_body(self) -> bool {
        matches!(self, Self::Token | Self::Message | Self::Other)
    }
}

/// How a request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Not yet.
    Pending,
    /// With an answer of this HTTP status.
    Answered(u16),
    /// By a scripted reset.
    Reset,
    /// In a scripted stall.
    Stalled,
    /// The client went before it had an answer.
    ClientGone,
}

impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Answered(status) => serializer.serialize_u16(*status),
            Self::Pending => serializer.serialize_str("pending"),
            Self::Reset => serializer.serialize_str("reset"),
            Self::Stalled => serializer.serialize_str("stalled"),
            Self::ClientGone => serializer.serialize_str("client_gone"),
        }
    }
}

/// What an upload brought, as far as it was read.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Upload {
    /// `multipart` or `binary`.
    pub encoding: &'static str,
    /// The form field's name, decoded.
    pub field: Option<String>,
    /// The file's name, decoded.
    pub file_name: Option<String>,
    /// The part's `Content-Disposition`, as it came.
    pub content_disposition: Option<String>,
    /// The part's `Content-Type`, or the request's for a binary body.
    pub content_type: Option<String>,
    /// Bytes of the file, once it has come in whole.
    pub bytes: Option<u64>,
    /// SHA-256 of the file in lower-case hex, once it has come in whole.
    pub sha256: Option<String>,
}

/// One request.
pub struct Record {
    id: usize,
    at: SystemTime,
    method: Method,
    path: String,
    route: Route,
    headers: Vec<(String, String)>,
    fault: Option<Fault>,
    started: Instant,
    body_bytes: AtomicU64,
    rest: Mutex<Rest>,
}

/// What becomes known only as the request goes on.
struct Rest {
    upload: Option<Upload>,
    kept: Vec<u8>,
    outcome: Outcome,
    refused: Option<String>,
}

/// A record as `/__emulator/requests` shows it.
#[derive(Serialize)]
pub struct View<'a> {
    id: usize,
    at: String,
    method: &'a str,
    path: &'a str,
    route: Route,
    headers: &'a [(String, String)],
    #[serde(skip_serializing_if = "Option::is_none")]
    upload: Option<Upload>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Value>,
    body_bytes: u64,
    fault: Option<&'a Fault>,
    outcome: Outcome,
    refused: Option<String>,
}

impl Record {
    /// A request whose head has just been read.
    pub fn new(
        id: usize,
        method: &Method,
        arrival: &Arrival,
        route: Route,
        headers: &HeaderMap,
        fault: Option<Fault>,
    ) -> Self {
        Self {
            id,
            at: arrival.at,
            method: method.clone(),
            path: arrival.target.clone(),
            route,
            headers: headers
                .iter()
                .map(|(name, value)| (name.to_string(), text(value.as_bytes())))
                .collect(),
            fault,
            started: Instant::now(),
            body_bytes: AtomicU64::new(0),
            rest: Mutex::new(Rest {
                upload: None,
                kept: Vec::new(),
                outcome: Outcome::Pending,
                refused: None,
            }),
        }
    }

    /// The fault that the request meets.
    pub fn fault(&self) -> Option<&Fault> {
        self.fault.as_ref()
    }

    /// Bytes of the body so far.
    pub fn body_bytes(&self) -> u64 {
        self.body_bytes.load(Ordering::Relaxed)
    }

    /// Counts a piece of the body, and keeps it where it is small.
    pub fn receive(&self, piece: &[u8]) {
        self.body_bytes
            .fetch_add(piece.len() as u64, Ordering::Relaxed);
        if self.route.keeps_body() {
            let kept = &mut self.rest().kept;
            let room = LARGEST_JSON.saturating_sub(kept.len()).min(piece.len());
            kept.extend_from_slice(&piece[..room]);
        }
    }

    /// Notes something about the upload.
    pub fn note(&self, note: impl FnOnce(&mut Upload)) {
        note(self.rest().upload.get_or_insert_default());
    }

    /// Notes why the request is refused, unless it has already ended in another way.
    pub fn refuse(&self, why: String) {
        let mut rest = self.rest();
        if rest.outcome == Outcome::Pending {
            rest.refused = Some(why);
        }
    }

    /// Settles how the request ended, and logs it; what has been settled stays.
    pub fn settle(&self, outcome: Outcome) {
        let mut rest = self.rest();
        if rest.outcome == Outcome::Pending {
            rest.outcome = outcome;
            self.log(outcome, rest.refused.as_deref());
        }
    }

    // Neither headers nor query: a key or a token could stand there.
    fn log(&self, outcome: Outcome, refused: Option<&str>) {
        let path = self.path.split('?').next().unwrap_or_default();
        let end = match outcome {
            Outcome::Pending => "pending".to_owned(),
            Outcome::Answered(status) => status.to_string(),
            Outcome::Reset => "reset, as scripted".to_owned(),
            Outcome::Stalled => "stalled, as scripted".to_owned(),
            Outcome::ClientGone => "the client left".to_owned(),
        };
        let took = self.started.elapsed().as_millis();
        let why = refused.map(|why| format!(": {why}")).unwrap_or_default();
        tracing::info!("{} {path} {end} after {took} ms{why}", self.method);
    }

    /// The record as others see it, now.
    pub fn view(&self) -> View<'_> {
        let rest = self.rest();
        View {
            id: self.id,
            at: timestamp(self.at),
            method: self.method.as_str(),
            path: &self.path,
            route: self.route,
            headers: &self.headers,
            upload: rest.upload.clone(),
            body: (!rest.kept.is_empty()).then(|| parse(&rest.kept)),
            body_bytes: self.body_bytes(),
            fault: self.fault.as_ref(),
            outcome: rest.outcome,
            refused: rest.refused.clone(),
        }
    }

    fn rest(&self) -> MutexGuard<'_, Rest> {
        self.rest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A body that is no JSON is shown as the text that it is.
fn parse(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap_or_else(|_| Value::String(text(body)))
}

/// Bytes as text; what is not UTF-8 becomes U+FFFD.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Settles a request whose client went away, which is when all that waits for it is dropped.
pub struct Unanswered(pub Arc<Record>);

impl Drop for Unanswered {
    fn drop(&mut self) {
        self.0.settle(Outcome::ClientGone);
    }
}
