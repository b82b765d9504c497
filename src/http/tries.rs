//! Trying again after failures that pass.

use js_sys::Math;

use super::budget;
use super::deadline::Deadline;
use super::duration::duration_from_ms;
use super::offline::wait_until_online;
use super::request::CallSettings;
use super::retry::RetryPolicy;
use crate::error::{Code, Failure, Stage};

/// How a step is tried until it succeeds or a further try would not help.
pub struct Tries<'a> {
    /// The step.
    pub stage: Stage,
    /// Its limits.
    pub call: &'a CallSettings,
    /// How often it is tried again.
    pub policy: RetryPolicy,
    /// Whether every try uses the same token. A 401 after another failure then says only that the try
    /// before used the token up, and the failure before it is the one that counts.
    pub reuses_token: bool,
}

impl Tries<'_> {
    /// Runs `attempt` until it succeeds. An attempt that failed while the platform was offline costs no
    /// retry if the caller waits for the network: it was not the server that failed.
    ///
    /// # Errors
    ///
    /// The failure of the last try.
    pub async fn run<T>(
        &self,
        attempt: impl AsyncFn() -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let mut retries_done = 0;
        let mut before = None;
        loop {
            wait_until_online(self.stage, self.call).await?;
            let error = match attempt().await {
                Ok(value) => {
                    budget::refund();
                    return Ok(value);
                }
                Err(Failure::Error(error)) => error,
                Err(thrown @ Failure::Thrown(_)) => return Err(thrown),
            };
            if error.code == Code::Unauthorized && self.reuses_token {
                return Err(before.unwrap_or(error).into());
            }
            if !error.retryable {
                return Err(Failure::Error(error));
            }
            if !self.call.is_waiting_for_network() {
                let retry_after = error.retry_after_ms.map(duration_from_ms);
                let pause = self.policy.pause(retries_done, retry_after, Math::random());
                let Some(pause) = pause.filter(|_| budget::take()) else {
                    return Err(Failure::Error(error));
                };
                Deadline::new(self.stage, self.call)?.pause(pause).await?;
                retries_done += 1;
            }
            before = Some(error);
        }
    }
}
