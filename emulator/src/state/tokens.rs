//! Upload tokens.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use crate::{ids, limits::Charge, settings::Settings, status::Status};

/// The upload tokens of a space.
#[derive(Default)]
pub struct UploadTokens(HashMap<String, UploadToken>);

struct UploadToken {
    minted: Instant,
    uses: u32,
    _charge: Charge,
}

impl UploadTokens {
    /// Mints a token, whose bytes `charge` has taken.
    pub fn mint(&mut self, charge: Charge) -> String {
        let token = ids::upload_token();
        let minted = UploadToken {
            minted: Instant::now(),
            uses: 0,
            _charge: charge,
        };
        self.0.insert(token.clone(), minted);
        token
    }

    /// Removes a token.
    pub fn remove(&mut self, token: &str) {
        self.0.remove(token);
    }

    /// Takes one use of a token, whether or not the upload is then accepted.
    ///
    /// # Errors
    ///
    /// 401 when the token is unknown, expired or spent.
    pub fn spend(&mut self, token: &str, settings: &Settings) -> Result<(), Status> {
        let token = self
            .0
            .get_mut(token)
            .ok_or_else(|| Status::unauthenticated("the upload token is unknown"))?;
        if token.minted.elapsed() >= Duration::from_millis(settings.token_ttl_ms) {
            return Err(Status::unauthenticated("the upload token has expired"));
        }
        if token.uses >= settings.token_uses {
            return Err(Status::unauthenticated("the upload token is spent"));
        }
        token.uses += 1;
        Ok(())
    }
}
