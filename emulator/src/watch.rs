//! What happens around every one of Divar's routes: the journal, and the scripted faults.

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
    auth,
    fault::Act,
    inbound::Inbound,
    journal::{Outcome, Record, Route, Unanswered},
    outbound::Outbound,
    space::{Arrival, Space},
    status::Refusal,
    wire::Wire,
};

/// Writes a request into its space's journal, and makes its two bodies obey the fault it meets.
pub async fn observe(
    Extension(space): Extension<Arc<Space>>,
    Extension(arrival): Extension<Arrival>,
    ConnectInfo(wire): ConnectInfo<Wire>,
    request: Request,
    next: Next,
) -> Response {
    let record = enroll(&space, &arrival, &request);
    let unanswered = Unanswered(Arc::clone(&record));
    let act = record.fault().map(|fault| &fault.act);

    let (mut parts, body) = request.into_parts();
    let inbound = Inbound::new(body, Arc::clone(&record), wire.clone(), act);
    parts.extensions.insert(inbound.clone());
    parts.extensions.insert(Arc::clone(&record));
    let request = Request::from_parts(parts, Body::new(inbound.clone()));

    let response = next.run(request).await;
    inbound.linger().await;
    if let Some(Act::Delay { ms }) = act {
        sleep(Duration::from_millis(*ms)).await;
    }
    if let Some(Refusal(why)) = response.extensions().get() {
        record.refuse(why.clone());
    }
    if let Some(Act::ResetAccepted {}) = act {
        record.settle(Outcome::Reset);
        wire.reset();
    }
    let status = response.status();
    response.map(|body| match Outbound::cut(body, unanswered, wire, act) {
        Ok(cut) => Body::new(cut),
        Err((whole, _unanswered)) => {
            record.settle(Outcome::Answered(status.as_u16()));
            whole
        }
    })
}

/// Enters a request into the journal, with the fault that waits for it.
fn enroll(space: &Space, arrival: &Arrival, request: &Request) -> Arc<Record> {
    let route = Route::of(request.method(), request.extensions().get::<MatchedPath>());
    let token = auth::upload_token(request.headers());
    let mut known = space.lock();
    // A browser asks by OPTIONS before it calls; the fault is for the call.
    let pre_flight = request.method() == Method::OPTIONS;
    let fault = (!pre_flight)
        .then(|| known.next_fault(route, token))
        .flatten();
    let record = Arc::new(Record::new(
        known.requests.len() + 1,
        request.method(),
        arrival,
        route,
        request.headers(),
        fault,
    ));
    known.requests.push(Arc::clone(&record));
    record
}

/// Gives the scripted answer in place of the real one, where the fault has one. Stands inside the
/// cross-origin layer, so that a page can read it.
pub async fn script(
    Extension(record): Extension<Arc<Record>>,
    request: Request,
    next: Next,
) -> Response {
    let scripted = record.fault().and_then(|fault| fault.act.answer());
    match scripted {
        Some(answer) => answer,
        None => next.run(request).await,
    }
}
