//! Collects what every delegated name server says, from the roots down.
