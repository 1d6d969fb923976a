use serde::{Deserialize, Serialize};

/// Longer values are not compared letter by letter, in characters.
const LONGEST_COMPARED: usize = 512;

/// A published value that was meant to be the expected one, letter by letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct NearMiss {
    /// The name it stands at.
    pub name: String,
    /// The server that has it.
    pub server: String,
    /// The value as it is published.
    pub found: String,
    /// The way from the published value to the expected one: `same` and `extra` together are the published value,
    /// `same` and `missing` together the expected one.
    pub parts: Vec<ValuePart>,
}

/// A run of characters that are alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct ValuePart {
    /// What the characters are.
    pub kind: ValuePartKind,
    /// The characters.
    pub text: String,
}

/// What characters are, comparing a published value with the expected one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum ValuePartKind {
    /// In both.
    Same,
    /// Only in the published value: has to go.
    Extra,
    /// Only in the expected value: has to be added.
    Missing,
}

/// The way from `found` to `expected` with the fewest changes; as a whole where one of them is too long to compare.
pub(crate) fn parts(expected: &str, found: &str) -> Vec<ValuePart> {
    let (from, to): (Vec<char>, Vec<char>) = (found.chars().collect(), expected.chars().collect());
    if from.len().max(to.len()) > LONGEST_COMPARED {
        return joined([
            (ValuePartKind::Extra, found.to_owned()),
            (ValuePartKind::Missing, expected.to_owned()),
        ]);
    }
    let common = common_lengths(&from, &to);
    let length = |i: usize, j: usize| common.get(i * (to.len() + 1) + j).copied().unwrap_or_default();
    let (mut i, mut j, mut steps) = (0, 0, Vec::new());
    while let (Some(a), Some(b)) = (from.get(i), to.get(j)) {
        if a == b {
            steps.push((ValuePartKind::Same, a.to_string()));
            (i, j) = (i + 1, j + 1);
        } else if length(i + 1, j) >= length(i, j + 1) {
            steps.push((ValuePartKind::Extra, a.to_string()));
            i += 1;
        } else {
            steps.push((ValuePartKind::Missing, b.to_string()));
            j += 1;
        }
    }
    steps.extend(from.iter().skip(i).map(|c| (ValuePartKind::Extra, c.to_string())));
    steps.extend(to.iter().skip(j).map(|c| (ValuePartKind::Missing, c.to_string())));
    joined(steps)
}

/// For every pair of ends, the length of the longest sequence they have in common.
fn common_lengths(from: &[char], to: &[char]) -> Vec<u16> {
    let width = to.len() + 1;
    let mut table = vec![0u16; (from.len() + 1) * width];
    for (i, a) in from.iter().enumerate().rev() {
        for (j, b) in to.iter().enumerate().rev() {
            table[i * width + j] = if a == b {
                table[(i + 1) * width + j + 1] + 1
            } else {
                table[(i + 1) * width + j].max(table[i * width + j + 1])
            };
        }
    }
    table
}

fn joined(steps: impl IntoIterator<Item = (ValuePartKind, String)>) -> Vec<ValuePart> {
    let mut parts: Vec<ValuePart> = Vec::new();
    for (kind, text) in steps.into_iter().filter(|(_, text)| !text.is_empty()) {
        match parts.last_mut() {
            Some(last) if last.kind == kind => last.text.push_str(&text),
            _ => parts.push(ValuePart { kind, text }),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use ValuePartKind::{Extra, Missing, Same};

    fn shown(expected: &str, found: &str) -> Vec<(ValuePartKind, String)> {
        parts(expected, found).into_iter().map(|part| (part.kind, part.text)).collect()
    }

    #[test]
    fn what_has_to_go_and_what_has_to_come_is_shown() {
        let part = |kind, text: &str| (kind, text.to_owned());
        assert_eq!(
            shown("token=nla", "token=n1a"),
            [part(Same, "token=n"), part(Extra, "1"), part(Missing, "l"), part(Same, "a")]
        );
        assert_eq!(shown("abc", "\"abc\""), [part(Extra, "\""), part(Same, "abc"), part(Extra, "\"")]);
        assert_eq!(shown("abc", ""), [part(Missing, "abc")]);
        assert_eq!(shown("abc", "abc"), [part(Same, "abc")]);
    }

    proptest::proptest! {
        #[test]
        fn the_parts_make_both_values(expected in ".{0,40}", found in ".{0,40}") {
            let parts = parts(&expected, &found);
            let only = |kind| parts.iter().filter(|part| part.kind == Same || part.kind == kind).map(|part| part.text.as_str()).collect::<String>();
            proptest::prop_assert_eq!(only(Extra), found);
            proptest::prop_assert_eq!(only(Missing), expected);
        }
    }
}
