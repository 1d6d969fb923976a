use crate::client::{Polis, read};
use crate::directory::Data;
use crate::trouble::Trouble;
use reqwest::Method;
use serde::Deserialize;
use vocabulary::Timestamp;

/// So many traces are asked for at once; Polis gives no more.
const PAGE: usize = 50;

/// So many pages are read at the most.
const PAGES: usize = 20;

/// A sign-in that failed, as Polis wrote it down. Polis keeps it for a week, and writes down none that went well.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Trace {
    /// What Polis calls it: three words.
    #[serde(rename = "traceId")]
    pub id: String,
    /// What Polis says went wrong.
    #[serde(default)]
    pub error: String,
    /// Milliseconds since 1970.
    timestamp: i64,
    /// Around what it happened.
    #[serde(default)]
    pub context: Context,
}

/// Around what a sign-in failed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Context {
    /// Whose connection it was.
    pub tenant: Option<String>,
    /// What for.
    pub product: Option<String>,
    /// Which connection it was; empty when there is none.
    #[serde(rename = "clientID")]
    pub client_id: Option<String>,
    /// Who answered.
    pub issuer: Option<String>,
    /// The answer of the identity provider as XML, unless Polis was told to keep none. It tells who somebody is.
    pub saml_response: Option<String>,
}

/// The traces that were found.
#[derive(Debug, Clone)]
pub struct Traces {
    /// The newest first.
    pub traces: Vec<Trace>,
    /// Whether there are more, which were not looked at.
    pub more: bool,
}

#[derive(Deserialize)]
struct Page {
    data: Vec<Trace>,
    #[serde(rename = "pageToken")]
    token: Option<String>,
}

impl Trace {
    /// When it was.
    pub fn at(&self) -> Option<Timestamp> {
        Timestamp::from_unix(self.timestamp.div_euclid(1000))
    }
}

impl Polis {
    /// The sign-ins of a tenant and product that failed. Polis lists those of a product; of a thousand the tenant's are
    /// picked here.
    ///
    /// # Errors
    /// As every call.
    pub async fn traces(&self, tenant: &str, product: &str) -> Result<Traces, Trouble> {
        let mut found = Vec::new();
        let mut token: Option<String> = None;
        let mut more = false;
        for page in 0..PAGES {
            let (offset, limit) = ((page * PAGE).to_string(), PAGE.to_string());
            let mut query = vec![("product", product), ("pageOffset", &offset), ("pageLimit", &limit)];
            query.extend(token.as_deref().map(|token| ("pageToken", token)));
            let answer: Page = read(self.about(Method::GET, &["sso-traces", "product"], &query)).await?;
            more = answer.data.len() >= PAGE;
            found.extend(answer.data.into_iter().filter(|one| one.context.tenant.as_deref() == Some(tenant)));
            token = answer.token;
            if !more {
                break;
            }
        }
        found.sort_by_key(|one| std::cmp::Reverse(one.timestamp));
        Ok(Traces { traces: found, more })
    }

    /// One of them.
    ///
    /// # Errors
    /// As every call; [`Refused`](Trouble::Refused) when there is none of that name.
    pub async fn trace(&self, id: &str) -> Result<Trace, Trouble> {
        let Data { data } = read(self.about(Method::GET, &["sso-traces"], &[("id", id)])).await?;
        Ok(data)
    }
}
