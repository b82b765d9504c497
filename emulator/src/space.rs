//! Spaces: what the emulator knows, kept apart for everyone who asks for it by `/@NAME`.

use std::{
    collections::{HashMap, VecDeque},
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant, SystemTime},
};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, Uri, header, uri::PathAndQuery},
    middleware::Next,
    response::Response,
};
use serde::{Deserialize, Serialize};

use crate::{
    fault::Fault,
    journal::{Record, Route},
    media::Media,
    message::Message,
    opaque,
    status::Status,
};

/// What all spaces share.
pub struct App {
    /// The one API key.
    pub key: String,
    /// The folder that takes the uploaded files.
    pub files: PathBuf,
    /// Where the emulator listens, for links in answers to requests without a `Host`.
    pub address: SocketAddr,
    defaults: Settings,
    spaces: Mutex<HashMap<String, Arc<Space>>>,
}

/// One space: its own tokens, files, messages, requests, faults and settings.
pub struct Space {
    /// What stands in front of this space's routes: empty, or `/@NAME`.
    pub prefix: String,
    knowledge: Mutex<Knowledge>,
}

/// What a space knows.
#[derive(Default)]
pub struct Knowledge {
    /// The rules in force.
    pub settings: Settings,
    /// Every request, in order of arrival.
    pub requests: Vec<Arc<Record>>,
    /// Every accepted message, in order.
    pub messages: Vec<Message>,
    /// The faults that still wait, in order.
    pub faults: VecDeque<Fault>,
    tokens: HashMap<String, UploadToken>,
    media: HashMap<String, Arc<Media>>,
    forgotten: bool,
}

struct UploadToken {
    minted: Instant,
    uses: u32,
}

/// The rules that can be set, for the whole emulator at start and for a space while it runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// Milliseconds that an upload token lives. Divar does not say; five minutes is strict.
    pub token_ttl_ms: u64,
    /// Uploads that one token serves. Divar does not say; one is the strictest.
    pub token_uses: u32,
    /// Bytes in a megabyte: 1000000, or 1048576. Divar does not say; the smaller is stricter.
    pub megabyte: u64,
    /// Conversation and user ids whose owner has blocked the sender.
    pub blocked: Vec<String>,
    /// Whether a button may name an icon that is not in Divar's published list.
    pub allow_unknown_icons: bool,
}

/// A change of some settings.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    token_ttl_ms: Option<u64>,
    token_uses: Option<u32>,
    megabyte: Option<u64>,
    blocked: Option<Vec<String>>,
    allow_unknown_icons: Option<bool>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            token_ttl_ms: 300_000,
            token_uses: 1,
            megabyte: 1_000_000,
            blocked: Vec::new(),
            allow_unknown_icons: false,
        }
    }
}

impl Settings {
    /// These settings with `change` in force.
    ///
    /// # Errors
    ///
    /// A sentence for people when a value makes no sense.
    pub fn with(&self, change: Change) -> Result<Self, String> {
        let settings = Self {
            token_ttl_ms: change.token_ttl_ms.unwrap_or(self.token_ttl_ms),
            token_uses: change.token_uses.unwrap_or(self.token_uses),
            megabyte: change.megabyte.unwrap_or(self.megabyte),
            blocked: change.blocked.unwrap_or_else(|| self.blocked.clone()),
            allow_unknown_icons: change
                .allow_unknown_icons
                .unwrap_or(self.allow_unknown_icons),
        };
        settings.check().map(|()| settings)
    }

    /// Refuses what makes no sense, in a sentence for people.
    pub(crate) fn check(&self) -> Result<(), String> {
        if self.token_uses == 0 {
            return Err("a token serves at least one upload: token_uses is 1 or more".to_owned());
        }
        if ![1_000_000, 1_048_576].contains(&self.megabyte) {
            return Err("a megabyte has 1000000 or 1048576 bytes".to_owned());
        }
        Ok(())
    }
}

impl App {
    pub(crate) fn new(
        key: String,
        files: PathBuf,
        address: SocketAddr,
        defaults: Settings,
    ) -> Self {
        Self {
            key,
            files,
            address,
            defaults,
            spaces: Mutex::default(),
        }
    }

    /// The space behind `prefix`, made when nobody has asked for it before.
    fn space(&self, prefix: &str) -> Arc<Space> {
        let mut spaces = lock(&self.spaces);
        if let Some(space) = spaces.get(prefix) {
            return Arc::clone(space);
        }
        let space = Arc::new(Space {
            prefix: prefix.to_owned(),
            knowledge: Mutex::new(Knowledge {
                settings: self.defaults.clone(),
                ..Knowledge::default()
            }),
        });
        spaces.insert(prefix.to_owned(), Arc::clone(&space));
        space
    }

    /// The address under which a client that sent `headers` reaches `space`, for links to it.
    pub fn base(&self, space: &Space, headers: &HeaderMap) -> String {
        let host = headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok())
            .map_or_else(|| self.address.to_string(), str::to_owned);
        format!("http://{host}{}", space.prefix)
    }

    /// Forgets a space; the files to delete are what is left of it.
    pub fn forget(&self, space: &Space) -> Vec<Arc<Media>> {
        lock(&self.spaces).remove(&space.prefix);
        let mut knowledge = space.lock();
        let gone = std::mem::take(&mut *knowledge);
        knowledge.forgotten = true;
        gone.media.into_values().collect()
    }
}

impl Space {
    /// What the space knows, for as long as the guard lives. Never held across an `await`.
    pub fn lock(&self) -> MutexGuard<'_, Knowledge> {
        lock(&self.knowledge)
    }
}

impl Knowledge {
    /// Mints an upload token.
    pub fn mint(&mut self) -> String {
        let token = opaque::upload_token();
        let minted = UploadToken {
            minted: Instant::now(),
            uses: 0,
        };
        self.tokens.insert(token.clone(), minted);
        token
    }

    /// Spends one use of an upload token, whatever becomes of the upload.
    ///
    /// # Errors
    ///
    /// 401 when the token is unknown, expired or spent.
    pub fn spend(&mut self, token: &str) -> Result<(), Status> {
        let known = self
            .tokens
            .get_mut(token)
            .ok_or_else(|| Status::unauthenticated("the upload token is unknown"))?;
        if known.minted.elapsed() >= Duration::from_millis(self.settings.token_ttl_ms) {
            return Err(Status::unauthenticated("the upload token has expired"));
        }
        if known.uses >= self.settings.token_uses {
            return Err(Status::unauthenticated("the upload token is spent"));
        }
        known.uses += 1;
        Ok(())
    }

    /// The first waiting fault for this request, counted off.
    pub fn next_fault(&mut self, route: Route, token: Option<&str>) -> Option<Fault> {
        let at = self
            .faults
            .iter()
            .position(|fault| fault.waits_for(route, token))?;
        let fault = self.faults.get(at)?.clone();
        if !self.faults.get_mut(at)?.count_one() {
            self.faults.remove(at);
        }
        Some(fault)
    }

    /// Keeps an uploaded file; gives it back when the space was forgotten meanwhile.
    pub fn keep(&mut self, media: Arc<Media>) -> Result<(), Arc<Media>> {
        if self.forgotten {
            return Err(media);
        }
        self.media.insert(media.token.clone(), media);
        Ok(())
    }

    /// The uploaded file behind a media token.
    pub fn media(&self, token: &str) -> Option<Arc<Media>> {
        self.media.get(token).cloned()
    }
}

/// Finds a request's space, and takes the space's name off its path, so that the routes need not
/// know of it. Runs before routing.
pub async fn enter(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let target = request
        .uri()
        .path_and_query()
        .map_or("/", PathAndQuery::as_str);
    let arrival = Arrival {
        target: target.to_owned(),
        at: SystemTime::now(),
    };
    let (prefix, rest) = split(target);
    let space = app.space(prefix);
    if let Ok(uri) = rest.parse::<Uri>() {
        *request.uri_mut() = uri;
    }
    request.extensions_mut().insert(space);
    request.extensions_mut().insert(arrival);
    next.run(request).await
}

/// A request as it arrived, before its space's name was taken off.
#[derive(Clone)]
pub struct Arrival {
    /// Raw path and query.
    pub target: String,
    /// When its head was read.
    pub at: SystemTime,
}

/// `/@NAME/rest?query` is `/@NAME` and `/rest?query`; anything else is in the default space.
fn split(target: &str) -> (&str, &str) {
    let Some(named) = target.strip_prefix("/@") else {
        return ("", target);
    };
    let end = named.find(['/', '?']).unwrap_or(named.len());
    let (prefix, rest) = target.split_at("/@".len() + end);
    match (end, rest.is_empty()) {
        (0, _) => ("", target),
        (_, true) => (prefix, "/"),
        _ => (prefix, rest),
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
