//! A request that the handler received.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, Url};

use super::origin::OriginHeaders;
use super::rejection::Rejection;
use crate::error::{Failure, Stage};
use crate::header::essence;
use crate::http::incoming::Incoming;
use crate::http::{CallSettings, Deadline, Limit, StreamLike};
use crate::shape::abort_signal;

#[wasm_bindgen]
extern "C" {
    /// A `Request`, by shape: a framework's own class is another one.
    type RequestLike;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn url(this: &RequestLike) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn method(this: &RequestLike) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn headers(this: &RequestLike) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn signal(this: &RequestLike) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch)]
    fn body(this: &RequestLike) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, getter, structural, catch, js_name = bodyUsed)]
    fn body_used(this: &RequestLike) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, structural, catch)]
    fn text(this: &RequestLike) -> Result<JsValue, JsValue>;

    /// The request's `Headers`, by shape.
    type HeadersLike;
    #[wasm_bindgen(method, getter, structural, catch, js_name = get)]
    fn get_method(this: &HeadersLike) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, structural, catch)]
    fn get(this: &HeadersLike, name: &str) -> Result<JsValue, JsValue>;

    /// The body's stream, by shape. Firefox has none.
    type BodyLike;
    #[wasm_bindgen(method, getter, structural, catch, js_name = getReader)]
    fn get_reader_method(this: &BodyLike) -> Result<JsValue, JsValue>;
}

/// Why a body cannot be read, for the app's developer.
const BODY_USED: &str = "the request's body was read before: serve the handler before body parsers \
                         such as express.json()";

/// A request.
pub struct MediaRequest {
    value: JsValue,
    headers: HeadersLike,
    url: Url,
    /// In capitals.
    pub method: String,
    /// Fires when the client is gone, where the runtime tells.
    pub signal: Option<AbortSignal>,
}

impl MediaRequest {
    /// Reads a request, if it is one.
    #[must_use]
    pub fn read(value: &JsValue) -> Option<Self> {
        if !value.is_object() {
            return None;
        }
        let request: &RequestLike = value.unchecked_ref();
        let headers = request.headers().ok().filter(JsValue::is_object)?;
        let headers: HeadersLike = headers.unchecked_into();
        headers.get_method().ok().filter(JsValue::is_function)?;
        Some(Self {
            url: Url::new(&request.url().ok()?.as_string()?).ok()?,
            method: request.method().ok()?.as_string()?,
            signal: request.signal().ok().and_then(abort_signal),
            value: value.clone(),
            headers,
        })
    }

    /// The request itself, for the app's functions.
    #[must_use]
    pub const fn value(&self) -> &JsValue {
        &self.value
    }

    /// The path of its address.
    #[must_use]
    pub fn path(&self) -> String {
        self.url.pathname()
    }

    /// A parameter of its address, or nothing.
    #[must_use]
    pub fn query(&self, name: &str) -> String {
        self.url.search_params().get(name).unwrap_or_default()
    }

    /// A header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        self.headers.get(name).ok()?.as_string()
    }

    /// Its `Content-Type` without parameters, in small letters.
    #[must_use]
    pub fn content_type(&self) -> String {
        let value = self.header("content-type").unwrap_or_default();
        essence(&value).to_ascii_lowercase()
    }

    /// Its `Content-Length`.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        self.header("content-length")?.parse().ok()
    }

    /// What says where the page that calls is from; `called` is [`MediaRequest::own_origin`].
    #[must_use]
    pub fn origin_headers<'a>(&self, called: &'a str) -> OriginHeaders<'a> {
        OriginHeaders {
            origin: self.header("origin"),
            sec_fetch_site: self.header("sec-fetch-site"),
            called,
        }
    }

    /// The origin of its address.
    #[must_use]
    pub fn own_origin(&self) -> String {
        self.url.origin()
    }

    /// Its body, a file of at most `max_bytes`.
    ///
    /// # Errors
    ///
    /// 400 where there is none that can be read.
    pub fn file(&self, call: &CallSettings, max_bytes: u64) -> Result<Incoming, Rejection> {
        let no_body = || Rejection::bad_request(Stage::Upload, "the request has no body to read");
        let body = self.stream(Stage::Upload)?.ok_or_else(no_body)?;
        Incoming::file(Stage::Upload, call, &body, max_bytes).map_err(|_| no_body())
    }

    /// Its body as text of at most `max_bytes`.
    ///
    /// # Errors
    ///
    /// 400 where it is empty, cannot be read or is no UTF-8; 413 where it is longer.
    pub async fn text(
        &self,
        stage: Stage,
        call: &CallSettings,
        max_bytes: u64,
    ) -> Result<String, Rejection> {
        let text = match self.stream(stage)? {
            Some(body) => {
                let body = Incoming::text(stage, call, &body, max_bytes);
                let body = body.map_err(|_| Rejection::bad_request(stage, BODY_USED))?;
                String::from_utf8(body.collect().await?).ok()
            }
            None => self.whole_text(stage, call).await?,
        };
        match text {
            Some(text) if text.len() as u64 > max_bytes => Err(Rejection::too_large(
                stage,
                "the body is longer than allowed",
            )),
            Some(text) if !text.trim().is_empty() => Ok(text),
            Some(_) => Err(Rejection::bad_request(
                stage,
                "the body is empty; if a body parser such as express.json() runs before the handler, \
                 serve the handler first",
            )),
            None => Err(Rejection::bad_request(stage, "the body must be UTF-8")),
        }
    }

    /// The stream of its body, where it has one.
    fn stream(&self, stage: Stage) -> Result<Option<StreamLike>, Rejection> {
        let request: &RequestLike = self.value.unchecked_ref();
        if request.body_used().is_ok_and(|used| used.is_truthy()) {
            return Err(Rejection::bad_request(stage, BODY_USED));
        }
        let Some(body) = request.body().ok().filter(JsValue::is_object) else {
            return Ok(None);
        };
        let method = body.unchecked_ref::<BodyLike>().get_reader_method();
        let streams = method.is_ok_and(|method| method.is_function());
        Ok(streams.then(|| body.unchecked_into()))
    }

    async fn whole_text(
        &self,
        stage: Stage,
        call: &CallSettings,
    ) -> Result<Option<String>, Failure> {
        let deadline = Deadline::new(stage, call)?;
        deadline.start(Limit::Stall, call.stall_timeout);
        let Ok(promise) = self.value.unchecked_ref::<RequestLike>().text() else {
            return Ok(None);
        };
        let text = deadline.wait_for(&Promise::resolve(&promise)).await?;
        Ok(text.ok().and_then(|text| text.as_string()))
    }
}
