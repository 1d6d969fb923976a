//! Name servers that say more about a domain than the domain's zone does.

/// What the name servers of a domain give away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lot {
    /// The domain shows advertisements or is for sale; the servers take no records of their customers.
    Parked,
    /// The registrar took the domain out of use: expired, not confirmed, or suspended.
    OnHold,
}

/// The domains that parking services have their name servers in.
const PARKING: &[&str] = &[
    "above.com",
    "afternic.com",
    "bodis.com",
    "brandbucket.com",
    "cashparking.com",
    "dan.com",
    "domainparkingserver.net",
    "dsredirection.com",
    "hugedomains.com",
    "parkingcrew.net",
    "parklogic.com",
    "sedoparking.com",
    "smartname.com",
    "squadhelp.com",
    "undeveloped.com",
    "uniregistrymarket.link",
    "voodoo.com",
];

/// The domains that registrars move the name servers of a domain to that they took out of use.
const HOLDING: &[&str] = &[
    "dns-expired.com",
    "expired.namecheap.com",
    "expirationwarning.net",
    "failed-whois-verification.namecheap.com",
    "hostresolver.com",
    "pendingrenewaldeletion.com",
    "renewyourname.net",
    "suspended-domain.com",
    "verify-contact-details.namecheap.com",
];

/// What a name server's name gives away.
pub(crate) fn lot_of(server: &str) -> Option<Lot> {
    let below = |domains: &[&str]| {
        domains.iter().any(|domain| {
            server.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        })
    };
    match () {
        () if below(HOLDING) => Some(Lot::OnHold),
        () if below(PARKING) => Some(Lot::Parked),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_known_by_the_domain_it_stands_in() {
        assert_eq!(lot_of("ns1.sedoparking.com"), Some(Lot::Parked));
        assert_eq!(lot_of("ns1.renewyourname.net"), Some(Lot::OnHold));
        assert_eq!(lot_of("ns1.notsedoparking.com"), None);
        assert_eq!(lot_of("ns1.dnshost.test"), None);
    }
}
