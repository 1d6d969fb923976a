use crate::client::{Polis, read};
use crate::directory::Data;
use crate::trouble::Trouble;
use reqwest::Method;
use serde::Deserialize;
use serde_json::Value;
use vocabulary::Finding;

/// So many are asked for at once; Polis gives no more.
const PAGE: usize = 50;

/// So many pages are read at the most.
const PAGES: usize = 20;

/// So many are told by name with a finding.
const TOLD: usize = 20;

/// So many pages of members are read at the most, of all groups together.
const MEMBER_PAGES: usize = 60;

/// A user that an identity provider has provisioned.
#[derive(Debug, Clone, Deserialize)]
pub struct User {
    /// What Polis calls it.
    pub id: String,
    /// The e-mail address.
    pub email: Option<String>,
    /// The first name.
    pub first_name: Option<String>,
    /// The last name.
    pub last_name: Option<String>,
    /// Polis keeps what was sent: true and false, or a text.
    #[serde(default)]
    active: Value,
    /// The SCIM user as it was sent.
    #[serde(default)]
    raw: Value,
}

/// A group that an identity provider has provisioned.
#[derive(Debug, Clone, Deserialize)]
pub struct Group {
    /// What Polis calls it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many members it has; `None` when that was not asked to the end.
    #[serde(skip)]
    pub members: Option<usize>,
    /// The SCIM group as it was sent.
    #[serde(default)]
    raw: Value,
}

/// Who has arrived in a directory.
#[derive(Debug, Clone)]
pub struct Arrivals {
    /// The users, at most a thousand.
    pub users: Vec<User>,
    /// The groups, at most a thousand.
    pub groups: Vec<Group>,
    /// Whether there may be more of either.
    pub more: bool,
}

impl User {
    /// Whether the user is active; `None` when Polis keeps a text there.
    pub fn active(&self) -> Option<bool> {
        self.active.as_bool()
    }

    /// SCIM `userName`, when sent.
    pub fn user_name(&self) -> Option<&str> {
        sent(&self.raw, "userName")
    }

    /// SCIM `displayName`, when sent.
    pub fn display_name(&self) -> Option<&str> {
        sent(&self.raw, "displayName")
    }

    /// SCIM `externalId`, when sent.
    pub fn external_id(&self) -> Option<&str> {
        sent(&self.raw, "externalId")
    }
}

impl Group {
    /// SCIM `externalId`, when sent.
    pub fn external_id(&self) -> Option<&str> {
        sent(&self.raw, "externalId")
    }
}

fn sent<'a>(raw: &'a Value, attribute: &str) -> Option<&'a str> {
    raw.get(attribute)?.as_str().filter(|text| !text.is_empty())
}

impl Arrivals {
    /// What Polis answered as done although it was not: it takes `"False"` as it stands, and members that are added with a
    /// capital letter for none.
    pub fn judge(&self) -> Vec<Finding> {
        let text = self.users.iter().filter(|user| user.active().is_none());
        let empty = self.groups.iter().filter(|group| group.members == Some(0));
        let text = text.map(|user| (user.email.as_deref().unwrap_or(&user.id), user.active.to_string()));
        let empty = empty.map(|group| (group.name.as_str(), group.id.clone()));
        let all = [
            about(Finding::warning("polis-user-active-text"), text.collect()),
            about(Finding::warning("polis-group-empty"), empty.collect()),
        ];
        all.into_iter().flatten().collect()
    }
}

/// The finding with those it is about, unless there are none.
fn about(finding: Finding, seen: Vec<(&str, String)>) -> Option<Finding> {
    let count = seen.len();
    let shown = seen.into_iter().take(TOLD);
    (count > 0)
        .then(|| shown.fold(finding.with("count", count), |finding, (name, value)| finding.seen(name, value)))
}

impl Polis {
    /// Who has arrived in a directory. Of the first groups the members are counted, of those `named` before all others.
    ///
    /// # Errors
    /// As every call.
    pub async fn arrivals(&self, directory: &str, named: &[&str]) -> Result<Arrivals, Trouble> {
        let (users, more_users) = self.all(&["dsync", "users"], directory).await?;
        let (mut groups, more_groups): (Vec<Group>, bool) = self.all(&["dsync", "groups"], directory).await?;
        let mut counted: Vec<&mut Group> = groups.iter_mut().collect();
        counted.sort_by_key(|group| !named.contains(&group.name.as_str()));
        let mut left = MEMBER_PAGES;
        for group in counted {
            if left == 0 {
                break;
            }
            let path = ["dsync", "groups", &group.id, "members"];
            let (members, more): (Vec<Value>, bool) = self.pages(&path, directory, left).await?;
            left = left.saturating_sub(members.len() / PAGE + 1);
            group.members = (!more).then_some(members.len());
        }
        Ok(Arrivals { users, groups, more: more_users || more_groups })
    }

    /// So many pages as are read at the most; whether there may be more.
    async fn all<T: for<'de> Deserialize<'de>>(
        &self,
        path: &[&str],
        directory: &str,
    ) -> Result<(Vec<T>, bool), Trouble> {
        self.pages(path, directory, PAGES).await
    }

    /// The same with another most.
    async fn pages<T: for<'de> Deserialize<'de>>(
        &self,
        path: &[&str],
        directory: &str,
        most: usize,
    ) -> Result<(Vec<T>, bool), Trouble> {
        let mut found = Vec::new();
        for page in 0..most {
            let answer: Vec<T> = self.page(path, directory, page * PAGE).await?;
            let is_last = answer.len() < PAGE;
            found.extend(answer);
            if is_last {
                return Ok((found, false));
            }
        }
        Ok((found, true))
    }

    async fn page<T: for<'de> Deserialize<'de>>(
        &self,
        path: &[&str],
        directory: &str,
        offset: usize,
    ) -> Result<Vec<T>, Trouble> {
        let (offset, limit) = (offset.to_string(), PAGE.to_string());
        let query = [("directoryId", directory), ("pageOffset", &offset), ("pageLimit", &limit)];
        let Data { data } = read(self.about(Method::GET, path, &query)).await?;
        Ok(data)
    }
}
