//! Projects, steps, gates and ports: what Signpost decides, without any I/O.
