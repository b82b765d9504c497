//! What the JavaScript runtime offers. Code here tests for features and not for names of runtimes,
//! except where a runtime behaves differently behind the same interface (Deno).

use wasm_bindgen::prelude::*;
use web_sys::EventTarget;

#[wasm_bindgen]
extern "C" {
    /// The global object, as far as this crate asks it.
    #[wasm_bindgen(extends = EventTarget)]
    type Scope;
    #[wasm_bindgen(method, getter, structural)]
    fn document(this: &Scope) -> JsValue;
    #[wasm_bindgen(method, getter, structural)]
    fn location(this: &Scope) -> Option<Location>;
    #[wasm_bindgen(method, getter, structural)]
    fn navigator(this: &Scope) -> Option<Navigator>;
    /// A browser's service worker has one, and no `XMLHttpRequest`.
    #[wasm_bindgen(method, getter, structural)]
    fn registration(this: &Scope) -> JsValue;
    #[wasm_bindgen(method, getter, structural, js_name = XMLHttpRequest)]
    fn xml_http_request(this: &Scope) -> JsValue;
    #[wasm_bindgen(method, getter, structural, js_name = Deno)]
    fn deno(this: &Scope) -> JsValue;

    /// `location`, which is undefined outside of browsers.
    pub type Location;
    #[wasm_bindgen(method, getter, structural)]
    pub fn href(this: &Location) -> String;
    #[wasm_bindgen(method, getter, structural)]
    pub fn origin(this: &Location) -> String;

    /// `navigator`, which servers have in part.
    type Navigator;
    #[wasm_bindgen(method, getter, structural, js_name = onLine)]
    fn on_line(this: &Navigator) -> Option<bool>;
    #[wasm_bindgen(method, getter, structural, js_name = serviceWorker)]
    fn service_worker(this: &Navigator) -> Option<ServiceWorkerContainer>;

    /// `navigator.serviceWorker`.
    type ServiceWorkerContainer;
    #[wasm_bindgen(method, getter, structural)]
    fn controller(this: &ServiceWorkerContainer) -> JsValue;
}

fn scope() -> Scope {
    js_sys::global().unchecked_into()
}

/// The global object, for its events.
pub fn events() -> EventTarget {
    scope().into()
}

/// The address of the page or worker, if it has one.
pub fn location() -> Option<Location> {
    scope().location()
}

/// Whether the runtime has `XMLHttpRequest`: pages and their workers do, and jsdom.
pub fn has_xml_http_request() -> bool {
    scope().xml_http_request().is_function()
}

/// Whether anybody can read what this runtime holds: a page, a worker of a page, or a browser's
/// service worker.
#[cfg(feature = "server")]
pub fn is_browser() -> bool {
    let scope = scope();
    scope.document().is_object() || has_xml_http_request() || scope.registration().is_object()
}

/// Whether the runtime sends a request's body while it is written. Browsers do so over HTTP/2 alone.
#[cfg(feature = "server")]
pub fn streams_request_bodies() -> bool {
    !has_xml_http_request() && !scope().registration().is_object()
}

/// Whether the platform says that it has no network. Servers never say so.
pub fn is_offline() -> bool {
    scope()
        .navigator()
        .and_then(|navigator| navigator.on_line())
        == Some(false)
}

/// Whether a service worker answers the requests of this page.
pub fn has_service_worker_controller() -> bool {
    let container = scope().navigator().and_then(|it| it.service_worker());
    container.is_some_and(|container| container.controller().is_object())
}

/// Whether this is Deno, which repeats a `POST` with a text body by itself when a kept connection was
/// reset.
pub fn is_deno() -> bool {
    scope().deno().is_object()
}
