use certs::Certificate;
use quick_xml::Reader;
use quick_xml::events::Event;
use saml::{Binding, Inspection};
use vocabulary::Finding;

/// Whether a document is an `EntitiesDescriptor`, in which brokers look for nothing or for what comes first.
pub fn is_wrapped(text: &str) -> bool {
    root_element(text).as_deref() == Some("EntitiesDescriptor")
}

fn root_element(text: &str) -> Option<String> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) => {
                return Some(start.local_name().as_ref().to_owned());
            }
            Event::Eof => return None,
            _ => (),
        }
    }
}

/// Where the metadata have sign-in requests sent by a binding that brokers use: HTTP-Redirect and HTTP-POST. Which of
/// several for one binding is taken differs, so a good one does not help a bad one.
pub fn request_addresses(inspection: &Inspection) -> impl Iterator<Item = &str> {
    let bindings = [Binding::HttpRedirect.uri(), Binding::HttpPost.uri()];
    let used = inspection.sso.iter().filter(move |one| bindings.contains(&one.binding.as_str()));
    used.map(|one| one.location.as_str())
}

/// The finding with every address that must not be used for sign-in requests. What is an error of the metadata already is
/// not said twice.
pub fn bad_addresses(finding: Finding, inspection: &Inspection, said: &[Finding]) -> Option<Finding> {
    let bad: Vec<&str> = request_addresses(inspection).filter(|one| !saml::is_usable_address(one)).collect();
    let is_new = !bad.is_empty() && !said.iter().any(Finding::is_error);
    is_new.then(|| bad.into_iter().fold(finding, |finding, one| finding.seen("Location", one)))
}

/// The finding when signatures are checked with other certificates than those that are wanted, with both kinds of others.
pub fn certificates_differ(
    finding: Finding,
    wanted: &[Certificate],
    found: &[Certificate],
) -> Option<Finding> {
    let (missing, foreign) = (without(wanted, found), without(found, wanted));
    if missing.is_empty() && foreign.is_empty() {
        return None;
    }
    let finding = finding.with("missing", missing.len()).with("foreign", foreign.len());
    let seen = missing.iter().chain(&foreign);
    Some(seen.fold(finding, |finding, one| finding.seen(&one.subject, &one.sha256)))
}

/// Those of one list that are not in another.
fn without<'a>(these: &'a [Certificate], those: &[Certificate]) -> Vec<&'a Certificate> {
    these.iter().filter(|this| !those.iter().any(|that| that.sha256 == this.sha256)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use test_support::metadata;
    use vocabulary::Timestamp;

    #[test]
    fn what_stands_inside_something_is_told_from_what_does_not() {
        let now = Timestamp::parse("2026-11-28T12:00:00Z").unwrap();
        let certificate = test_support::certificate("idp", now, now.plus(time::Duration::days(300)));
        let of = |wrapped| is_wrapped(&metadata::keycloak("sso.example", "staff", wrapped, &certificate));
        assert!(of(true) && !of(false) && !is_wrapped("") && !is_wrapped("<"));
    }

    #[test]
    fn certificates_that_are_missing_or_foreign_are_counted() {
        let now = Timestamp::parse("2026-11-28T12:00:00Z").unwrap();
        let of = |name: &str| {
            let made = test_support::certificate(name, now, now.plus(time::Duration::days(300)));
            certs::read(made.pem.as_bytes()).certificates.remove(0)
        };
        let (a, b, c) = (of("a"), of("b"), of("c"));
        let differ = |wanted: &[Certificate], found: &[Certificate]| {
            let finding = certificates_differ(Finding::error("x"), wanted, found)?;
            Some((finding.args["missing"].clone(), finding.args["foreign"].clone()))
        };
        let (both, turned) = ([a.clone(), b.clone()], [b.clone(), a.clone()]);
        assert_eq!(differ(&both, &turned), None);
        assert_eq!(differ(&both, std::slice::from_ref(&c)), Some(("2".to_owned(), "1".to_owned())));
        assert_eq!(differ(&both, &[a]), Some(("1".to_owned(), "0".to_owned())));
        assert_eq!(differ(std::slice::from_ref(&b), &[b.clone(), c]), Some(("0".to_owned(), "1".to_owned())));
    }
}
