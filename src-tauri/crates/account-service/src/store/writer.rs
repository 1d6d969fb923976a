//! The one writer of a SQLite file.
//!
//! A file has one writer at a time, and a commit waits for the disk however little is in it. So one task has the connection
//! that writes, and lends it to whoever asks, in their order. Those who want no more than a part share a transaction and its
//! commit with others like them who ask meanwhile. Each part lies in a savepoint of its own: one that is refused, whose
//! request is gone, or that panics is undone alone. Nobody hears of the end of a part before the commit that it lies in is
//! on the disk; not even of a refusal, which may be due to what another part of the same commit has written.

use super::Connection;
use super::scim_calls::{self, Call};
use sqlx::Connection as _;
use sqlx::any::AnyConnectOptions;
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{Mutex, OwnedMutexGuard, mpsc, oneshot};

/// How long anybody waits for the turn to write.
const PATIENCE: Duration = super::pool::PATIENCE;

/// So many parts share a commit at most, and so long it is kept open for more of them.
const PARTS: usize = 64;
const OPEN: Duration = Duration::from_millis(20);

/// What the database said of a commit that several parts lay in. None of them was written, and of each but one it is not the
/// fault: what needs little room may be written by itself where another part of the commit needed too much.
#[derive(Debug, thiserror::Error)]
#[error("a commit of several requests failed: {0}")]
struct LostTogether(String);

/// Whether what was written is lost because it shared its commit, so that it may be written alone.
pub(crate) fn is_lost_together(error: &sqlx::Error) -> bool {
    let sqlx::Error::Io(error) = error else { return false };
    error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<LostTogether>)
}

/// Where the connection is asked for.
#[derive(Debug, Clone)]
pub(super) struct Writer(mpsc::UnboundedSender<Asked>);

/// The connection, in a transaction that was begun. Dropped before its end, what was written is undone.
pub(super) struct Loan {
    connection: OwnedMutexGuard<Connection>,
    end: oneshot::Sender<End>,
}

#[derive(Debug)]
enum Asked {
    Loan(Asker),
    /// To close the connection.
    Close(oneshot::Sender<()>),
}

#[derive(Debug)]
struct Asker {
    shares: bool,
    give: oneshot::Sender<sqlx::Result<Loan>>,
}

/// How a part ended, and who waits for the commit.
struct End {
    is_kept: bool,
    calls: Vec<Call>,
    told: oneshot::Sender<sqlx::Result<()>>,
}

/// What shares a commit.
#[derive(Default)]
struct Shared {
    parts: usize,
    waiting: Vec<oneshot::Sender<sqlx::Result<()>>>,
    calls: Vec<Call>,
}

/// The task.
struct Task {
    open: AnyConnectOptions,
    settings: &'static str,
    connection: Option<Arc<Mutex<Connection>>>,
    asked: mpsc::UnboundedReceiver<Asked>,
}

impl Writer {
    /// Of that file; every connection to it is set up by the `settings`. It is opened with the first writer.
    pub(super) fn start(open: AnyConnectOptions, settings: &'static str) -> Self {
        let (ask, asked) = mpsc::unbounded_channel();
        tokio::spawn(Task { open, settings, connection: None, asked }.serve());
        Self(ask)
    }

    /// The connection, once everybody who asked before is done. Who does not share is alone in the transaction.
    pub(super) async fn lend(&self, shares: bool) -> sqlx::Result<Loan> {
        let (give, given) = oneshot::channel();
        let asked = Asked::Loan(Asker { shares, give });
        self.0.send(asked).map_err(|_| sqlx::Error::PoolClosed)?;
        let given = tokio::time::timeout(PATIENCE, given).await.map_err(|_| sqlx::Error::PoolTimedOut)?;
        given.unwrap_or(Err(sqlx::Error::PoolClosed))
    }

    /// Closes the connection; who asks from here on is told so.
    pub(super) async fn close(&self) {
        let (told, closed) = oneshot::channel();
        if self.0.send(Asked::Close(told)).is_ok() {
            // An error says that it was closed before.
            let _ = closed.await;
        }
    }
}

impl std::fmt::Debug for Loan {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Loan")
    }
}

impl Loan {
    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    pub(super) fn connection_mut(&mut self) -> &mut Connection {
        &mut self.connection
    }

    /// Makes what was written last, with a note of those calls.
    pub(super) async fn keep(self, calls: Vec<Call>) -> sqlx::Result<()> {
        self.end(true, calls).await
    }

    /// Undoes what was written.
    pub(super) async fn undo(self) -> sqlx::Result<()> {
        self.end(false, Vec::new()).await
    }

    async fn end(self, is_kept: bool, calls: Vec<Call>) -> sqlx::Result<()> {
        let Self { connection, end } = self;
        let (told, ended) = oneshot::channel();
        let sent = end.send(End { is_kept, calls, told });
        drop(connection);
        // The task ends before its transaction does only when the whole program does.
        sent.map_err(|_| sqlx::Error::WorkerCrashed)?;
        ended.await.unwrap_or(Err(sqlx::Error::WorkerCrashed))
    }
}

impl Task {
    async fn serve(mut self) {
        let mut next = self.asked.recv().await;
        while let Some(asked) = next.take() {
            match asked {
                Asked::Loan(asker) => next = self.transaction(asker).await,
                Asked::Close(told) => {
                    self.asked.close();
                    self.close().await;
                    // Whoever wanted to know is gone.
                    let _ = told.send(());
                    return;
                }
            }
            if next.is_none() {
                next = self.asked.recv().await;
            }
        }
        self.close().await;
    }

    /// One transaction, of whoever asked first and of those who share it. Gives back who asked next and is not in it.
    async fn transaction(&mut self, first: Asker) -> Option<Asked> {
        let connection = match self.begun().await {
            Ok(connection) => connection,
            Err(error) => {
                self.close().await;
                // Whoever asked may be gone.
                let _ = first.give.send(Err(error));
                return None;
            }
        };
        let mut shared = Shared::default();
        let (next, lent) = self.lend_in_turn(&connection, first, &mut shared).await;
        let ended = match lent {
            Ok(()) => shared.commit(&mut *connection.lock().await).await,
            Err(error) => Err(error),
        };
        if ended.is_err() {
            // With whatever transaction it is still in.
            self.close().await;
        }
        shared.tell(ended);
        next
    }

    /// Lends the connection to one after the other. An error says that the transaction has lost something.
    async fn lend_in_turn(
        &mut self,
        connection: &Arc<Mutex<Connection>>,
        first: Asker,
        shared: &mut Shared,
    ) -> (Option<Asked>, sqlx::Result<()>) {
        let (began, mut asker) = (Instant::now(), first);
        loop {
            let shares = asker.shares;
            let is_kept = shared.note(lend(connection, asker).await);
            let has_room = shares && shared.parts < PARTS && began.elapsed() < OPEN;
            let (next, other) = match has_room.then(|| self.asked.try_recv().ok()).flatten() {
                Some(Asked::Loan(next)) if next.shares => (Some(next), None),
                other => (None, other),
            };
            // A savepoint that is not there any more fails here: SQLite gives up the whole transaction in some errors.
            let statement = match (is_kept, next.is_some()) {
                (true, true) => "RELEASE part; SAVEPOINT part",
                (true, false) => "RELEASE part",
                (false, _) => "ROLLBACK TO part",
            };
            let ended = sqlx::query(statement).execute(&mut *connection.lock().await).await;
            match (ended, next) {
                (Ok(_), Some(next)) => asker = next,
                (ended, next) => return (next.map(Asked::Loan).or(other), ended.map(|_| ())),
            }
        }
    }

    /// The connection, in a new transaction.
    async fn begun(&mut self) -> sqlx::Result<Arc<Mutex<Connection>>> {
        let connection = match &self.connection {
            Some(connection) => Arc::clone(connection),
            None => {
                let mut connection = Connection::connect_with(&self.open).await?;
                sqlx::raw_sql(self.settings).execute(&mut connection).await?;
                Arc::clone(self.connection.insert(Arc::new(Mutex::new(connection))))
            }
        };
        sqlx::query("BEGIN IMMEDIATE; SAVEPOINT part").execute(&mut *connection.lock().await).await?;
        Ok(connection)
    }

    async fn close(&mut self) {
        let connection = self.connection.take().and_then(|connection| Arc::try_unwrap(connection).ok());
        if let Some(connection) = connection
            && let Err(error) = connection.into_inner().close().await
        {
            tracing::warn!(%error, "the connection that writes could not be closed");
        }
    }
}

/// Lends the connection to one and waits until it is back; `None` when whoever had it is gone.
async fn lend(connection: &Arc<Mutex<Connection>>, asker: Asker) -> Option<End> {
    let (end, ended) = oneshot::channel();
    let loan = Loan { connection: Arc::clone(connection).lock_owned().await, end };
    // When nobody wants it any more, the loan is dropped, and that is its end.
    let _ = asker.give.send(Ok(loan));
    ended.await.ok()
}

impl Shared {
    /// Notes how a part ended; whether what it wrote is kept.
    fn note(&mut self, end: Option<End>) -> bool {
        self.parts += 1;
        let Some(End { is_kept, calls, told }) = end else { return false };
        self.waiting.push(told);
        self.calls.extend(calls);
        is_kept
    }

    async fn commit(&mut self, connection: &mut Connection) -> sqlx::Result<()> {
        scim_calls::write_down(connection, &self.calls).await?;
        sqlx::query("COMMIT").execute(connection).await.map(|_| ())
    }

    /// Tells everybody what came of it.
    fn tell(self, ended: sqlx::Result<()>) {
        // Whoever waited may be gone.
        match ended {
            Ok(()) => self.waiting.into_iter().for_each(|told| drop(told.send(Ok(())))),
            Err(error) if self.waiting.len() > 1 => {
                tracing::warn!(%error, parts = self.parts, "a commit of several requests failed");
                let lost = || io::Error::other(LostTogether(error.to_string()));
                self.waiting.into_iter().for_each(|told| drop(told.send(Err(lost().into()))));
            }
            Err(error) => {
                if let Some(told) = self.waiting.into_iter().next() {
                    let _ = told.send(Err(error));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_lost_together;
    use crate::config::Database;
    use crate::store::{Alone, Part, Pool, open, part, part_alone, writing};
    use std::path::Path;
    use tokio::task::{JoinError, JoinSet, yield_now};

    async fn write(part: &mut Part, number: u8) {
        let insert = sqlx::query("INSERT INTO setup_codes (digest, issued_at) VALUES ($1, 0)");
        insert.bind(vec![number]).execute(&mut ***part).await.unwrap();
    }

    /// What is seen beside the one who writes.
    async fn seen(pool: &Pool) -> Vec<u8> {
        let rows: Vec<Vec<u8>> = sqlx::query_scalar("SELECT digest FROM setup_codes ORDER BY digest")
            .fetch_all(&**pool)
            .await
            .unwrap();
        rows.concat()
    }

    /// Frames of the write-ahead log that end a transaction.
    fn commits(folder: &Path) -> usize {
        let wal = std::fs::read(folder.join("account-service.sqlite-wal")).unwrap();
        if wal.is_empty() {
            return 0;
        }
        let number = |at: usize| u32::from_be_bytes(wal[at..at + 4].try_into().unwrap());
        let frame = 24 + number(8) as usize;
        (32..wal.len().saturating_sub(frame - 1)).step_by(frame).filter(|at| number(at + 4) != 0).count()
    }

    #[tokio::test]
    async fn parts_share_a_commit_and_end_each_by_itself() {
        let folder = tempfile::tempdir().unwrap();
        let pool = open(&Database::Directory(folder.path().to_owned())).await.unwrap();
        let mut first = part(&pool, Alone::Rows).await.unwrap();
        write(&mut first, 0).await;
        let before = commits(folder.path());
        let mut parts: JoinSet<()> = JoinSet::new();
        // More than fit into one commit.
        for number in 1..80 {
            let pool = pool.clone();
            parts.spawn(async move {
                let mut part = part(&pool, Alone::Rows).await.unwrap();
                write(&mut part, number).await;
                match number {
                    3 => part.undo().await.unwrap(),
                    5 => drop(part),
                    7 => panic!("in the middle of its part"),
                    _ => {
                        part.keep(Vec::new()).await.unwrap();
                        assert!(seen(&pool).await.contains(&number), "it is answered after the commit");
                    }
                }
            });
            // On one thread, it has asked by now.
            yield_now().await;
        }
        assert!(seen(&pool).await.is_empty());
        first.keep(Vec::new()).await.unwrap();
        let mut ended: Vec<JoinError> = Vec::new();
        while let Some(part) = parts.join_next().await {
            ended.extend(part.err());
        }
        assert!(matches!(ended.as_slice(), [one] if one.is_panic()), "{ended:?}");
        let kept: Vec<u8> = (0..80).filter(|number| ![3, 5, 7].contains(number)).collect();
        assert_eq!(seen(&pool).await, kept);
        // Two, unless the machine is so busy that no commit is kept open for that many.
        let made = commits(folder.path()) - before;
        assert!((2..kept.len() / 2).contains(&made), "{made} commits for {} parts", kept.len());
        pool.close().await;
        assert!(part(&pool, Alone::Rows).await.is_err(), "it is closed");
    }

    #[tokio::test]
    async fn a_transaction_that_was_lost_takes_its_parts_along_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let pool = open(&Database::Directory(folder.path().to_owned())).await.unwrap();
        let mut first = part(&pool, Alone::Rows).await.unwrap();
        write(&mut first, 0).await;
        let second = tokio::spawn({
            let pool = pool.clone();
            async move {
                let mut part = part(&pool, Alone::Rows).await.unwrap();
                write(&mut part, 1).await;
                // As SQLite does by itself when the disk is full.
                sqlx::query("ROLLBACK").execute(&mut **part).await.unwrap();
                part.keep(Vec::new()).await
            }
        });
        yield_now().await;
        let alone = tokio::spawn({
            let pool = pool.clone();
            async move { writing(&pool, Alone::Rows).await.unwrap().commit().await }
        });
        yield_now().await;
        for lost in [first.keep(Vec::new()).await, second.await.unwrap()] {
            assert!(is_lost_together(&lost.unwrap_err()));
        }
        alone.await.unwrap().unwrap();
        let mut third = part(&pool, Alone::Rows).await.unwrap();
        write(&mut third, 2).await;
        third.keep(Vec::new()).await.unwrap();
        assert_eq!(seen(&pool).await, [2]);
        // Who was alone hears what it was.
        let mut fourth = part_alone(&pool, Alone::Rows).await.unwrap();
        sqlx::query("ROLLBACK").execute(&mut **fourth).await.unwrap();
        assert!(!is_lost_together(&fourth.keep(Vec::new()).await.unwrap_err()));
    }
}
