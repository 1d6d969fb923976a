//! Resolvers that everybody may ask, and when one may be asked again.

use crate::{ServerRow, Status};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use time::Duration;
use vocabulary::Timestamp;

/// A resolver that everybody may ask, named by who runs it: where its nearest computer stands depends on where it is
/// asked from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct PublicResolver {
    /// Who runs it and learns which name was asked for.
    pub operator: String,
    /// Its address.
    #[specta(type = String)]
    pub address: IpAddr,
    /// Where it takes questions over HTTPS (RFC 8484); without one it is asked on port 53.
    #[serde(default)]
    pub url: Option<String>,
}

/// The set that is asked unless another one was chosen. Variants that leave nothing out, where an operator has one.
pub fn public_resolvers() -> Vec<PublicResolver> {
    serde_json::from_str(include_str!("../data/resolvers.json")).unwrap_or_default()
}

/// A resolver that failed or stayed silent is left alone for so long.
const AFTER_A_FAILURE: Duration = Duration::minutes(5);

/// When a resolver that gave this answer may be asked again; `None` when there is nothing more to learn from it.
///
/// A resolver that remembers "does not exist", or an older value, says the same until that has expired: asking it
/// before is of no use.
pub fn ask_again_at(row: &ServerRow) -> Option<Timestamp> {
    match row.status {
        Status::Right | Status::Present => None,
        Status::Missing | Status::WrongValue | Status::Cname => {
            let kept = row.ttl.map_or(AFTER_A_FAILURE, |seconds| Duration::seconds(seconds.into()));
            Some(row.asked_at.plus(kept + Duration::seconds(1)))
        }
        _ => Some(row.asked_at.plus(AFTER_A_FAILURE)),
    }
}

/// The most resolvers a list may have.
pub const MAX_RESOLVERS: usize = 32;

/// What is wrong with a list of resolvers, as the name of the first field that is: `operator` (empty, or longer than 64
/// characters), `url` (not an https address) or `resolvers` (too many, or one of them twice).
pub fn resolvers_fault(resolvers: &[PublicResolver]) -> Option<&'static str> {
    let twice = |(index, one): (usize, &PublicResolver)| {
        resolvers.iter().take(index).any(|other| other.address == one.address)
    };
    if resolvers.len() > MAX_RESOLVERS || resolvers.iter().enumerate().any(twice) {
        return Some("resolvers");
    }
    let named = |one: &PublicResolver| (1..=64).contains(&one.operator.trim().chars().count());
    if !resolvers.iter().all(named) {
        return Some("operator");
    }
    let fits = |url: &str| {
        let host = url.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
        url.len() <= 512
            && host.is_some_and(|host| !host.is_empty())
            && url.chars().all(|c| c.is_ascii_graphic())
    };
    let over_https = |one: &PublicResolver| one.url.as_deref().is_none_or(fits);
    (!resolvers.iter().all(over_https)).then_some("url")
}

/// Whether the row of a resolver is still what it would say now, so that it is shown again instead of asked again.
pub(crate) fn still_holds(row: &ServerRow, now: Timestamp) -> bool {
    row.is_resolvers() && ask_again_at(row).is_none_or(|at| now < at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(status: Status, ttl: Option<u32>) -> ServerRow {
        ServerRow {
            server: "Example".to_owned(),
            address: None,
            role: crate::Role::Resolver,
            status,
            values: Vec::new(),
            ttl,
            serial: None,
            asked_at: Timestamp::from_unix(1_000_000).unwrap(),
            took_ms: 1,
        }
    }

    fn after(status: Status, ttl: Option<u32>) -> Option<i64> {
        ask_again_at(&row(status, ttl)).map(|at| at.unix() - 1_000_000)
    }

    #[test]
    fn the_set_names_eight_operators_once_each() {
        let set = public_resolvers();
        let operators: std::collections::BTreeSet<_> = set.iter().map(|one| &one.operator).collect();
        assert_eq!((set.len(), operators.len()), (8, 8));
        assert!(set.iter().all(|one| one.url.as_ref().is_some_and(|url| url.starts_with("https://"))));
    }

    #[test]
    fn a_list_with_what_cannot_be_asked_is_refused() {
        let one = |operator: &str, address: &str, url: Option<&str>| PublicResolver {
            operator: operator.to_owned(),
            address: address.parse().unwrap(),
            url: url.map(str::to_owned),
        };
        let good = one("Example", "192.0.2.1", Some("https://dns.example/dns-query"));
        assert_eq!(resolvers_fault(&public_resolvers()), None);
        assert_eq!(resolvers_fault(&[good.clone(), one("Other", "192.0.2.2", None)]), None);
        assert_eq!(resolvers_fault(&[good.clone(), good.clone()]), Some("resolvers"));
        assert_eq!(resolvers_fault(&[one(" ", "192.0.2.1", None)]), Some("operator"));
        for url in ["http://dns.example/", "https://", "https:///x", "https://a b/"] {
            assert_eq!(resolvers_fault(&[one("Example", "192.0.2.1", Some(url))]), Some("url"), "{url}");
        }
        let many =
            |count: u8| (0..count).map(|n| one("Example", &format!("192.0.2.{n}"), None)).collect::<Vec<_>>();
        assert_eq!((resolvers_fault(&many(32)), resolvers_fault(&many(33))), (None, Some("resolvers")));
    }

    #[test]
    fn nobody_is_asked_again_before_what_it_remembers_has_expired() {
        assert_eq!(after(Status::Right, Some(300)), None);
        assert_eq!(after(Status::Missing, Some(3600)), Some(3601));
        assert_eq!(after(Status::WrongValue, Some(60)), Some(61));
        assert_eq!(after(Status::Missing, None), Some(301));
        assert_eq!(after(Status::Silent, None), Some(300));
        let now = Timestamp::from_unix(1_003_600).unwrap();
        assert!(still_holds(&row(Status::Missing, Some(3600)), now));
        assert!(!still_holds(&row(Status::Missing, Some(3598)), now));
        assert!(still_holds(&row(Status::Right, Some(1)), now));
    }

    proptest::proptest! {
        #[test]
        fn the_negative_ttl_is_never_cut_short(ttl in 0u32..200_000, passed in 0i64..200_000) {
            let now = Timestamp::from_unix(1_000_000 + passed).unwrap();
            let again = !still_holds(&row(Status::Missing, Some(ttl)), now);
            proptest::prop_assert_eq!(again, passed > i64::from(ttl));
        }
    }
}
