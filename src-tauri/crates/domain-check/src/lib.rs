//! Domain verification by TXT record: what was typed, what has to be published, and what the answers mean. Pure: the
//! asking is done by the crate `dns-walk`.
//!
//! - [`DomainName`]: a domain somebody can own, out of whatever was typed or pasted ([`ParsedDomain`],
//!   [`parse_many`]), or of a file with many of them ([`parse_list`]).
//! - [`TxtRecord`]: the record to publish, and the [`Commands`] that look it up.
//! - [`Collected`]: what every name server said, as it said it; [`places`] are the names where a misplaced record
//!   turns up.
//! - [`judge`]: turns that into a [`Report`], the contract of the command line and of the window.
//! - [`CODES`]: every finding this crate can make.

mod codes;
mod collected;
mod consumer;
mod domain_name;
mod input;
mod judge;
mod list;
mod many;
mod places;
mod record;
mod report;

pub use codes::CODES;
pub use collected::{
    Answer, Collected, Delegation, MisplacedAnswer, Outcome, Rcode, ServerAnswer, TxtValue, WalkEnd,
    ZoneVersion,
};
pub use domain_name::{DomainName, ParsedDomain, is_registry};
pub use judge::judge;
pub use list::{ListRow, MAX_LIST_BYTES, MAX_ROWS, parse_list};
pub use many::parse_many;
pub use places::{Place, places};
pub use record::{Commands, RecordKind, TxtRecord, commands};
pub use report::{DelegationRow, Report, Role, ServerRow, Status, Verdict};
