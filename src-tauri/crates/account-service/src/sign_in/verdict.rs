//! What a trusted answer makes of the user: an address, groups, a role, a licence. Pure.

use super::start::domain_of;
use crate::api::fields;
use crate::store::licence_keys::Keys;
use account_api::{
    Groups, SignInAnswer, SignInComparison, SignInGroup, SignInLicence, SignInMatter, SignInPurpose,
    SignInRole,
};
use saml_response::{Attribute, Examination};
use sign_in_answer::{highest, shown};
use std::collections::HashMap;
use vocabulary::{Finding, Timestamp};

/// Claims that hold groups, by the last part of their names.
const GROUP_CLAIMS: &[&str] = &["groups", "group", "memberof", "1.3.6.1.4.1.5923.1.5.1.1"];

/// Claims that hold the e-mail address, by the last part of their names; the most outspoken first.
const EMAIL_CLAIMS: &[&str] = &["emailaddress", "email", "mail", "0.9.2342.19200300.100.1.3"];

/// Claims that often hold it, and are asked after the NameID.
const NAME_CLAIMS: &[&str] = &["name", "upn", "userprincipalname", "login"];

/// How the account stands to the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// May sign in, or is made a user when they do.
    Welcome,
    /// Provisioning is on and has not brought them.
    NotProvisioned,
    /// Provisioning has deactivated them.
    Deactivated,
}

/// What the account has that decides.
#[derive(Debug, Clone)]
pub(super) struct Setting<'a> {
    pub(super) purpose: SignInPurpose,
    pub(super) groups: &'a Groups,
    /// The verified domains.
    pub(super) domains: Vec<String>,
    /// Names of provisioned groups, by ID.
    pub(super) known_groups: HashMap<String, String>,
    pub(super) licence_keys: Keys,
    pub(super) standing: Standing,
    /// Whether it is a test: then provisioning may come later.
    pub(super) is_test: bool,
}

impl<'a> Setting<'a> {
    /// For an answer that was not looked into, where nothing of this decides.
    pub(super) fn bare(groups: &'a Groups) -> Self {
        Self {
            purpose: SignInPurpose::Portal,
            groups,
            domains: Vec::new(),
            known_groups: HashMap::new(),
            licence_keys: Keys::None,
            standing: Standing::Welcome,
            is_test: true,
        }
    }
}

/// The user's e-mail address, lower case, wherever it arrived.
pub(super) fn email(examination: &Examination) -> Option<String> {
    let claim = |names: &[&str]| {
        names.iter().find_map(|name| {
            let named = examination.attributes.iter().filter(|one| last_part(&one.name) == **name);
            named.flat_map(|one| &one.values).find_map(|value| fields::email(value))
        })
    };
    let name_id = || examination.subject.as_ref().and_then(|subject| fields::email(&subject.name_id));
    claim(EMAIL_CLAIMS).or_else(name_id).or_else(|| claim(NAME_CLAIMS))
}

/// Puts together what is shown of an answer. An examination that was not accepted keeps that.
pub(super) fn answer(
    examination: Examination,
    setting: &Setting<'_>,
    received_at: Timestamp,
    redacted: String,
) -> SignInAnswer {
    let groups = groups(&examination.attributes, setting);
    let role = highest(&groups);
    let email = email(&examination);
    let mut answer = shown(examination, received_at, redacted);
    answer.role = role;
    answer.groups = groups;
    if answer.accepted {
        judge_email(&mut answer, email.as_deref(), setting);
        judge_group(&mut answer, setting);
        answer.findings.extend(judge_standing(setting));
    }
    answer.accepted = answer.accepted && !answer.findings.iter().any(Finding::is_error);
    answer.licence = (setting.purpose == SignInPurpose::Desktop).then(|| licence(&answer, setting));
    match answer.licence.as_ref().and_then(|one| one.reason.as_deref()) {
        Some("no-licence-key") => answer.findings.push(Finding::warning("sign-in-no-licence-key")),
        Some("no-per-user-key") => answer.findings.push(Finding::warning("sign-in-no-per-user-key")),
        _ => {}
    }
    answer
}

fn last_part(name: &str) -> String {
    name.rsplit(['/', ':']).next().unwrap_or_default().to_ascii_lowercase()
}

/// Every group that arrived, with what it grants: the administrators' group more than the users'.
fn groups(attributes: &[Attribute], setting: &Setting<'_>) -> Vec<SignInGroup> {
    let claims = attributes.iter().filter(|one| GROUP_CLAIMS.contains(&last_part(&one.name).as_str()));
    let values = claims.flat_map(|one| &one.values).filter(|value| !value.is_empty());
    values.map(|value| group(value, setting)).collect()
}

fn group(value: &str, setting: &Setting<'_>) -> SignInGroup {
    let ours = [
        (setting.groups.admins.as_ref(), SignInRole::Administrator),
        (setting.groups.users.as_ref(), SignInRole::User),
    ];
    let is_ours = |group: &account_api::Group| group.name == value || group.id.eq_ignore_ascii_case(value);
    let found = ours.into_iter().find_map(|(group, role)| Some((group.filter(|one| is_ours(one))?, role)));
    match found {
        Some((group, role)) => {
            SignInGroup { value: value.to_owned(), name: Some(group.name.clone()), grants: Some(role) }
        }
        None => SignInGroup {
            value: value.to_owned(),
            name: setting.known_groups.get(value).cloned(),
            grants: None,
        },
    }
}

fn judge_email(answer: &mut SignInAnswer, email: Option<&str>, setting: &Setting<'_>) {
    let Some(email) = email else {
        answer.findings.push(Finding::error("sign-in-no-email"));
        return;
    };
    let domain = domain_of(email);
    let is_verified = setting.domains.contains(&domain);
    answer.comparisons.push(SignInComparison {
        matter: SignInMatter::EmailDomain,
        expected: setting.domains.clone(),
        received: vec![domain.clone()],
        matches: is_verified,
    });
    if !is_verified {
        let verified = setting.domains.join(", ");
        let finding = Finding::error("sign-in-email-domain").with("domain", &domain);
        answer.findings.push(finding.seen("expected", verified).seen("received", email));
    }
}

fn judge_group(answer: &mut SignInAnswer, setting: &Setting<'_>) {
    let (wanted, role) = match setting.purpose {
        SignInPurpose::Portal => (setting.groups.admins.as_ref(), SignInRole::Administrator),
        SignInPurpose::Desktop => (setting.groups.users.as_ref(), SignInRole::User),
    };
    let grants = answer.groups.iter().any(|group| group.grants == Some(role));
    let expected = wanted.map(|group| vec![group.name.clone(), group.id.clone()]).unwrap_or_default();
    let received: Vec<String> = answer.groups.iter().map(|group| group.value.clone()).collect();
    let has_case = received.iter().any(|value| expected.iter().any(|one| one.eq_ignore_ascii_case(value)));
    let reason = match wanted {
        None => "unset",
        Some(_) if answer.overage && received.is_empty() => "overage",
        Some(_) if received.is_empty() => "none",
        Some(_) if has_case => "case",
        Some(_) => "other",
    };
    if !grants {
        let finding = Finding::error("sign-in-no-group").with("reason", reason);
        let finding = finding.seen("expected", expected.join(", "));
        answer.findings.push(finding.seen("received", received.join(", ")));
    }
    let matter = SignInMatter::Group;
    answer.comparisons.push(SignInComparison { matter, expected, received, matches: grants });
}

fn judge_standing(setting: &Setting<'_>) -> Option<Finding> {
    match setting.standing {
        Standing::Welcome => None,
        Standing::Deactivated => Some(Finding::error("sign-in-deactivated")),
        Standing::NotProvisioned if setting.is_test => Some(Finding::warning("sign-in-not-provisioned")),
        Standing::NotProvisioned => Some(Finding::error("sign-in-not-provisioned")),
    }
}

fn licence(answer: &SignInAnswer, setting: &Setting<'_>) -> SignInLicence {
    let in_group = answer.groups.iter().any(|group| group.grants == Some(SignInRole::User));
    let reason = if setting.groups.users.is_none() {
        Some("no-users-group")
    } else if !in_group {
        Some("not-in-users-group")
    } else if !answer.accepted {
        Some("not-signed-in")
    } else {
        match setting.licence_keys {
            Keys::None => Some("no-licence-key"),
            Keys::NotPerUser => Some("no-per-user-key"),
            Keys::PerUser => None,
        }
    };
    SignInLicence { granted: reason.is_none(), reason: reason.map(str::to_owned) }
}
