//! How the operating system tells the service to end.

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
pub(crate) use unix::ToldToEnd;
#[cfg(windows)]
pub(crate) use windows::ToldToEnd;
