//! The app's own server, whose routes a page calls.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;

use crate::error::{Error, Failure, Stage};
use crate::http::{CallSettings, Deadline, Headers, Limit, Redirects};

/// Where the app serves its media routes, and what its requests carry.
#[derive(Clone)]
pub struct Endpoint {
    /// The address that the routes are below, without a slash at its end.
    pub base: String,
    /// Whether that is the page's own origin.
    pub is_same_origin: bool,
    /// The app's own headers: a session's or a CSRF token's. They are sent nowhere else.
    pub headers: EndpointHeaders,
}

/// Headers of the app's own.
#[derive(Clone)]
pub enum EndpointHeaders {
    /// The same for each request.
    Fixed(Headers),
    /// A function that is called for each request.
    Function(Function),
}

impl Endpoint {
    /// Whether a redirect of its may be followed.
    #[must_use]
    pub const fn redirects(&self) -> Redirects {
        if self.is_same_origin {
            Redirects::WithinOrigin
        } else {
            Redirects::Refused
        }
    }

    /// The headers of one request: the app's, and `own`, which replace those of the same name.
    ///
    /// # Errors
    ///
    /// What the app's function throws; `invalid_argument` for what is no headers.
    pub async fn headers(
        &self,
        stage: Stage,
        call: &CallSettings,
        own: &[(&str, &str)],
    ) -> Result<Headers, Failure> {
        let mut headers = match &self.headers {
            EndpointHeaders::Fixed(headers) => headers.clone(),
            EndpointHeaders::Function(function) => ask(function, stage, call).await?,
        };
        headers.retain(|(name, _)| own.iter().all(|(own, _)| !own.eq_ignore_ascii_case(name)));
        headers.extend(
            own.iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        Ok(headers)
    }
}

async fn ask(function: &Function, stage: Stage, call: &CallSettings) -> Result<Headers, Failure> {
    let deadline = Deadline::new(stage, call)?;
    deadline.start(Limit::Answer, call.answer_timeout);
    let given = function
        .call0(&JsValue::UNDEFINED)
        .map_err(Failure::Thrown)?;
    let given = deadline.wait_for(&Promise::resolve(&given)).await?;
    Ok(read_headers(stage, &given.map_err(Failure::Thrown)?)?)
}

/// Reads an object of header names and values.
///
/// # Errors
///
/// `invalid_argument`; no value is quoted.
pub fn read_headers(stage: Stage, given: &JsValue) -> Result<Headers, Error> {
    let refuse = || Error::invalid_argument(stage, "headers must be an object of header values");
    if !given.is_object() {
        return Err(refuse());
    }
    // The platform checks the names and values, and gives them back as pairs.
    let headers = web_sys::Headers::new_with_record_from_str_to_str(given.unchecked_ref());
    let pairs = headers.map_err(|cause| refuse().with_cause(cause))?;
    let read = |pair: JsValue| {
        let pair: Array = pair.unchecked_into();
        Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
    };
    let headers: Option<Headers> = Array::from(&pairs).iter().map(read).collect();
    headers.ok_or_else(refuse)
}
