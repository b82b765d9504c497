//! A space: state of its own for every client that asks for it by `/@NAME`.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::{
    faults::queue::FaultQueue,
    limits::Charge,
    settings::Settings,
    state::{
        history::History, media::Media, message::Message, record::RequestRecord,
        tokens::UploadTokens,
    },
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
    /// The requests, in order of arrival.
    pub requests: History<Arc<RequestRecord>>,
    /// The accepted messages, in order.
    pub messages: History<Message>,
    /// The scripted faults that no request has met yet.
    pub faults: FaultQueue,
    /// The upload tokens.
    pub tokens: UploadTokens,
    /// The bytes that the settings take.
    pub settings_charge: Option<Charge>,
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

    /// Removes an uploaded file from the space; the caller deletes it.
    pub fn remove_media(&mut self, token: &str) -> Option<Arc<Media>> {
        self.media.remove(token)
    }

    /// The uploaded file with this media token.
    pub fn media(&self, token: &str) -> Option<Arc<Media>> {
        self.media.get(token).cloned()
    }
}
