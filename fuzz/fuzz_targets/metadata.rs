//! Anything that somebody may take for SAML metadata.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vocabulary::Timestamp;

fuzz_target!(|bytes: &[u8]| {
    let Some(now) = Timestamp::parse("2026-11-22T12:00:00Z") else { return };
    let inspection = saml::inspect(bytes, saml::LIMIT_BY_FILE, now);
    // Every entity in the list can be chosen.
    for entity in inspection.entities.iter().take(4).filter(|entity| !entity.entity_id.is_empty()) {
        let chosen = saml::select(bytes, saml::LIMIT_BY_FILE, &entity.entity_id, now);
        assert_eq!(chosen.entities.len(), inspection.entities.len());
    }
});
