//! Which of the handler's routes a path is. Pure.

use crate::contract::route::{ENDPOINT_MESSAGES, ENDPOINT_TOKEN};
use crate::error::Stage;
use divar_media::accepted::MediaType;

/// A route below wherever the app serves the handler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// Gives an upload token.
    Token,
    /// Sends a message.
    Messages,
    /// Relays a file of this type.
    Upload(MediaType),
}

impl Route {
    /// The route at the end of a path; `relays` is whether files are relayed.
    #[must_use]
    pub fn of(path: &str, relays: bool) -> Option<Self> {
        if path.ends_with(below(ENDPOINT_TOKEN)) {
            return Some(Self::Token);
        }
        if path.ends_with(below(ENDPOINT_MESSAGES)) {
            return Some(Self::Messages);
        }
        let (before, name) = path.rsplit_once('/')?;
        let media_type = MediaType::from_name(name)?;
        (relays && before.ends_with("/upload")).then_some(Self::Upload(media_type))
    }

    /// The step that it is a part of.
    #[must_use]
    pub const fn stage(self) -> Stage {
        match self {
            Self::Token => Stage::Token,
            Self::Messages => Stage::Message,
            Self::Upload(_) => Stage::Upload,
        }
    }

    /// Whether a body of this type may come. A form of another site's page sends
    /// one of three types without asking first, or none: none of these is taken.
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

/// A route's path below wherever the app serves it.
fn below(route: &str) -> &str {
    route.strip_prefix("{endpoint}").unwrap_or(route)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_route_is_what_the_path_ends_in() {
        assert_eq!(Route::of("/divar/token", false), Some(Route::Token));
        assert_eq!(Route::of("/a/b/messages", false), Some(Route::Messages));
        let upload = Some(Route::Upload(MediaType::Voice));
        assert_eq!(Route::of("/divar/upload/voice", true), upload);
        for path in ["/divar/upload/voice", "/divar/tokens", "/mytoken", "", "/"] {
            assert_eq!(Route::of(path, false), None, "{path}");
        }
        for path in [
            "/divar/upload/",
            "/divar/upload/x",
            "/upload",
            "/download/voice",
        ] {
            assert_eq!(Route::of(path, true), None, "{path}");
        }
    }

    #[test]
    fn no_form_of_another_site_is_taken() {
        let forms = [
            "",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "text/plain",
        ];
        for route in [
            Route::Token,
            Route::Messages,
            Route::Upload(MediaType::Image),
        ] {
            assert!(forms.iter().all(|form| !route.takes(form)), "{route:?}");
        }
        assert!(Route::Token.takes("application/json"));
        assert!(!Route::Token.takes("image/jpeg"));
        assert!(Route::Upload(MediaType::Image).takes("image/jpeg"));
    }
}
