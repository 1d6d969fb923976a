//! How attempts to sign in are slowed down, so that nobody can guess passwords and nobody can keep others out.
//!
//! An attempt is counted before its password is looked at, so that many at once are counted too. It is counted for the
//! address it comes from, for the user, and for both together; what is counted for both together is slowed down
//! soonest, which leaves a user alone whose password somebody elsewhere guesses at. In a browser where that user has
//! signed in before, only the browser's own attempts count.

use crate::error::Error;
use crate::store::{Writing, attempts};
use std::net::IpAddr;
use vocabulary::Timestamp;

/// Attempts older than this, in seconds, are forgotten.
const MEMORY: i64 = 24 * 3600;

/// After how many attempts something is slowed down, and for how long: twice as long each time, up to a limit.
#[derive(Debug, Clone, Copy)]
struct Rule {
    free: i64,
    first: i64,
    most: i64,
}

/// A browser in which the user has signed in before.
const BROWSER: Rule = Rule { free: 10, first: 30, most: 900 };
/// One user from one address.
const PAIR: Rule = Rule { free: 5, first: 30, most: 900 };
/// One user from anywhere. The limit is low: it is met only when many addresses guess at one user together.
const USER: Rule = Rule { free: 50, first: 5, most: 60 };
/// One address, which may be that of a whole company.
const ADDRESS: Rule = Rule { free: 60, first: 5, most: 300 };

impl Rule {
    /// So many seconds nothing is taken after that many attempts.
    fn pause(self, attempts: i64) -> i64 {
        let over = attempts - self.free;
        if over < 0 {
            return 0;
        }
        let doubled = self.first.checked_shl(u32::try_from(over).unwrap_or(u32::MAX).min(20));
        doubled.unwrap_or(self.most).min(self.most)
    }
}

/// Who tries to sign in, as far as it is counted.
pub(crate) struct Attempt {
    subjects: Vec<(String, Rule)>,
}

impl Attempt {
    /// An attempt for that user from that address; `browser` is the digest of one that the user is known in.
    pub(crate) fn new(email: &str, address: IpAddr, browser: Option<&[u8]>) -> Self {
        if let Some(digest) = browser {
            let digits: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            return Self { subjects: vec![(format!("browser {digits} {email}"), BROWSER)] };
        }
        let address = network(address);
        let subjects = vec![
            (format!("pair {address} {email}"), PAIR),
            (format!("user {email}"), USER),
            (format!("address {address}"), ADDRESS),
        ];
        Self { subjects }
    }

    /// Counts the attempt. `Err` is how many seconds to wait; the transaction is not to be committed then.
    ///
    /// It is looked at after counting, when nobody else can count the same until the end of the transaction: of many
    /// attempts at one moment no more pass than one after the other.
    pub(crate) async fn begin(
        &self,
        writing: &mut Writing,
        now: Timestamp,
    ) -> Result<Result<(), i64>, Error> {
        for (subject, rule) in &self.subjects {
            let counted = attempts::count(&mut *writing, subject, now, now.unix() - MEMORY).await?;
            let wait = counted.blocked_until - now.unix();
            if wait > 0 {
                return Ok(Err(wait));
            }
            let pause = rule.pause(counted.attempts);
            if pause > 0 {
                attempts::block(&mut *writing, subject, now.unix() + pause).await?;
            }
        }
        Ok(Ok(()))
    }

    /// The attempt was right. What is counted for an address is not forgotten: whoever has a user of their own could
    /// go on guessing at others.
    pub(crate) async fn succeeded(&self, writing: &mut Writing) -> Result<(), Error> {
        for (subject, _) in &self.subjects {
            if subject.starts_with("address ") {
                attempts::uncount(&mut *writing, subject).await?;
            } else {
                attempts::forget(&mut *writing, subject).await?;
            }
        }
        Ok(())
    }
}

/// What one customer of a provider has: an IPv4 address, or the first 64 bits of an IPv6 one.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_begins_late_grows_and_has_a_limit() {
        let pauses: Vec<i64> = [1, 4, 5, 6, 7, 9, 10, 11, 1000, i64::MAX].map(|n| PAIR.pause(n)).to_vec();
        assert_eq!(pauses, [0, 0, 30, 60, 120, 480, 900, 900, 900, 900]);
        assert!(USER.pause(i64::MAX) <= 60, "nobody is kept out for long by strangers");
    }

    #[test]
    fn a_known_browser_is_counted_by_itself() {
        let address = "2001:db8:1:2:3::9".parse().unwrap();
        let strange = Attempt::new("mia@contoso.test", address, None);
        let names: Vec<&str> = strange.subjects.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            ["pair 2001:db8:1:2::/64 mia@contoso.test", "user mia@contoso.test", "address 2001:db8:1:2::/64"]
        );
        let known = Attempt::new("mia@contoso.test", address, Some(&[1, 255]));
        assert_eq!(known.subjects.len(), 1);
        assert!(known.subjects[0].0.starts_with("browser 01ff "));
    }
}
