//! What lies around the record: who serves the zone, whether it is signed, where it was served before.

use super::value::is_expected_in_disguise;
use super::{Look, record};
use crate::parking::{Lot, lot_of};
use crate::{Dnssec, DnssecFault, TxtValue};
use vocabulary::Finding;

/// The domain's own name servers belong to a service that takes no records of its customers.
pub(super) fn parked(look: &Look<'_>) -> Option<Finding> {
    if look.is_right_somewhere() {
        return None;
    }
    let servers = delegated_names(look);
    let (server, lot) = servers.iter().find_map(|server| Some((*server, lot_of(server)?)))?;
    let code = match lot {
        Lot::Parked => "domain-parked",
        Lot::OnHold => "domain-on-hold",
    };
    let finding = Finding::error(code).with("domain", &look.collected.domain).with("server", server);
    Some(servers.into_iter().fold(finding, |finding, server| finding.seen("NS", server)))
}

/// The findings about the surroundings; `others` are those about the record.
pub(super) fn findings(look: &Look<'_>, others: &[Finding]) -> Vec<Finding> {
    let explained = others.iter().any(Finding::is_error);
    [
        (!explained).then(|| at_former_server(look)).flatten(),
        own_servers(look),
        label_delegated(look),
        dnssec(look),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn delegated_names<'a>(look: &Look<'a>) -> Vec<&'a str> {
    let mut names: Vec<&str> = look.delegated().map(|(server, _)| server.server.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The record is there, on a server the domain does not use (any more).
fn at_former_server(look: &Look<'_>) -> Option<Finding> {
    let expected = look.expected.filter(|_| !look.is_right_somewhere())?;
    let has_it = |values: &[TxtValue]| values.iter().any(|v| is_expected_in_disguise(expected, &v.text()));
    let former = look.collected.surroundings.former.iter();
    let (server, _) = former
        .filter_map(|former| Some((&former.server, record::answer(&former.outcome)?)))
        .find(|(_, answer)| answer.authoritative && has_it(&answer.values))?;
    let finding = Finding::error("txt-at-former-servers")
        .with("server", server)
        .with("servers", delegated_names(look).join(", "))
        .with("zone", look.zone());
    Some(finding.seen(server.clone(), expected))
}

/// The zone names other servers for itself than its parent does.
fn own_servers(look: &Look<'_>) -> Option<Finding> {
    let own = &look.collected.surroundings.own_servers;
    let delegation = look.collected.delegation.iter().find(|step| step.zone == look.zone())?;
    let only = |these: &[String], others: &[String]| -> Vec<String> {
        these.iter().filter(|server| !others.contains(server)).cloned().collect()
    };
    let (extra, lost) = (only(own, &delegation.servers), only(&delegation.servers, own));
    if own.is_empty() || (extra.is_empty() && lost.is_empty()) {
        return None;
    }
    let finding = Finding::info("zone-servers-differ").with("zone", look.zone());
    Some(finding.seen("parent", delegation.servers.join(", ")).seen("zone", own.join(", ")))
}

/// The label, or a name between it and the domain, is a zone of its own.
fn label_delegated(look: &Look<'_>) -> Option<Finding> {
    let zone = look.zone();
    zone.strip_suffix(look.collected.domain.as_str()).filter(|front| front.ends_with('.'))?;
    let servers = delegated_names(look).join(", ");
    Some(Finding::info("label-delegated").with("zone", zone).with("servers", servers))
}

fn dnssec(look: &Look<'_>) -> Option<Finding> {
    let zone = look.zone();
    match &look.collected.surroundings.dnssec {
        Dnssec::Broken { fault, detail } => Some(
            Finding::error("dnssec-broken")
                .with("zone", zone)
                .with("how", how(*fault))
                .seen("DNSSEC", detail),
        ),
        Dnssec::ClockOff { detail } => Some(Finding::warning("clock-off").seen("DNSSEC", detail)),
        Dnssec::Unknown | Dnssec::Unsigned | Dnssec::Sound => None,
    }
}

const fn how(fault: DnssecFault) -> &'static str {
    match fault {
        DnssecFault::NoKey => "no-key",
        DnssecFault::OtherKey => "other-key",
        DnssecFault::NoSignature => "no-signature",
        DnssecFault::Expired => "expired",
        DnssecFault::NotYet => "not-yet",
        DnssecFault::BadSignature => "bad-signature",
    }
}
