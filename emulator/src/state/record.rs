//! The record of a request: what arrived, the fault it met, and its outcome.

use std::{
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Instant, SystemTime},
};

use axum::http::{HeaderMap, Method, header};
use serde::{Serialize, Serializer};
use serde_json::{Value, value::RawValue};

use crate::{faults::fault::Fault, limits::Charge, route::Route, time::timestamp};

/// The most bytes of a request's body that are kept.
const MAX_KEPT_BODY: usize = 1_000_000;

/// Bytes of an upload's details that are reserved with the record.
const DETAILS_SIZE: u64 = 2_000;

/// A request line before the space's name is removed from its path.
#[derive(Clone)]
pub struct RequestStart {
    /// Raw path and query.
    pub target: String,
    /// When the head was read.
    pub at: SystemTime,
}

/// How a request ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Still running.
    Pending,
    /// Answered with this HTTP status.
    Answered(u16),
    /// Reset by a fault.
    Reset,
    /// Stalled by a fault.
    Stalled,
    /// The client disconnected before the answer.
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

/// The upload of a request, as far as it was read.
#[derive(Debug, Clone, Default, Serialize)]
pub struct UploadDetails {
    /// `multipart` or `binary`.
    pub encoding: &'static str,
    /// The form field's name, decoded.
    pub field: Option<String>,
    /// The file's name, decoded.
    pub file_name: Option<String>,
    /// The part's `Content-Disposition`, as it was sent.
    pub content_disposition: Option<String>,
    /// The part's `Content-Type`, or the request's for a binary body.
    pub content_type: Option<String>,
    /// Bytes of the file, once it was received whole.
    pub bytes: Option<u64>,
    /// SHA-256 of the file in lower-case hex, once it was received whole.
    pub sha256: Option<String>,
}

impl UploadDetails {
    /// The bytes that the details take, about.
    fn size(&self) -> u64 {
        let texts = [
            &self.field,
            &self.file_name,
            &self.content_disposition,
            &self.content_type,
            &self.sha256,
        ];
        texts.into_iter().flatten().map(String::len).sum::<usize>() as u64
    }

    fn without_names(self) -> Self {
        Self {
            encoding: self.encoding,
            bytes: self.bytes,
            sha256: self.sha256,
            ..Self::default()
        }
    }
}

/// The bytes that were reserved for a record.
pub struct Reservation {
    /// Its [`size`](RequestRecord::size) and `max_body`.
    pub charge: Charge,
    /// The bytes that it may keep of the request's body.
    pub max_body: usize,
}

/// One request.
pub struct RequestRecord {
    id: usize,
    at: SystemTime,
    method: Method,
    path: String,
    route: Route,
    headers: Vec<(String, String)>,
    fault: Option<Fault>,
    started: Instant,
    body_bytes: AtomicU64,
    progress: Mutex<Progress>,
}

/// What changes while the request runs.
struct Progress {
    charge: Charge,
    max_body: usize,
    upload: Option<UploadDetails>,
    kept_body: Vec<u8>,
    outcome: Outcome,
    refused: Option<String>,
}

/// A request as `/__emulator/requests` has it.
#[derive(Serialize)]
pub struct RequestJson<'a> {
    id: usize,
    at: String,
    method: &'a str,
    path: &'a str,
    route: Route,
    headers: &'a [(String, String)],
    #[serde(skip_serializing_if = "Option::is_none")]
    upload: Option<UploadDetails>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Box<RawValue>>,
    body_bytes: u64,
    fault: Option<&'a Fault>,
    outcome: Outcome,
    refused: Option<String>,
}

impl RequestRecord {
    /// The bytes of a request's body that its record may keep. Files are not kept; bodies of `Other`
    /// are, since a fault can answer there as an app's own server.
    pub fn max_body(route: Route, headers: &HeaderMap) -> usize {
        match route {
            Route::Token | Route::Message | Route::Other => headers
                .get(header::CONTENT_LENGTH)
                .and_then(|length| length.to_str().ok()?.parse().ok())
                .unwrap_or(match headers.get(header::TRANSFER_ENCODING) {
                    Some(_) => MAX_KEPT_BODY,
                    None => 0,
                })
                .min(MAX_KEPT_BODY),
            Route::Upload | Route::Conversation => 0,
        }
    }

    /// The bytes that a record takes without its body, about.
    pub fn size(start: &RequestStart, headers: &HeaderMap, fault: Option<&Fault>) -> u64 {
        let headers = headers
            .iter()
            .map(|(name, value)| name.as_str().len() + value.len() + size_of::<[String; 2]>());
        let size = size_of::<Self>() + start.target.len() + headers.sum::<usize>();
        size as u64 + DETAILS_SIZE + fault.map_or(0, Fault::size)
    }

    /// A request whose head has just been read.
    pub fn new(
        id: usize,
        reservation: Reservation,
        method: &Method,
        start: &RequestStart,
        route: Route,
        headers: &HeaderMap,
        fault: Option<Fault>,
    ) -> Self {
        Self {
            id,
            at: start.at,
            method: method.clone(),
            path: start.target.clone(),
            route,
            headers: headers
                .iter()
                .map(|(name, value)| {
                    (
                        name.to_string(),
                        String::from_utf8_lossy(value.as_bytes()).into_owned(),
                    )
                })
                .collect(),
            fault,
            started: Instant::now(),
            body_bytes: AtomicU64::new(0),
            progress: Mutex::new(Progress {
                charge: reservation.charge,
                max_body: reservation.max_body,
                upload: None,
                kept_body: Vec::new(),
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

    /// Counts a piece of the body, and keeps as much of it as it may.
    pub fn receive(&self, piece: &[u8]) {
        self.body_bytes
            .fetch_add(piece.len() as u64, Ordering::Relaxed);
        let mut progress = self.progress();
        let room = progress.max_body.saturating_sub(progress.kept_body.len());
        let kept = &piece[..room.min(piece.len())];
        progress.kept_body.extend_from_slice(kept);
    }

    /// Changes the details of the upload. Its names are left out where other records take all bytes
    /// that there are for them.
    pub fn update_upload(&self, update: impl FnOnce(&mut UploadDetails)) {
        let mut progress = self.progress();
        let mut upload = progress.upload.take().unwrap_or_default();
        update(&mut upload);
        let unreserved = upload.size().saturating_sub(DETAILS_SIZE);
        if !progress.charge.add(unreserved) {
            upload = upload.without_names();
        }
        progress.upload = Some(upload);
    }

    /// Sets why the request is refused, unless it has an outcome already.
    pub fn set_refused(&self, why: String) {
        let mut progress = self.progress();
        if progress.outcome == Outcome::Pending {
            progress.refused = Some(why);
        }
    }

    /// Sets and logs the outcome, unless the request has one already.
    pub fn finish(&self, outcome: Outcome) {
        let mut progress = self.progress();
        if progress.outcome == Outcome::Pending {
            progress.outcome = outcome;
            progress.kept_body.shrink_to_fit();
            let unused = progress.max_body.saturating_sub(progress.kept_body.len());
            progress.max_body -= unused;
            progress.charge.give_back(unused as u64);
            self.log(outcome, progress.refused.as_deref());
        }
    }

    // Without headers and query, which may hold a key or a token.
    fn log(&self, outcome: Outcome, refused: Option<&str>) {
        let path = self.path.split('?').next().unwrap_or_default();
        let end = match outcome {
            Outcome::Pending => "pending".to_owned(),
            Outcome::Answered(status) => status.to_string(),
            Outcome::Reset => "reset, as scripted".to_owned(),
            Outcome::Stalled => "stalled, as scripted".to_owned(),
            Outcome::ClientGone => "client gone".to_owned(),
        };
        let took = self.started.elapsed().as_millis();
        let why = refused.map(|why| format!(": {why}")).unwrap_or_default();
        tracing::info!("{} {path} {end} after {took} ms{why}", self.method);
    }

    /// The request as `/__emulator/requests` has it.
    pub fn to_json(&self) -> RequestJson<'_> {
        let progress = self.progress();
        RequestJson {
            id: self.id,
            at: timestamp(self.at),
            method: self.method.as_str(),
            path: &self.path,
            route: self.route,
            headers: &self.headers,
            upload: progress.upload.clone(),
            body: (!progress.kept_body.is_empty())
                .then(|| to_json(&progress.kept_body))
                .flatten(),
            body_bytes: self.body_bytes(),
            fault: self.fault.as_ref(),
            outcome: progress.outcome,
            refused: progress.refused.clone(),
        }
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The body as JSON, or as a string where it is no JSON; bytes that are not UTF-8 become U+FFFD.
fn to_json(body: &[u8]) -> Option<Box<RawValue>> {
    let text = String::from_utf8_lossy(body).into_owned();
    // RawValue alone does not limit how deep a body is nested, at which parsers of the list fail.
    let is_json = serde_json::from_slice::<Value>(body).is_ok();
    let json = if is_json {
        text
    } else {
        serde_json::to_string(&text).ok()?
    };
    RawValue::from_string(json).ok()
}
