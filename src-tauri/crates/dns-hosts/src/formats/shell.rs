use super::{is_plain, json, master};
use crate::record::ZoneRecord;

/// Between single quotes nothing has a meaning but the quote itself, which is doubled.
pub(super) fn powershell(record: &ZoneRecord) -> Option<String> {
    is_plain(record).then(|| {
        let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
        format!(
            "Add-DnsServerResourceRecord -ZoneName {} -Name {} -Txt -DescriptiveText {} -TimeToLive 01:00:00",
            quoted(record.zone()),
            quoted(record.host()),
            quoted(record.value())
        )
    })
}

/// The Azure CLI loads a file where an argument has `@`.
pub(super) fn azure(record: &ZoneRecord) -> Option<String> {
    let fits = is_plain(record) && !record.value().contains('@') && record.host() != "@";
    fits.then(|| {
        format!(
            "az network dns record-set txt add-record --resource-group \"$RESOURCE_GROUP\" --zone-name={} \
             --record-set-name={} --value={}",
            posix(record.zone()),
            posix(record.host()),
            posix(record.value())
        )
    })
}

/// The Google Cloud CLI splits at commas, unless another sign is named in front.
pub(super) fn gcloud(record: &ZoneRecord) -> Option<String> {
    if !record.value().is_ascii() {
        return None;
    }
    let data = master::quoted(record);
    let data = match data.contains(',') {
        false => data,
        true => {
            let sign = ["|", ";", "#", "~", "!", ":"].into_iter().find(|sign| !data.contains(sign))?;
            format!("^{sign}^{data}")
        }
    };
    Some(format!(
        "gcloud dns record-sets create {} --zone=\"$ZONE_NAME\" --type=TXT --ttl={} --rrdatas={}",
        posix(&format!("{}.", record.name())),
        ZoneRecord::TTL,
        posix(&data)
    ))
}

/// The token never stands in the line: whoever runs it has it in the environment.
pub(super) fn cloudflare(record: &ZoneRecord) -> Option<String> {
    record.value().is_ascii().then(|| {
        format!(
            "curl --request POST \"https://api.cloudflare.com/client/v4/zones/$ZONE_ID/dns_records\" \\\n  \
             --header \"Authorization: Bearer $CLOUDFLARE_API_TOKEN\" \\\n  \
             --header 'Content-Type: application/json' \\\n  \
             --data {}",
            posix(&json::cloudflare(record).to_string())
        )
    })
}

/// Between single quotes nothing has a meaning but the quote itself, which is written outside of them.
fn posix(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
