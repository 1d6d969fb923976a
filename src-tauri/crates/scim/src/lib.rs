//! SCIM 2.0 resources, filters and PATCH, without any I/O.
