//! Who is signed in: their password, and for an administrator invitations and what happened lately.

use super::html::{Cell, Draft, Trouble};
use super::patience::Attempt;
use super::visitor::{Shown, Visitor};
use super::{NEW_PASSWORD, PASSWORD, email_field, note, password, sign_in_here, weak};
use crate::Service;
use crate::error::Error;
use crate::page::{add_cookies, redirect};
use crate::store::users::{self, Role, User};
use crate::store::{self, Alone};
use crate::store::{attempts, oauth};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

/// Who is signed in.
pub(super) async fn show(State(service): State<Service>, visitor: Visitor) -> Result<Response, Error> {
    match visitor.user(&service).await? {
        Some(user) => page(&service, &visitor, &user, None).await,
        None => Ok(redirect("/sign-in")),
    }
}

/// Another password. Every program and every other browser is signed out.
pub(super) async fn change_password(
    State(service): State<Service>,
    Shown { visitor, posted }: Shown,
) -> Result<Response, Error> {
    let Some(user) = visitor.user(&service).await? else { return Ok(redirect("/sign-in")) };
    let inner = &service.inner;
    let attempt = Attempt::new(&user.email, visitor.address, visitor.digest().as_deref());
    let mut writing = store::writing(&inner.pool, Alone::Rows).await?;
    if let Err(seconds) = attempt.begin(&mut writing, inner.now()).await? {
        drop(writing);
        let trouble = Trouble::new("sign-in-wait").with("minutes", (seconds + 59) / 60);
        return page(&service, &visitor, &user, Some(&trouble)).await;
    }
    writing.commit().await?;
    let kept = Some(user.password.clone());
    if !inner.passwords.matches(&posted.secret("password"), kept).await? {
        return page(&service, &visitor, &user, Some(&Trouble::new("password-wrong"))).await;
    }
    if let Err(too_weak) = password::check(posted.value("new-password"), &user.email) {
        return page(&service, &visitor, &user, Some(&weak(too_weak))).await;
    }
    let changed = inner.passwords.hash(&posted.secret("new-password")).await?;
    let mut writing = store::writing(&inner.pool, Alone::Rows).await?;
    attempt.succeeded(&mut writing).await?;
    users::change_password(&mut writing, &user.email, &changed, inner.now()).await?;
    oauth::end_grants_of(&mut writing, &user.email, inner.now()).await?;
    let cookies = sign_in_here(&service, &mut writing, &visitor, &user.email).await?;
    note(&service, &mut writing, Some(&visitor), (&user.email, "password.changed", None)).await?;
    writing.commit().await?;
    let title = "users-password-changed";
    let mut response = Draft::new(&inner.texts, title, &[])
        .says("users-password-changed-more", &[])
        .link("users-back", "/user")
        .plain(StatusCode::OK);
    add_cookies(&mut response, cookies);
    Ok(response)
}

/// The page of a user, with what was wrong with what they sent.
pub(super) async fn page(
    service: &Service,
    visitor: &Visitor,
    user: &User,
    trouble: Option<&Trouble<'_>>,
) -> Result<Response, Error> {
    let form = visitor.form_secret()?;
    let status = if trouble.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let args = [("name", user.name.as_str()), ("email", &user.email)];
    let mut draft = Draft::new(&service.inner.texts, "users-user", &args)
        .says("users-user-intro", &args)
        .trouble(trouble)
        .form("/sign-out", &form, &[])
        .button("users-sign-out", None, true)
        .end_form();
    if user.role == Role::Administrator {
        draft = draft
            .heading("users-list")
            .link("users-list-all", "/users")
            .heading("users-invite")
            .says("users-invite-intro", &[])
            .form("/user/invitations", &form, &[])
            .field(&email_field(""))
            .choice("role", &[Role::User.as_str(), Role::Administrator.as_str()])
            .button("users-invite-done", None, false)
            .end_form();
    }
    draft = draft
        .heading("users-change-password")
        .form("/user/password", &form, &[])
        .field(&PASSWORD)
        .field(&NEW_PASSWORD)
        .button("users-change-password-done", None, false)
        .end_form();
    if user.role == Role::Administrator {
        let lines = attempts::newest(&service.inner.pool).await?;
        let rows: Vec<Vec<Cell>> = lines.into_iter().map(|line| cells(&draft, line)).collect();
        draft = draft.heading("users-log").table(&COLUMNS, &rows);
    }
    Ok(draft.answer(status, form))
}

const COLUMNS: [&str; 5] =
    ["users-log-at", "users-log-by", "users-log-action", "users-log-subject", "users-log-address"];

fn cells(draft: &Draft<'_>, line: attempts::Line) -> Vec<Cell> {
    let action = draft.words(&format!("users-did-{}", line.action.replace('.', "-")), &[]);
    let (subject, address) = (line.subject.unwrap_or_default(), line.address.unwrap_or_default());
    vec![Cell::At(line.at), Cell::Text(line.by), Cell::Text(action), Cell::Text(subject), Cell::Text(address)]
}
