use crate::client::Keycloak;
use crate::provider::{IdentityProvider, with_metadata};
use crate::taken::{judge_import, judge_taken};
use crate::trouble::Trouble;
use saml::Inspection;
use vocabulary::Finding;

/// An identity provider that is to be made of metadata, or is to have newer ones.
#[derive(Debug, Clone, Copy)]
pub struct Put<'a> {
    /// Its name in addresses.
    pub alias: &'a str,
    /// A name for people, for one that is made.
    pub display_name: Option<&'a str>,
    /// Whether every assertion has to be signed itself from now on; otherwise that stays as it is.
    pub want_signed_assertions: bool,
    /// The metadata.
    pub metadata: &'a str,
    /// What stands in them.
    pub inspection: &'a Inspection,
}

impl Keycloak {
    /// Has Keycloak read metadata, makes an identity provider of them that is switched off, or gives them to the one that was
    /// there before, and reads back what it keeps. There is none when it was refused, or when Keycloak reads something else
    /// than stands in the metadata: nothing is changed then, for the reasons among the findings. With an error beside an
    /// identity provider it is not to be used.
    ///
    /// # Errors
    /// As every call.
    pub async fn put(
        &self,
        put: Put<'_>,
        before: Option<&IdentityProvider>,
    ) -> Result<(Option<IdentityProvider>, Vec<Finding>), Trouble> {
        let refused = |trouble: Trouble, mut findings: Vec<Finding>| {
            findings.push(trouble.refusal().ok_or(trouble)?);
            Ok((None, findings))
        };
        let imported = match self.import(put.metadata).await {
            Ok(imported) => imported,
            Err(trouble) => return refused(trouble, Vec::new()),
        };
        let mut findings = judge_import(&imported, put.inspection);
        if findings.iter().any(Finding::is_error) {
            return Ok((None, findings));
        }
        let config = with_metadata(before, &imported, put.inspection);
        let mut next = match before.cloned() {
            Some(before) => before.with(config),
            None => IdentityProvider::new(put.alias, put.display_name, config),
        };
        next.want_signed_assertions(put.want_signed_assertions);
        let kept = if before.is_some() { self.replace(&next).await } else { self.create(&next).await };
        match kept {
            Ok(kept) => {
                findings.extend(judge_taken(&kept, put.inspection));
                Ok((Some(kept), findings))
            }
            Err(trouble) => refused(trouble, findings),
        }
    }
}
