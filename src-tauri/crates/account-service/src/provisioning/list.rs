//! Lists: filter and paging (RFC 7644, section 3.4.2).

use super::answer::{Refusal, Sent, rendered};
use super::caller::Caller;
use crate::Service;
use crate::store::resources::{self, Member, Narrowed, StoredResource, name_attribute};
use axum::Extension;
use axum::extract::{Query, State};
use scim::discovery::MAX_RESULTS;
use scim::{Filter, ResourceKind, Selection};
use serde::Deserialize;
use serde_json::Value;
use sqlx::SqliteConnection;
use std::collections::HashMap;

/// The query. Anything else in it is passed over, such as the flags that Entra lets administrators add to the URL.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct ListQuery {
    filter: Option<String>,
    start_index: Option<String>,
    count: Option<String>,
    attributes: Option<String>,
    excluded_attributes: Option<String>,
}

impl ListQuery {
    pub(crate) fn selection(&self) -> Selection {
        Selection::new(self.attributes.as_deref(), self.excluded_attributes.as_deref())
    }

    /// Which resources, counted from 0: how many to pass over, and how many to take.
    fn window(&self) -> Result<(usize, usize), Refusal> {
        let start = number(self.start_index.as_deref())?.unwrap_or(1).max(1);
        let count = number(self.count.as_deref())?.map_or(MAX_RESULTS as i64, |count| count.max(0));
        let start = usize::try_from(start - 1).unwrap_or(usize::MAX);
        Ok((start, usize::try_from(count).unwrap_or(MAX_RESULTS).min(MAX_RESULTS)))
    }
}

fn number(text: Option<&str>) -> Result<Option<i64>, Refusal> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let invalid =
        || scim::Error::new(scim::ErrorType::InvalidValue, "startIndex and count have to be whole numbers");
    text.parse().map(Some).map_err(|_| invalid().into())
}

/// `GET /Users`, `GET /Groups`.
pub(crate) async fn list(
    kind: ResourceKind,
    State(service): State<Service>,
    Extension(caller): Extension<Caller>,
    Query(query): Query<ListQuery>,
) -> Result<Sent, Refusal> {
    let (skip, most) = query.window()?;
    let selection = query.selection();
    let filter =
        query.filter.as_deref().filter(|text| !text.trim().is_empty()).map(Filter::parse).transpose()?;
    let mut reading = service.inner.pool.begin().await?;
    let reader = Reader { service: &service, account: &caller.account, kind };
    let (total, page) = match &filter {
        Some(filter) => reader.matching(&mut reading, filter, skip, most).await?,
        None => reader.all(&mut reading, skip, most).await?,
    };
    let page = reader.render(&mut reading, page, &selection).await?;
    Ok(Sent::page(total, skip.saturating_add(1), page))
}

/// Reads resources of one kind of one account.
pub(crate) struct Reader<'a> {
    pub(crate) service: &'a Service,
    pub(crate) account: &'a str,
    pub(crate) kind: ResourceKind,
}

impl Reader<'_> {
    async fn all(
        &self,
        reading: &mut SqliteConnection,
        skip: usize,
        most: usize,
    ) -> Result<(usize, Vec<StoredResource>), Refusal> {
        let total = resources::count(&mut *reading, self.account, self.kind).await?;
        let (skip, most) = (u32::try_from(skip).unwrap_or(u32::MAX), u32::try_from(most).unwrap_or(u32::MAX));
        let page = resources::page(reading, self.account, self.kind, skip, most).await?;
        Ok((usize::try_from(total).unwrap_or(usize::MAX), page))
    }

    async fn matching(
        &self,
        reading: &mut SqliteConnection,
        filter: &Filter,
        skip: usize,
        most: usize,
    ) -> Result<(usize, Vec<StoredResource>), Refusal> {
        let by = Narrowed {
            id: filter.required_text("id"),
            name: filter.required_text(name_attribute(self.kind)),
            external_id: filter.required_text("externalId"),
        };
        let candidates = resources::narrowed(&mut *reading, self.account, self.kind, by).await?;
        let members = self.members(reading, &candidates).await?;
        let everything = Selection::default();
        let mut matching = candidates;
        matching.retain(|one| {
            let members = self.members_of(&members, &one.id);
            let whole = rendered(self.service, self.kind, one.clone(), members.as_ref(), &everything);
            filter.matches(&whole, self.kind)
        });
        let total = matching.len();
        Ok((total, matching.into_iter().skip(skip).take(most).collect()))
    }

    /// The resources as they are sent.
    pub(crate) async fn render(
        &self,
        reading: &mut SqliteConnection,
        page: Vec<StoredResource>,
        selection: &Selection,
    ) -> Result<Vec<Value>, Refusal> {
        let members =
            if selection.wants("members") { self.members(reading, &page).await? } else { HashMap::new() };
        let render = |one: StoredResource| {
            let members = self.members_of(&members, &one.id);
            rendered(self.service, self.kind, one, members.as_ref(), selection)
        };
        Ok(page.into_iter().map(render).collect())
    }

    /// One resource as it is sent.
    pub(crate) async fn render_one(
        &self,
        reading: &mut SqliteConnection,
        one: StoredResource,
        selection: &Selection,
    ) -> Result<Value, Refusal> {
        let mut rendered = self.render(reading, vec![one], selection).await?;
        rendered.pop().ok_or_else(Refusal::not_found)
    }

    pub(crate) async fn members(
        &self,
        reading: &mut SqliteConnection,
        groups: &[StoredResource],
    ) -> Result<HashMap<String, Vec<Member>>, Refusal> {
        match self.kind {
            ResourceKind::User => Ok(HashMap::new()),
            ResourceKind::Group => Ok(resources::members(reading, groups).await?),
        }
    }

    fn members_of(&self, members: &HashMap<String, Vec<Member>>, group: &str) -> Option<Vec<Member>> {
        (self.kind == ResourceKind::Group).then(|| members.get(group).cloned().unwrap_or_default())
    }
}
