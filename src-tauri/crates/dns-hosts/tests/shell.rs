//! What a real shell makes of the commands.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

use dns_hosts::{Format, ZoneRecord, written_as};
use domain_check::{DomainName, TxtRecord};
use proptest::prelude::*;
use std::process::{Command, Stdio};

/// The arguments the program of that name gets, with every program but `printf` out of reach.
fn arguments(program: &str, line: &str) -> Vec<String> {
    let script = format!("{program}() {{ printf '%s\\0' \"$@\"; }}\n{line}\n");
    let run = Command::new("/bin/sh")
        .args(["-u", "-c", &script])
        .env_clear()
        .envs([("PATH", "/nowhere"), ("RESOURCE_GROUP", "g"), ("ZONE_NAME", "z"), ("ZONE_ID", "i")])
        .env("CLOUDFLARE_API_TOKEN", "t")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(
        run.status.success() && run.stderr.is_empty(),
        "{line}\n{}",
        String::from_utf8_lossy(&run.stderr)
    );
    let out = String::from_utf8(run.stdout).unwrap();
    out.strip_suffix('\0').unwrap().split('\0').map(str::to_owned).collect()
}

fn write(format: Format, value: &str) -> Option<String> {
    let domain = DomainName::parse("contoso.test").unwrap().domain;
    written_as(format, &ZoneRecord::new(&TxtRecord::new(&domain, "_x", value), None).unwrap(), None)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn one_argument_stays_one(value in "[-a=,'\"\\\\`$(){};|&<>#^:!*?~ \\[\\]@%]{1,40}") {
        if let Some(line) = write(Format::AzureCli, &value) {
            let arguments = arguments("az", &line);
            prop_assert_eq!(arguments.len(), 10, "{}", line);
            prop_assert_eq!(&arguments[9], &format!("--value={value}"));
        }
        if let Some(line) = write(Format::Gcloud, &value) {
            let arguments = arguments("gcloud", &line);
            prop_assert_eq!(arguments.len(), 8, "{}", line);
            let inner = value.replace('\\', "\\092").replace('"', "\\034");
            let data = arguments[7].strip_prefix("--rrdatas=").unwrap();
            let list = match data.strip_prefix('^') {
                None => data.split(',').collect::<Vec<_>>(),
                Some(rest) => rest[2..].split(&rest[..1]).collect(),
            };
            prop_assert_eq!(list, [format!("\"{inner}\"")]);
        }
        let line = write(Format::CloudflareApi, &value).unwrap();
        let arguments = arguments("curl", &line);
        prop_assert_eq!(arguments.len(), 9, "{}", line);
        prop_assert_eq!(&arguments[4], "Authorization: Bearer t");
        let body: serde_json::Value = serde_json::from_str(&arguments[8]).unwrap();
        let inner = value.replace('\\', "\\092").replace('"', "\\034");
        prop_assert_eq!(body["content"].as_str().unwrap(), format!("\"{inner}\""));
    }
}
