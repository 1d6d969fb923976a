//! The connections, and what is written through them.

use super::scim_calls::{self, Call};
use super::writer::{Loan, Writer, is_lost_together};
use std::ops::{Deref, DerefMut};
use std::time::Duration;

/// How long anybody waits for a connection, or for the turn to write.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

type Transaction = sqlx::Transaction<'static, sqlx::Any>;

/// The connections to the database.
#[derive(Debug, Clone)]
pub(crate) struct Pool {
    connections: sqlx::AnyPool,
    /// SQLite has one writer at a time and lets the others try again and again, so that the unlucky are never served.
    /// Here they stand in line.
    writer: Option<Writer>,
}

impl Pool {
    /// Of a file that this program alone writes to, nearly always. The connections only read.
    pub(super) fn of_file(connections: sqlx::AnyPool, writer: Writer) -> Self {
        Self { connections, writer: Some(writer) }
    }

    /// Of a server, which has its own locks.
    pub(super) const fn of_server(connections: sqlx::AnyPool) -> Self {
        Self { connections, writer: None }
    }

    pub(super) const fn is_server(&self) -> bool {
        self.writer.is_none()
    }

    /// Begins a transaction that writes: in a file, once everybody who asked before is done. Who `shares` is in one with
    /// others, if it is a file.
    pub(super) async fn begin_writing(&self, shares: bool) -> sqlx::Result<Writing> {
        Ok(Writing(match &self.writer {
            None => Begun::Server(self.begin_with("BEGIN").await?),
            Some(writer) => Begun::File(writer.lend(shares).await?),
        }))
    }

    /// Begins a transaction, also when whoever asked is gone: `sqlx` takes back the connection of a `BEGIN` that was
    /// called off without ending what it began, and the next one would be inside it.
    pub(super) async fn begin_with(&self, statement: &'static str) -> sqlx::Result<Transaction> {
        let connections = self.connections.clone();
        let begun = tokio::spawn(async move { connections.begin_with(statement).await });
        begun.await.unwrap_or(Err(sqlx::Error::WorkerCrashed))
    }

    /// Closes all connections, once they are back.
    pub(crate) async fn close(&self) {
        if let Some(writer) = &self.writer {
            writer.close().await;
        }
        self.connections.close().await;
    }
}

impl Deref for Pool {
    type Target = sqlx::AnyPool;

    fn deref(&self) -> &Self::Target {
        &self.connections
    }
}

/// A transaction that writes: what it read cannot change under it, as far as [`Alone`](super::Alone) says. Dropped before
/// its end, what was written is undone.
pub(crate) struct Writing(Begun);

enum Begun {
    Server(Transaction),
    File(Loan),
}

impl Writing {
    /// Makes what was written last.
    pub(crate) async fn commit(self) -> sqlx::Result<()> {
        match self.0 {
            Begun::Server(transaction) => transaction.commit().await,
            Begun::File(loan) => loan.keep(Vec::new()).await,
        }
    }
}

impl Deref for Writing {
    type Target = super::Connection;

    fn deref(&self) -> &Self::Target {
        match &self.0 {
            Begun::Server(transaction) => transaction,
            Begun::File(loan) => loan.connection(),
        }
    }
}

impl DerefMut for Writing {
    fn deref_mut(&mut self) -> &mut Self::Target {
        match &mut self.0 {
            Begun::Server(transaction) => transaction,
            Begun::File(loan) => loan.connection_mut(),
        }
    }
}

/// A [`Writing`] that may share its commit with others ([`writer`](super::writer)). It has seen what they wrote, so nothing
/// is answered, not even that it is refused, before [`Part::keep`], [`Part::undo`] or [`Part::end`] is over.
pub(crate) struct Part(pub(super) Writing);

impl Part {
    /// Makes what was written last, with a note of those calls. On an error nothing was written, of neither.
    pub(crate) async fn keep(mut self, calls: Vec<Call>) -> sqlx::Result<()> {
        if let Begun::File(loan) = self.0.0 {
            return loan.keep(calls).await;
        }
        scim_calls::write_down(&mut self.0, &calls).await?;
        self.0.commit().await
    }

    /// Keeps what was written when it went well, and undoes it when not. What cannot be undone is gone already, as SQLite gives
    /// up the whole transaction when the disk is full: then it is still the failure before that is to be told, unless that
    /// was due to others who are lost as well.
    pub(crate) async fn end<T, E: From<sqlx::Error>>(self, done: Result<T, E>) -> Result<T, E> {
        match done {
            Ok(_) => self.keep(Vec::new()).await?,
            Err(_) => match self.undo().await {
                Err(error) if is_lost_together(&error) => return Err(error.into()),
                Err(error) => tracing::debug!(%error, "there was nothing left to undo"),
                Ok(()) => {}
            },
        }
        done
    }

    /// Undoes what was written.
    pub(crate) async fn undo(self) -> sqlx::Result<()> {
        match self.0.0 {
            Begun::Server(transaction) => transaction.rollback().await,
            Begun::File(loan) => loan.undo().await,
        }
    }
}

impl Deref for Part {
    type Target = Writing;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Part {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Database;
    use crate::store::{Alone, open, reading, writing};
    use std::future::poll_fn;
    use std::pin::pin;
    use std::sync::{Arc, Mutex, PoisonError};
    use std::task::Poll;
    use std::time::{Duration, Instant};

    /// Polls until it has had to wait so many times, and drops it then.
    async fn called_off<T>(begin: impl Future<Output = T>, waits: usize) {
        let (mut begin, mut waited) = (pin!(begin), 0);
        poll_fn(|context| match begin.as_mut().poll(context) {
            Poll::Pending if waited < waits => {
                waited += 1;
                Poll::Pending
            }
            _ => Poll::Ready(()),
        })
        .await;
    }

    #[tokio::test]
    async fn what_is_called_off_while_it_begins_is_ended() {
        let server = test_support::postgresql::Server::start();
        server.run("createdb", &["called-off"]);
        let pool = open(&Database::from_url(&server.url("called-off")).unwrap()).await.unwrap();
        let open = "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in%'";
        let psql = ["--dbname=called-off", "--csv", "--tuples-only", "--command", open];
        for waits in 0..6 {
            // With a connection that is there already, so that it is the beginning that is called off.
            reading(&pool).await.unwrap().commit().await.unwrap();
            called_off(reading(&pool), waits).await;
            let start = Instant::now();
            while server.run("psql", &psql).trim() != "0" {
                assert!(start.elapsed() < Duration::from_secs(10), "{waits}: a transaction is nobody's");
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    }

    #[tokio::test]
    async fn writers_of_a_file_have_their_turn_in_the_order_in_which_they_asked() {
        let folder = tempfile::tempdir().unwrap();
        let pool = open(&Database::Directory(folder.path().to_owned())).await.unwrap();
        let first = writing(&pool, Alone::Rows).await.unwrap();
        let order = Arc::new(Mutex::new(Vec::new()));
        let mut writers = tokio::task::JoinSet::new();
        for number in 0..24 {
            let (pool, order) = (pool.clone(), Arc::clone(&order));
            writers.spawn(async move {
                let writer = writing(&pool, Alone::Rows).await.unwrap();
                order.lock().unwrap_or_else(PoisonError::into_inner).push(number);
                writer.commit().await.unwrap();
            });
            // On one thread, it has asked by now.
            tokio::task::yield_now().await;
        }
        first.commit().await.unwrap();
        while writers.join_next().await.transpose().unwrap().is_some() {}
        assert_eq!(*order.lock().unwrap_or_else(PoisonError::into_inner), (0..24).collect::<Vec<_>>());
    }
}
