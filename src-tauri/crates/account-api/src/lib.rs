//! The wire contract between the wizard and the account service.
