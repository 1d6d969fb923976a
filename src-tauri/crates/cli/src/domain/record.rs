//! The record for other people and other tools. Nobody is asked anything, unless that is asked for.

use super::{connect, label};
use crate::args::{DomainRecord, RecordForm};
use crate::clock;
use crate::failure::{Failure, Status};
use crate::output::Output;
use crate::runtime::run_async;
use crate::table::facts;
use crate::words::Words;
use dns_hosts::{DomainConnect, Format, Known, NameField, Quotes, Sheet, ZoneRecord, written_as};
use dns_walk::Walker;
use domain_check::{DomainName, TxtRecord, judge};
use serde_json::{Value, json};
use std::sync::Arc;

/// Prints a record as it is typed, or in one form.
pub(crate) fn record(args: &DomainRecord, output: &Output) -> Result<Status, Failure> {
    let table = connect::table()?;
    if let Some(unknown) = args.host.as_ref().filter(|id| table.host(id).is_none()) {
        let known: Vec<&str> = table.hosts().map(|host| host.id.as_str()).collect();
        return Err(Failure::unusable("record-host-unknown")
            .with("host", unknown)
            .with("known", known.join(", ")));
    }
    let seen = if args.domain_connect { run_async(look(args))?? } else { Seen::default() };
    let record = zone_record(args, seen.zone.as_deref())?;
    let known =
        Known { servers: &seen.servers, chosen: args.host.as_deref(), domain_connect: seen.said.as_ref() };
    let sheet = dns_hosts::sheet(table, &record, &known, &|id, args| output.words.text(id, args));
    match args.form {
        None => output.answer(&text(&output.words, &sheet), &document(&record, &sheet))?,
        Some(form) => {
            let text = form.of(&record, &sheet).ok_or_else(|| Failure::unusable("record-form-unfit"))?;
            output.verbatim(
                &format!("{}\n", text.trim_end()),
                &json!({ "name": record.name(), "text": text }),
            )?;
        }
    }
    Ok(Status::Good)
}

/// What asking told about the zone.
#[derive(Default)]
struct Seen {
    zone: Option<String>,
    servers: Vec<String>,
    said: Option<DomainConnect>,
}

/// Finds the zone and its name servers, and asks the DNS host that the zone names. A host that says nothing is no reason
/// to write no record.
async fn look(args: &DomainRecord) -> Result<Seen, Failure> {
    let walker = Walker::new(args.start.config()?, Arc::new(clock::now));
    let domain = DomainName::parse(&args.domain).map_err(Failure::refused)?.domain;
    let collected = walker.collect(&domain, &label(&args.name, &domain)?, None).await;
    let report = judge(None, &collected, clock::now());
    let Some(zone) = report.zone.clone() else { return Ok(Seen::default()) };
    let said = connect::ask(&walker, &zone).await.map_err(Failure::unreached)?;
    Ok(Seen { servers: connect::servers(&report), zone: Some(zone), said })
}

fn zone_record(args: &DomainRecord, zone: Option<&str>) -> Result<ZoneRecord, Failure> {
    let domain = DomainName::parse(&args.domain).map_err(Failure::refused)?.domain;
    let record = TxtRecord::new(&domain, &label(&args.name, &domain)?, &args.value);
    let zone_record = ZoneRecord::new(&record, args.zone.as_deref().or(zone)).map_err(Failure::refused)?;
    match &args.zone {
        Some(zone) if zone.trim_matches('.').to_ascii_lowercase() != zone_record.zone() => {
            Err(Failure::unusable("record-zone-invalid").with("zone", zone).with("name", zone_record.name()))
        }
        _ => Ok(zone_record),
    }
}

impl RecordForm {
    fn of(self, record: &ZoneRecord, sheet: &Sheet) -> Option<String> {
        let host = sheet.advice.host.as_ref().map(|host| host.id.as_str());
        let written = |format| written_as(format, record, host);
        match self {
            Self::Bind => written(Format::Bind),
            Self::Powershell => written(Format::Powershell),
            Self::AzureCli => written(Format::AzureCli),
            Self::AwsRoute53 => written(Format::AwsRoute53),
            Self::CloudflareApi => written(Format::CloudflareApi),
            Self::Gcloud => written(Format::Gcloud),
            Self::Terraform => written(Format::Terraform),
            Self::Mail => Some(format!("{}\n\n{}", sheet.handout.subject, sheet.handout.mail)),
            Self::Markdown => Some(sheet.handout.markdown.clone()),
            Self::Page => Some(sheet.handout.page.clone()),
        }
    }
}

fn text(words: &Words, sheet: &Sheet) -> String {
    let (advice, typed) = (&sheet.advice, &sheet.advice.typed);
    let of_host = |of: fn(&dns_hosts::DnsHost) -> Option<&String>| {
        advice.host.as_ref().and_then(of).cloned().unwrap_or_default()
    };
    let facts = facts([
        (words.label("cli-record-host"), typed.name.clone()),
        (words.label("cli-record-type"), "TXT".to_owned()),
        (words.label("cli-record-value"), typed.value.clone()),
        (words.label("cli-record-ttl"), ZoneRecord::TTL.to_string()),
        (words.label("cli-record-zone"), typed.zone.clone()),
        (words.label("cli-record-name"), typed.whole_name.clone()),
        (words.label("cli-record-at"), of_host(|host| Some(&host.name))),
        (words.label("cli-record-panel"), of_host(|host| host.panel.as_ref())),
    ]);
    let name = match typed.name_field {
        Some(NameField::Relative) => "cli-record-relative",
        Some(NameField::Either) => "cli-record-either",
        None => "cli-record-general",
    };
    let value = match typed.quotes {
        Some(Quotes::Typed) => "cli-record-quotes-typed",
        Some(Quotes::None) | None => "cli-record-quotes-none",
    };
    let line = sheet.written.iter().find(|written| written.format == Format::Bind);
    let line = line.map(|written| written.text.as_str()).unwrap_or_default();
    format!("{facts}\n{}\n{}\n\n{line}\n", words.text(name, &[("zone", &typed.zone)]), words.label(value))
}

fn document(record: &ZoneRecord, sheet: &Sheet) -> Value {
    let written: serde_json::Map<String, Value> = sheet
        .written
        .iter()
        .map(|written| (written.format.as_str().to_owned(), Value::from(written.text.as_str())))
        .collect();
    json!({
        "name": record.name(),
        "zone": record.zone(),
        "type": "TXT",
        "value": record.value(),
        "ttl": ZoneRecord::TTL,
        "host": sheet.advice.host,
        "by": sheet.advice.by,
        "domain_connect": sheet.advice.domain_connect,
        "typed": sheet.advice.typed,
        "written": written,
        "mail": { "subject": sheet.handout.subject, "text": sheet.handout.mail },
        "markdown": sheet.handout.markdown,
    })
}
