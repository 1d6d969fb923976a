//! Answers the wizard's ports: project files, keyring, HTTP, DNS, clock.
