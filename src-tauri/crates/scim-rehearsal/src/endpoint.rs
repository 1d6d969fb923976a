use async_trait::async_trait;
use serde_json::Value;

/// How a SCIM endpoint is asked. Whoever answers adds the base URL and the bearer token.
#[async_trait]
pub trait Endpoint: Send + Sync {
    /// Sends one request. Every status is an answer.
    ///
    /// # Errors
    /// When nothing came back in time.
    async fn send(&self, call: &Call) -> Result<Answer, Unreached>;
}

/// The method of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Makes.
    Post,
    /// Replaces.
    Put,
    /// Changes.
    Patch,
    /// Takes away.
    Delete,
}

impl Method {
    /// The word on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// One request.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The method.
    pub method: Method,
    /// Below the base URL, beginning with a slash; ids are encoded in it already.
    pub path: String,
    /// Names and values as they are meant, not encoded; a name without a value is a flag.
    pub query: Vec<(&'static str, Option<String>)>,
    /// The JSON body.
    pub body: Option<Value>,
    /// The media type of the body.
    pub content_type: &'static str,
}

/// What came back.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body where it is JSON; null where it is anything else, or too long to be read.
    pub body: Value,
}

/// Nothing came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreached {
    /// Why, as the network says it.
    pub reason: String,
}

impl Call {
    /// A request without a body.
    pub(crate) fn new(method: Method, path: impl Into<String>) -> Self {
        let content_type = "application/scim+json";
        Self { method, path: path.into(), query: Vec::new(), body: None, content_type }
    }

    /// With a JSON body.
    pub(crate) fn sending(self, body: Value) -> Self {
        Self { body: Some(body), ..self }
    }

    /// With one more parameter.
    pub(crate) fn asking(mut self, name: &'static str, value: impl ToString) -> Self {
        self.query.push((name, Some(value.to_string())));
        self
    }

    /// As it is shown: the method, the path, and what is asked for.
    pub(crate) fn shown(&self) -> String {
        let parameter = |(name, value): &(&str, Option<String>)| match value {
            Some(value) => format!("{name}={value}"),
            None => (*name).to_owned(),
        };
        let query: Vec<String> = self.query.iter().map(parameter).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{} {}{mark}{}", self.method.as_str(), self.path, query.join("&"))
    }
}

impl Answer {
    /// Whether it was taken.
    pub(crate) const fn is_success(&self) -> bool {
        self.status >= 200 && self.status < 300
    }

    /// The status, and what the server says of a refusal.
    pub(crate) fn shown(&self) -> String {
        let detail = if self.is_success() { None } else { self.body["detail"].as_str() };
        match detail {
            Some(detail) => format!("{} ({})", self.status, shortened(detail)),
            None => self.status.to_string(),
        }
    }

    /// The resources of a list answer.
    pub(crate) fn resources(&self) -> &[Value] {
        self.body["Resources"].as_array().map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether it is a list answer of so many in all.
    pub(crate) fn lists(&self, count: u64) -> bool {
        self.status == 200 && self.body["totalResults"].as_u64() == Some(count)
    }
}

/// On one line, and not longer than anybody reads.
fn shortened(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(200).collect()
}
