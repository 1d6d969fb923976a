//! `signpost keycloak`: Keycloak as a broker of single sign-on, over its Admin REST API.
//!
//! - [`provider`]: identity providers by SAML
//! - [`mappers`]: what becomes of the attributes that they send

mod mappers;
mod provider;

use crate::args::{self, KeycloakAt, KeycloakMappers, KeycloakProvider, KeycloakSpMetadata};
use crate::broker::{Outcome, failed, tell_sp, usable};
use crate::failure::{Failure, Status};
use crate::input;
use crate::output::Output;
use crate::runtime::run_async;
use keycloak::{Keycloak, ServiceAccount, Trouble};
use vocabulary::{Finding, Secret};

/// Does what was typed.
pub(crate) fn keycloak(command: args::Keycloak, output: &Output) -> Result<Status, Failure> {
    use args::Keycloak::{IdentityProvider, Mappers, SpMetadata};
    match command {
        IdentityProvider(KeycloakProvider::Show(one)) => provider::show(&one, output),
        IdentityProvider(KeycloakProvider::Create(args)) => provider::create(&args, output),
        IdentityProvider(KeycloakProvider::Update(args)) => provider::update(&args, output),
        IdentityProvider(KeycloakProvider::Enable(one)) => provider::switch(&one, true, output),
        IdentityProvider(KeycloakProvider::Disable(one)) => provider::switch(&one, false, output),
        IdentityProvider(KeycloakProvider::Delete(one)) => provider::delete(&one, output),
        Mappers(KeycloakMappers::List(one)) => mappers::list(&one, output),
        Mappers(KeycloakMappers::Set(args)) => mappers::set(&args, output),
        SpMetadata(args) => sp_metadata(&args, output),
    }
}

fn sp_metadata(args: &KeycloakSpMetadata, output: &Output) -> Result<Status, Failure> {
    usable(keycloak::judge_alias(&args.one.alias))?;
    let alias = args.one.alias.as_str();
    let xml = asked(&args.one.at, async |keycloak| match keycloak.provider(alias).await? {
        Some(_) => keycloak.sp_metadata(alias).await.map(Some),
        None => Ok(None),
    })?;
    let xml = xml.ok_or_else(|| Failure::refused(provider::none(alias)))?;
    let unknown = || failure(&Trouble::Unknown("no SP metadata".to_owned()));
    tell_sp(&xml, args.xml, unknown, output)
}

/// Who asks.
enum Asker<'a> {
    Token(Secret),
    Account { realm: &'a str, client_id: &'a str, secret: Secret },
}

impl<'a> Asker<'a> {
    fn of(at: &'a KeycloakAt) -> Result<Self, Failure> {
        if let (Some(client_id), Some(variable)) = (&at.client_id, &at.client_secret_env) {
            let secret = input::secret(variable, "keycloak-secret-variable-missing")?;
            let realm = at.client_realm.as_ref().unwrap_or(&at.realm);
            usable(keycloak::judge_realm(realm))?;
            return Ok(Self::Account { realm, client_id, secret });
        }
        let variable = at.token_env.as_deref().unwrap_or_default();
        input::secret(variable, "keycloak-token-variable-missing").map(Self::Token)
    }
}

/// Asks the realm that is meant, after everything that can be wrong with what was typed.
fn asked<T>(at: &KeycloakAt, work: impl AsyncFnOnce(&Keycloak) -> Result<T, Trouble>) -> Result<T, Failure> {
    usable(keycloak::judge_realm(&at.realm))?;
    let asker = Asker::of(at)?;
    let all = async {
        let keycloak = match &asker {
            Asker::Token(token) => Keycloak::with_token(&at.url, &at.realm, token)?,
            Asker::Account { realm, client_id, secret } => {
                let account = ServiceAccount { realm, client_id, secret };
                Keycloak::sign_in(&at.url, &at.realm, account).await?
            }
        };
        work(&keycloak).await
    };
    run_async(all)?.map_err(|trouble| failure(&trouble))
}

/// Why there is no answer.
fn failure(trouble: &Trouble) -> Failure {
    failed(trouble.code(), trouble.is_given(), trouble.reason())
}

/// What came of something that Keycloak was asked to do.
fn outcome<T>(answer: Result<T, Trouble>, findings: Vec<Finding>) -> Result<Outcome<T>, Trouble> {
    Outcome::of(answer, findings, Trouble::refusal)
}
