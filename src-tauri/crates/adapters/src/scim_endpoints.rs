use scim_endpoint::{HttpEndpoint, Unusable};
use scim_rehearsal::Endpoint;
use vocabulary::Secret;
use wizard::ports::ProvisioningEndpoints;
use wizard::{Failure, FailureCode};

/// SCIM endpoints over HTTP.
#[derive(Debug, Clone, Copy)]
pub struct ScimEndpoints;

impl ProvisioningEndpoints for ScimEndpoints {
    fn endpoint(&self, base_url: &str, token: &Secret) -> Result<Box<dyn Endpoint>, Failure> {
        let endpoint = HttpEndpoint::new(base_url, token).map_err(|error| failure(&error))?;
        Ok(Box::new(endpoint))
    }
}

fn failure(error: &Unusable) -> Failure {
    let code = match error {
        Unusable::Client(_) => FailureCode::ServiceUnreachable,
        Unusable::Address | Unusable::NotHttps | Unusable::Token => FailureCode::InvalidInput,
    };
    let field = if *error == Unusable::Token { "scim-token" } else { "scim-base-url" };
    Failure::new(code, error.to_string()).on(field)
}
