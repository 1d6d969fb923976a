use crate::advice::{Advice, Known, advise};
use crate::formats::{Format, Written, written_as};
use crate::handout::{Handout, Speak, handout};
use crate::qr::{QrCode, qr_code};
use crate::record::ZoneRecord;
use crate::table::{HostName, Table};
use serde::{Deserialize, Serialize};

/// Everything about publishing one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename = "RecordSheet")]
pub struct Sheet {
    /// Where it is typed.
    pub advice: Advice,
    /// The hosts to choose from when that is wrong.
    pub hosts: Vec<HostName>,
    /// The record in other forms; those that cannot hold its value are left out.
    pub written: Vec<Written>,
    /// What is sent to whoever may edit the zone.
    pub handout: Handout,
    /// Name, type and value, a line each; `None` when they are too long for a code.
    pub qr: Option<QrCode>,
}

/// Puts a sheet together.
pub fn sheet(table: &Table, record: &ZoneRecord, known: &Known<'_>, speak: &Speak<'_>) -> Sheet {
    let advice = advise(table, record, known);
    let host = advice.host.as_ref().map(|host| host.id.as_str());
    let written = |format| written_as(format, record, host).map(|text| Written { format, text });
    Sheet {
        hosts: table.names(),
        written: Format::ALL.into_iter().filter_map(written).collect(),
        handout: handout(record, &advice, speak),
        qr: qr_code(&format!("{}\nTXT\n{}", record.name(), record.value())),
        advice,
    }
}
