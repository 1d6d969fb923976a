//! A record as a line or a command of other tools.
//!
//! The value comes from outside and is pasted into shells, so each form quotes it by the rules of whatever reads it,
//! and one that could read a value as something else (a file to load, a list, an option) is not offered for it.

mod json;
mod master;
mod shell;
mod terraform;

use crate::record::{STRING, ZoneRecord};
use serde::{Deserialize, Serialize};

pub(crate) use master::quoted;

/// A form a record can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
#[serde(rename = "RecordFormat")]
pub enum Format {
    /// A line of a zone file (RFC 1035, 5.1), as BIND and most name servers read it.
    Bind,
    /// A command of Windows Server's module DnsServer.
    Powershell,
    /// A command of the Azure CLI, for a POSIX shell such as Cloud Shell.
    AzureCli,
    /// A change batch for Amazon Route 53, as JSON.
    AwsRoute53,
    /// A call of Cloudflare's interface, for a POSIX shell; zone and token come from the environment.
    CloudflareApi,
    /// A command of the Google Cloud CLI, for a POSIX shell.
    Gcloud,
    /// A resource for Terraform, of the provider that fits the DNS host.
    Terraform,
}

/// A record in one form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "WrittenRecord")]
pub struct Written {
    /// The form.
    pub format: Format,
    /// To copy.
    pub text: String,
}

impl Format {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 7] = [
        Self::Bind,
        Self::Powershell,
        Self::AzureCli,
        Self::AwsRoute53,
        Self::CloudflareApi,
        Self::Gcloud,
        Self::Terraform,
    ];

    /// The name on the command line and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bind => "bind",
            Self::Powershell => "powershell",
            Self::AzureCli => "azure-cli",
            Self::AwsRoute53 => "aws-route53",
            Self::CloudflareApi => "cloudflare-api",
            Self::Gcloud => "gcloud",
            Self::Terraform => "terraform",
        }
    }
}

/// The record in one form, `host` being the DNS host's id where it is known. `None` where that form cannot hold the
/// value, or it is not certain that what reads it takes it as it is.
pub fn written_as(format: Format, record: &ZoneRecord, host: Option<&str>) -> Option<String> {
    match format {
        Format::Bind => Some(master::line(record)),
        Format::Powershell => shell::powershell(record),
        Format::AzureCli => shell::azure(record),
        Format::AwsRoute53 => Some(json::aws(record)),
        Format::CloudflareApi => shell::cloudflare(record),
        Format::Gcloud => shell::gcloud(record),
        Format::Terraform => terraform::resource(record, host),
    }
}

/// Whether the value is printable ASCII in one character string, which everything takes.
fn is_plain(record: &ZoneRecord) -> bool {
    record.value().len() <= STRING && record.value().bytes().all(|byte| (b' '..=b'~').contains(&byte))
}
