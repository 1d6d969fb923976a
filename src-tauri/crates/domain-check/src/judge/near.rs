//! The published value that was meant to be the expected one.

use super::value::{is_close, is_expected_in_disguise};
use super::{Look, record};
use crate::near_miss::parts;
use crate::{NearMiss, Status};

/// The closest of the values at the name and at the places for mistakes; `None` where none is close, or one is right.
pub(super) fn miss(look: &Look<'_>) -> Option<NearMiss> {
    let expected = look.expected?;
    if look.is_right_somewhere() {
        return None;
    }
    let name = look.collected.name.as_str();
    let at_name = look.with(Status::WrongValue).flat_map(|(server, row)| {
        row.values.iter().map(move |value| (name, server.server.as_str(), value.clone()))
    });
    let elsewhere = look.collected.misplaced.iter().flat_map(|answer| {
        let values = record::values_at(answer).iter();
        values.map(move |value| (answer.name.as_str(), answer.server.as_str(), value.text()))
    });
    let (name, server, found) = at_name
        .chain(elsewhere)
        .find(|(_, _, value)| is_expected_in_disguise(expected, value) || is_close(expected, value))?;
    let parts = parts(expected, &found);
    Some(NearMiss { name: name.to_owned(), server: server.to_owned(), found, parts })
}
