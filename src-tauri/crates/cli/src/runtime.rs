//! Where asynchronous work runs.

use crate::failure::Failure;
use tokio::runtime::Builder;

/// Runs to the end, on this thread: questions and answers are waited for, and handing them from thread to thread would
/// cost more than dealing with them.
pub(crate) fn run_async<T>(work: impl Future<Output = T>) -> Result<T, Failure> {
    run(Builder::new_current_thread(), work)
}

/// Runs to the end, on every processor: for a service with work of its own.
pub(crate) fn run_service<T>(work: impl Future<Output = T>) -> Result<T, Failure> {
    run(Builder::new_multi_thread(), work)
}

fn run<T>(mut threads: Builder, work: impl Future<Output = T>) -> Result<T, Failure> {
    let runtime = threads.enable_all().build();
    let runtime = runtime.map_err(|error| Failure::environment("runtime-failed").with("reason", error))?;
    Ok(runtime.block_on(work))
}
