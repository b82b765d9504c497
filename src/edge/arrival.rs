//! A request that the handler got.

use js_sys::{Function, JSON};
use wasm_bindgen::prelude::*;
use web_sys::{Headers, ReadableStream, Url};

use super::reply::Problem;
use crate::error::{Failure, Stage};
use crate::js;
use crate::net::gate::Gate;
use crate::net::incoming::Incoming;
use crate::net::reader::Reader;
use crate::work::Work;

/// A request. It is looked at by shape: a framework's own class will do.
pub struct Arrival {
    request: JsValue,
    url: Url,
    headers: Headers,
}

/// Where the page that calls came from.
pub enum Origin {
    /// The handler's own origin, or no page.
    Own,
    /// Another one that may call.
    Allowed(String),
    /// Another one that may not.
    Foreign,
}

impl Arrival {
    /// Reads a request, if it is one.
    pub fn read(request: &JsValue) -> Option<Self> {
        let headers = js::try_get(request, "headers").ok()?;
        js::try_get(&headers, "get").ok()?.dyn_ref::<Function>()?;
        Some(Self {
            request: request.clone(),
            url: Url::new(&js::try_text(request, "url")).ok()?,
            headers: headers.unchecked_into(),
        })
    }

    /// The request itself.
    pub fn request(&self) -> &JsValue {
        &self.request
    }

    /// Its method, in capitals.
    pub fn method(&self) -> String {
        js::try_text(&self.request, "method")
    }

    /// The path of its address.
    pub fn path(&self) -> String {
        self.url.pathname()
    }

    /// What its address asks under `name`, or nothing.
    pub fn query(&self, name: &str) -> String {
        self.url.search_params().get(name).unwrap_or_default()
    }

    /// Its `Content-Type` without parameters, in small letters.
    pub fn content_type(&self) -> String {
        let value = self.header("content-type").unwrap_or_default();
        let essence = value.split(';').next().unwrap_or_default();
        essence.trim().to_ascii_lowercase()
    }

    /// Its `Content-Length`, if it told one.
    pub fn content_length(&self) -> Option<u64> {
        self.header("content-length")?.parse().ok()
    }

    /// Its signal, where the runtime gives it one.
    pub fn signal(&self) -> JsValue {
        let signal = js::try_get(&self.request, "signal").unwrap_or_default();
        if js::is_a(&signal, "AbortSignal") {
            signal
        } else {
            JsValue::UNDEFINED
        }
    }

    /// Where the page that sent it came from. Browsers tell that in
    /// `Sec-Fetch-Site`, which no page can set; behind a proxy the request's own
    /// address is another than the page's. Older ones send `Origin` alone, and
    /// what is no browser neither.
    pub fn origin(&self, allowed: &[String]) -> Origin {
        let site = self.header("sec-fetch-site");
        match (self.header("origin"), site.as_deref()) {
            (_, Some("same-origin" | "none")) | (None, None) => Origin::Own,
            (Some(origin), _) if origin == self.url.origin() => Origin::Own,
            (Some(origin), _) if allowed.contains(&origin) => Origin::Allowed(origin),
            _ => Origin::Foreign,
        }
    }

    /// Its body, a file's, of which at most so many bytes may come.
    ///
    /// # Errors
    ///
    /// 400 where there is none, or it was read already.
    pub fn file(&self, stage: Stage, work: &Work, most: u64) -> Result<Incoming, Problem> {
        let reader = self.reader(stage, Reader::long)?;
        Ok(Incoming::new(stage, work, reader, most))
    }

    fn reader(
        &self,
        stage: Stage,
        make: fn(&ReadableStream) -> Result<Reader, JsValue>,
    ) -> Result<Reader, Problem> {
        let refuse = || Problem::refused(400, stage, "the request has no body to read");
        if !self.streams() {
            return Err(refuse());
        }
        let body = js::try_get(&self.request, "body").map_err(|_| refuse())?;
        make(body.unchecked_ref()).map_err(|_| refuse())
    }

    /// Whether its body comes as a stream; in Firefox none does.
    fn streams(&self) -> bool {
        js::try_get(&self.request, "body")
            .and_then(|body| js::try_get(&body, "getReader"))
            .is_ok_and(|method| method.is_function())
    }

    /// Its body all at once.
    async fn text(&self, work: &Work) -> Result<Option<String>, Failure> {
        let text = js::try_get(&self.request, "text").unwrap_or_default();
        let Some(text) = text.dyn_ref::<Function>() else {
            return Ok(None);
        };
        let gate = Gate::new(work);
        gate.begin_stall();
        let promise = text.call0(&self.request).map_err(Failure::Theirs)?;
        let text = gate.settled(&promise).await?;
        Ok(text.ok().and_then(|text| text.as_string()))
    }

    /// Its body as a JSON object of at most so many bytes.
    ///
    /// # Errors
    ///
    /// 400 for anything else, 413 for a longer one.
    pub async fn json(&self, stage: Stage, work: &Work, most: u64) -> Result<JsValue, Problem> {
        let text = if self.streams() {
            let reader = self.reader(stage, Reader::short)?;
            let bytes = Incoming::new(stage, work, reader, most).whole().await?;
            String::from_utf8(bytes).ok()
        } else {
            self.text(work).await?
        };
        let text = text.unwrap_or_default();
        if text.len() as u64 > most {
            return Err(Problem::refused(
                413,
                stage,
                "the body is longer than is taken",
            ));
        }
        let json = JSON::parse(&text).ok();
        json.filter(JsValue::is_object)
            .ok_or_else(|| Problem::refused(400, stage, "the body must be a JSON object"))
    }

    fn header(&self, name: &str) -> Option<String> {
        self.headers.get(name).ok().flatten()
    }
}
