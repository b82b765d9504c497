//! Requests whose client disconnects.

use std::sync::Arc;

use crate::state::record::{Outcome, RequestRecord};

/// Records `ClientGone` on drop, unless the request has completed: the server drops a request's
/// future when its client disconnects.
pub struct DisconnectGuard(pub Arc<RequestRecord>);

impl Drop for DisconnectGuard {
    fn drop(&mut self) {
        self.0.finish(Outcome::ClientGone);
    }
}
