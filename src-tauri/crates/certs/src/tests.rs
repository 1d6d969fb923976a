use crate::CODES;
use texts::Texts;
use vocabulary::{Finding, Severity};

#[test]
fn every_code_has_a_text() {
    let texts = Texts::english().unwrap();
    for code in CODES {
        let finding = Finding::new(Severity::Info, code);
        assert_ne!(texts.finding(&finding).message, *code, "{code} has no text");
    }
}
