//! No value breaks out of the form it is written in: what reads the form gets the value back, whole.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use dns_hosts::{Format, ZoneRecord, written_as};
use domain_check::{DomainName, TxtRecord};
use proptest::prelude::*;

fn record(value: &str) -> ZoneRecord {
    let domain = DomainName::parse("contoso.test").unwrap().domain;
    ZoneRecord::new(&TxtRecord::new(&domain, "_x", value), None).unwrap()
}

fn write(format: Format, value: &str) -> Option<String> {
    written_as(format, &record(value), None)
}

/// Values made of what has a meaning somewhere, and others.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "'", "''", "\"", "\\", "\\\"", "`", "$(id)", "${x}", "$${", "%{if}", "%%{", ";", "|", "&", "@", "=@",
        ",", "^:^", "#", " ", "token=", "a", "-", "--", "}", "]", "<", "\\042", "\\127", "’", "ä", "日",
    ]);
    prop_oneof![
        prop::collection::vec(pieces, 1..24).prop_map(|pieces| pieces.concat()),
        "[ -~]{1,300}",
        "[!-~äß日]{200,900}",
    ]
}

/// The character strings of master file data, joined (RFC 1035, 5.1); `radix` is that of `\DDD`.
fn read_master(text: &str, radix: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes().iter().copied().peekable();
    while let Some(byte) = rest.next() {
        match byte {
            b' ' | b'\t' => continue,
            b'"' => {}
            other => panic!("{other} stands outside of a string in {text}"),
        }
        let before = bytes.len();
        loop {
            match rest.next().unwrap() {
                b'"' => break,
                b'\\' if rest.peek().unwrap().is_ascii_digit() => {
                    let digits: String = (0..3).map(|_| char::from(rest.next().unwrap())).collect();
                    bytes.push(u8::from_str_radix(&digits, radix).unwrap());
                }
                b'\\' => bytes.push(rest.next().unwrap()),
                byte => bytes.push(byte),
            }
        }
        assert!(bytes.len() - before <= 255);
    }
    bytes
}

/// The words of a PowerShell line in which only single quotes quote.
fn read_powershell(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        let mut word = String::new();
        match c {
            ' ' => continue,
            '\'' => loop {
                match rest.next().unwrap() {
                    '\'' if rest.peek() == Some(&'\'') => word.push(rest.next().unwrap()),
                    '\'' => break,
                    c => word.push(c),
                }
            },
            c => {
                word.push(c);
                while rest.peek().is_some_and(|c| *c != ' ') {
                    word.push(rest.next().unwrap());
                }
                assert!(word.chars().all(|c| c.is_ascii_alphanumeric() || "-:".contains(c)), "{word}");
            }
        }
        words.push(word);
    }
    words
}

/// The strings of a Terraform file; a template would be a panic.
fn read_hcl(text: &str) -> Vec<String> {
    let mut strings = Vec::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '"' {
            continue;
        }
        let mut string = String::new();
        loop {
            match rest.next().unwrap() {
                '"' => break,
                '\\' => string.push(rest.next().unwrap()),
                sign @ ('$' | '%') => {
                    string.push(sign);
                    let mut ahead = rest.clone();
                    match (ahead.next(), ahead.next()) {
                        (Some(next), Some('{')) if next == sign => {
                            rest.next();
                        }
                        (Some('{'), _) => panic!("a template in {text}"),
                        _ => {}
                    }
                }
                c => string.push(c),
            }
        }
        strings.push(string);
    }
    strings
}

proptest! {
    #[test]
    fn bind(value in hostile()) {
        let line = write(Format::Bind, &value).unwrap();
        let data = line.strip_prefix("_x.contoso.test. 3600 IN TXT ").unwrap();
        prop_assert!(line.is_ascii() && !line.contains('\n'));
        prop_assert_eq!(read_master(data, 10), value.as_bytes());
    }

    #[test]
    fn aws(value in hostile()) {
        let batch: serde_json::Value = serde_json::from_str(&write(Format::AwsRoute53, &value).unwrap()).unwrap();
        let set = &batch["Changes"][0]["ResourceRecordSet"];
        prop_assert_eq!(set["Name"].as_str().unwrap(), "_x.contoso.test.");
        prop_assert_eq!(read_master(set["ResourceRecords"][0]["Value"].as_str().unwrap(), 8), value.as_bytes());
    }

    #[test]
    fn powershell(value in hostile()) {
        let Some(line) = write(Format::Powershell, &value) else { return Ok(()) };
        let words = read_powershell(&line);
        prop_assert_eq!(words.len(), 10);
        prop_assert_eq!(&words[1..6], ["-ZoneName", "contoso.test", "-Name", "_x", "-Txt"]);
        prop_assert_eq!(&words[7], &value);
    }

    #[test]
    fn terraform(value in hostile(), host in prop::sample::select(vec!["", "amazon-route-53", "azure-dns", "google-cloud-dns", "cloudflare"])) {
        let Some(text) = written_as(Format::Terraform, &record(&value), Some(host)) else { return Ok(()) };
        let strings = read_hcl(&text);
        prop_assert!(strings.contains(&value) || strings.contains(&format!("\"{value}\"")), "{}", text);
        prop_assert!(strings.len() <= 5);
    }
}

#[test]
fn a_usual_value_can_be_written_in_every_form() {
    for format in Format::ALL {
        let text = write(format, "token=k7m2qv4xhd3nla6p5wz2tyujre").unwrap();
        assert!(text.contains("token=k7m2qv4xhd3nla6p5wz2tyujre"), "{text}");
    }
}

#[test]
fn what_a_tool_would_take_as_something_else_is_not_offered() {
    assert_eq!(write(Format::AzureCli, "@/etc/passwd"), None);
    assert_eq!(write(Format::AzureCli, "token=@x"), None);
    assert_eq!(write(Format::Powershell, "’; id #"), None, "PowerShell takes ’ for a quote");
    assert_eq!(write(Format::Terraform, "a\"b"), None);
    assert_eq!(write(Format::Powershell, &"a".repeat(256)), None);
    assert_eq!(write(Format::Gcloud, "a,|;#~!:"), None);
    assert!(write(Format::Gcloud, "a,b").unwrap().ends_with("--rrdatas='^|^\"a,b\"'"));
}

#[test]
fn the_token_of_cloudflare_stays_in_the_environment() {
    let call = write(Format::CloudflareApi, "v").unwrap();
    assert!(call.contains("\"Authorization: Bearer $CLOUDFLARE_API_TOKEN\""));
}
