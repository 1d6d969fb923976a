//! A project whose SAML connection is in a broker, over what the program itself is made of; only the keyring is in memory.

use crate::confirmed::confirm_all;
use crate::contoso::contoso;
use crate::published::EverythingPublished;
use crate::support::MemoryKeyring;
use adapters::{Connections, LocalAccess, LocalService, ProjectFiles, SystemClock};
use async_trait::async_trait;
use std::sync::Arc;
use tempfile::TempDir;
use test_support::{TestCertificate, metadata};
use vocabulary::{Secret, StepId};
use wizard::app::{MetadataFrom, Ports};
use wizard::portal::Edit;
use wizard::portal::fields::PortalField;
use wizard::ports::Clock;
use wizard::steps::StepView;
use wizard::steps::groups::{Edit as GroupsEdit, GroupField, GroupRole};
use wizard::steps::saml::Edit as SamlEdit;
use wizard::steps::scim::Edit as ScimEdit;
use wizard::{Backend, Failure, ProjectView, Wizard};

pub(crate) const ID: &str = "4e0d3c0a-52b1-4f0c-9a57-0c5c3b6f3a11";
pub(crate) const IDP: &str = "https://idp.example/metadata";
pub(crate) const SSO: &str = "https://idp.example/sso";

struct NoLocalService;

#[async_trait]
impl LocalService for NoLocalService {
    async fn access(&self, _: &str) -> Result<LocalAccess, Failure> {
        panic!("the service on this computer was asked");
    }
}

pub(crate) struct Desk {
    pub(crate) folder: TempDir,
    pub(crate) wizard: Wizard,
    pub(crate) secrets: Arc<MemoryKeyring>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let secrets = Arc::new(MemoryKeyring::default());
        let wizard = Wizard::new(Ports {
            store: Arc::new(ProjectFiles::new(folder.path().join("projects"))),
            secrets: Arc::clone(&secrets) as _,
            services: Arc::new(Connections::new(Arc::new(NoLocalService), Arc::clone(&secrets) as _)),
            checker: Arc::new(EverythingPublished),
            metadata: Arc::new(adapters::HttpsMetadata),
            clock: Arc::new(SystemClock),
        })
        .unwrap();
        Self { folder, wizard, secrets }
    }

    pub(crate) async fn create(
        &self,
        id: &str,
        backend: Backend,
        secret: &str,
    ) -> Result<ProjectView, Failure> {
        let new = contoso("parallels-my-account", "okta", backend);
        self.wizard.create(id.into(), new, Some(Secret::new(secret.into()))).await
    }

    /// Reads metadata; newer ones are taken.
    pub(crate) fn read(&self, id: &str, entity_id: &str, certificates: &[&TestCertificate]) -> ProjectView {
        let xml = metadata::idp(entity_id, SSO, certificates);
        let file = MetadataFrom::File("idp.xml".into());
        let view = self.wizard.read_metadata(id, xml.into_bytes(), file).unwrap();
        if view.newer_metadata.is_none() {
            return view;
        }
        self.wizard.edit_saml(id, SamlEdit::TakeNewer).unwrap()
    }

    /// Does every step but the fourth, as a person would; the fifth has its token, or is switched off.
    pub(crate) async fn settle_the_rest(&self, provisioned: bool) -> ProjectView {
        let wizard = &self.wizard;
        let edit = |edit| wizard.edit_portal(ID, edit).unwrap();
        let domain = || "contoso.test".to_owned();
        wizard.add_domains(ID, "contoso.test").await.unwrap();
        edit(Edit::TxtValue { domain: domain(), value: "token=abcdef".into() });
        wizard.check_domain(ID, "contoso.test").await.unwrap();
        edit(Edit::Verified { domain: domain(), seen: true });
        for (field, value) in [
            (GroupField::IdpName, "Signpost Admins"),
            (GroupField::ServiceName, "Signpost Admins"),
            (GroupField::Id, "00g1abcdefGHIJKLMN5d"),
        ] {
            let value = value.into();
            wizard.edit_groups(ID, GroupsEdit { role: GroupRole::Admins, field, value }).unwrap();
        }
        for field in [PortalField::AdminsName, PortalField::AdminsId] {
            edit(Edit::Entered { field, entered: true });
        }
        let mut to_be_marked = vec![StepId::AppRegistration, StepId::Saml, StepId::Users];
        if provisioned {
            wizard.issue_scim_token(ID, 0).await.unwrap();
            to_be_marked.push(StepId::Scim);
        } else {
            wizard.switch_scim(ID, ScimEdit { enabled: false }).await.unwrap();
            edit(Edit::Entered { field: PortalField::ScimSwitch, entered: true });
        }
        for step in to_be_marked.iter().copied().chain([StepId::Groups]) {
            confirm_all(wizard, ID, step);
        }
        for step in to_be_marked {
            wizard.mark(ID, step, true).await.unwrap();
        }
        edit(Edit::Entered { field: PortalField::BackupLogin, entered: true })
    }

    /// Everything that lies in files.
    pub(crate) fn kept(&self) -> String {
        let files = std::fs::read_dir(self.folder.path().join("projects")).unwrap();
        files.map(|one| std::fs::read_to_string(one.unwrap().path()).unwrap_or_default()).collect()
    }
}

pub(crate) fn certificate(name: &str, days: i64) -> TestCertificate {
    let now = SystemClock.now();
    let day = time::Duration::days;
    test_support::rsa_certificate(name, now.plus(day(-400)), now.plus(day(days)))
}

pub(crate) fn saml(view: &ProjectView) -> &StepView {
    view.steps.iter().find(|one| one.step == StepId::Saml).unwrap()
}

pub(crate) fn codes(findings: &[vocabulary::Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.code.as_ref()).collect()
}

pub(crate) fn known(view: &ProjectView) -> &account_api::Integration {
    view.project.integration().unwrap()
}
