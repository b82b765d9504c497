//! Who may use the routes under `/__emulator/`.

use divar_emulator::{Config, StartError, start};
use reqwest::{Method, Response, header::HeaderName};
use serde_json::json;

use crate::support::{Emulator, png, refused};

/// Every route with a method that it has.
const ROUTES: [(&str, &str); 9] = [
    ("GET", "/__emulator/"),
    ("GET", "/__emulator/requests"),
    ("GET", "/@s/__emulator/messages"),
    ("GET", "/__emulator/settings"),
    ("PUT", "/__emulator/settings"),
    ("GET", "/__emulator/faults"),
    ("POST", "/__emulator/faults"),
    ("DELETE", "/__emulator/faults"),
    ("DELETE", "/@s/__emulator"),
];

/// A request with these headers, and JSON that every route takes.
async fn send(emulator: &Emulator, route: (&str, &str), headers: &[(&str, &str)]) -> Response {
    let method: Method = route.0.parse().expect("a method");
    let mut request = emulator.http.request(method, emulator.url(route.1));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let body = match route {
        ("POST", _) => json!({ "faults": [] }),
        _ => json!({}),
    };
    request.json(&body).send().await.expect("an answer")
}

async fn preflight(emulator: &Emulator, path: &str, method: &str, origin: &str) -> Response {
    let request = emulator
        .http
        .request(Method::OPTIONS, emulator.url(path))
        .header("origin", origin)
        .header("access-control-request-method", method)
        .header("access-control-request-headers", "content-type")
        .header("access-control-request-private-network", "true");
    request.send().await.expect("an answer")
}

#[tokio::test]
async fn tools_own_pages_and_pages_of_this_machine_may_use_every_route() {
    let emulator = Emulator::start().await;
    let own = emulator.base.clone();
    for origin in [
        None,
        Some(own.as_str()),
        Some("http://127.0.0.1:8787"),
        Some("http://127.7.7.7"),
        Some("http://localhost:3000"),
        Some("https://localhost"),
        Some("http://app.localhost:3000"),
        Some("http://[::1]:3000"),
    ] {
        for route in ROUTES {
            let headers: Vec<_> = origin
                .map(|origin| ("origin", origin))
                .into_iter()
                .collect();
            let answer = send(&emulator, route, &headers).await;
            assert!(answer.status().is_success(), "{route:?} {origin:?}");
            if let Some(origin) = origin {
                let allowed = &answer.headers()["access-control-allow-origin"];
                assert_eq!(allowed, origin, "{route:?}");
                let vary = answer.headers()["vary"].to_str().expect("text");
                assert!(vary.contains("origin"), "{route:?}: {vary}");
                let asked = preflight(&emulator, route.1, route.0, origin).await;
                assert!(asked.status().is_success(), "{route:?} {origin}");
                let headers = asked.headers();
                assert_eq!(headers["access-control-allow-origin"], origin);
                assert_eq!(headers["access-control-allow-methods"], route.0);
                assert_eq!(headers["access-control-allow-headers"], "content-type");
            }
        }
    }
}

#[tokio::test]
async fn pages_of_other_origins_are_refused_on_every_route() {
    let emulator = Emulator::start().await;
    let media = emulator.media("image", "a.png", &png()).await;
    let file = format!("/__emulator/files/{media}");
    for origin in [
        "https://evil.example",
        "https://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "http://localhost@evil.example",
        "http://127.0.0.1:80/",
        "http://192.168.1.5:8787",
        "null",
        "",
        "file://",
        "chrome-extension://abcdefghijklmnop",
    ] {
        for route in ROUTES.into_iter().chain([("GET", file.as_str())]) {
            let answer = send(&emulator, route, &[("origin", origin)]).await;
            let headers = answer.headers().clone();
            refused(answer, 403, 7).await;
            let asked = preflight(&emulator, route.1, route.0, origin).await;
            assert_eq!(asked.status(), 403, "{route:?} {origin}");
            for headers in [&headers, asked.headers()] {
                let names: Vec<_> = headers.keys().map(HeaderName::as_str).collect();
                let cors = names.iter().any(|name| name.starts_with("access-control-"));
                assert!(!cors, "{route:?} {origin}: {names:?}");
            }
        }
    }
    // Nothing was changed or forgotten.
    let served = emulator.get(&file).send().await.expect("an answer");
    assert_eq!(served.bytes().await.expect("bytes"), png());
}

/// An image of another site's page carries no `Origin`, and the page cannot read it.
#[tokio::test]
async fn a_file_is_shown_in_any_page() {
    let emulator = Emulator::start().await;
    let media = emulator.media("image", "a.png", &png()).await;
    let request = emulator
        .get(&format!("/__emulator/files/{media}"))
        .header("sec-fetch-site", "cross-site")
        .header("sec-fetch-mode", "no-cors");
    assert_eq!(request.send().await.expect("an answer").status(), 200);
}

#[tokio::test]
async fn changes_that_a_page_can_send_without_a_preflight_are_refused() {
    let emulator = Emulator::start().await;
    let faults = r#"{"faults":[{"reset_accepted":{}}]}"#;
    for content_type in [
        None,
        Some("text/plain"),
        Some("application/x-www-form-urlencoded"),
        Some("multipart/form-data; boundary=x"),
    ] {
        let mut request = emulator.http.post(emulator.url("/__emulator/faults"));
        if let Some(content_type) = content_type {
            request = request.header("content-type", content_type);
        }
        let answer = request.body(faults).send().await.expect("an answer");
        refused(answer, 400, 3).await;
    }
    assert!(emulator.faults().await.expect("faults").is_empty());
    for path in ["/__emulator", "/__emulator/settings"] {
        let answer = emulator.http.post(emulator.url(path)).json(&json!({}));
        assert_eq!(answer.send().await.expect("an answer").status(), 405);
    }
}

/// A web site whose name leads to this machine makes its page the emulator's own (DNS rebinding).
#[tokio::test]
async fn a_public_host_name_is_refused() {
    let emulator = Emulator::with(Config {
        allowed_origins: vec!["https://tunnel.example".to_owned()],
        ..Config::default()
    })
    .await;
    for (host, status) in [
        ("evil.example:9310", 403),
        ("localhost.evil.example", 403),
        ("127.0.0.1.evil.example", 403),
        ("localhost:9310", 200),
        ("emulator:9310", 200),
        ("192.168.1.5:9310", 200),
        ("10.0.2.2:9310", 200),
        ("[::1]:9310", 200),
        ("host.docker.internal:9310", 200),
        ("emulator.local", 200),
        ("tunnel.example", 200),
    ] {
        for route in [("GET", "/__emulator/requests"), ("DELETE", "/__emulator")] {
            let answer = send(&emulator, route, &[("host", host)]).await;
            assert_eq!(answer.status().is_success(), status == 200, "{host}");
            let own = format!("http://{host}");
            let answer = send(&emulator, route, &[("host", host), ("origin", &own)]).await;
            assert_eq!(answer.status().is_success(), status == 200, "{host}");
        }
    }
}

#[tokio::test]
async fn origins_can_be_allowed_at_start() {
    let allowed = [
        "https://app.example",
        "http://192.168.1.5:8787",
        "null",
        "chrome-extension://abcdefghijklmnop",
    ];
    let emulator = Emulator::with(Config {
        allowed_origins: allowed.map(str::to_owned).to_vec(),
        ..Config::default()
    })
    .await;
    for origin in allowed {
        for route in ROUTES {
            let answer = send(&emulator, route, &[("origin", origin)]).await;
            assert!(answer.status().is_success(), "{route:?} {origin}");
            assert_eq!(answer.headers()["access-control-allow-origin"], origin);
        }
    }
    for origin in [
        "http://app.example",
        "https://app.example:444",
        "https://a.app.example",
    ] {
        let answer = send(&emulator, ROUTES[0], &[("origin", origin)]).await;
        refused(answer, 403, 7).await;
    }
}

#[tokio::test]
async fn an_allowed_origin_must_be_written_as_browsers_send_it() {
    for origin in [
        "*",
        "",
        "app.example",
        "https://app.example/",
        "https://APP.example",
        "https://app.example:443",
        "https://app.example/path",
        "https://user@app.example",
        "file://",
    ] {
        let error = start(Config {
            listen: "127.0.0.1:0".to_owned(),
            allowed_origins: vec![origin.to_owned()],
            ..Config::default()
        })
        .await
        .expect_err(origin);
        assert!(matches!(error, StartError::Settings(_)), "{error}");
        assert!(
            error.to_string().contains(&format!("{origin:?}")),
            "{error}"
        );
    }
}
