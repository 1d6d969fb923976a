//! Takes away what was made, also what was asked for without an answer.

use crate::endpoint::{Answer, Call, Endpoint, Method};
use crate::record::{Made, Record};

/// So many requests without an answer one after the other, and nothing more is asked.
pub(crate) const PATIENCE: u32 = 2;

/// Deletes everything that may be there; the names of what is there still.
pub(crate) async fn clean_up(endpoint: &dyn Endpoint, record: &Record) -> Vec<String> {
    let mut cleaner = Cleaner { endpoint, unreached: 0 };
    let mut left = Vec::new();
    for made in record.open() {
        if cleaner.take_away(&made).await {
            record.settle(made.endpoint, &made.name, |made| made.is_gone = true);
        } else {
            left.push(made.name);
        }
    }
    left
}

struct Cleaner<'a> {
    endpoint: &'a dyn Endpoint,
    unreached: u32,
}

impl Cleaner<'_> {
    /// Whether it is gone.
    async fn take_away(&mut self, made: &Made) -> bool {
        let ids = match &made.id {
            Some(id) => vec![id.clone()],
            None => match self.find(made).await {
                Some(ids) => ids,
                None => return false,
            },
        };
        for id in ids {
            if !self.delete(made.endpoint, &id).await {
                return false;
            }
        }
        true
    }

    /// The ids of what has the name, to the letter: a server that passes over filters tells of others too, and those
    /// are nobody's to delete.
    async fn find(&mut self, made: &Made) -> Option<Vec<String>> {
        let attribute = name_attribute(made.endpoint);
        let filter = format!("{attribute} eq \"{}\"", made.name);
        let answer = self.send(&Call::new(Method::Get, made.endpoint).asking("filter", filter)).await?;
        if answer.status != 200 {
            return None;
        }
        let ours = answer.resources().iter().filter(|one| one[attribute].as_str() == Some(&made.name));
        Some(ours.filter_map(|one| one["id"].as_str().map(str::to_owned)).collect())
    }

    async fn delete(&mut self, endpoint: &str, id: &str) -> bool {
        let path = path_of(endpoint, id);
        let Some(answer) = self.send(&Call::new(Method::Delete, path)).await else { return false };
        answer.is_success() || answer.status == 404
    }

    async fn send(&mut self, call: &Call) -> Option<Answer> {
        if self.unreached >= PATIENCE {
            return None;
        }
        let answer = self.endpoint.send(call).await.ok();
        self.unreached = if answer.is_some() { 0 } else { self.unreached + 1 };
        answer
    }
}

/// The attribute by which it is found.
pub(crate) fn name_attribute(endpoint: &str) -> &'static str {
    if endpoint == "/Users" { "userName" } else { "displayName" }
}

/// The path of one resource. Whatever the server calls it, it stays one part of the path.
pub(crate) fn path_of(endpoint: &str, id: &str) -> String {
    let mut path = format!("{endpoint}/");
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'~' => path.push(char::from(byte)),
            b'.' if id.bytes().any(|byte| byte != b'.') => path.push('.'),
            _ => path.push_str(&format!("%{byte:02X}")),
        }
    }
    path
}
