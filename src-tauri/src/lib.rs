//! The desktop shell: it composes the core with its adapters, and hands the window's requests on.
//!
//! - [`commands`]: what the window may ask, one file a step; every command is granted by name in `capabilities/`
//! - [`ipc`]: the typed boundary, and where its TypeScript is written
//! - [`discovered`]: what zones and their DNS hosts said about themselves
//! - [`files`]: files the user names in a dialog
//! - [`ipc_error`]: failures as the window gets them
//! - [`state`]: what the commands share
//! - [`local_service`]: the account service on this computer
//! - [`own_guides`]: guides of the user's own, beside those of the program
//! - [`places`]: where things are kept
//! - [`settings`]: what belongs to the program and to no project
//! - [`secret_clipboard`]: a secret on the clipboard, for a minute
//! - [`files`]: the files the user chooses in the system's dialogs
//! - [`notify`]: notifications of the system, and clicks on them
//! - [`once_page`]: pages that open once: a sign-in test, the sign-in to an account service
//! - [`package`]: files in one archive, to be attached to a mail
//! - [`paper`]: documents of the core in words, for print and mail
//! - [`given`]: files the program is given to open
//! - [`watching`]: has the watch list looked at when its time comes, and tells the news
//! - [`tray`]: the icon of a program whose window is closed
//! - [`window`]: files dragged onto the window, and its end
//! - [`start`]: from the first line to the open window
//! - [`start_again`]: a second try, when an earlier program was just ending

pub mod commands;
pub mod discovered;
pub mod files;
pub mod given;
pub mod ipc;
pub mod ipc_error;
pub mod local_service;
pub mod notify;
pub mod once_page;
pub mod own_guides;
pub mod package;
pub mod paper;
pub mod places;
pub mod secret_clipboard;
pub mod settings;
pub mod start;
pub mod start_again;
pub mod state;
pub mod tray;
pub mod watching;
pub mod window;

pub use start::run;
