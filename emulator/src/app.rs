//! What all spaces share.

use std::{
    collections::HashMap,
    net::SocketAddr,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::http::{HeaderMap, header};

use crate::{
    settings::Settings,
    state::{media::Media, space::Space},
};

/// The emulator's configuration and its spaces.
pub struct App {
    /// The one API key.
    pub key: String,
    /// The folder for uploaded files.
    pub files: PathBuf,
    address: SocketAddr,
    defaults: Settings,
    spaces: Mutex<HashMap<String, Arc<Space>>>,
}

impl App {
    /// An emulator without spaces. `address` is where it listens; `defaults` are the settings of
    /// every new space.
    pub fn new(key: String, files: PathBuf, address: SocketAddr, defaults: Settings) -> Self {
        Self {
            key,
            files,
            address,
            defaults,
            spaces: Mutex::default(),
        }
    }

    /// The space behind `prefix` (empty, or `/@NAME`), created on first use.
    pub fn space(&self, prefix: &str) -> Arc<Space> {
        let mut spaces = self.lock();
        if let Some(space) = spaces.get(prefix) {
            return Arc::clone(space);
        }
        let space = Arc::new(Space::new(prefix.to_owned(), self.defaults.clone()));
        spaces.insert(prefix.to_owned(), Arc::clone(&space));
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

    /// Removes a space; returns its files, which the caller deletes.
    pub fn forget(&self, space: &Space) -> Vec<Arc<Media>> {
        self.lock().remove(space.prefix());
        space.forget()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Arc<Space>>> {
        self.spaces.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
