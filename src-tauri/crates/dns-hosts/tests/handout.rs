//! What is sent to the person with the DNS rights.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use dns_hosts::{Handout, Known, ZoneRecord, sheet, table};
use domain_check::{DomainName, TxtRecord};
use texts::Texts;

fn handout(value: &str) -> Handout {
    let texts = Texts::english().unwrap();
    let speak = |id: &str, args: &[(&str, &str)]| {
        texts.text(id, args.iter().copied()).unwrap_or_else(|| panic!("{id} has no words"))
    };
    let domain = DomainName::parse("contoso.test").unwrap().domain;
    let record = ZoneRecord::new(&TxtRecord::new(&domain, "_x", value), None).unwrap();
    let servers = ["ns1.digitalocean.com".to_owned()];
    let known = Known { servers: &servers, ..Known::default() };
    sheet(table().unwrap(), &record, &known, &speak).handout
}

#[test]
fn the_mail_has_everything_on_lines_of_their_own() {
    let mail = handout("token=abc").mail;
    for line in ["Type: TXT", "Value: token=abc", "Host: _x", "_x.contoso.test. 3600 IN TXT \"token=abc\""] {
        assert!(mail.lines().any(|one| one == line), "{line} is not in\n{mail}");
    }
    assert!(mail.contains("DigitalOcean"), "{mail}");
}

#[test]
fn a_value_stays_text_in_a_page_and_in_markdown() {
    let handout = handout("</code><script>alert(1)</script>|``\"&");
    assert!(!handout.page.contains("<script"));
    assert!(handout.page.contains("&lt;/code&gt;&lt;script&gt;alert(1)&lt;/script&gt;|``&quot;&amp;"));
    assert!(
        handout.markdown.contains("``` </code><script>alert(1)</script>\\|``\"& ```"),
        "{}",
        handout.markdown
    );
}

#[test]
fn the_page_loads_nothing_and_carries_the_code() {
    let page = handout("token=abc").page;
    assert!(page.contains("default-src 'none'") && page.contains("<svg "));
    let addresses: Vec<&str> = page.split("http").skip(1).collect();
    assert!(
        addresses.iter().all(|rest| rest.starts_with("://www.w3.org/2000/svg") || rest.starts_with("-equiv"))
    );
}
