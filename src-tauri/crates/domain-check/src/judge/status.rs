use crate::{Answer, Outcome, Rcode, Role, ServerAnswer, Status};

/// What the answer of one server means for the expected value.
pub(super) fn of(server: &ServerAnswer, expected: Option<&str>) -> Status {
    match &server.txt {
        Outcome::Silent | Outcome::Closed => Status::Silent,
        Outcome::Unreadable | Outcome::Cut | Outcome::Untrusted(_) | Outcome::Diverted(_) => Status::Broken,
        Outcome::Limited => Status::Refused,
        Outcome::NoAddress => Status::NoAddress,
        Outcome::NoRoute => Status::NoRoute,
        Outcome::Answered(answer) => of_answer(server.role, answer, expected),
    }
}

fn of_answer(role: Role, answer: &Answer, expected: Option<&str>) -> Status {
    match answer.rcode {
        Rcode::Refused => return Status::Refused,
        Rcode::ServFail | Rcode::Other(_) => return Status::Broken,
        Rcode::NoError | Rcode::NxDomain => {}
    }
    match role {
        Role::Root | Role::Parent => return Status::Referred,
        Role::Delegated if !answer.authoritative => return Status::Lame,
        Role::Delegated | Role::Resolver | Role::System => {}
    }
    let is_expected = |text: &str| answer.values.iter().any(|value| value.0 == text.as_bytes());
    match (expected, answer.values.is_empty()) {
        (Some(text), false) if is_expected(text) => Status::Right,
        _ if !answer.aliases.is_empty() => Status::Cname,
        (None, false) => Status::Present,
        (Some(_), false) => Status::WrongValue,
        (_, true) => Status::Missing,
    }
}

/// The TXT values as text.
pub(super) fn values(server: &ServerAnswer) -> Vec<String> {
    let Outcome::Answered(answer) = &server.txt else { return Vec::new() };
    answer.values.iter().map(crate::TxtValue::text).collect()
}

/// How long the answer may be kept.
pub(super) fn ttl(server: &ServerAnswer, status: Status) -> Option<u32> {
    let Outcome::Answered(answer) = &server.txt else { return None };
    match status {
        Status::Missing => answer.negative_ttl.or(server.zone.map(|zone| zone.negative_ttl)),
        _ => answer.ttl,
    }
}
