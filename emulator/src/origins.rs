//! Who may use the routes under `/__emulator/`: tools, the emulator's own pages, pages of this
//! machine, and the origins that were allowed at start.

use std::net::Ipv4Addr;

use axum::http::{HeaderMap, header, uri::Authority};
use url::{Host, Url};

/// Top-level domains that nobody can register (RFC 6761, RFC 6762, and ICANN's `.internal`), so no
/// web site can point a name under them at this machine.
const PRIVATE_DOMAINS: [&str; 4] = [".internal", ".local", ".localhost", ".test"];

/// The origins that were allowed at start, beside those of this machine.
pub struct AllowedOrigins(Vec<String>);

impl AllowedOrigins {
    /// Checks that each is written as browsers send it, such as `https://app.example:8443`, or is
    /// `null`.
    ///
    /// # Errors
    ///
    /// A sentence that names the one that is not.
    pub fn new(origins: Vec<String>) -> Result<Self, String> {
        match origins.iter().find(|origin| !is_origin(origin)) {
            Some(wrong) => Err(format!(
                "{wrong:?} is no origin: give scheme, host and port, as in https://app.example:8443"
            )),
            None => Ok(Self(origins)),
        }
    }

    /// Checks the headers `Host` and `Origin`.
    ///
    /// # Errors
    ///
    /// A sentence that says which of them is refused.
    pub fn check(&self, headers: &HeaderMap) -> Result<(), &'static str> {
        let host = headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok()?.parse::<Authority>().ok());
        if host.as_ref().is_some_and(|host| !self.allows_host(host)) {
            return Err(
                "the host is a name that a web site could have: use an IP address or localhost, or \
                 allow it at start with --allow-origin",
            );
        }
        let Some(origin) = headers.get(header::ORIGIN) else {
            return Ok(());
        };
        if self.allows_origin(origin.to_str().unwrap_or_default(), host.as_ref()) {
            return Ok(());
        }
        Err("pages of this origin may not use /__emulator/: allow it at start with --allow-origin")
    }

    /// Whether the emulator can have this name. A web site that resolves its own name to this
    /// machine (DNS rebinding) makes its page the emulator's own.
    fn allows_host(&self, host: &Authority) -> bool {
        let name = host.host().trim_end_matches('.').to_ascii_lowercase();
        let is_address = name.starts_with('[') || name.parse::<Ipv4Addr>().is_ok();
        is_address
            || !name.contains('.')
            || PRIVATE_DOMAINS.iter().any(|domain| name.ends_with(domain))
            || self.0.iter().any(|origin| {
                Url::parse(origin).is_ok_and(|url| url.host_str() == Some(name.as_str()))
            })
    }

    fn allows_origin(&self, origin: &str, host: Option<&Authority>) -> bool {
        if self.0.iter().any(|allowed| allowed == origin) {
            return true;
        }
        let Ok(url) = Url::parse(origin) else {
            return false;
        };
        let is_own = || {
            let authority = origin.split_once("://").map(|(_, authority)| authority);
            host.is_some_and(|host| authority == Some(host.as_str()))
        };
        is_origin(origin) && (url.host().is_some_and(|host| is_loopback(&host)) || is_own())
    }
}

/// Whether `origin` is written as browsers write the header `Origin`.
fn is_origin(origin: &str) -> bool {
    origin == "null"
        || Url::parse(origin).is_ok_and(|url| {
            url.has_host()
                && (url.origin().ascii_serialization() == origin
                    // Such as chrome-extension://, whose origins the URL standard calls opaque.
                    || (!url.is_special() && url.as_str() == origin && url.path().is_empty()))
        })
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost" || name.ends_with(".localhost"),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}
