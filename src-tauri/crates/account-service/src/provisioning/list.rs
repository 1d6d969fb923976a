//! Lists: filter, order and paging (RFC 7644, section 3.4.2).

use super::answer::{
    Refusal, Rendered, Sent, related_attribute, rendered, rendered_groups, rendered_members,
};
use super::caller::Caller;
use super::resources::ScimBody;
use crate::Service;
use crate::store::Connection;
use crate::store::memberships;
use crate::store::resources::{self, Narrowed, StoredResource, name_attribute};
use axum::Extension;
use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use scim::discovery::MAX_RESULTS;
use scim::{Filter, ResourceKind, Selection, Sort};
use serde_json::Value;
use std::collections::HashMap;
use std::convert::Infallible;

/// What is asked for. Anything else in the query is passed over, such as the flags that Entra lets administrators add
/// to the URL.
#[derive(Debug, Default)]
pub(crate) struct ListQuery {
    filter: Option<String>,
    start_index: Option<String>,
    count: Option<String>,
    sort_by: Option<String>,
    sort_order: Option<String>,
    attributes: Option<String>,
    excluded_attributes: Option<String>,
}

impl FromRequestParts<Service> for ListQuery {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &Service) -> Result<Self, Infallible> {
        let mut query = Self::default();
        for (name, value) in url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()) {
            query.set(&name, value.into_owned());
        }
        Ok(query)
    }
}

impl ListQuery {
    /// The body of a search (RFC 7644, section 3.4.3).
    fn from_body(body: &Value) -> Result<Self, Refusal> {
        let no_object =
            || scim::Error::new(scim::ErrorType::InvalidSyntax, "the search is not a JSON object");
        let mut query = Self::default();
        for (name, value) in body.as_object().ok_or_else(no_object)? {
            let text = match value {
                Value::String(text) => text.clone(),
                Value::Array(names) => Vec::from_iter(names.iter().filter_map(Value::as_str)).join(","),
                Value::Null => continue,
                other => other.to_string(),
            };
            query.set(name, text);
        }
        Ok(query)
    }

    fn set(&mut self, name: &str, value: String) {
        let field = match name.to_ascii_lowercase().as_str() {
            "filter" => &mut self.filter,
            "startindex" => &mut self.start_index,
            "count" => &mut self.count,
            "sortby" => &mut self.sort_by,
            "sortorder" => &mut self.sort_order,
            "attributes" => &mut self.attributes,
            "excludedattributes" => &mut self.excluded_attributes,
            _ => return,
        };
        *field = Some(value);
    }

    pub(crate) fn selection(&self) -> Selection {
        Selection::new(self.attributes.as_deref(), self.excluded_attributes.as_deref())
    }

    /// Whether the answer is to have certain attributes.
    pub(crate) fn selects(&self) -> bool {
        self.attributes.is_some() || self.excluded_attributes.is_some()
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
    query: ListQuery,
) -> Result<Sent, Refusal> {
    answer(&[kind], &service, &caller, &query).await
}

/// `POST …/.search`: the same, for filters that are too long or too private for a URL; at the base URL over both
/// kinds.
pub(crate) async fn search(
    kinds: &[ResourceKind],
    State(service): State<Service>,
    Extension(caller): Extension<Caller>,
    ScimBody(body): ScimBody,
) -> Result<Sent, Refusal> {
    answer(kinds, &service, &caller, &ListQuery::from_body(&body)?).await
}

async fn answer(
    kinds: &[ResourceKind],
    service: &Service,
    caller: &Caller,
    query: &ListQuery,
) -> Result<Sent, Refusal> {
    let (skip, most) = query.window()?;
    let selection = query.selection();
    let filter =
        query.filter.as_deref().filter(|text| !text.trim().is_empty()).map(Filter::parse).transpose()?;
    let sort = Sort::new(query.sort_by.as_deref(), query.sort_order.as_deref())?;
    let mut reading = crate::store::reading(&service.inner.pool).await?;
    if let Some(sort) = sort {
        let mut found = Vec::new();
        for kind in kinds {
            let reader = Reader { service, account: &caller.account, kind: *kind };
            let whole = reader.matching(&mut reading, filter.as_ref()).await?;
            found.extend(whole.into_iter().map(|(stored, whole)| (*kind, stored, whole)));
        }
        sort.apply(&mut found, |(kind, _, whole)| (*kind, whole));
        let total = found.len();
        let page = found.into_iter().skip(skip).take(most).map(|(kind, stored, _)| (kind, stored));
        let page = in_order(service, caller, &mut reading, page.collect(), &selection).await?;
        return Ok(Sent::page(total, skip.saturating_add(1), page));
    }
    let (mut total, mut resources) = (0, Vec::new());
    for kind in kinds {
        let reader = Reader { service, account: &caller.account, kind: *kind };
        let (skip, most) = (skip.saturating_sub(total), most - resources.len());
        let (found, page) = match &filter {
            Some(filter) => {
                let matching = reader.matching(&mut reading, Some(filter)).await?;
                let page = matching.iter().skip(skip).take(most).map(|(stored, _)| stored.clone()).collect();
                (matching.len(), page)
            }
            None => reader.all(&mut reading, skip, most).await?,
        };
        total += found;
        let page = reader.render(&mut reading, page, &selection).await?;
        resources.extend(page.into_iter().map(|one| one.body));
    }
    Ok(Sent::page(total, skip.saturating_add(1), resources))
}

/// Resources of several kinds as they are sent, in their order.
async fn in_order(
    service: &Service,
    caller: &Caller,
    reading: &mut Connection,
    page: Vec<(ResourceKind, StoredResource)>,
    selection: &Selection,
) -> Result<Vec<Value>, Refusal> {
    let order: Vec<String> = page.iter().map(|(_, stored)| stored.id.clone()).collect();
    let mut sent = HashMap::new();
    for kind in ResourceKind::ALL {
        let of_kind: Vec<StoredResource> =
            page.iter().filter(|(other, _)| *other == kind).map(|(_, stored)| stored.clone()).collect();
        let ids: Vec<String> = of_kind.iter().map(|stored| stored.id.clone()).collect();
        let reader = Reader { service, account: &caller.account, kind };
        let rendered = reader.render(reading, of_kind, selection).await?;
        sent.extend(ids.into_iter().zip(rendered.into_iter().map(|one| one.body)));
    }
    Ok(order.iter().filter_map(|id| sent.remove(id)).collect())
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
        reading: &mut Connection,
        skip: usize,
        most: usize,
    ) -> Result<(usize, Vec<StoredResource>), Refusal> {
        let total = resources::count(&mut *reading, self.account, self.kind).await?;
        let (skip, most) = (u32::try_from(skip).unwrap_or(u32::MAX), u32::try_from(most).unwrap_or(u32::MAX));
        let page = resources::page(reading, self.account, self.kind, skip, most).await?;
        Ok((usize::try_from(total).unwrap_or(usize::MAX), page))
    }

    /// Everything that matches, as it is stored and as it is sent whole; a user with their groups only where the filter is
    /// about those.
    async fn matching(
        &self,
        reading: &mut Connection,
        filter: Option<&Filter>,
    ) -> Result<Vec<(StoredResource, Value)>, Refusal> {
        let required = |attribute| filter.and_then(|filter| filter.required_text(attribute));
        let by = Narrowed {
            id: required("id"),
            name: required(name_attribute(self.kind)),
            external_id: required("externalId"),
        };
        let candidates = resources::narrowed(&mut *reading, self.account, self.kind, by).await?;
        let is_needed =
            self.kind == ResourceKind::Group || filter.is_some_and(|filter| filter.mentions("groups"));
        let related = if is_needed { self.related(reading, &candidates).await? } else { HashMap::new() };
        let everything = Selection::default();
        let whole = candidates.into_iter().map(|one| {
            let related = self.related_of(&related, &one.id);
            let whole = rendered(self.service, self.kind, one.clone(), related.as_ref(), &everything).body;
            (one, whole)
        });
        let is_match = |whole: &Value| filter.is_none_or(|filter| filter.matches(whole, self.kind));
        Ok(whole.filter(|(_, whole)| is_match(whole)).collect())
    }

    /// The resources as they are sent.
    pub(crate) async fn render(
        &self,
        reading: &mut Connection,
        page: Vec<StoredResource>,
        selection: &Selection,
    ) -> Result<Vec<Rendered>, Refusal> {
        let is_wanted = selection.wants(related_attribute(self.kind));
        let related = if is_wanted { self.related(reading, &page).await? } else { HashMap::new() };
        let render = |one: StoredResource| {
            let related = self.related_of(&related, &one.id);
            rendered(self.service, self.kind, one, related.as_ref(), selection)
        };
        Ok(page.into_iter().map(render).collect())
    }

    /// One resource as it is sent.
    pub(crate) async fn render_one(
        &self,
        reading: &mut Connection,
        one: StoredResource,
        selection: &Selection,
    ) -> Result<Rendered, Refusal> {
        let mut rendered = self.render(reading, vec![one], selection).await?;
        rendered.pop().ok_or_else(Refusal::not_found)
    }

    /// The members of groups, or the groups of users, by the resource.
    async fn related(
        &self,
        reading: &mut Connection,
        page: &[StoredResource],
    ) -> Result<HashMap<String, Value>, Refusal> {
        let base = self.service.inner.view().scim();
        Ok(match self.kind {
            ResourceKind::User => {
                let groups = memberships::memberships(reading, page).await?;
                groups.into_iter().map(|(id, groups)| (id, rendered_groups(&base, &groups))).collect()
            }
            ResourceKind::Group => {
                let members = memberships::members(reading, page).await?;
                members.into_iter().map(|(id, members)| (id, rendered_members(&base, &members))).collect()
            }
        })
    }

    /// A group always says who its members are, a user in no group says nothing of groups.
    fn related_of(&self, related: &HashMap<String, Value>, id: &str) -> Option<Value> {
        let none = (self.kind == ResourceKind::Group).then(|| Value::Array(Vec::new()));
        related.get(id).cloned().or(none)
    }
}
