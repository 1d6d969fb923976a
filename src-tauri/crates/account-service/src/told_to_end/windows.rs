//! Ctrl-C in a console, and a console that is closed.

use tokio::signal::windows::{CtrlBreak, CtrlC, CtrlClose, ctrl_break, ctrl_c, ctrl_close};

/// Hears the console's events from the moment it is made, also before it is waited for.
pub(crate) struct ToldToEnd {
    interrupt: Option<CtrlC>,
    stop: Option<CtrlBreak>,
    closed: Option<CtrlClose>,
}

impl ToldToEnd {
    /// Begins to listen; an event that the system will not tell about keeps its own effect.
    pub(crate) fn listen() -> Self {
        Self { interrupt: ctrl_c().ok(), stop: ctrl_break().ok(), closed: ctrl_close().ok() }
    }

    /// Ends with the first event.
    pub(crate) async fn wait(mut self) {
        tokio::select! {
            () = or_never(self.interrupt.as_mut().map(CtrlC::recv)) => {}
            () = or_never(self.stop.as_mut().map(CtrlBreak::recv)) => {}
            () = or_never(self.closed.as_mut().map(CtrlClose::recv)) => {}
        }
    }
}

async fn or_never(event: Option<impl Future<Output = Option<()>>>) {
    match event {
        Some(event) => {
            event.await;
        }
        None => std::future::pending().await,
    }
}
