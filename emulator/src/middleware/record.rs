//! Records every request of Divar's routes, and subjects its two bodies to the fault it meets.

use std::{sync::Arc, time::Duration};

use axum::{
    Extension,
    body::Body,
    extract::{ConnectInfo, MatchedPath, Request, State},
    http::{HeaderMap, Method},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tokio::time::sleep;

use crate::{
    app::App,
    connection::{
        disconnect::DisconnectGuard, request_body::RequestBody, response_body::CutResponseBody,
        socket::Connection,
    },
    credentials::upload_token,
    faults::{action::FaultAction, fault::Fault},
    route::Route,
    state::{
        record::{Outcome, RequestRecord, RequestStart, Reservation},
        space::Space,
    },
    status::{Refusal, Status},
};

/// Runs a request under its record and its fault.
pub async fn record_request(
    State(app): State<Arc<App>>,
    Extension(space): Extension<Arc<Space>>,
    Extension(start): Extension<RequestStart>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    request: Request,
    next: Next,
) -> Response {
    let record = match add_record(&app, &space, &start, &request) {
        Ok(record) => record,
        Err(status) => return status.into_response(),
    };
    let guard = DisconnectGuard(Arc::clone(&record));
    let action = record.fault().map(|fault| &*fault.action);

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
fn add_record(
    app: &App,
    space: &Arc<Space>,
    start: &RequestStart,
    request: &Request,
) -> Result<Arc<RequestRecord>, Status> {
    let route = Route::of(request.method(), request.extensions().get::<MatchedPath>());
    // A browser's pre-flight comes before the call that the fault is for.
    let is_preflight = request.method() == Method::OPTIONS;
    let fault = if is_preflight {
        None
    } else {
        let token = upload_token(request.headers());
        space.lock().faults.next(route, token)
    };
    let reservation = reserve(app, route, start, request.headers(), fault.as_ref())
        .ok_or_else(|| Status::internal("no memory is left for another request"))?;
    let mut state = space.lock();
    let record = Arc::new(RequestRecord::new(
        state.requests.total() + 1,
        reservation,
        request.method(),
        start,
        route,
        request.headers(),
        fault,
    ));
    state.requests.push(Arc::clone(&record));
    drop(state);
    app.requests.push(space, ());
    Ok(record)
}

/// Reserves the bytes of a record; those of the body only where other requests in progress leave
/// enough.
fn reserve(
    app: &App,
    route: Route,
    start: &RequestStart,
    headers: &HeaderMap,
    fault: Option<&Fault>,
) -> Option<Reservation> {
    let size = RequestRecord::size(start, headers, fault);
    let max_body = RequestRecord::max_body(route, headers);
    if let Some(charge) = app.requests.reserve(size + max_body as u64) {
        return Some(Reservation { charge, max_body });
    }
    let charge = app.requests.reserve(size)?;
    Some(Reservation {
        charge,
        max_body: 0,
    })
}
