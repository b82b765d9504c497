//! A space: state of its own for every client that asks for it by `/@NAME`.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::{
    faults::queue::FaultQueue,
    settings::Settings,
    state::{media::Media, message::Message, record::RequestRecord, tokens::UploadTokens},
    status::Status,
};

/// One space.
pub struct Space {
    prefix: String,
    state: Mutex<SpaceState>,
}

/// The state of a space.
#[derive(Default)]
pub struct SpaceState {
    /// The rules in force.
    pub settings: Settings,
    /// Every request, in order of arrival.
    pub requests: Vec<Arc<RequestRecord>>,
    /// Every accepted message, in order.
    pub messages: Vec<Message>,
    /// The scripted faults that no request has met yet.
    pub faults: FaultQueue,
    tokens: UploadTokens,
    media: HashMap<String, Arc<Media>>,
    forgotten: bool,
}

impl Space {
    /// An empty space. `prefix` is what its routes begin with: empty, or `/@NAME`.
    pub fn new(prefix: String, settings: Settings) -> Self {
        Self {
            prefix,
            state: Mutex::new(SpaceState {
                settings,
                ..SpaceState::default()
            }),
        }
    }

    /// What the space's routes begin with: empty, or `/@NAME`.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The state, locked while the guard lives. Never held across an `await`.
    pub fn lock(&self) -> MutexGuard<'_, SpaceState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Drops the state; requests that are still running find their space forgotten. Returns the
    /// files, which the caller deletes.
    pub fn forget(&self) -> Vec<Arc<Media>> {
        let mut state = self.lock();
        let dropped = std::mem::take(&mut *state);
        state.forgotten = true;
        dropped.media.into_values().collect()
    }
}

impl SpaceState {
    /// Mints an upload token.
    pub fn mint_token(&mut self) -> String {
        self.tokens.mint()
    }

    /// Takes one use of an upload token, whether or not the upload is then accepted.
    ///
    /// # Errors
    ///
    /// 401 when the token is unknown, expired or spent.
    pub fn spend_token(&mut self, token: &str) -> Result<(), Status> {
        self.tokens.spend(token, &self.settings)
    }

    /// Adds an uploaded file; returns it when the space was forgotten since the upload began.
    pub fn add_media(&mut self, media: Arc<Media>) -> Result<(), Arc<Media>> {
        if self.forgotten {
            return Err(media);
        }
        self.media.insert(media.token.clone(), media);
        Ok(())
    }

    /// The uploaded file with this media token.
    pub fn media(&self, token: &str) -> Option<Arc<Media>> {
        self.media.get(token).cloned()
    }
}
