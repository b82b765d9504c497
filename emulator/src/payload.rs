//! What requests carry besides their file: a JSON body, an id in the path.

use std::{fmt, marker::PhantomData};

use axum::{
    body::to_bytes,
    extract::{FromRequest, FromRequestParts, Path, Request},
    http::{HeaderMap, header, request::Parts},
};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, MapAccess, Visitor, value::MapAccessDeserializer},
};
use serde_json::Value;

use crate::{inbound::LARGEST_JSON, status::Status};

/// A JSON body: as it came, and as the route understands it.
///
/// An empty body is an empty object, as it is to Divar's gateway.
pub struct Payload<T> {
    /// As it came.
    pub raw: Value,
    /// As the route understands it.
    pub body: T,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Payload<T> {
    type Rejection = Status;

    async fn from_request(request: Request, _: &S) -> Result<Self, Status> {
        check_content_type(request.headers())?;
        let bytes = to_bytes(request.into_body(), LARGEST_JSON)
            .await
            .map_err(|_| Status::invalid("the body is too large for a message, or was cut off"))?;
        let text: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
        let raw = serde_json::from_slice(text).map_err(|error| not_json(&error))?;
        let mut reader = serde_json::Deserializer::from_slice(text);
        let Object(body) = serde_path_to_error::deserialize(&mut reader)
            .map_err(|error| Status::invalid(format!("the body does not fit: {error}")))?;
        Ok(Self { raw, body })
    }
}

/// A struct that is written as an object; by itself serde takes a list of its fields as well.
#[derive(Debug)]
pub struct Object<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor(PhantomData))
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = Object<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Object<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Object)
    }
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

/// The id in a path, percent-decoded: `6Gq%2Bm%2FD7%3D` is `6Gq+m/D7=`.
pub struct Id(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Status;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Status> {
        match Path::<String>::from_request_parts(parts, state).await {
            Ok(Path(id)) if !id.is_empty() => Ok(Self(id)),
            Ok(_) => Err(Status::invalid("the id in the path is empty")),
            Err(error) => Err(Status::invalid(format!(
                "the id in the path cannot be read: {}",
                error.body_text()
            ))),
        }
    }
}
