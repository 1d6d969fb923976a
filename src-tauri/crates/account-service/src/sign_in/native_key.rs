//! The identity provider's key for the second verifier. The arithmetic of RSA is done by AWS-LC: the first verifier does
//! it with the same Rust library as the second one would, so that one mistake there could fool both; and it is faster.

use aws_lc_rs::signature::{
    ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
    RsaParameters,
};
use xml_sec::xmldsig::{
    DsigError, SignatureAlgorithm, SignatureContext, SignatureVerificationError, VerificationKey,
    VerificationScope, VerifyingKey,
};

/// A key of which `xml-sec` judges everything but the arithmetic of RSA with PKCS #1 padding.
pub(super) struct NativeKey(pub(super) VerificationKey);

/// What AWS-LC does in place of `xml-sec`: RFC 8017, 8.2, with keys of 2048 to 8192 bits.
const fn native(algorithm: SignatureAlgorithm) -> Option<&'static RsaParameters> {
    match algorithm {
        SignatureAlgorithm::RsaSha256 => Some(&RSA_PKCS1_2048_8192_SHA256),
        SignatureAlgorithm::RsaSha384 => Some(&RSA_PKCS1_2048_8192_SHA384),
        SignatureAlgorithm::RsaSha512 => Some(&RSA_PKCS1_2048_8192_SHA512),
        _ => None,
    }
}

impl VerifyingKey for NativeKey {
    fn association_spki(&self, algorithm: SignatureAlgorithm) -> Option<&[u8]> {
        self.0.association_spki(algorithm)
    }

    fn verification_spki(&self, algorithm: SignatureAlgorithm) -> Result<Option<&[u8]>, DsigError> {
        self.0.verification_spki(algorithm)
    }

    fn validate_policy(&self, scope: &VerificationScope<'_>) -> Result<(), DsigError> {
        self.0.validate_policy(scope)
    }

    fn validate_signature_value(
        &self,
        algorithm: SignatureAlgorithm,
        value: &[u8],
    ) -> Result<bool, DsigError> {
        self.0.validate_signature_value(algorithm, value)
    }

    fn validate_signature_value_with_policy(
        &self,
        scope: &VerificationScope<'_>,
        algorithm: SignatureAlgorithm,
        value: &[u8],
    ) -> Result<bool, DsigError> {
        self.0.validate_signature_value_with_policy(scope, algorithm, value)
    }

    fn verify(&self, algorithm: SignatureAlgorithm, signed: &[u8], value: &[u8]) -> Result<bool, DsigError> {
        let Some(parameters) = native(algorithm) else { return self.0.verify(algorithm, signed, value) };
        let unusable = || DsigError::from(SignatureVerificationError::InvalidKeyDer);
        // Refuses an algorithm that the key is not for.
        let key = self.verification_spki(algorithm)?.ok_or_else(unusable)?;
        let key = ParsedPublicKey::new(parameters, key).map_err(|_| unusable())?;
        Ok(key.verify_sig(signed, value).is_ok())
    }

    fn verify_with_policy(
        &self,
        scope: &VerificationScope<'_>,
        algorithm: SignatureAlgorithm,
        context: &SignatureContext,
        signed: &[u8],
        value: &[u8],
    ) -> Result<bool, DsigError> {
        if native(algorithm).is_some() && context.as_bytes().is_empty() {
            return self.verify(algorithm, signed, value);
        }
        self.0.verify_with_policy(scope, algorithm, context, signed, value)
    }
}
