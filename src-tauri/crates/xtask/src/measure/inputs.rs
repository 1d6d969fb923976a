//! The documents that programs are measured with.

use super::{Trouble, YEAR, moment};
use std::fs;
use std::path::Path;
use test_support::responses::{Signing, TestResponse};
use test_support::{certificate, signed_federation};
use vocabulary::Timestamp;

/// A signed aggregate and the certificate of its signature.
pub(crate) fn federation(count: usize, file: &Path, certificate_file: &Path) -> Result<(), Trouble> {
    let (from, until) = (moment(0)?, moment(5 * YEAR)?);
    let by = certificate("Federation", from, until);
    fs::write(file, signed_federation(count, from, until, &by))?;
    fs::write(certificate_file, by.pem)?;
    Ok(())
}

/// A response good now, with a signed assertion and claims as a directory sends them: about 4 KB.
pub(crate) fn response(file: &Path, certificate_file: &Path) -> Result<(), Trouble> {
    let by = certificate("Identity provider", moment(0)?, moment(5 * YEAR)?);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_secs();
    let issued = Timestamp::from_unix(i64::try_from(now)?).ok_or("out of range")?;
    fs::write(file, TestResponse::of_a_directory(issued).signed(Signing::Assertion, &by))?;
    fs::write(certificate_file, by.pem)?;
    Ok(())
}
