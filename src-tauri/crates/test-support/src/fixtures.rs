//! Keys and certificates made once with OpenSSL; see `fixtures/README.md`. They protect nothing.

/// An RSA 2048 private key in PKCS #8 PEM.
pub const RSA_KEY: &str = include_str!("../fixtures/throw-away-rsa-2048.key.pem");

/// An RSA private key in PKCS #1 PEM.
pub const PKCS1_KEY: &str = include_str!("../fixtures/pkcs1.key.pem");

/// An elliptic-curve private key in SEC 1 PEM.
pub const SEC1_KEY: &str = include_str!("../fixtures/sec1.key.pem");

/// An encrypted private key in PKCS #8 PEM.
pub const ENCRYPTED_KEY: &str = include_str!("../fixtures/encrypted.key.pem");

/// A certificate with an RSA key of 1024 bits, valid from 2026-11-22 for twenty years.
pub const RSA_1024: &str = include_str!("../fixtures/rsa-1024.pem");

/// A certificate signed with SHA-1, valid as above.
pub const SHA1_SIGNED: &str = include_str!("../fixtures/rsa-2048-sha1.pem");

/// A certificate signed with MD5, valid as above.
pub const MD5_SIGNED: &str = include_str!("../fixtures/rsa-2048-md5.pem");

/// A certificate on a curve hardly anybody uses, valid as above.
pub const EC_SECP256K1: &str = include_str!("../fixtures/ec-secp256k1.pem");

/// A certificate request.
pub const REQUEST: &str = include_str!("../fixtures/request.pem");

/// A PKCS #7 bundle in PEM.
pub const PKCS7: &str = include_str!("../fixtures/bundle.p7b");

/// A PKCS #12 file with certificate and private key.
pub const PKCS12: &[u8] = include_bytes!("../fixtures/bundle.p12");

/// A certificate in OpenSSL's trusted form.
pub const OPENSSL_TRUSTED: &str = include_str!("../fixtures/openssl-trusted.pem");
