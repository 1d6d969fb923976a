//! Domain verification by TXT record: what was typed, what has to be published, and what the answers mean. Pure: the
//! asking is done by the crate `dns-walk`.
//!
//! - [`DomainName`]: a domain somebody can own, out of whatever was typed or pasted ([`ParsedDomain`],
//!   [`parse_many`]), or of a file with many of them ([`parse_list`]).
//! - [`TxtRecord`]: the record to publish, and the [`Commands`] that look it up.
//! - [`Collected`]: what every name server said, as it said it; [`places`] are the names where a misplaced record
//!   turns up.
//! - [`judge`]: turns that into a [`Report`], the contract of the command line and of the window; [`CheckSoFar`] is what
//!   is known before the last server has answered.
//! - [`Watch`]: when to look again, and whether what was seen means something else than before; [`Headline`]: what is
//!   worth interrupting somebody for.
//! - [`public_resolvers`]: whom to ask for comparison, and [`ask_again_at`] when; [`compare`] adds what they said.
//! - [`share`] and [`read_shared`]: a report as a file; [`csv_line`]: rows for a spreadsheet.
//! - [`CODES`]: every finding this crate can make.

mod codes;
mod collected;
mod consumer;
mod csv_line;
mod domain_name;
mod input;
mod judge;
mod list;
mod many;
mod near_miss;
mod parking;
mod places;
mod record;
mod report;
mod resolvers;
mod share;
mod so_far;
mod watch;

pub use codes::CODES;
pub use collected::{
    AliasEnd, AliasState, Answer, Collected, Delegation, Dnssec, DnssecFault, FormerAnswer, MisplacedAnswer,
    Outcome, Path, Rcode, ServerAnswer, Surroundings, TxtValue, WalkEnd, ZoneVersion,
};
pub use csv_line::csv_line;
pub use domain_name::{DomainName, ParsedDomain, is_registry};
pub use judge::{compare, judge};
pub use list::{ListRow, MAX_LIST_BYTES, MAX_ROWS, parse_list};
pub use many::parse_many;
pub use near_miss::{NearMiss, ValuePart, ValuePartKind};
pub use places::{Place, places};
pub use record::{Commands, RecordKind, TxtRecord, commands};
pub use report::{DelegationRow, Report, Role, ServerRow, Status, Verdict};
pub use resolvers::{MAX_RESOLVERS, PublicResolver, ask_again_at, public_resolvers, resolvers_fault};
pub use share::{MAX_SHARED_BYTES, read_shared, share};
pub use so_far::{AskedServer, CheckSoFar};
pub use watch::{Headline, Watch, pause_after};
