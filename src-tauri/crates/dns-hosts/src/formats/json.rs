use super::master;
use crate::record::ZoneRecord;
use serde_json::{Value, json};

/// A change batch for `aws route53 change-resource-record-sets --change-batch file://FILE`. CREATE refuses where
/// there is a record already, so nothing is replaced unseen. Bytes are escaped in octal there.
pub(super) fn aws(record: &ZoneRecord) -> String {
    let value = master::joined(record, |byte| format!("\\{byte:03o}"));
    let batch = json!({
        "Changes": [{
            "Action": "CREATE",
            "ResourceRecordSet": {
                "Name": format!("{}.", record.name()),
                "Type": "TXT",
                "TTL": ZoneRecord::TTL,
                "ResourceRecords": [{ "Value": value }],
            },
        }],
    });
    format!("{batch:#}")
}

/// The body that makes a record at Cloudflare.
pub(super) fn cloudflare(record: &ZoneRecord) -> Value {
    json!({ "type": "TXT", "name": record.name(), "content": master::quoted(record), "ttl": ZoneRecord::TTL })
}
