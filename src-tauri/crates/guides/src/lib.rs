//! Service profiles and guides as data, with their typed reader.
