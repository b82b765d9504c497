//! The rules that can be set, for the whole emulator at start and for a space while it runs.

use serde::{Deserialize, Serialize};

/// The rules in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// Lifetime of an upload token in milliseconds. Divar publishes none; five minutes is strict.
    pub token_ttl_ms: u64,
    /// Uploads that one token serves. Divar does not say; one is the strictest.
    pub token_uses: u32,
    /// Bytes in a megabyte: 1000000 or 1048576. Divar does not say; the smaller is stricter.
    pub megabyte: u64,
    /// Conversation and user ids whose owner has blocked the sender.
    pub blocked: Vec<String>,
    /// Whether a button may name an icon that is not in Divar's published list.
    pub allow_unknown_icons: bool,
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

/// New values for some of the settings.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SettingsPatch {
    token_ttl_ms: Option<u64>,
    token_uses: Option<u32>,
    megabyte: Option<u64>,
    blocked: Option<Vec<String>>,
    allow_unknown_icons: Option<bool>,
}

impl Settings {
    /// These settings with the patch applied.
    ///
    /// # Errors
    ///
    /// A sentence that names the value out of range.
    pub(crate) fn with(&self, patch: SettingsPatch) -> Result<Self, String> {
        let settings = Self {
            token_ttl_ms: patch.token_ttl_ms.unwrap_or(self.token_ttl_ms),
            token_uses: patch.token_uses.unwrap_or(self.token_uses),
            megabyte: patch.megabyte.unwrap_or(self.megabyte),
            blocked: patch.blocked.unwrap_or_else(|| self.blocked.clone()),
            allow_unknown_icons: patch
                .allow_unknown_icons
                .unwrap_or(self.allow_unknown_icons),
        };
        settings.check().map(|()| settings)
    }

    /// The bytes that the settings take, about.
    pub(crate) fn size(&self) -> u64 {
        let blocked = self.blocked.iter().map(|id| size_of::<String>() + id.len());
        (size_of::<Self>() + blocked.sum::<usize>()) as u64
    }

    /// Refuses values out of range.
    ///
    /// # Errors
    ///
    /// A sentence that names the value.
    pub(crate) fn check(&self) -> Result<(), String> {
        if self.token_uses == 0 {
            return Err("token_uses must be 1 or more".to_owned());
        }
        if ![1_000_000, 1_048_576].contains(&self.megabyte) {
            return Err("megabyte must be 1000000 or 1048576 bytes".to_owned());
        }
        Ok(())
    }
}
