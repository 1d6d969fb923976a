//! An authorization request (RFC 6749, section 4.1.1; RFC 7636, section 4.3), read from its query.

use super::client::{Scope, is_redirect_uri};
use account_api::OAUTH_CLIENT;
use url::{Url, form_urlencoded};

/// The longest query that is looked at, in bytes.
const LONGEST: usize = 4096;

/// The longest state that is handed back, in bytes.
const LONGEST_STATE: usize = 1024;

/// A request that can be granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AuthorizationRequest {
    pub(super) redirect_uri: String,
    pub(super) scope: Scope,
    pub(super) challenge: String,
    state: Option<String>,
    issuer: String,
}

/// A request that cannot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Who asks is not known, so that the browser must not be sent there: a page says so.
    Page,
    /// The program hears of it (RFC 6749, section 4.1.2.1).
    Redirect(String),
}

impl AuthorizationRequest {
    /// Reads the query of a request to the service of that URL.
    pub(super) fn read(query: &str, issuer: &str) -> Result<Self, Refusal> {
        if query.len() > LONGEST {
            return Err(Refusal::Page);
        }
        let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .filter(|(_, value)| !value.is_empty())
            .collect();
        let values = |name: &str| {
            pairs.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
        };
        let (client, redirect): (Vec<&str>, Vec<&str>) = (values("client_id"), values("redirect_uri"));
        let ([OAUTH_CLIENT], [redirect_uri]) = (client.as_slice(), redirect.as_slice()) else {
            return Err(Refusal::Page);
        };
        if !is_redirect_uri(redirect_uri) {
            return Err(Refusal::Page);
        }
        let states: Vec<&str> = values("state");
        let state =
            states.first().filter(|state| state.len() <= LONGEST_STATE).map(|state| (*state).to_owned());
        let request = Self {
            redirect_uri: (*redirect_uri).to_owned(),
            scope: Scope::Write,
            challenge: String::new(),
            state,
            issuer: issuer.to_owned(),
        };
        let refused = |error| Err(Refusal::Redirect(request.refused(error)));
        let once = |name: &str| -> Result<Option<&str>, ()> {
            let found: Vec<&str> = values(name);
            if found.len() > 1 { Err(()) } else { Ok(found.first().copied()) }
        };
        let names = ["response_type", "code_challenge", "code_challenge_method", "scope", "state"];
        let [Ok(kind), Ok(challenge), Ok(method), Ok(scope), Ok(state)] = names.map(once) else {
            return refused("invalid_request");
        };
        if state.is_some_and(|state| state.len() > LONGEST_STATE) || kind.is_none() {
            return refused("invalid_request");
        }
        if kind != Some("code") {
            return refused("unsupported_response_type");
        }
        // Without a method it would be `plain` (RFC 7636, section 4.3), which proves nothing to an eavesdropper.
        let (Some(challenge), Some("S256")) = (challenge, method) else { return refused("invalid_request") };
        if !is_challenge(challenge) {
            return refused("invalid_request");
        }
        let Some(scope) = scope.map_or(Some(Scope::Write), Scope::read) else {
            return refused("invalid_scope");
        };
        let challenge = challenge.to_owned();
        Ok(Self { scope, challenge, ..request })
    }

    /// Where the browser goes with a code (RFC 6749, section 4.1.2; `iss` of RFC 9207).
    pub(super) fn granted(&self, code: &str) -> String {
        self.back(&[("code", code)])
    }

    /// Where the browser goes with an error.
    pub(super) fn refused(&self, error: &str) -> String {
        self.back(&[("error", error)])
    }

    fn back(&self, pairs: &[(&str, &str)]) -> String {
        // It was parsed before; if it could not be any more, the browser goes nowhere with a code.
        let Ok(mut url) = Url::parse(&self.redirect_uri) else { return String::from("/") };
        let state = self.state.as_deref().map(|state| ("state", state));
        url.query_pairs_mut().extend_pairs(pairs).extend_pairs(state).append_pair("iss", &self.issuer);
        url.into()
    }
}

/// What SHA-256 in base64url can be: 43 characters (RFC 7636, section 4.2).
fn is_challenge(text: &str) -> bool {
    text.len() == 43 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ISSUER: &str = "https://id.contoso.test";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    fn query(changes: &[(&str, &str)]) -> String {
        let mut pairs = vec![
            ("response_type", "code"),
            ("client_id", "signpost-desktop"),
            ("redirect_uri", "http://127.0.0.1:5000/signed-in"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
            ("state", "a b"),
            ("scope", "settings:write"),
        ];
        for (name, value) in changes {
            pairs.retain(|(key, _)| key != name);
            pairs.push((name, value));
        }
        form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
    }

    fn error(query: &str) -> String {
        match AuthorizationRequest::read(query, ISSUER) {
            Err(Refusal::Redirect(url)) => {
                assert!(url.starts_with("http://127.0.0.1:5000/signed-in?error="), "{url}");
                assert!(url.ends_with("&iss=https%3A%2F%2Fid.contoso.test"), "{url}");
                let url = Url::parse(&url).unwrap();
                url.query_pairs().find(|(name, _)| name == "error").unwrap().1.into_owned()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_good_request_leads_back_with_its_state() {
        let request = AuthorizationRequest::read(&query(&[]), ISSUER).unwrap();
        assert_eq!((request.scope, request.challenge.as_str()), (Scope::Write, CHALLENGE));
        let back = "http://127.0.0.1:5000/signed-in?code=c&state=a+b&iss=https%3A%2F%2Fid.contoso.test";
        assert_eq!(request.granted("c"), back);
    }

    #[test]
    fn nobody_is_sent_to_a_stranger() {
        for change in [
            ("client_id", "another"),
            ("client_id", ""),
            ("redirect_uri", "https://evil.test/signed-in"),
            ("redirect_uri", ""),
        ] {
            assert_eq!(
                AuthorizationRequest::read(&query(&[change]), ISSUER),
                Err(Refusal::Page),
                "{change:?}"
            );
        }
        let twice = query(&[]) + "&redirect_uri=http%3A%2F%2F127.0.0.1%3A6000%2Fsigned-in";
        assert_eq!(AuthorizationRequest::read(&twice, ISSUER), Err(Refusal::Page));
        assert_eq!(
            AuthorizationRequest::read(&query(&[("x", &"y".repeat(4096))]), ISSUER),
            Err(Refusal::Page)
        );
    }

    #[test]
    fn without_a_proof_by_hash_there_is_no_code() {
        for change in [
            ("code_challenge", ""),
            ("code_challenge", "short"),
            ("code_challenge_method", ""),
            ("code_challenge_method", "plain"),
            ("code_challenge_method", "s256"),
            ("response_type", ""),
            ("state", &"s".repeat(1025)),
        ] {
            assert_eq!(error(&query(&[change])), "invalid_request", "{change:?}");
        }
        assert_eq!(error(&query(&[("response_type", "token")])), "unsupported_response_type");
        assert_eq!(error(&query(&[("scope", "everything")])), "invalid_scope");
        for name in ["code_challenge", "code_challenge_method", "scope", "state", "response_type"] {
            assert_eq!(error(&format!("{}&{name}=plain", query(&[]))), "invalid_request", "{name} twice");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_query_is_too_odd(text: String) {
            let _ = AuthorizationRequest::read(&text, ISSUER);
        }
    }
}
