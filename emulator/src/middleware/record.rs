//! Records every request of Divar's routes, and subjects its two bodies to the fault it meets.

use std::{sync::Arc, time::Duration};

use axum::{
    Extension,
    body::Body,
    extract::{ConnectInfo, MatchedPath, Request},
    http::Method,
    middleware::Next,
    response::Response,
};
use tokio::time::sleep;

use crate::{
    connection::{
        disconnect::DisconnectGuard, request_body::RequestBody, response_body::CutResponseBody,
        socket::Connection,
    },
    credentials::upload_token,
    faults::action::FaultAction,
    route::Route,
    state::{
        record::{Outcome, RequestRecord, RequestStart},
        space::Space,
    },
    status::Refusal,
};

/// Runs a request under its record and its fault.
pub async fn record_request(
    Extension(space): Extension<Arc<Space>>,
    Extension(start): Extension<RequestStart>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    request: Request,
    next: Next,
) -> Response {
    let record = add_record(&space, &start, &request);
    let guard = DisconnectGuard(Arc::clone(&record));
    let action = record.fault().map(|fault| &fault.action);

    let (mut parts, body) = request.into_parts();
    let body = RequestBody::new(body, Arc::clone(&record), connection.clone(), action);
    parts.extensions.insert(body.clone());
    parts.extensions.insert(Arc::clone(&record));
    let request = Request::from_parts(parts, Body::new(body.clone()));

    let response = next.run(request).await;
    body.drain().await;
    if let Some(FaultAction::Delay { ms }) = action {
        sleep(Duration::from_millis(*ms)).await;
    }
    if let Some(Refusal(why)) = response.extensions().get() {
        record.set_refused(why.clone());
    }
    if let Some(FaultAction::ResetAccepted {}) = action {
        record.finish(Outcome::Reset);
        connection.reset();
    }
    let status = response.status();
    response.map(
        |body| match CutResponseBody::new(body, guard, connection, action) {
            Ok(cut) => Body::new(cut),
            Err((whole, _guard)) => {
                record.finish(Outcome::Answered(status.as_u16()));
                whole
            }
        },
    )
}

/// Adds a request to its space, with the fault that it meets.
fn add_record(space: &Space, start: &RequestStart, request: &Request) -> Arc<RequestRecord> {
    let route = Route::of(request.method(), request.extensions().get::<MatchedPath>());
    let token = upload_token(request.headers());
    let mut state = space.lock();
    // A browser's pre-flight comes before the call that the fault is for.
    let is_preflight = request.method() == Method::OPTIONS;
    let fault = if is_preflight {
        None
    } else {
        state.faults.next(route, token)
    };
    let record = Arc::new(RequestRecord::new(
        state.requests.len() + 1,
        request.method(),
        start,
        route,
        request.headers(),
        fault,
    ));
    state.requests.push(Arc::clone(&record));
    record
}
