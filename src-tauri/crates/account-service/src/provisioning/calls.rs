//! What is written down of every request, gathered: a request that writes takes all of it along in its own commit, and what
//! is left after a second is written by itself. So no request costs a second commit, and one that only reads costs none.

use crate::Service;
use crate::store::scim_calls::{self, Call};
use crate::store::{self, Alone};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// So long a request is not written down at the most.
const WAIT: Duration = Duration::from_secs(1);

/// So many are kept while the database cannot be written.
const MOST: usize = 10_000;

/// Requests that were answered and are not written down yet.
#[derive(Default)]
pub(crate) struct Calls(Mutex<Gathered>);

#[derive(Default)]
struct Gathered {
    waiting: Vec<Call>,
    /// Accounts whose log may have grown too long.
    grown: BTreeSet<String>,
}

/// Calls on their way to the database. Dropped before [`Taken::written`] they wait again, in their order.
pub(crate) struct Taken {
    from: Arc<Calls>,
    calls: Vec<Call>,
}

impl Calls {
    /// Keeps one for later. When there are too many, the oldest are forgotten.
    pub(crate) fn gather(&self, call: Call) {
        let waiting = &mut self.lock().waiting;
        waiting.push(call);
        let over = waiting.len().saturating_sub(MOST);
        waiting.drain(..over);
    }

    /// Everything that waits.
    pub(crate) fn take(self: &Arc<Self>) -> Taken {
        Taken { from: Arc::clone(self), calls: std::mem::take(&mut self.lock().waiting) }
    }

    fn lock(&self) -> MutexGuard<'_, Gathered> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Gathered {
    fn is_idle(&self) -> bool {
        self.waiting.is_empty() && self.grown.is_empty()
    }
}

impl Taken {
    pub(crate) fn add(&mut self, call: Call) {
        self.calls.push(call);
    }

    /// Everything taken.
    pub(crate) fn calls(&self) -> &[Call] {
        &self.calls
    }

    /// The newest has come to nothing; the others wait again.
    pub(crate) fn leave_out_newest(mut self) {
        self.calls.pop();
    }

    /// They are in the database.
    pub(crate) fn written(mut self) {
        let accounts = self.calls.drain(..).map(|call| call.account);
        self.from.lock().grown.extend(accounts);
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        let gathered = &mut self.from.lock().waiting;
        let newer = std::mem::replace(gathered, std::mem::take(&mut self.calls));
        gathered.extend(newer);
    }
}

/// Writes down what waits, and trims the logs that have grown.
pub(crate) async fn settle(service: &Service) -> sqlx::Result<()> {
    let inner = &service.inner;
    if inner.calls.lock().is_idle() {
        return Ok(());
    }
    let mut writing = store::writing(&inner.pool, Alone::Rows).await?;
    let taken = inner.calls.take();
    let mut grown = inner.calls.lock().grown.clone();
    grown.extend(taken.calls().iter().map(|call| call.account.clone()));
    scim_calls::write_down(&mut writing, taken.calls()).await?;
    scim_calls::trim(&mut writing, &grown).await?;
    writing.commit().await?;
    taken.written();
    inner.calls.lock().grown.retain(|account| !grown.contains(account));
    Ok(())
}

/// As [`settle`], for whoever goes on when it fails.
pub(crate) async fn try_to_settle(service: &Service) {
    if let Err(error) = settle(service).await {
        tracing::warn!(%error, "the newest provisioning requests could not be written down");
    }
}

/// Settles again and again until it is dropped.
pub(crate) async fn forever(service: Service) {
    loop {
        tokio::time::sleep(WAIT).await;
        try_to_settle(&service).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vocabulary::Timestamp;

    fn call(request: &str) -> Call {
        Call {
            account: "contoso".to_owned(),
            token: Vec::new(),
            hint: String::new(),
            at: Timestamp::from_unix(0).unwrap(),
            caller: None,
            request: request.to_owned(),
            status: 200,
            refusal: None,
            removed: None,
        }
    }

    #[test]
    fn what_could_not_be_written_waits_again_in_its_order() {
        let calls = Arc::new(Calls::default());
        calls.gather(call("1"));
        let mut taken = calls.take();
        taken.add(call("2"));
        calls.gather(call("3"));
        drop(taken);
        let taken = calls.take();
        let order: Vec<&str> = taken.calls().iter().map(|call| call.request.as_str()).collect();
        assert_eq!(order, ["1", "2", "3"]);
        taken.written();
        assert!(calls.take().calls().is_empty() && calls.lock().grown.contains("contoso"));
        (0..MOST + 5).for_each(|number| calls.gather(call(&number.to_string())));
        assert_eq!(calls.take().calls()[0].request, "5");
    }
}
