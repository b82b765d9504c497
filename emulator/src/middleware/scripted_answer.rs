//! Answers of faults.

use std::sync::Arc;

use axum::{Extension, extract::Request, middleware::Next, response::Response};

use crate::state::record::RequestRecord;

/// Answers with the fault's own answer where it has one. Runs inside the CORS layer, so that a page
/// can read it.
pub async fn answer_by_fault(
    Extension(record): Extension<Arc<RequestRecord>>,
    request: Request,
    next: Next,
) -> Response {
    match record.fault().and_then(|fault| fault.action.answer()) {
        Some(answer) => answer,
        None => next.run(request).await,
    }
}
