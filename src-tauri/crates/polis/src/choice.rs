use crate::connection::Connection;
use crate::directory::Directory;
use vocabulary::Finding;

/// The one connection that is meant: the named one, or the only one there is.
///
/// # Errors
/// `polis-connection-none` or `polis-connection-several`, with those that there are.
pub fn the_one<'a>(connections: &'a [Connection], named: Option<&str>) -> Result<&'a Connection, Finding> {
    let mut meant = connections.iter().filter(|one| named.is_none_or(|name| name == one.client_id));
    match (meant.next(), meant.next()) {
        (Some(one), None) => Ok(one),
        (None, _) => Err(listed(Finding::error("polis-connection-none"), connections)),
        (Some(_), Some(_)) => Err(listed(Finding::error("polis-connection-several"), connections)),
    }
}

/// The connection of an identity provider that newer metadata are for. Polis gives a connection to another identity
/// provider by no means, and says only that something does not match.
///
/// # Errors
/// `polis-connection-none`, or `polis-entity-id-other` with those that there are.
pub fn of_entity<'a>(connections: &'a [Connection], entity_id: &str) -> Result<&'a Connection, Finding> {
    let found = connections.iter().find(|one| one.entity_id() == entity_id);
    found.ok_or_else(|| match connections {
        [] => Finding::error("polis-connection-none"),
        _ => listed(Finding::error("polis-entity-id-other").seen("entityID", entity_id), connections),
    })
}

/// What there is already where a connection to that identity provider is to be made.
pub fn judge_new(here: &[Connection], entity_id: &str) -> Option<Finding> {
    if let Some(there) = here.iter().find(|one| one.entity_id() == entity_id) {
        return Some(Finding::error("polis-connection-exists").seen(&there.client_id, there.entity_id()));
    }
    (!here.is_empty()).then(|| listed(Finding::warning("polis-connection-second"), here))
}

/// Why a connection should not be taken away: people sign in by it.
pub fn judge_removal(connection: &Connection) -> Option<Finding> {
    let finding = || Finding::error("polis-connection-active");
    (!connection.deactivated).then(|| finding().seen(&connection.client_id, connection.entity_id()))
}

/// The one directory of that name.
///
/// # Errors
/// `polis-directory-none`, with those that there are.
pub fn the_directory<'a>(directories: &'a [Directory], id: &str) -> Result<&'a Directory, Finding> {
    let found = directories.iter().find(|one| one.id == id);
    found.ok_or_else(|| with_directories(Finding::error("polis-directory-none"), directories))
}

/// Why another directory should not be made: an identity provider that is given a second one provisions everybody again.
pub fn judge_new_directory(there: &[Directory]) -> Option<Finding> {
    (!there.is_empty()).then(|| with_directories(Finding::error("polis-directory-exists"), there))
}

fn listed(finding: Finding, connections: &[Connection]) -> Finding {
    connections.iter().fold(finding, |finding, one| finding.seen(&one.client_id, one.entity_id()))
}

fn with_directories(finding: Finding, directories: &[Directory]) -> Finding {
    directories.iter().fold(finding, |finding, one| finding.seen(&one.id, &one.name))
}
