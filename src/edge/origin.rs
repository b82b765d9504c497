//! Where the page that calls is from. Pure.

use super::config::OriginPolicy;

/// The `Origin` of pages whose origin is opaque, such as sandboxed frames.
const OPAQUE: &str = "null";

/// Where a call comes from.
#[derive(Debug, PartialEq, Eq)]
pub enum CallOrigin {
    /// The handler's own origin, or no page at all.
    Own,
    /// Another origin that may call.
    Allowed(String),
    /// Another origin that may not.
    Foreign,
}

/// The headers that say it, and the address that was called.
pub struct OriginHeaders<'a> {
    /// `Origin`.
    pub origin: Option<String>,
    /// `Sec-Fetch-Site`, which no page can set. Browsers send it over https and to this machine alone;
    /// Safari does since 16.4.
    pub sec_fetch_site: Option<String>,
    /// The origin of the address that was called. Behind a proxy the page's is another.
    pub called: &'a str,
}

impl OriginPolicy {
    /// Judges a call.
    #[must_use]
    pub fn judge(&self, headers: OriginHeaders) -> CallOrigin {
        match (headers.origin, headers.sec_fetch_site.as_deref()) {
            (_, Some("same-origin" | "none")) | (None, None) => CallOrigin::Own,
            (Some(origin), _) if origin == headers.called => CallOrigin::Own,
            (Some(origin), _) if self.allows(&origin) => CallOrigin::Allowed(origin),
            _ => CallOrigin::Foreign,
        }
    }

    fn allows(&self, origin: &str) -> bool {
        if origin == OPAQUE {
            self.allow_opaque
        } else {
            self.allowed.iter().any(|allowed| allowed == origin)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(origin: Option<&str>, site: Option<&str>, allow_opaque: bool) -> CallOrigin {
        let policy = OriginPolicy {
            allowed: vec!["https://other.example".to_owned()],
            allow_opaque,
        };
        policy.judge(OriginHeaders {
            origin: origin.map(str::to_owned),
            sec_fetch_site: site.map(str::to_owned),
            called: "https://app.example",
        })
    }

    #[test]
    fn believes_the_browser_that_a_call_is_of_the_same_origin() {
        let proxied = judged(Some("https://shown.example"), Some("same-origin"), false);
        assert_eq!(proxied, CallOrigin::Own);
        assert_eq!(judged(None, None, false), CallOrigin::Own);
        assert_eq!(
            judged(Some("https://app.example"), None, false),
            CallOrigin::Own
        );
    }

    #[test]
    fn lets_in_listed_origins_alone() {
        let other = "https://other.example";
        let allowed = CallOrigin::Allowed(other.to_owned());
        assert_eq!(judged(Some(other), Some("cross-site"), false), allowed);
        for origin in ["https://evil.example", "null"] {
            assert_eq!(judged(Some(origin), None, false), CallOrigin::Foreign);
        }
        assert_eq!(judged(None, Some("cross-site"), false), CallOrigin::Foreign);
    }

    #[test]
    fn lets_in_opaque_origins_only_when_asked_to() {
        let opaque = CallOrigin::Allowed("null".to_owned());
        assert_eq!(judged(Some("null"), None, true), opaque);
    }
}
