//! Where asynchronous work runs.

use crate::failure::Failure;

/// Runs to the end.
pub(crate) fn run_async<T>(work: impl Future<Output = T>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::environment("runtime-failed").with("reason", error))?;
    Ok(runtime.block_on(work))
}
