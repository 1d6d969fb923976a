use crate::common::signpost;

const VALUE: &str = "token=k7m2qv4xhd3nla6p5wz2tyujre";

#[test]
fn a_record_is_printed_as_it_is_typed() {
    let run = signpost(&["domain", "record", "ann@contoso.com", "--value", VALUE, "--host", "godaddy"]);
    assert_eq!(run.status, 0, "{run:?}");
    for part in ["_parallels-challenge\n", VALUE, "GoDaddy", "https://dcc.godaddy.com/"] {
        assert!(run.out.contains(part), "{part} is not in {}", run.out);
    }
    assert!(
        run.out.ends_with(&format!("_parallels-challenge.contoso.com. 3600 IN TXT \"{VALUE}\"\n")),
        "{}",
        run.out
    );
}

#[test]
fn json_has_every_form() {
    let run = signpost(&[
        "domain",
        "record",
        "eu.contoso.com",
        "--value",
        VALUE,
        "--zone",
        "contoso.com",
        "--json",
    ]);
    let document = run.json();
    assert_eq!((run.status, document["typed"]["name"].as_str()), (0, Some("_parallels-challenge.eu")));
    let forms: Vec<&String> = document["written"].as_object().unwrap().keys().collect();
    assert_eq!(forms.len(), 7, "{forms:?}");
}

#[test]
fn one_form_is_printed_alone() {
    let run = signpost(&["domain", "record", "contoso.com", "--value=-x", "--as", "powershell"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(
        run.out.starts_with("Add-DnsServerResourceRecord -ZoneName 'contoso.com' ")
            && run.out.contains("'-x'")
    );
    let page = signpost(&["domain", "record", "contoso.com", "--value", VALUE, "--as", "page"]);
    assert!(page.out.starts_with("<!doctype html>") && page.out.contains("<svg "), "{}", page.out);
    for form in ["mail", "markdown"] {
        let run = signpost(&["domain", "record", "contoso.com", "--value", VALUE, "--as", form]);
        assert!(run.status == 0 && run.out.contains(VALUE), "{run:?}");
    }
}

#[test]
fn what_cannot_be_written_ends_with_2() {
    let cases = [
        (&["--value", "@/etc/passwd", "--as", "azure-cli"][..], "record-form-unfit"),
        (&["--value", "a\nb"], "record-value-unprintable"),
        (&["--value", ""], "record-value-empty"),
        (&["--value", "v", "--zone", "example.org"], "record-zone-invalid"),
        (&["--value", "v", "--host", "nobody"], "record-host-unknown"),
        (&["--value", "v", "--name", "a b"], "record-label-invalid"),
    ];
    for (args, code) in cases {
        let run = signpost(&[&["domain", "record", "contoso.com", "--json"], args].concat());
        assert_eq!((run.status, run.json()["error"]["code"].as_str()), (2, Some(code)), "{run:?}");
    }
}
