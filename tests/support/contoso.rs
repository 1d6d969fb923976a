//! The organization whose projects are set up.

use wizard::{Backend, NewProject};

/// What a new project of it is asked for.
pub(crate) fn contoso(service: &str, idp: &str, backend: Backend) -> NewProject {
    NewProject {
        organization: "Contoso Ltd".into(),
        admin_email: "jonas.weber@contoso.test".into(),
        service: service.into(),
        idp: idp.into(),
        backend,
    }
}
