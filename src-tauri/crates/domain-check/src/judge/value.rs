//! How a published value differs from the expected one.

use std::collections::BTreeMap;

/// Values longer than this are not compared letter by letter for closeness, in characters.
const LONGEST_COMPARED: usize = 512;

/// The values count as one value mistyped up to this number of changed letters.
const CLOSE: usize = 3;

/// How a value differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Difference {
    /// Quotation marks became part of the value.
    Quoted,
    /// Blanks, typographic quotation marks or characters that cannot be seen became part of it.
    Blanks {
        /// The first one, counted from 1.
        position: usize,
        /// All of them, named.
        characters: Vec<String>,
        /// Whether one of them is no character of plain ASCII text, as word processors put them in.
        typographic: bool,
    },
    /// Anything else.
    Other(Mismatch),
}

/// The first letter that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mismatch {
    /// `close`, `case`, `contains`, `part`, `empty` or `other`.
    pub(super) how: &'static str,
    /// Counted from 1, in characters.
    pub(super) position: usize,
    /// The character that has to be there; empty when the value should have ended.
    pub(super) expected: String,
    /// The character that is there; empty when the value has ended.
    pub(super) found: String,
    /// How many letters were changed, added or lost, when that was worth counting.
    pub(super) distance: usize,
}

/// How `found` differs from `expected`, or `None` when it does not.
pub(super) fn difference(expected: &str, found: &str) -> Option<Difference> {
    if expected == found {
        return None;
    }
    if core(expected) != core(found) {
        return Some(Difference::Other(mismatch(expected, found)));
    }
    let extra = extra(expected, found);
    if extra.is_empty() {
        return Some(Difference::Other(mismatch(expected, found)));
    }
    if extra.iter().all(|(_, c)| *c == '"') {
        return Some(Difference::Quoted);
    }
    let typographic = extra.iter().any(|(_, c)| !c.is_ascii());
    let position = extra.first().map_or(1, |(index, _)| index + 1);
    let mut characters: Vec<String> = extra.iter().map(|(_, c)| named(*c)).collect();
    characters.sort();
    characters.dedup();
    Some(Difference::Blanks { position, characters, typographic })
}

/// Whether the value is the expected one but for blanks and quotation marks.
pub(super) fn is_expected_in_disguise(expected: &str, found: &str) -> bool {
    core(expected) == core(found)
}

/// Whether the value is the expected one with a few letters changed, added or lost, or only in another case.
pub(super) fn is_close(expected: &str, found: &str) -> bool {
    !found.is_empty() && !matches!(mismatch(expected, found).how, "other" | "empty")
}

/// Whether both were issued by the same hand: the same words before the code, and a code as long, of the same letters.
pub(super) fn is_same_kind(expected: &str, found: &str) -> bool {
    let parts =
        |text: &str| text.split_once('=').map(|(key, code)| (key.to_ascii_lowercase(), code.to_owned()));
    let Some(((key, code), (other_key, other_code))) = parts(expected).zip(parts(found)) else {
        return false;
    };
    let letters = |code: &str| code.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    key == other_key
        && code.len() >= 16
        && code.len() == other_code.len()
        && letters(&code) == letters(&other_code)
        && expected != found
}

fn core(text: &str) -> String {
    text.chars().filter(|c| !is_decoration(*c)).map(plain_dash).collect()
}

fn plain_dash(c: char) -> char {
    if is_dash(c) { '-' } else { c }
}

fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}')
}

fn is_decoration(c: char) -> bool {
    c.is_whitespace() || c.is_control() || is_quote(c) || is_invisible(c)
}

fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '`' | '\u{AB}' | '\u{BB}' | '\u{2018}'
            ..='\u{201F}' | '\u{2039}' | '\u{203A}' | '\u{FF02}'
    )
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

/// The decorations (and typographic dashes) of `found` that `expected` does not have, with their index.
fn extra(expected: &str, found: &str) -> Vec<(usize, char)> {
    let mut due: BTreeMap<char, usize> = BTreeMap::new();
    expected.chars().for_each(|c| *due.entry(c).or_default() += 1);
    let ends = found.chars().count();
    let inner = found.trim();
    let lead = found.chars().take_while(|c| c.is_whitespace()).count();
    let trail = lead + inner.chars().count();
    found
        .chars()
        .enumerate()
        .filter(|(_, c)| is_decoration(*c) || is_dash(*c))
        .filter(|(index, c)| {
            let outer = (*index < lead || (trail..ends).contains(index)) && !expected.starts_with(*c);
            if outer {
                return true;
            }
            match due.get_mut(c) {
                Some(left) if *left > 0 => {
                    *left -= 1;
                    false
                }
                _ => true,
            }
        })
        .collect()
}

fn named(c: char) -> String {
    let name = match c {
        '\t' => "CHARACTER TABULATION",
        '\n' => "LINE FEED",
        '\r' => "CARRIAGE RETURN",
        ' ' => "SPACE",
        '"' => "QUOTATION MARK",
        '\'' => "APOSTROPHE",
        '`' => "GRAVE ACCENT",
        '\u{A0}' => "NO-BREAK SPACE",
        '\u{AB}' => "LEFT-POINTING DOUBLE ANGLE QUOTATION MARK",
        '\u{AD}' => "SOFT HYPHEN",
        '\u{BB}' => "RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK",
        '\u{200B}' => "ZERO WIDTH SPACE",
        '\u{200C}' => "ZERO WIDTH NON-JOINER",
        '\u{200D}' => "ZERO WIDTH JOINER",
        '\u{200E}' => "LEFT-TO-RIGHT MARK",
        '\u{200F}' => "RIGHT-TO-LEFT MARK",
        '\u{2010}' => "HYPHEN",
        '\u{2011}' => "NON-BREAKING HYPHEN",
        '\u{2013}' => "EN DASH",
        '\u{2014}' => "EM DASH",
        '\u{2018}' => "LEFT SINGLE QUOTATION MARK",
        '\u{2019}' => "RIGHT SINGLE QUOTATION MARK",
        '\u{201C}' => "LEFT DOUBLE QUOTATION MARK",
        '\u{201D}' => "RIGHT DOUBLE QUOTATION MARK",
        '\u{201E}' => "DOUBLE LOW-9 QUOTATION MARK",
        '\u{202F}' => "NARROW NO-BREAK SPACE",
        '\u{2060}' => "WORD JOINER",
        '\u{2212}' => "MINUS SIGN",
        '\u{FEFF}' => "ZERO WIDTH NO-BREAK SPACE",
        _ => "",
    };
    format!("U+{:04X} {name}", u32::from(c)).trim_end().to_owned()
}

/// The first letter that differs, and how the two relate.
pub(super) fn mismatch(expected: &str, found: &str) -> Mismatch {
    let common = expected.chars().zip(found.chars()).take_while(|(a, b)| a == b).count();
    let distance = distance(expected, found);
    Mismatch {
        how: relation(expected, found, distance),
        position: common + 1,
        expected: shown(expected.chars().nth(common)),
        found: shown(found.chars().nth(common)),
        distance,
    }
}

fn shown(c: Option<char>) -> String {
    match c {
        None => String::new(),
        Some(c) if c.is_ascii_graphic() || c.is_alphanumeric() => c.to_string(),
        Some(c) => named(c),
    }
}

fn relation(expected: &str, found: &str, distance: usize) -> &'static str {
    match () {
        () if found.is_empty() => "empty",
        () if expected.eq_ignore_ascii_case(found) => "case",
        () if key_doubled(expected, found) => "key-doubled",
        () if key_lost(expected, found) => "key-lost",
        () if found.contains(expected) => "contains",
        () if distance <= CLOSE => "close",
        () if expected.contains(found) => "part",
        () => "other",
    }
}

/// `token=token=…`: the part before the sign of equality was typed before a value that has it.
fn key_doubled(expected: &str, found: &str) -> bool {
    let key = expected.split_inclusive('=').next().filter(|key| key.len() < expected.len());
    key.is_some_and(|key| found.strip_prefix(key) == Some(expected))
}

/// The code alone, without the `token=` before it.
fn key_lost(expected: &str, found: &str) -> bool {
    expected.split_once('=').is_some_and(|(_, code)| !code.is_empty() && code == found)
}

/// Levenshtein's distance in characters; values too long to compare count as far apart.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().take(LONGEST_COMPARED + 1).collect();
    let b: Vec<char> = b.chars().take(LONGEST_COMPARED + 1).collect();
    if a.len().max(b.len()) > LONGEST_COMPARED {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let changed = diagonal + usize::from(from != to);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPECTED: &str = "token=k7m2qv4xhd3nla6p5wz2tyujre expiry=2026-12-24";

    fn blanks(found: &str) -> (usize, Vec<String>) {
        match difference(EXPECTED, found) {
            Some(Difference::Blanks { position, characters, .. }) => (position, characters),
            other => panic!("{found:?}: {other:?}"),
        }
    }

    #[test]
    fn the_same_value_does_not_differ() {
        assert_eq!(difference(EXPECTED, EXPECTED), None);
    }

    #[test]
    fn quotation_marks_are_told_from_blanks() {
        assert_eq!(difference(EXPECTED, &format!("\"{EXPECTED}\"")), Some(Difference::Quoted));
        assert_eq!(difference("a", "\"a"), Some(Difference::Quoted));
        assert_eq!(
            blanks(&format!("“{EXPECTED}”")),
            (
                1,
                vec![
                    "U+201C LEFT DOUBLE QUOTATION MARK".to_owned(),
                    "U+201D RIGHT DOUBLE QUOTATION MARK".to_owned()
                ]
            )
        );
    }

    #[test]
    fn blanks_and_invisible_characters_are_named_with_their_place() {
        assert_eq!(blanks(&format!("{EXPECTED} ")), (51, vec!["U+0020 SPACE".to_owned()]));
        assert_eq!(blanks(&format!(" {EXPECTED}")), (1, vec!["U+0020 SPACE".to_owned()]));
        assert_eq!(blanks(&EXPECTED.replace(' ', "  ")), (34, vec!["U+0020 SPACE".to_owned()]));
        assert_eq!(blanks(&EXPECTED.replace(' ', "\u{A0}")), (33, vec!["U+00A0 NO-BREAK SPACE".to_owned()]));
        assert_eq!(
            blanks(&EXPECTED.replace("k7", "k\u{200B}7")),
            (8, vec!["U+200B ZERO WIDTH SPACE".to_owned()])
        );
        assert_eq!(blanks(&EXPECTED.replace("2026-", "2026–")), (45, vec!["U+2013 EN DASH".to_owned()]));
    }

    #[test]
    fn the_first_wrong_letter_is_counted_from_one() {
        let one = mismatch(EXPECTED, &EXPECTED.replace("nla", "n1a"));
        assert_eq!((one.how, one.position, one.distance), ("close", 19, 1));
        assert_eq!((one.expected.as_str(), one.found.as_str()), ("l", "1"));
    }

    #[test]
    fn the_relation_is_said() {
        let how = |found: &str| mismatch(EXPECTED, found).how;
        assert_eq!(how(""), "empty");
        assert_eq!(how(&EXPECTED.to_uppercase()), "case");
        assert_eq!(how(&format!("_x.contoso.test TXT {EXPECTED}")), "contains");
        assert_eq!(how("k7m2qv4xhd3nla6p5wz2tyujre"), "part");
        assert_eq!(how("k7m2qv4xhd3nla6p5wz2tyujre expiry=2026-12-24"), "key-lost");
        assert_eq!(how(&format!("token={EXPECTED}")), "key-doubled");
        assert_eq!(how("v=spf1 -all"), "other");
        assert_eq!(mismatch("abc", "ab").found, "");
        assert_eq!(mismatch("ab", "abc").expected, "");
    }

    #[test]
    fn codes_of_one_kind_are_known_by_their_form() {
        let code = "token=k7m2qv4xhd3nla6p5wz2tyujre";
        assert!(is_same_kind(code, "token=aaaaaaaaaaaaaaaaaaaaaaaaaa"));
        assert!(!is_same_kind(code, code));
        assert!(!is_same_kind(code, "token=short") && !is_same_kind(code, "v=spf1 include:a.example -all!"));
        assert!(is_close(code, &code.replace("nla", "n1a")) && !is_close(code, "v=spf1 -all"));
    }

    #[test]
    fn a_lost_blank_is_a_wrong_value() {
        assert!(matches!(difference(EXPECTED, &EXPECTED.replace(' ', "")), Some(Difference::Other(_))));
    }

    proptest::proptest! {
        #[test]
        fn any_two_values_can_be_compared(expected in ".{0,600}", found in ".{0,600}") {
            let same = difference(&expected, &found).is_none();
            proptest::prop_assert_eq!(same, expected == found);
        }
    }
}
