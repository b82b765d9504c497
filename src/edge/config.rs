//! What a handler was made with.

use std::time::Duration;

use js_sys::Function;

use super::route::Routes;
use crate::http::CallSettings;
use crate::steps::api_key::ApiKey;

/// A handler's options, checked.
pub struct HandlerConfig {
    /// The app's key, and the host that takes it.
    pub key: ApiKey,
    /// Divar's chat host.
    pub chat_host: String,
    /// Which routes are served.
    pub routes: Routes,
    /// Which pages may call.
    pub origins: OriginPolicy,
    /// The app's functions.
    pub callbacks: Callbacks,
    /// The limits of the requests to Divar and of reading what pages send.
    pub call: CallSettings,
    /// The longest time that one of the app's functions may take.
    pub authorize_timeout: Duration,
}

/// The app's functions.
pub struct Callbacks {
    /// Says who asks and what they may do.
    pub authorize: Function,
    /// Gets the user's OAuth access token.
    pub access_token: Option<Function>,
    /// The app's log.
    pub on_error: Option<Function>,
}

/// Which pages may call beside those of the handler's own origin.
pub struct OriginPolicy {
    /// Origins as `URL.origin` writes them.
    pub allowed: Vec<String>,
    /// Whether pages with the origin `null` may, as sandboxed frames have.
    pub allow_opaque: bool,
}
