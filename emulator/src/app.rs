//! What all spaces share.

use std::{
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::http::{HeaderMap, header};
use indexmap::IndexMap;
use tokio::sync::Semaphore;

use crate::{
    limits::Budget,
    origins::AllowedOrigins,
    settings::Settings,
    state::{retention::Retention, space::Space},
};

/// Spaces that exist at once, the one without a name not counted.
const MAX_SPACES: usize = 10_000;
/// Requests, messages and files that are kept, of each.
const MAX_ENTRIES: usize = 20_000;
/// Upload tokens that are kept.
const MAX_TOKENS: usize = 100_000;
/// Bytes in memory that the kept requests take.
const MAX_REQUESTS_SIZE: u64 = 32_000_000;
/// Bytes in memory that the kept messages take.
const MAX_MESSAGES_SIZE: u64 = 32_000_000;
/// Bytes in memory that the kept upload tokens take.
const MAX_TOKENS_SIZE: u64 = 32_000_000;
/// Bytes in memory that queued faults and settings take.
const MAX_CONTROL_SIZE: u64 = 32_000_000;
/// Thousands of bytes of JSON bodies that are being read.
const MAX_JSON_KILOBYTES: usize = 64_000;

/// The emulator's configuration and its spaces.
pub struct App {
    /// The one API key.
    pub key: String,
    /// The folder for uploaded files.
    pub files: PathBuf,
    /// Whose pages may use `/__emulator/`.
    pub allowed_origins: AllowedOrigins,
    /// The requests that are kept.
    pub requests: Retention<()>,
    /// The messages that are kept.
    pub messages: Retention<()>,
    /// The upload tokens that are kept, by token.
    pub tokens: Retention<String>,
    /// The files that are kept, by media token.
    pub media: Retention<String>,
    /// The bytes that queued faults and settings take.
    pub control: Arc<Budget>,
    /// A permit for each thousand bytes of a JSON body that is being read.
    pub json_kilobytes: Semaphore,
    address: SocketAddr,
    defaults: Settings,
    spaces: Mutex<IndexMap<String, Arc<Space>>>,
}

impl App {
    /// An emulator without spaces. `address` is where it listens; `defaults` are the settings of
    /// every new space; files may take `disk_limit` bytes.
    pub fn new(
        key: String,
        files: PathBuf,
        address: SocketAddr,
        defaults: Settings,
        allowed_origins: AllowedOrigins,
        disk_limit: u64,
    ) -> Self {
        Self {
            key,
            files,
            allowed_origins,
            requests: Retention::new(MAX_ENTRIES, MAX_REQUESTS_SIZE, |space, ()| {
                space.lock().requests.remove_oldest();
            }),
            messages: Retention::new(MAX_ENTRIES, MAX_MESSAGES_SIZE, |space, ()| {
                space.lock().messages.remove_oldest();
            }),
            tokens: Retention::new(MAX_TOKENS, MAX_TOKENS_SIZE, |space, token| {
                space.lock().tokens.remove(&token);
            }),
            media: Retention::new(MAX_ENTRIES, disk_limit, |space, token| {
                let media = space.lock().remove_media(&token);
                if let Some(media) = media {
                    media.delete();
                }
            }),
            control: Budget::new(MAX_CONTROL_SIZE),
            json_kilobytes: Semaphore::new(MAX_JSON_KILOBYTES),
            address,
            defaults,
            spaces: Mutex::default(),
        }
    }

    /// The space behind `prefix` (empty, or `/@NAME`), created on first use. Where there are too
    /// many, the one that was created first is forgotten.
    pub fn space(&self, prefix: &str) -> Arc<Space> {
        let mut spaces = self.lock();
        if let Some(space) = spaces.get(prefix) {
            return Arc::clone(space);
        }
        let space = Arc::new(Space::new(prefix.to_owned(), self.defaults.clone()));
        spaces.insert(prefix.to_owned(), Arc::clone(&space));
        let mut named = spaces.values().filter(|space| !space.prefix().is_empty());
        let oldest = (spaces.len() > MAX_SPACES)
            .then(|| named.next().cloned())
            .flatten()
            .filter(|_| named.count() >= MAX_SPACES);
        drop(spaces);
        if let Some(oldest) = oldest {
            self.forget(&oldest);
        }
        space
    }

    /// The URL under which a client that sent `headers` reaches `space`, for links to it.
    pub fn base_url(&self, space: &Space, headers: &HeaderMap) -> String {
        let host = headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok())
            .map_or_else(|| self.address.to_string(), str::to_owned);
        format!("http://{host}{}", space.prefix())
    }

    /// Removes a space and deletes its files.
    pub fn forget(&self, space: &Space) {
        self.lock().shift_remove(space.prefix());
        for media in space.forget() {
            media.delete();
        }
    }

    fn lock(&self) -> MutexGuard<'_, IndexMap<String, Arc<Space>>> {
        self.spaces.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
