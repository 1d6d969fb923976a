use account_api::{
    Account, Activate, AddDomain, Arrivals, AuditLog, BASE, CreateAccount, DomainHistory, Groups,
    IDEMPOTENCY_KEY, Integration, IssueScimToken, IssuedToken, LicenceKey, MarkStep, Me, Problem,
    ProblemCode, RegisterLicenceKey, SamlOptions, ScimCalls, SetBackupLogin, SetIdentityProvider, SetScim,
    SignInTest, StartSignInTest, User, Verification,
};
use async_trait::async_trait;
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, header};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::time::Duration;
use url::Url;
use vocabulary::{Secret, StepId, Timestamp};
use wizard::ports::{AccountService, Written};
use wizard::{Failure, FailureCode};

/// How long one request may take. The service's own look at a domain is the slowest.
const PATIENCE: Duration = Duration::from_secs(40);

/// How often a request is tried when no answer came. Every request is idempotent or carries its version.
const TRIES: u32 = 3;

/// How often a write is sent again when others keep changing the settings.
const ATTEMPTS: u32 = 5;

/// More than this, in bytes, is no answer of the settings API.
const LIMIT: usize = 8 * 1024 * 1024;

/// The account service over HTTP. TLS certificates are checked against the operating system's trust store, and the
/// system's proxy is used.
#[derive(Debug, Clone)]
pub struct HttpService {
    base: Url,
    token: Secret,
    client: Client,
}

impl HttpService {
    /// The service at this address, in the name of the token's owner.
    ///
    /// # Errors
    /// [`InvalidInput`](FailureCode::InvalidInput) on `url`, or when TLS cannot be set up.
    pub fn new(url: &str, token: Secret) -> Result<Self, Failure> {
        let invalid =
            || Failure::new(FailureCode::InvalidInput, "the service's address is not a URL").on("url");
        let base = Url::parse(url).map_err(|_| invalid())?;
        if base.cannot_be_a_base() {
            return Err(invalid());
        }
        Ok(Self { base, token, client: client()? })
    }

    /// Makes an account owned by the token's user.
    ///
    /// # Errors
    /// What the service answers.
    pub async fn create_account(&self, name: &str) -> Result<Account, Failure> {
        let request = self.send(Method::POST, &["accounts"], &CreateAccount { name: name.to_owned() }, None);
        self.answer(request.map(once)).await
    }

    fn request(&self, method: Method, path: &[&str]) -> Result<RequestBuilder, Failure> {
        Ok(self.client.request(method, self.address(path)?).bearer_auth(self.token.expose()))
    }

    fn address(&self, path: &[&str]) -> Result<Url, Failure> {
        let mut url = self.base.clone();
        let base = BASE.trim_start_matches('/').split('/');
        url.path_segments_mut()
            .map_err(|()| {
                Failure::new(FailureCode::InvalidInput, "the service's address has no path").on("url")
            })?
            .pop_if_empty()
            .extend(base)
            .extend(path);
        Ok(url)
    }

    fn read(&self, path: &[&str]) -> Result<RequestBuilder, Failure> {
        self.request(Method::GET, path)
    }

    fn send(
        &self,
        method: Method,
        path: &[&str],
        body: &impl Serialize,
        version: Option<u32>,
    ) -> Result<RequestBuilder, Failure> {
        let request = self.request(method, path)?.json(body);
        Ok(match version {
            Some(version) => based_on(request, version),
            None => request,
        })
    }

    /// Sends, again when no answer came, and reads the answer.
    async fn answer<T: DeserializeOwned>(
        &self,
        request: Result<RequestBuilder, Failure>,
    ) -> Result<T, Failure> {
        let response = self.exchange(request?).await?;
        read_answer(response).await
    }

    async fn written(&self, request: Result<RequestBuilder, Failure>) -> Result<Written, Failure> {
        let response = self.exchange(request?).await?;
        if response.status() != StatusCode::PRECONDITION_FAILED {
            return Ok(Written::Done(Box::new(read_answer(response).await?)));
        }
        match read_problem(response).await? {
            Problem { current: Some(current), .. } => Ok(Written::Stale(current)),
            problem => Err(failure_of(problem)),
        }
    }

    /// Sends a write that means the same whatever else is changed meanwhile: based on the version as it is, and again when
    /// somebody was quicker. What makes something is made once, however often it is sent.
    async fn on_current<T: DeserializeOwned>(
        &self,
        account: &str,
        request: Result<RequestBuilder, Failure>,
    ) -> Result<T, Failure> {
        let request = once(request?);
        let mut version = self.integration(account).await?.version;
        for _ in 0..ATTEMPTS {
            let again = request.try_clone().ok_or_else(|| not_ours("the request cannot be sent twice"))?;
            let response = self.exchange(based_on(again, version)).await?;
            if response.status() != StatusCode::PRECONDITION_FAILED {
                return read_answer(response).await;
            }
            match read_problem(response).await? {
                Problem { current: Some(current), .. } => version = current.version,
                problem => return Err(failure_of(problem)),
            }
        }
        Err(Failure::new(FailureCode::Conflict, "others keep changing the settings"))
    }

    async fn exchange(&self, request: RequestBuilder) -> Result<Response, Failure> {
        let mut tries = 1;
        loop {
            let again = request.try_clone();
            let error = match request
                .try_clone()
                .unwrap_or_else(|| self.client.get(self.base.clone()))
                .send()
                .await
            {
                Ok(response) => return Ok(response),
                Err(error) => error,
            };
            if tries >= TRIES || again.is_none() || error.is_builder() {
                return Err(unreachable(&self.base, &error));
            }
            tokio::time::sleep(Duration::from_millis(150 * u64::from(tries))).await;
            tries += 1;
        }
    }
}

/// The request, good for that version of the integration only (RFC 9110, section 13.1.1).
fn based_on(request: RequestBuilder, version: u32) -> RequestBuilder {
    request.header(header::IF_MATCH, format!("\"{version}\""))
}

/// The request, known again when its answer is lost and it is sent again.
fn once(request: RequestBuilder) -> RequestBuilder {
    request.header(IDEMPOTENCY_KEY, uuid::Uuid::new_v4().to_string())
}

/// What carries requests to account services: no redirects, and an end to waiting.
pub(crate) fn client() -> Result<Client, Failure> {
    Client::builder()
        .timeout(PATIENCE)
        .connect_timeout(Duration::from_secs(10))
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("Signpost/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| Failure::new(FailureCode::ServiceUnreachable, error.to_string()))
}

/// No answer came from there.
pub(crate) fn unreachable(base: &Url, error: &reqwest::Error) -> Failure {
    let mut causes: Vec<String> = Vec::new();
    let mut cause: Option<&dyn std::error::Error> = std::error::Error::source(error);
    while let Some(error) = cause {
        causes.push(error.to_string());
        cause = error.source();
    }
    let hint = if error.is_timeout() { "service-slow" } else { "check-address-and-network" };
    let address = base.as_str().trim_end_matches('/');
    Failure::new(FailureCode::ServiceUnreachable, causes.join(": ")).with("url", address).hint(hint)
}

async fn read_answer<T: DeserializeOwned>(response: Response) -> Result<T, Failure> {
    if !response.status().is_success() {
        return Err(failure_of(read_problem(response).await?));
    }
    let bytes = body(response).await?;
    serde_json::from_slice(&bytes).map_err(|error| not_ours(&error.to_string()))
}

async fn read_problem(response: Response) -> Result<Problem, Failure> {
    let status = response.status();
    let bytes = body(response).await?;
    serde_json::from_slice(&bytes).map_err(|_| match status {
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            Failure::new(FailureCode::SignedOut, "the token was refused")
        }
        _ => not_ours(&format!("status {status} without a problem document")),
    })
}

async fn body(mut response: Response) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let lost = |error: reqwest::Error| Failure::new(FailureCode::ServiceUnreachable, error.to_string());
    while let Some(chunk) = response.chunk().await.map_err(lost)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > LIMIT {
            return Err(not_ours("the answer is too large"));
        }
    }
    Ok(bytes)
}

fn not_ours(why: &str) -> Failure {
    Failure::new(FailureCode::NotAnAccountService, why).hint("check-address-and-network")
}

fn failure_of(problem: Problem) -> Failure {
    let code = match problem.code {
        ProblemCode::Unauthorized | ProblemCode::InsufficientScope => FailureCode::SignedOut,
        ProblemCode::NotFound | ProblemCode::MethodNotAllowed => FailureCode::AccountMissing,
        ProblemCode::DomainTaken => FailureCode::DomainTaken,
        ProblemCode::LicenceKeyTaken => FailureCode::LicenceKeyTaken,
        ProblemCode::LicenceKeyRequired => FailureCode::LicenceKeyRequired,
        ProblemCode::ActivationBlocked => FailureCode::ActivationBlocked,
        ProblemCode::BackupLoginUnknown => FailureCode::BackupLoginUnknown,
        ProblemCode::VersionConflict | ProblemCode::VersionRequired => FailureCode::Conflict,
        ProblemCode::InvalidRequest
        | ProblemCode::InvalidValue
        | ProblemCode::IdempotencyKeyReused
        | ProblemCode::TooLarge
        | ProblemCode::OrganizationNeeded
        | ProblemCode::AccountNeeded => FailureCode::ServiceRefused,
        ProblemCode::TooManyRequests | ProblemCode::Internal | ProblemCode::Unavailable => {
            FailureCode::ServiceFailed
        }
    };
    let mut failure = Failure::new(code, problem.detail.unwrap_or(problem.title));
    failure.field = problem.field;
    failure.hints = problem.findings.iter().map(|finding| finding.code.to_string()).collect();
    failure
}

#[async_trait]
impl AccountService for HttpService {
    async fn me(&self) -> Result<Me, Failure> {
        self.answer(self.read(&["me"])).await
    }

    async fn integration(&self, account: &str) -> Result<Integration, Failure> {
        self.answer(self.read(&["accounts", account, "integration"])).await
    }

    async fn licence_keys(&self, account: &str) -> Result<Vec<LicenceKey>, Failure> {
        self.answer(self.read(&["accounts", account, "licence-keys"])).await
    }

    async fn register_licence_key(&self, account: &str, key: &RegisterLicenceKey) -> Result<(), Failure> {
        let request = self.send(Method::POST, &["accounts", account, "licence-keys"], key, None);
        self.on_current::<LicenceKey>(account, request).await.map(drop)
    }

    async fn remove_licence_key(&self, account: &str, key: &LicenceKey) -> Result<(), Failure> {
        let mut url = self.address(&["accounts", account, "licence-keys", &key.hint])?;
        url.query_pairs_mut().append_pair("registered_at", &key.registered_at.to_string());
        let request = self.client.request(Method::DELETE, url).bearer_auth(self.token.expose());
        self.on_current::<Integration>(account, Ok(request)).await.map(drop)
    }

    async fn add_domain(&self, account: &str, name: &str) -> Result<Integration, Failure> {
        let body = AddDomain { name: name.to_owned() };
        let request = self.send(Method::POST, &["accounts", account, "domains"], &body, None);
        self.on_current(account, request).await
    }

    async fn remove_domain(&self, account: &str, name: &str) -> Result<Integration, Failure> {
        let request = self.request(Method::DELETE, &["accounts", account, "domains", name]);
        self.on_current(account, request).await
    }

    async fn verify_domain(&self, account: &str, name: &str) -> Result<Verification, Failure> {
        self.answer(self.request(Method::POST, &["accounts", account, "domains", name, "verify"])).await
    }

    async fn domain_history(&self, account: &str, name: &str) -> Result<DomainHistory, Failure> {
        self.answer(self.read(&["accounts", account, "domains", name, "history"])).await
    }

    async fn set_groups(&self, account: &str, version: u32, groups: &Groups) -> Result<Written, Failure> {
        self.written(self.send(Method::PUT, &["accounts", account, "groups"], groups, Some(version))).await
    }

    async fn set_identity_provider(
        &self,
        account: &str,
        version: u32,
        values: &SetIdentityProvider,
    ) -> Result<Written, Failure> {
        let path = ["accounts", account, "saml", "identity-provider"];
        self.written(self.send(Method::PUT, &path, values, Some(version))).await
    }

    async fn set_saml_options(
        &self,
        account: &str,
        version: u32,
        options: &SamlOptions,
    ) -> Result<Written, Failure> {
        self.written(self.send(
            Method::PUT,
            &["accounts", account, "saml", "options"],
            options,
            Some(version),
        ))
        .await
    }

    async fn set_scim(&self, account: &str, version: u32, enabled: bool) -> Result<Written, Failure> {
        self.written(self.send(
            Method::PUT,
            &["accounts", account, "scim"],
            &SetScim { enabled },
            Some(version),
        ))
        .await
    }

    async fn issue_scim_token(
        &self,
        account: &str,
        keep_old_until: Option<Timestamp>,
    ) -> Result<Secret, Failure> {
        let path = ["accounts", account, "scim", "token"];
        let body = IssueScimToken { keep_old_until };
        let request = self.send(Method::POST, &path, &body, None);
        let issued: IssuedToken = self.on_current(account, request).await?;
        Ok(Secret::new(issued.token))
    }

    async fn revoke_scim_token(&self, account: &str, version: u32, hint: &str) -> Result<Written, Failure> {
        let path = ["accounts", account, "scim", "tokens", hint];
        let request = self.request(Method::DELETE, &path);
        self.written(request.map(|request| based_on(request, version))).await
    }

    async fn mark_step(
        &self,
        account: &str,
        version: u32,
        step: StepId,
        done: bool,
    ) -> Result<Written, Failure> {
        let path = ["accounts", account, "steps", step.as_str()];
        self.written(self.send(Method::PUT, &path, &MarkStep { done }, Some(version))).await
    }

    async fn set_backup_login(&self, account: &str, version: u32, email: &str) -> Result<Written, Failure> {
        let body = SetBackupLogin { email: email.to_owned() };
        self.written(self.send(Method::PUT, &["accounts", account, "backup-login"], &body, Some(version)))
            .await
    }

    async fn users(&self, account: &str) -> Result<Vec<User>, Failure> {
        self.answer(self.read(&["accounts", account, "users"])).await
    }

    async fn arrivals(&self, account: &str) -> Result<Arrivals, Failure> {
        self.answer(self.read(&["accounts", account, "arrivals"])).await
    }

    async fn scim_calls(&self, account: &str) -> Result<ScimCalls, Failure> {
        self.answer(self.read(&["accounts", account, "scim", "calls"])).await
    }

    async fn audit(&self, account: &str) -> Result<AuditLog, Failure> {
        self.answer(self.read(&["accounts", account, "audit"])).await
    }

    async fn sign_in_tests(&self, account: &str) -> Result<Vec<SignInTest>, Failure> {
        self.answer(self.read(&["accounts", account, "sign-in-tests"])).await
    }

    async fn sp_metadata(&self, account: &str) -> Result<String, Failure> {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(["saml", account, "metadata"]);
        }
        let response = self.exchange(self.client.get(url)).await?;
        if !response.status().is_success() {
            return Err(not_ours(&format!("the SP metadata answered {}", response.status())));
        }
        String::from_utf8(body(response).await?).map_err(|_| not_ours("the SP metadata is not UTF-8"))
    }

    async fn start_sign_in_test(&self, account: &str, test: &StartSignInTest) -> Result<SignInTest, Failure> {
        let request = self.send(Method::POST, &["accounts", account, "sign-in-tests"], test, None);
        self.on_current(account, request).await
    }

    async fn sign_in_test(&self, account: &str, id: &str) -> Result<SignInTest, Failure> {
        self.answer(self.read(&["accounts", account, "sign-in-tests", id])).await
    }

    async fn activate(
        &self,
        account: &str,
        version: u32,
        without_sign_in: Option<&str>,
    ) -> Result<Written, Failure> {
        let body = Activate { without_sign_in: without_sign_in.map(str::to_owned) };
        self.written(self.send(Method::POST, &["accounts", account, "activate"], &body, Some(version))).await
    }

    async fn deactivate(&self, account: &str, version: u32) -> Result<Written, Failure> {
        self.written(self.send(
            Method::POST,
            &["accounts", account, "deactivate"],
            &serde_json::json!({}),
            Some(version),
        ))
        .await
    }
}
