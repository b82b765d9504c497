//! The routes of a handler. Pure.

use crate::divar::routes::{MESSAGES, TOKEN, UPLOAD};
use crate::error::Stage;
use divar_media::MediaType;

/// A route, below wherever the app serves the handler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// Gives an upload token.
    Token,
    /// Sends a message.
    Messages,
    /// Relays a file of this type.
    Upload(MediaType),
}

/// Which routes are served.
#[derive(Clone, Copy, Debug)]
pub struct Routes {
    /// `…/token`.
    pub token: bool,
    /// `…/messages`.
    pub messages: bool,
    /// `…/upload/{type}`.
    pub relay: bool,
}

impl Routes {
    /// The served route that a path ends in. Frameworks add a slash at the end.
    #[must_use]
    pub fn find(self, path: &str) -> Option<Route> {
        let path = path.strip_suffix('/').unwrap_or(path);
        let (before, last) = path.rsplit_once('/')?;
        match last {
            TOKEN => self.token.then_some(Route::Token),
            MESSAGES => self.messages.then_some(Route::Messages),
            _ => {
                let media_type = MediaType::from_name(last)?;
                let is_upload = before.strip_suffix(UPLOAD)?.ends_with('/');
                (self.relay && is_upload).then_some(Route::Upload(media_type))
            }
        }
    }
}

impl Route {
    /// The step that it is a part of.
    #[must_use]
    pub const fn stage(self) -> Stage {
        match self {
            Self::Token => Stage::Token,
            Self::Messages => Stage::Message,
            Self::Upload(_) => Stage::Upload,
        }
    }

    /// Whether a body of this type is taken. A form on another site's page can send one of three types,
    /// or none, without a pre-flight: these are not.
    #[must_use]
    pub fn takes(self, content_type: &str) -> bool {
        match self {
            Self::Token | Self::Messages => content_type == "application/json",
            Self::Upload(_) => !matches!(
                content_type,
                "" | "application/x-www-form-urlencoded" | "multipart/form-data" | "text/plain"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Routes = Routes {
        token: true,
        messages: true,
        relay: true,
    };
    const NONE: Routes = Routes {
        token: false,
        messages: false,
        relay: false,
    };

    #[test]
    fn finds_a_route_by_the_end_of_the_path() {
        assert_eq!(ALL.find("/divar/token"), Some(Route::Token));
        assert_eq!(ALL.find("/divar/token/"), Some(Route::Token));
        assert_eq!(ALL.find("/a/b/messages"), Some(Route::Messages));
        let upload = Some(Route::Upload(MediaType::Voice));
        assert_eq!(ALL.find("/divar/upload/voice"), upload);
        assert_eq!(ALL.find("/upload/voice/"), upload);
        for path in [
            "/divar/tokens",
            "/mytoken",
            "",
            "/",
            "/divar/upload/",
            "/divar/upload/x",
            "/upload",
            "/download/voice",
            "/divar/token//",
        ] {
            assert_eq!(ALL.find(path), None, "{path}");
        }
    }

    #[test]
    fn finds_no_route_that_is_turned_off() {
        for path in ["/divar/token", "/divar/messages", "/divar/upload/voice"] {
            assert_eq!(NONE.find(path), None, "{path}");
        }
    }

    #[test]
    fn takes_no_body_that_a_form_of_another_site_can_send() {
        let forms = [
            "",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "text/plain",
        ];
        let image = Route::Upload(MediaType::Image);
        for route in [Route::Token, Route::Messages, image] {
            assert!(forms.iter().all(|form| !route.takes(form)), "{route:?}");
        }
        assert!(Route::Token.takes("application/json"));
        assert!(!Route::Token.takes("image/jpeg"));
        assert!(image.takes("image/jpeg"));
    }
}
