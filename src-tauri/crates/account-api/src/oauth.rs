//! How a program signs in to the service: OAuth 2.0 for native apps (RFC 6749, RFC 7636, RFC 8252).

/// The client that every service knows: the desktop program. It is a public client (RFC 6749, section 2.1).
pub const OAUTH_CLIENT: &str = "signpost-desktop";

/// The path of its redirect URI, at any port of `127.0.0.1` or `[::1]` (RFC 8252, section 7.3).
pub const OAUTH_REDIRECT_PATH: &str = "/signed-in";

/// Lets read settings.
pub const SCOPE_READ: &str = "settings:read";

/// Lets change settings, and read them.
pub const SCOPE_WRITE: &str = "settings:write";

/// Where the service describes its endpoints (RFC 8414, section 3).
pub const OAUTH_METADATA_PATH: &str = "/.well-known/oauth-authorization-server";
