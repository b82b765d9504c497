//! JSON bodies.

use std::{fmt, marker::PhantomData, sync::Arc};

use axum::{
    body::to_bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, header},
};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, MapAccess, Visitor, value::MapAccessDeserializer},
};
use serde_json::value::RawValue;

use crate::{app::App, status::Status};

/// The largest JSON body in bytes. Divar publishes no limit.
const MAX_JSON: usize = 1_000_000;

/// A JSON body. An empty one is read as an empty object, since Divar's own samples send none.
pub struct JsonBody<T> {
    /// As it was sent.
    pub raw: Box<RawValue>,
    /// As the route reads it.
    pub value: T,
}

impl<T: DeserializeOwned> FromRequest<Arc<App>> for JsonBody<T> {
    type Rejection = Status;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Status> {
        check_content_type(request.headers())?;
        let _permit = app
            .json_kilobytes
            .acquire_many(kilobytes(request.headers()))
            .await
            .map_err(|error| Status::internal(error.to_string()))?;
        let bytes = to_bytes(request.into_body(), MAX_JSON)
            .await
            .map_err(|_| Status::invalid("the body is too large for a message, or was cut off"))?;
        let text: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
        let raw = serde_json::from_slice(text).map_err(|error| not_json(&error))?;
        let mut reader = serde_json::Deserializer::from_slice(text);
        let JsonObject(value) = serde_path_to_error::deserialize(&mut reader)
            .map_err(|error| Status::invalid(format!("the body does not fit: {error}")))?;
        Ok(Self { raw, value })
    }
}

/// A struct that must be an object; a derived `Deserialize` alone takes an array of its fields, too.
#[derive(Debug)]
pub struct JsonObject<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for JsonObject<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor(PhantomData))
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = JsonObject<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<JsonObject<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(JsonObject)
    }
}

/// The thousands of bytes that a body can have.
fn kilobytes(headers: &HeaderMap) -> u32 {
    headers
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<usize>().ok())
        .unwrap_or(MAX_JSON)
        .min(MAX_JSON)
        .div_ceil(1000)
        .try_into()
        .unwrap_or(u32::MAX)
}

fn not_json(error: &serde_json::Error) -> Status {
    Status::invalid(format!("the body is not JSON: {error}"))
}

fn check_content_type(headers: &HeaderMap) -> Result<(), Status> {
    let essence = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .map(str::trim);
    match essence {
        Some(essence) if essence.eq_ignore_ascii_case("application/json") => Ok(()),
        _ => Err(Status::invalid(
            "the body must come with the header Content-Type: application/json",
        )),
    }
}
