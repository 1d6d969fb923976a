//! Users and groups. The same routes serve both; members lie in a table of their own.

use super::answer::{Refusal, Rendered, Sent, entity_tag, rendered};
use super::caller::{Caller, Done};
use super::conditions::Conditions;
use super::list::{ListQuery, Reader, list, search};
use crate::Service;
use crate::api::request::{body_bytes, path_part};
use crate::store::resources::{self, StoredResource, name_attribute};
use crate::store::{self, Alone, Part, Writing, memberships};
use axum::extract::{FromRequest, FromRequestParts, Request, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::routing::{get, post};
use axum::{Extension, Router};
use scim::{Error, ErrorType, MemberChange, Patch, ResourceKind, normalise};
use serde_json::Value;

/// A JSON body, whatever content type it says it has: `application/scim+json` and `application/json` are both sent.
pub(crate) struct ScimBody(pub(crate) Value);

impl FromRequest<Service> for ScimBody {
    type Rejection = Refusal;

    async fn from_request(request: Request, service: &Service) -> Result<Self, Refusal> {
        let caller = request.extensions().get::<Caller>().cloned();
        let bytes = body_bytes(request, service).await?;
        let unreadable = |_| Error::new(ErrorType::InvalidSyntax, "the body is not JSON");
        let body = serde_json::from_slice(&bytes).map_err(unreadable)?;
        caller.iter().for_each(|caller| caller.sent(&body));
        Ok(Self(body))
    }
}

/// The id in the path.
pub(crate) struct Id(pub(crate) String);

impl FromRequestParts<Service> for Id {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &Service) -> Result<Self, Refusal> {
        Ok(Self(path_part(parts, "id").await?))
    }
}

/// The routes of one kind.
pub(crate) fn router(kind: ResourceKind) -> Router<Service> {
    type Asked = State<Service>;
    type By = Extension<Caller>;
    let list = move |service: Asked, by: By, query: ListQuery| list(kind, service, by, query);
    let search =
        move |service: Asked, by: By, body: ScimBody| async move { search(&[kind], service, by, body).await };
    let create = move |service: Asked, by: By, query: ListQuery, body: ScimBody| {
        create(kind, service, by, query, body)
    };
    let read = move |service: Asked, by: By, id: Id, on: Conditions, query: ListQuery| {
        read(kind, service, by, id, on, query)
    };
    let replace = move |service: Asked, by: By, id: Id, on: Conditions, query: ListQuery, body: ScimBody| {
        replace(kind, service, by, id, (on, query), body)
    };
    let patch = move |service: Asked, by: By, id: Id, on: Conditions, query: ListQuery, body: ScimBody| {
        patch(kind, service, by, id, (on, query), body)
    };
    let delete = move |service: Asked, by: By, id: Id, on: Conditions| delete(kind, service, by, id, on);
    let endpoint = kind.endpoint();
    Router::new()
        .route(endpoint, get(list).post(create))
        .route(&format!("{endpoint}/.search"), post(search))
        .route(&format!("{endpoint}/{{id}}"), get(read).put(replace).patch(patch).delete(delete))
}

/// Makes a resource.
pub(crate) async fn create(
    kind: ResourceKind,
    State(service): State<Service>,
    Extension(caller): Extension<Caller>,
    query: ListQuery,
    ScimBody(body): ScimBody,
) -> Result<Sent, Refusal> {
    let mut resource = normalise(&body, kind)?;
    if kind == ResourceKind::User && resource.get("active").is_none() {
        resource["active"] = true.into();
    }
    let now = service.inner.now();
    let id = uuid::Uuid::new_v4().to_string();
    let location = format!("{}{}/{id}", service.inner.view().scim(), kind.endpoint());
    let new = StoredResource { id, created_at: now, modified_at: now, version: 1, resource };
    let writer = Writer { service: &service, caller: &caller, kind };
    let mut turn = Turn::Shared;
    loop {
        let mut part = writer.begin(turn).await?;
        let made = writer.create(&mut part, new.clone(), &query).await;
        let ended = caller.end(&service, part, made.map(|sent| (sent, Done::with(201)))).await;
        if !turn.comes_again(&ended) {
            return Ok(Sent::created(ended?, location));
        }
    }
}

async fn read(
    kind: ResourceKind,
    State(service): State<Service>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    conditions: Conditions,
    query: ListQuery,
) -> Result<Sent, Refusal> {
    let mut reading = crate::store::reading(&service.inner.pool).await?;
    let stored =
        resources::find(&mut reading, &caller.account, kind, &id).await?.ok_or_else(Refusal::not_found)?;
    // A change of the members is one of the group: there is no need to look at them.
    let tag = entity_tag(stored.version, None);
    if kind == ResourceKind::Group && conditions.has(&tag) {
        return Ok(Sent::not_modified(tag));
    }
    let reader = Reader { service: &service, account: &caller.account, kind };
    let rendered = reader.render_one(&mut reading, stored, &query.selection()).await?;
    if conditions.has(&rendered.tag) {
        return Ok(Sent::not_modified(rendered.tag));
    }
    Ok(Sent::resource(rendered))
}

/// Puts a whole resource in the place of another.
pub(crate) async fn replace(
    kind: ResourceKind,
    State(service): State<Service>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    (conditions, query): (Conditions, ListQuery),
    ScimBody(body): ScimBody,
) -> Result<Sent, Refusal> {
    let resource = normalise(&body, kind)?;
    let writer = Writer { service: &service, caller: &caller, kind };
    let mut turn = Turn::Shared;
    loop {
        let mut part = writer.begin(turn).await?;
        let edit = |before: &Value| Ok(keep_active(resource.clone(), before));
        let changed = writer.change(&mut part, &id, (&conditions, &query), edit).await;
        let ended = caller.end(&service, part, changed.map(|sent| (sent, Done::with(200)))).await;
        if !turn.comes_again(&ended) {
            return ended;
        }
    }
}

/// Leaving `active` out does not let somebody in again who was locked out.
fn keep_active(mut resource: Value, before: &Value) -> Value {
    if let (None, Some(active)) = (resource.get("active"), before.get("active")) {
        resource["active"] = active.clone();
    }
    resource
}

/// Changes a resource.
pub(crate) async fn patch(
    kind: ResourceKind,
    State(service): State<Service>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    (conditions, query): (Conditions, ListQuery),
    ScimBody(body): ScimBody,
) -> Result<Sent, Refusal> {
    let patch = Patch::parse(&body)?;
    let writer = Writer { service: &service, caller: &caller, kind };
    let members = patch.member_changes().filter(|_| kind == ResourceKind::Group);
    let mut turn = Turn::Shared;
    loop {
        let mut part = writer.begin(turn).await?;
        let changed = match &members {
            Some(changes) => {
                writer.change_members(&mut part, id.clone(), (&conditions, &query), changes).await
            }
            None => {
                let edit = |resource: &Value| patch.apply(resource, kind);
                writer.change(&mut part, &id, (&conditions, &query), edit).await
            }
        };
        let changed = changed.map(|sent| {
            let done = Done::with(sent.status().as_u16());
            (sent, done)
        });
        let ended = caller.end(&service, part, changed).await;
        if !turn.comes_again(&ended) {
            return ended;
        }
    }
}

/// Takes a resource away.
pub(crate) async fn delete(
    kind: ResourceKind,
    State(service): State<Service>,
    Extension(caller): Extension<Caller>,
    Id(id): Id,
    conditions: Conditions,
) -> Result<StatusCode, Refusal> {
    let writer = Writer { service: &service, caller: &caller, kind };
    let mut turn = Turn::Shared;
    loop {
        let mut part = writer.begin(turn).await?;
        let deleted = writer.delete(&mut part, &id, &conditions).await;
        let done = Done { status: 204, removed: Some(kind) };
        let deleted = deleted.map(|()| (StatusCode::NO_CONTENT, done));
        let ended = caller.end(&service, part, deleted).await;
        if !turn.comes_again(&ended) {
            return ended;
        }
    }
}

/// Whether what is written may share its commit with others. Where that commit fails it is written once more, alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Shared,
    Alone,
}

impl Turn {
    /// Whether it has to be done once more: what was lost is so only because of others in the same commit.
    fn comes_again<T>(&mut self, ended: &Result<T, Refusal>) -> bool {
        let is_lost = ended.as_ref().is_err_and(|refusal| refusal.is_lost_together());
        std::mem::replace(self, Self::Alone) == Self::Shared && is_lost
    }
}

/// Writes resources of one kind of one account.
struct Writer<'a> {
    service: &'a Service,
    caller: &'a Caller,
    kind: ResourceKind,
}

impl Writer<'_> {
    fn account(&self) -> &str {
        &self.caller.account
    }

    fn reader(&self) -> Reader<'_> {
        Reader { service: self.service, account: self.account(), kind: self.kind }
    }

    async fn begin(&self, turn: Turn) -> Result<Part, Refusal> {
        let (pool, account) = (&self.service.inner.pool, Alone::Account(self.account()));
        Ok(match turn {
            Turn::Shared => store::part(pool, account).await?,
            Turn::Alone => store::part_alone(pool, account).await?,
        })
    }

    /// Makes a resource.
    async fn create(
        &self,
        writing: &mut Writing,
        new: StoredResource,
        query: &ListQuery,
    ) -> Result<Rendered, Refusal> {
        let members = member_ids(&new.resource);
        let stored = self.without_members(new);
        if !resources::add(writing, self.account(), self.kind, &stored).await? {
            return Err(self.taken());
        }
        if self.kind == ResourceKind::User {
            // Nobody is in a group before they are there.
            return Ok(rendered(self.service, self.kind, stored, None, &query.selection()));
        }
        self.set_members(writing, &stored.id, &members).await?;
        self.reader().render_one(writing, stored, &query.selection()).await
    }

    async fn delete(&self, writing: &mut Writing, id: &str, conditions: &Conditions) -> Result<(), Refusal> {
        let stored = self.find(writing, id).await?;
        conditions.allow(stored.version)?;
        let is_deleted = resources::delete(writing, self.account(), self.kind, id).await?;
        is_deleted.then_some(()).ok_or_else(Refusal::not_found)
    }

    async fn find(&self, writing: &mut Writing, id: &str) -> Result<StoredResource, Refusal> {
        let found = resources::find(writing, self.account(), self.kind, id).await?;
        found.ok_or_else(Refusal::not_found)
    }

    /// Changes a resource. A change that comes out as it went in is written nowhere.
    async fn change(
        &self,
        writing: &mut Writing,
        id: &str,
        (conditions, query): (&Conditions, &ListQuery),
        edit: impl FnOnce(&Value) -> Result<Value, Error>,
    ) -> Result<Sent, Refusal> {
        let mut stored = self.find(writing, id).await?;
        conditions.allow(stored.version)?;
        self.add_members(writing, &mut stored).await?;
        let edited = edit(&stored.resource)?;
        if edited != stored.resource {
            stored.resource = edited;
            stored.version += 1;
            stored.modified_at = self.service.inner.now();
            self.write(writing, stored.clone()).await?;
        }
        let stored = self.without_members(stored);
        Ok(Sent::resource(self.reader().render_one(writing, stored, &query.selection()).await?))
    }

    /// Changes members by their ids alone: what it costs has nothing to do with how many there are. The group is not told
    /// back for the same reason, unless whoever asks names the attributes they want (RFC 7644, section 3.5.2).
    async fn change_members(
        &self,
        writing: &mut Writing,
        id: String,
        (conditions, query): (&Conditions, &ListQuery),
        changes: &[MemberChange],
    ) -> Result<Sent, Refusal> {
        let stored = self.find(writing, &id).await?;
        conditions.allow(stored.version)?;
        let mut changed = 0;
        for change in changes {
            changed += match change {
                MemberChange::Add(users) => {
                    memberships::add_members(writing, self.account(), &id, users).await?
                }
                MemberChange::Remove(users) => memberships::remove_members(writing, &id, users).await?,
            };
        }
        if changed > 0 {
            resources::bump(writing, &id, self.service.inner.now()).await?;
        }
        if !query.selects() {
            return Ok(Sent::no_content(id, stored.version + u32::from(changed > 0)));
        }
        let stored = self.find(writing, &id).await?;
        Ok(Sent::resource(self.reader().render_one(writing, stored, &query.selection()).await?))
    }

    /// Writes a resource that has changed.
    async fn write(&self, writing: &mut Writing, stored: StoredResource) -> Result<(), Refusal> {
        if resources::is_taken(writing, self.account(), self.kind, &stored.resource, &stored.id).await? {
            return Err(self.taken());
        }
        let members = member_ids(&stored.resource);
        let stored = self.without_members(stored);
        resources::replace(writing, self.kind, &stored).await?;
        if self.kind == ResourceKind::Group {
            self.set_members(writing, &stored.id, &members).await?;
        }
        Ok(())
    }

    fn taken(&self) -> Refusal {
        let detail = format!("another resource has this {}", name_attribute(self.kind));
        Error::new(ErrorType::Uniqueness, detail).into()
    }

    async fn set_members(&self, writing: &mut Writing, id: &str, members: &[String]) -> Result<(), Refusal> {
        let members: Vec<&str> = members.iter().map(String::as_str).collect();
        Ok(memberships::set_members(writing, self.account(), id, &members).await?)
    }

    /// Puts the members of a group into it, for whoever changes it.
    async fn add_members(&self, writing: &mut Writing, stored: &mut StoredResource) -> Result<(), Refusal> {
        if self.kind == ResourceKind::User {
            return Ok(());
        }
        let mut members = memberships::members(writing, std::slice::from_ref(stored)).await?;
        let members = members.remove(&stored.id).unwrap_or_default();
        if !members.is_empty() {
            let member =
                |member: crate::store::memberships::Member| serde_json::json!({ "value": member.user_id });
            stored.resource["members"] = members.into_iter().map(member).collect();
        }
        Ok(())
    }

    fn without_members(&self, mut stored: StoredResource) -> StoredResource {
        if let (ResourceKind::Group, Some(resource)) = (self.kind, stored.resource.as_object_mut()) {
            resource.remove("members");
        }
        stored
    }
}

fn member_ids(group: &Value) -> Vec<String> {
    let members = group["members"].as_array().map(Vec::as_slice).unwrap_or_default();
    members.iter().filter_map(|member| member["value"].as_str().map(str::to_owned)).collect()
}
