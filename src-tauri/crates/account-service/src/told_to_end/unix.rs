//! Ctrl-C and SIGTERM.

use tokio::signal::unix::{Signal, SignalKind, signal};

/// Hears the signals from the moment it is made, also before it is waited for.
pub(crate) struct ToldToEnd {
    signals: [Option<Signal>; 2],
}

impl ToldToEnd {
    /// Begins to listen; a signal that the system will not tell about keeps its own effect.
    pub(crate) fn listen() -> Self {
        Self { signals: [SignalKind::interrupt(), SignalKind::terminate()].map(|kind| signal(kind).ok()) }
    }

    /// Ends with the first signal.
    pub(crate) async fn wait(self) {
        let [interrupt, terminate] = self.signals;
        tokio::select! {
            () = next(interrupt) => {}
            () = next(terminate) => {}
        }
    }
}

async fn next(signal: Option<Signal>) {
    match signal {
        Some(mut signal) => {
            signal.recv().await;
        }
        None => std::future::pending().await,
    }
}
