use crate::{Error, ErrorType, ResourceKind};
use serde_json::{Value, json};
use std::collections::HashMap;

/// So many operations may stand in one bulk request.
pub const MAX_BULK_OPERATIONS: usize = 1000;

/// The schema of the answer.
const BULK_RESPONSE: &str = "urn:ietf:params:scim:api:messages:2.0:BulkResponse";

/// How references to resources of the same request begin.
const REFERENCE: &str = "bulkId:";

/// A bulk request (RFC 7644, section 3.7).
#[derive(Debug, Clone, PartialEq)]
pub struct Bulk {
    /// In the order in which they were sent.
    pub operations: Vec<BulkOperation>,
    /// After so many errors nothing more is done; `None` goes on to the end.
    pub fail_on_errors: Option<usize>,
}

/// One operation of a bulk request.
#[derive(Debug, Clone, PartialEq)]
pub struct BulkOperation {
    /// What to do.
    pub method: BulkMethod,
    /// The name that others in the request may use for what this one makes.
    pub bulk_id: Option<String>,
    /// Users or groups.
    pub kind: ResourceKind,
    /// Whose; `None` for a new one.
    pub id: Option<String>,
    /// The version it is based on, as in `If-Match`.
    pub version: Option<String>,
    /// The body.
    pub data: Value,
}

/// What an operation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BulkMethod {
    /// `POST`.
    Post,
    /// `PUT`.
    Put,
    /// `PATCH`.
    Patch,
    /// `DELETE`.
    Delete,
}

impl BulkMethod {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// The ids of what was made so far, by bulkId.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MadeIds(HashMap<String, String>);

impl MadeIds {
    /// Remembers what came of an operation.
    pub fn note(&mut self, operation: &BulkOperation, id: &str) {
        if let Some(bulk_id) = &operation.bulk_id {
            self.0.insert(bulk_id.clone(), id.to_owned());
        }
    }

    /// Puts ids in the place of references. `None` while one of them is not known yet.
    pub fn resolve(&self, operation: &BulkOperation) -> Option<BulkOperation> {
        let mut resolved = operation.clone();
        if let Some(id) = &mut resolved.id {
            self.put(id)?;
        }
        self.put_in(&mut resolved.data)?;
        Some(resolved)
    }

    fn put(&self, text: &mut String) -> Option<()> {
        if let Some(name) = text.strip_prefix(REFERENCE) {
            *text = self.0.get(name)?.clone();
        }
        Some(())
    }

    fn put_in(&self, value: &mut Value) -> Option<()> {
        match value {
            Value::String(text) => self.put(text),
            Value::Array(elements) => elements.iter_mut().try_for_each(|element| self.put_in(element)),
            Value::Object(members) => members.values_mut().try_for_each(|member| self.put_in(member)),
            _ => Some(()),
        }
    }
}

impl Bulk {
    /// Reads a request.
    ///
    /// # Errors
    /// `invalidSyntax` when it is none, 413 above [`MAX_BULK_OPERATIONS`].
    pub fn parse(body: &Value) -> Result<Self, Error> {
        let missing = || Error::new(ErrorType::InvalidSyntax, "the list Operations is missing");
        let operations = member(body, "Operations").and_then(Value::as_array).ok_or_else(missing)?;
        if operations.len() > MAX_BULK_OPERATIONS {
            let detail = format!("at most {MAX_BULK_OPERATIONS} operations are taken in one request");
            return Err(Error::with_status(413, detail));
        }
        let fail_on_errors = match member(body, "failOnErrors") {
            None | Some(Value::Null) => None,
            Some(count) => {
                let count = count.as_u64().filter(|count| *count > 0);
                let invalid = || Error::new(ErrorType::InvalidValue, "failOnErrors has to be a whole number");
                Some(usize::try_from(count.ok_or_else(invalid)?).unwrap_or(usize::MAX))
            }
        };
        let operations = operations.iter().map(BulkOperation::parse).collect::<Result<_, _>>()?;
        Ok(Self { operations, fail_on_errors })
    }
}

impl BulkOperation {
    fn parse(operation: &Value) -> Result<Self, Error> {
        let invalid = |detail: &str| Error::new(ErrorType::InvalidSyntax, detail);
        let text = |name: &str| member(operation, name).and_then(Value::as_str);
        let method = match text("method").map(str::to_ascii_uppercase).as_deref() {
            Some("POST") => BulkMethod::Post,
            Some("PUT") => BulkMethod::Put,
            Some("PATCH") => BulkMethod::Patch,
            Some("DELETE") => BulkMethod::Delete,
            _ => return Err(invalid("method has to be POST, PUT, PATCH or DELETE")),
        };
        let path = text("path").unwrap_or_default();
        let (kind, id) = target(path).ok_or_else(|| invalid("path has to be that of a user or a group"))?;
        if (method == BulkMethod::Post) != id.is_none() {
            return Err(invalid("POST needs the path of an endpoint, everything else that of a resource"));
        }
        let bulk_id = text("bulkId").map(str::to_owned);
        if method == BulkMethod::Post && bulk_id.is_none() {
            return Err(invalid("POST needs a bulkId"));
        }
        let data = member(operation, "data").cloned().unwrap_or(Value::Null);
        Ok(Self { method, bulk_id, kind, id, version: text("version").map(str::to_owned), data })
    }

    /// What is answered to it. `location` is where the resource is, `error` the body of a refusal.
    pub fn answer(
        &self,
        status: u16,
        location: Option<&str>,
        version: Option<&str>,
        error: Option<Value>,
    ) -> Value {
        let mut answer = json!({ "method": self.method.as_str(), "status": status.to_string() });
        let further = [("bulkId", self.bulk_id.as_deref()), ("location", location), ("version", version)];
        for (name, value) in further {
            if let Some(value) = value {
                answer[name] = value.into();
            }
        }
        if let Some(error) = error {
            answer["response"] = error;
        }
        answer
    }
}

/// The whole answer.
pub fn bulk_response(answers: Vec<Value>) -> Value {
    json!({ "schemas": [BULK_RESPONSE], "Operations": answers })
}

fn target(path: &str) -> Option<(ResourceKind, Option<String>)> {
    ResourceKind::ALL.into_iter().find_map(|kind| {
        let rest = path.strip_prefix(kind.endpoint())?;
        match rest.strip_prefix('/') {
            None => rest.is_empty().then_some((kind, None)),
            Some(id) => (!id.is_empty() && !id.contains('/')).then(|| (kind, Some(id.to_owned()))),
        }
    })
}

fn member<'a>(object: &'a Value, name: &str) -> Option<&'a Value> {
    object.as_object()?.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(operations: Value) -> Result<Bulk, Error> {
        Bulk::parse(&json!({ "Operations": operations }))
    }

    #[test]
    fn references_are_put_in_once_they_are_known() {
        let bulk = parsed(json!([
            { "method": "POST", "path": "/Groups", "bulkId": "g", "data": { "members": [{ "value": "bulkId:u" }] } },
            { "method": "post", "path": "/Users", "bulkId": "u", "data": { "userName": "ada" } },
            { "method": "DELETE", "path": "/Users/bulkId:u", "version": "W/\"1\"" }
        ]));
        let operations = bulk.unwrap().operations;
        let mut made = MadeIds::default();
        assert_eq!(made.resolve(&operations[0]), None);
        assert_eq!(made.resolve(&operations[1]).as_ref(), Some(&operations[1]));
        made.note(&operations[1], "7f");
        assert_eq!(made.resolve(&operations[0]).unwrap().data["members"][0]["value"], "7f");
        assert_eq!(made.resolve(&operations[2]).unwrap().id.as_deref(), Some("7f"));
        assert_eq!(operations[2].version.as_deref(), Some("W/\"1\""));
    }

    #[test]
    fn what_is_no_bulk_request_is_refused() {
        for operation in [
            json!({ "method": "GET", "path": "/Users" }),
            json!({ "method": "POST", "path": "/Users" }),
            json!({ "method": "POST", "path": "/Users/1", "bulkId": "a" }),
            json!({ "method": "DELETE", "path": "/Users" }),
            json!({ "method": "DELETE", "path": "/Users/1/2" }),
            json!({ "method": "DELETE", "path": "/Usersx/1" }),
            json!({ "method": "DELETE", "path": "/Things/1" }),
            json!("DELETE"),
        ] {
            let error = parsed(json!([operation])).unwrap_err();
            assert_eq!(error.kind, Some(ErrorType::InvalidSyntax), "{operation}");
        }
        assert!(Bulk::parse(&json!([])).is_err());
        let many = vec![json!({}); MAX_BULK_OPERATIONS + 1];
        assert_eq!(parsed(many.into()).unwrap_err().status, 413);
        let none = Bulk::parse(&json!({ "Operations": [], "failOnErrors": 0 }));
        assert_eq!(none.unwrap_err().kind, Some(ErrorType::InvalidValue));
    }
}
