//! A scripted fault and the requests that it is for.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{faults::action::FaultAction, route::Route};

/// One scripted fault: which requests it is for, how many of them, and what happens to them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Map<String, Value>")]
pub struct Fault {
    on: RouteFilter,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    times: u32,
    /// What happens.
    #[serde(flatten)]
    pub action: Arc<FaultAction>,
}

/// The routes that a fault is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RouteFilter {
    Token,
    Upload,
    Message,
    Conversation,
    Other,
    Any,
}

impl TryFrom<Map<String, Value>> for Fault {
    type Error = String;

    fn try_from(mut spec: Map<String, Value>) -> Result<Self, String> {
        let on = take(&mut spec, "on")?;
        let token = take(&mut spec, "token")?;
        let times = take(&mut spec, "times")?.unwrap_or(1);
        let action: FaultAction = serde_json::from_value(Value::Object(spec)).map_err(|error| {
            format!("beside \"on\", \"token\" and \"times\" a fault has exactly one key: {error}")
        })?;
        let on = on.unwrap_or(if token.is_some() {
            RouteFilter::Upload
        } else {
            RouteFilter::Any
        });
        let fault = Self {
            on,
            token,
            times,
            action: Arc::new(action),
        };
        fault.check().map(|()| fault)
    }
}

fn take<T: serde::de::DeserializeOwned>(
    spec: &mut Map<String, Value>,
    key: &str,
) -> Result<Option<T>, String> {
    spec.remove(key)
        .map(|value| serde_json::from_value(value).map_err(|error| format!("\"{key}\": {error}")))
        .transpose()
}

impl Fault {
    fn check(&self) -> Result<(), String> {
        if self.times == 0 {
            return Err("\"times\" is how many requests meet the fault: 1 or more".to_owned());
        }
        if self.token.is_some() && self.on != RouteFilter::Upload {
            return Err("\"token\" names an upload token, so \"on\" can only be \"upload\"".into());
        }
        self.action.check()
    }

    /// The bytes that the fault takes, about.
    pub fn size(&self) -> u64 {
        let token = self.token.as_ref().map_or(0, String::len);
        (size_of::<Self>() + token) as u64 + self.action.size()
    }

    /// Whether a request on `route` with this upload token meets the fault.
    pub fn matches(&self, route: Route, token: Option<&str>) -> bool {
        let on_route = match self.on {
            RouteFilter::Any => route != Route::Other,
            RouteFilter::Token => route == Route::Token,
            RouteFilter::Upload => route == Route::Upload,
            RouteFilter::Message => route == Route::Message,
            RouteFilter::Conversation => route == Route::Conversation,
            RouteFilter::Other => route == Route::Other,
        };
        on_route && (self.token.is_none() || self.token.as_deref() == token)
    }

    /// Counts one request that met the fault; `false` when it was the last.
    pub fn use_once(&mut self) -> bool {
        self.times -= 1;
        self.times > 0
    }
}
