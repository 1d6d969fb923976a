use crate::common::signpost;
use crate::signpost_reading;

#[test]
fn wrong_usage_ends_with_2_and_help_with_0() {
    for args in [
        &[][..],
        &["dance"],
        &["domain", "check"],
        &["cert", "inspect"],
        &["domain", "check", "a.test", "--port", "0"],
        &["domain", "bulk"],
        &["domain", "bulk", "-", "--concurrency", "251"],
        &["domain", "bulk", "-", "--csv", "--json"],
    ] {
        let run = signpost(args);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{args:?}");
        assert!(run.err.contains("Usage:") || run.err.contains("--help"), "{}", run.err);
    }
    for args in [&["--help"][..], &["domain", "check", "--help"], &["--version"]] {
        let run = signpost(args);
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{args:?}");
    }
}

#[test]
fn input_that_cannot_be_read_ends_with_2() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing.xml");
    let cases = [
        (missing.to_str().unwrap(), "input-not-found"),
        (folder.path().to_str().unwrap(), "input-folder"),
        ("http://idp.test/metadata", "address-not-https"),
        ("https://", "address-invalid"),
    ];
    for (source, code) in cases {
        let run = signpost(&["metadata", "inspect", source, "--json"]);
        assert_eq!((run.status, run.json()["error"]["code"].as_str()), (2, Some(code)), "{run:?}");
        let text = signpost(&["metadata", "inspect", source]);
        assert_eq!((text.status, text.out.as_str()), (2, ""));
        assert!(text.err.starts_with("signpost: ") && text.err.lines().count() == 2, "{}", text.err);
    }
    assert_eq!(signpost_reading(&["cert", "inspect", missing.to_str().unwrap()], b"").status, 2);
}

#[test]
fn a_domain_nobody_can_own_ends_with_2_and_the_reason() {
    let code = |domain: &str, more: &[&str]| {
        let run = signpost(&[&["domain", "check", domain, "--json"], more].concat());
        assert_eq!(run.status, 2, "{run:?}");
        run.json()["error"]["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(code("gmail.com", &[]), "domain-consumer");
    assert_eq!(code("co.uk", &[]), "domain-public-suffix");
    assert_eq!(code("192.0.2.1", &[]), "domain-is-ip");
    assert_eq!(code("contoso.test", &["--name", "a b"]), "record-label-invalid");
    assert_eq!(code("contoso.test", &["--roots", "/nowhere/roots"]), "roots-unreadable");
}

#[test]
fn a_list_that_cannot_be_used_ends_with_2_and_the_reason() {
    let code = |list: &[u8], more: &[&str]| {
        let run = signpost_reading(&[&["domain", "bulk", "-", "--json"], more].concat(), list);
        assert_eq!(run.status, 2, "{run:?}");
        run.json()["error"]["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(code(b"", &[]), "list-empty");
    assert_eq!(code("contoso.test\n".repeat(5001).as_bytes(), &[]), "list-too-long");
    assert_eq!(code(b"contoso.test", &["--name", "a b"]), "record-label-invalid");
    assert_eq!(code(b"contoso.test", &["--roots", "/nowhere/roots"]), "roots-unreadable");
    assert_eq!(signpost(&["domain", "bulk", "/nowhere/list.csv"]).status, 2);
    let run = signpost_reading(&["domain", "bulk", "-"], b"gmail.com\n\n192.0.2.1");
    assert_eq!((run.status, run.out.lines().count()), (2, 3), "{run:?}");
}

#[test]
fn root_servers_that_do_not_answer_end_with_3() {
    let folder = tempfile::tempdir().unwrap();
    let roots = folder.path().join("roots");
    std::fs::write(&roots, "127.0.0.1\n").unwrap();
    // Bound but never read: nobody answers at this port.
    let silent = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port().to_string();
    let args =
        ["domain", "check", "contoso.test", "--roots", roots.to_str().unwrap(), "--port", &port, "--json"];
    let run = signpost(&args);
    let document = run.json();
    assert_eq!((run.status, document["verdict"].as_str()), (3, Some("unreachable")), "{document}");
    assert_eq!(document["findings"][0]["code"], "no-network");
}
