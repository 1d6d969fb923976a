//! Several operations in one request (RFC 7644, section 3.7). Each is done, or not, by itself.

use super::answer::{Refusal, Sent};
use super::caller::Caller;
use super::conditions::Conditions;
use super::list::ListQuery;
use super::resources::{self, Id, ScimBody};
use super::told;
use crate::Service;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use scim::{Bulk, BulkMethod, BulkOperation, MadeIds, bulk_response};
use serde_json::Value;

/// What came of one operation.
struct Done {
    status: u16,
    id: String,
    version: Option<String>,
}

/// `POST /Bulk`. An operation that refers to a resource made by a later one waits for that; two that wait for each other
/// are refused.
pub(crate) async fn bulk(
    State(service): State<Service>,
    Extension(caller): Extension<Caller>,
    ScimBody(body): ScimBody,
) -> Result<Sent, Refusal> {
    let Bulk { operations, fail_on_errors } = Bulk::parse(&body)?;
    let most = fail_on_errors.unwrap_or(usize::MAX);
    let base = service.inner.view().scim();
    let mut made = MadeIds::default();
    let mut answers: Vec<Option<Value>> = vec![None; operations.len()];
    let mut errors = 0;
    let mut open: Vec<usize> = (0..operations.len()).collect();
    loop {
        let mut waiting = Vec::new();
        let before = open.len();
        for index in open {
            let sent = &operations[index];
            let Some(operation) = made.resolve(sent).filter(|_| errors < most) else {
                waiting.push(index);
                continue;
            };
            let done = perform(&service, &caller, &operation).await;
            if let Ok(done) = &done {
                made.note(sent, &done.id);
            }
            errors += usize::from(done.is_err());
            answers[index] = Some(told(&base, &operation, done));
        }
        open = waiting;
        if open.is_empty() || open.len() == before {
            break;
        }
    }
    for index in open {
        if errors < most {
            let refusal = Refusal::with_status(409, "it refers to a bulkId that nothing is made for");
            answers[index] = Some(told(&base, &operations[index], Err(refusal)));
            errors += 1;
        }
    }
    Ok(Sent::ok(bulk_response(answers.into_iter().flatten().collect())))
}

async fn perform(service: &Service, caller: &Caller, operation: &BulkOperation) -> Result<Done, Refusal> {
    let method = operation.method.as_str();
    let caller = caller.within(told::operation(method, operation.kind.endpoint(), operation.id.as_deref()));
    caller.sent(&operation.data);
    let done = send(service, &caller, operation).await;
    if let Err(refusal) = &done {
        let (status, kind) = refusal.told();
        caller.answered(service, status, kind);
    }
    done
}

async fn send(service: &Service, caller: &Caller, operation: &BulkOperation) -> Result<Done, Refusal> {
    let (service, caller) = (State(service.clone()), Extension(caller.clone()));
    let (kind, body) = (operation.kind, ScimBody(operation.data.clone()));
    let id = operation.id.clone().unwrap_or_default();
    let based_on = Conditions::based_on(operation.version.clone());
    let sent = match operation.method {
        BulkMethod::Post => resources::create(kind, service, caller, ListQuery::default(), body).await?,
        BulkMethod::Put => {
            resources::replace(kind, service, caller, Id(id), (based_on, ListQuery::default()), body).await?
        }
        BulkMethod::Patch => {
            resources::patch(kind, service, caller, Id(id), (based_on, ListQuery::default()), body).await?
        }
        BulkMethod::Delete => {
            resources::delete(kind, service, caller, Id(id.clone()), based_on).await?;
            return Ok(Done { status: StatusCode::NO_CONTENT.as_u16(), id, version: None });
        }
    };
    let (status, id, version) = sent.into_parts();
    Ok(Done { status, id, version })
}

fn told(base: &str, operation: &BulkOperation, done: Result<Done, Refusal>) -> Value {
    let location = |id: &str| format!("{base}{}/{id}", operation.kind.endpoint());
    match done {
        Ok(done) => operation.answer(done.status, Some(&location(&done.id)), done.version.as_deref(), None),
        Err(refusal) => {
            let location = operation.id.as_deref().map(location);
            let (status, body) = refusal.into_parts();
            operation.answer(status, location.as_deref(), None, Some(body))
        }
    }
}
