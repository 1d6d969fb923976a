//! SCIM 2.0 resources, filters and PATCH (RFC 7643, RFC 7644), without any I/O.
//!
//! Resources are JSON objects. What identity providers really send is taken, also where it differs from the letter of
//! the RFCs: names and operations in any case, `"True"` for `true`, `""` for nothing, lists of values in `remove`,
//! dotted names without a path.
//!
//! - [`ResourceKind`], [`Schema`], [`Attribute`]: what users and groups consist of
//! - [`normalise`]: a resource as it was sent, in canonical form
//! - [`Filter`]: the filter grammar, and whether a resource matches
//! - [`Patch`]: a PATCH request, applied whole or not at all; [`MemberChange`]: what need not know the whole group
//! - [`Sort`]: the order of a list
//! - [`Bulk`]: several operations in one request
//! - [`Selection`]: which attributes an answer has
//! - [`discovery`]: what a server says of itself
//! - [`Error`], [`ErrorType`]: why a request was refused

mod attribute_path;
mod bulk;
pub mod discovery;
mod error;
mod filter;
mod filter_parser;
mod lexer;
mod member_changes;
mod normalise;
mod patch;
mod patch_list;
mod patch_path;
mod schema;
mod selection;
mod sort;

pub use attribute_path::AttributePath;
pub use bulk::{Bulk, BulkMethod, BulkOperation, MAX_BULK_OPERATIONS, MadeIds, bulk_response};
pub use error::{Error, ErrorType};
pub use filter::{Comparison, Filter};
pub use member_changes::MemberChange;
pub use normalise::normalise;
pub use patch::{MAX_OPERATIONS, Operation, OperationKind, Patch};
pub use patch_path::PatchPath;
pub use schema::{
    Attribute, ENTERPRISE_USER, GROUP, Kind, Mutability, ResourceKind, Schema, USER, Uniqueness,
};
pub use selection::Selection;
pub use sort::Sort;

/// The media type of requests and answers (RFC 7644, section 3.1).
pub const MEDIA_TYPE: &str = "application/scim+json";

/// The schema of a list answer (RFC 7644, section 3.4.2).
pub const LIST_RESPONSE: &str = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
