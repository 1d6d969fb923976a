//! A world without an account service: whoever asks for one has gone wrong.

use account_api::Account;
use async_trait::async_trait;
use std::sync::Arc;
use vocabulary::Secret;
use wizard::broker::Broker;
use wizard::keycloak::Keycloak;
use wizard::polis::Polis;
use wizard::ports::{AccountService, Services};
use wizard::{Failure, Project};

pub(crate) struct NoService;

#[async_trait]
impl Services for NoService {
    async fn connect(&self, project: &Project) -> Result<Arc<dyn AccountService>, Failure> {
        unreachable!("{:?} was asked for a service", project.backend)
    }

    async fn broker(&self, project: &Project, _: Option<Secret>) -> Result<Arc<dyn Broker>, Failure> {
        unreachable!("{:?} was asked for a broker", project.backend)
    }

    async fn keycloak(&self, project: &Project) -> Result<Arc<dyn Keycloak>, Failure> {
        unreachable!("{:?} was asked for Keycloak", project.backend)
    }

    async fn polis(&self, project: &Project) -> Result<Arc<dyn Polis>, Failure> {
        unreachable!("{:?} was asked for Polis", project.backend)
    }

    async fn enrol(&self, project: &Project, _: Option<Secret>) -> Result<Account, Failure> {
        unreachable!("{:?} was asked for an account", project.backend)
    }
}
