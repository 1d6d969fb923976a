//! Everybody who may sign in, for administrators: their role, whether they may, and a link when they lost their password.

use super::html::{Cell, Draft, Trouble};
use super::invitations::{self, Link};
use super::visitor::{Fields, FormSecret, Shown, Visitor};
use super::{note, over};
use crate::Service;
use crate::error::Error;
use crate::page::redirect;
use crate::store::user_list::{self, Listed, Standing};
use crate::store::users::{self, Role};
use crate::store::{self, Alone, Writing, oauth};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use url::form_urlencoded::byte_serialize;

/// What an administrator can do with somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Become(Role),
    Disable,
    Enable,
    LinkForPassword,
    Withdraw,
}

const DEEDS: [(&str, Deed); 6] = [
    ("make-administrator", Deed::Become(Role::Administrator)),
    ("make-user", Deed::Become(Role::User)),
    ("disable", Deed::Disable),
    ("enable", Deed::Enable),
    ("password-link", Deed::LinkForPassword),
    ("withdraw", Deed::Withdraw),
];

impl Deed {
    /// What can be done with somebody as they are.
    fn of(listed: &Listed) -> Vec<Self> {
        let role = if listed.role == Role::Administrator { Role::User } else { Role::Administrator };
        match listed.standing {
            Standing::Active => vec![Self::Become(role), Self::LinkForPassword, Self::Disable],
            Standing::Disabled(_) => vec![Self::Enable],
            Standing::Invited(_) => vec![Self::Withdraw],
        }
    }

    fn name(self) -> &'static str {
        DEEDS.iter().find(|(_, deed)| *deed == self).map_or("", |(name, _)| name)
    }

    /// How it is written down.
    const fn action(self) -> &'static str {
        match self {
            Self::Become(Role::Administrator) => "user.made-administrator",
            Self::Become(Role::User) => "user.made-user",
            Self::Disable => "user.disabled",
            Self::Enable => "user.enabled",
            Self::LinkForPassword => "password-link.made",
            Self::Withdraw => "invitation.withdrawn",
        }
    }

    /// Whether afterwards an administrator less may sign in.
    fn takes_away(self, listed: &Listed) -> bool {
        listed.role == Role::Administrator && matches!(self, Self::Become(Role::User) | Self::Disable)
    }
}

/// The address of the page about somebody.
fn path_of(email: &str) -> String {
    format!("/users/{}", byte_serialize(email.as_bytes()).collect::<String>())
}

/// Everybody who may sign in, or is invited to.
pub(super) async fn list(State(service): State<Service>, visitor: Visitor) -> Result<Response, Error> {
    if let Err(turned_away) = administrator(&service, &visitor).await? {
        return Ok(turned_away);
    }
    let mut connection = service.inner.pool.acquire().await?;
    let users = user_list::all(&mut connection, service.inner.now()).await?;
    let draft = Draft::new(&service.inner.texts, "users-list", &[]);
    let rows: Vec<Vec<Cell>> = users.iter().map(|user| row(&draft, user)).collect();
    Ok(draft.table(&COLUMNS, &rows).link("users-back", "/user").plain(StatusCode::OK))
}

const COLUMNS: [&str; 5] = [
    "users-field-email",
    "users-list-name",
    "users-field-role",
    "users-list-standing",
    "users-list-signed-in",
];

fn row(draft: &Draft<'_>, user: &Listed) -> Vec<Cell> {
    let signed_in = user.signed_in_at.map_or_else(|| Cell::Text(draft.words("users-never", &[])), Cell::At);
    vec![
        Cell::Link(path_of(&user.email), user.email.clone()),
        Cell::Text(user.name.clone()),
        Cell::Text(draft.words(&format!("users-is-{}", user.role.as_str()), &[])),
        Cell::Text(standing(draft, user)),
        signed_in,
    ]
}

fn standing(draft: &Draft<'_>, user: &Listed) -> String {
    let (id, moment) = match user.standing {
        Standing::Active => ("users-may-sign-in", None),
        Standing::Disabled(since) => ("users-may-not-sign-in", Some(since)),
        Standing::Invited(until) => ("users-may-be-invited", Some(until)),
    };
    let moment = moment.map(|moment| moment.to_minute()).unwrap_or_default();
    draft.words(id, &[("moment", &moment)])
}

/// One of them, and what can be done.
pub(super) async fn show(
    State(service): State<Service>,
    Path(email): Path<String>,
    visitor: Visitor,
) -> Result<Response, Error> {
    match administrator(&service, &visitor).await? {
        Ok(_) => page(&service, &visitor, &email, None).await,
        Err(turned_away) => Ok(turned_away),
    }
}

/// Does it.
pub(super) async fn change(
    State(service): State<Service>,
    Path(email): Path<String>,
    Shown { visitor, posted }: Shown,
) -> Result<Response, Error> {
    let by = match administrator(&service, &visitor).await? {
        Ok(by) => by,
        Err(turned_away) => return Ok(turned_away),
    };
    let inner = &service.inner;
    // Whoever reads that there is another administrator must not find them gone when the last one goes.
    let mut writing = store::writing(&inner.pool, Alone::Users).await?;
    let Some(user) = find(&mut writing, &service, &email).await? else {
        return Ok(over(&service, StatusCode::NOT_FOUND, "user-unknown"));
    };
    let Some(deed) = wanted(&posted).filter(|deed| Deed::of(&user).contains(deed)) else {
        drop(writing);
        return page(&service, &visitor, &email, Some(&Trouble::new("user-changed"))).await;
    };
    if deed.takes_away(&user) && !user_list::has_other_administrator(&mut writing, &email).await? {
        drop(writing);
        return page(&service, &visitor, &email, Some(&Trouble::new("last-administrator"))).await;
    }
    let link = carry_out(&service, &mut writing, (deed, &user), &by).await?;
    note(&service, &mut writing, Some(&visitor), (&by, deed.action(), Some(&user.email))).await?;
    writing.commit().await?;
    Ok(match link {
        Some(link) => invitations::shown(&service, "users-password-link", &user.email, &link),
        None if deed == Deed::Withdraw => redirect("/users"),
        None => redirect(&path_of(&user.email)),
    })
}

fn wanted(posted: &Fields) -> Option<Deed> {
    DEEDS.iter().find(|(name, _)| *name == posted.value("deed")).map(|(_, deed)| *deed)
}

/// The secret of a link, when the deed makes one.
async fn carry_out(
    service: &Service,
    writing: &mut Writing,
    (deed, user): (Deed, &Listed),
    by: &str,
) -> Result<Option<String>, Error> {
    let (email, now) = (user.email.as_str(), service.inner.now());
    match deed {
        Deed::Become(role) => user_list::set_role(writing, email, role).await?,
        Deed::Enable => user_list::set_disabled(writing, email, None).await?,
        Deed::Disable => {
            user_list::set_disabled(writing, email, Some(now)).await?;
            users::forget_browsers(writing, email).await?;
            users::withdraw(writing, email).await?;
            oauth::end_grants_of(writing, email, now).await?;
        }
        Deed::Withdraw => {
            users::withdraw(writing, email).await?;
        }
        Deed::LinkForPassword => {
            let link = Link::for_password(email, user.role)?;
            return Ok(Some(link.keep(service, writing, by).await?));
        }
    }
    Ok(None)
}

async fn find(writing: &mut Writing, service: &Service, email: &str) -> sqlx::Result<Option<Listed>> {
    let users = user_list::all(&mut *writing, service.inner.now()).await?;
    Ok(users.into_iter().find(|user| user.email == email))
}

async fn page(
    service: &Service,
    visitor: &Visitor,
    email: &str,
    trouble: Option<&Trouble<'_>>,
) -> Result<Response, Error> {
    let mut connection = service.inner.pool.acquire().await?;
    let users = user_list::all(&mut connection, service.inner.now()).await?;
    drop(connection);
    let Some(user) = users.into_iter().find(|user| user.email == email) else {
        return Ok(over(service, StatusCode::NOT_FOUND, "user-unknown"));
    };
    let form = visitor.form_secret()?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = if user.name.is_empty() { &user.email } else { &user.name };
    let mut draft = Draft::new(&service.inner.texts, "users-one", &[("name", shown)]).trouble(trouble);
    let heads = &COLUMNS;
    let mut cells = row(&draft, &user);
    if let Some(first) = cells.first_mut() {
        *first = Cell::Text(user.email.clone());
    }
    draft = draft.table(heads, &[cells]);
    for deed in Deed::of(&user) {
        draft = offer(draft, (deed, &user), &form);
    }
    Ok(draft.link("users-back-to-list", "/users").answer(status, form))
}

fn offer<'a>(draft: Draft<'a>, (deed, user): (Deed, &Listed), form: &FormSecret) -> Draft<'a> {
    let id = format!("users-deed-{}", deed.name());
    draft
        .says(&format!("{id}-more"), &[("name", &user.name)])
        .form(&path_of(&user.email), form, &[("deed", deed.name())])
        .button(&id, None, true)
        .end_form()
}

/// The address of the administrator who is signed in, or the answer to anybody else.
async fn administrator(service: &Service, visitor: &Visitor) -> Result<Result<String, Response>, Error> {
    Ok(match visitor.user(service).await? {
        None => Err(redirect("/sign-in")),
        Some(user) if user.role == Role::Administrator => Ok(user.email),
        Some(_) => Err(over(service, StatusCode::FORBIDDEN, "not-administrator")),
    })
}
