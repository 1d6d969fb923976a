//! Where a TXT record is typed, and the record in the forms that tools and colleagues take. Pure.
//!
//! - [`table`]: the known DNS hosts, out of `data/hosts.toml`, each a [`DnsHost`].
//! - [`recognise`]: which of them serves a zone; [`advise`]: that, and what to type into its form.
//! - [`Endpoint`], [`read_settings`]: what a zone and its DNS host say themselves (Domain Connect).
//! - [`ZoneRecord`]: a record and the zone it goes into; [`written_as`] writes it as a line or a command, one for each
//!   [`Format`].
//! - [`Sheet`]: all of that about one record.
//! - [`handout`]: what is sent to whoever may edit the zone: a mail, Markdown, a page to print.
//! - [`qr_code`]: a text as QR code.
//! - [`DataError`]: the table cannot be read; [`CODES`] are the codes this crate brings up.

mod advice;
mod domain_connect;
mod error;
mod file;
mod formats;
mod handout;
mod qr;
mod record;
mod sheet;
mod table;

pub use advice::{Advice, By, Known, Recognised, Typed, advise, recognise};
pub use domain_connect::{DOMAIN_CONNECT_LABEL, DomainConnect, Endpoint, read_settings};
pub use error::{CODES, DataError};
pub use formats::{Format, Written, written_as};
pub use handout::{Handout, Speak, handout};
pub use qr::{QrCode, qr_code};
pub use record::ZoneRecord;
pub use sheet::{Sheet, sheet};
pub use table::{DnsHost, HostName, NameField, Note, Quotes, Table, table};
