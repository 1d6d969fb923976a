//! What rows are recognised by, made ready for one pass over a text.

use crate::file::Entry;
use crate::words;
use std::collections::HashMap;

/// A code says which row it is; nothing else reaches this.
pub(crate) const CODE: u32 = 1000;
/// What a word in its place says, and what a word nearby says.
const IN_PLACE: u32 = 10;
const NEARBY: u32 = 6;
/// How many words `*` stands for at most, and within how many words clues are near each other.
const GAP: usize = 8;
const NEAR: usize = 30;
/// Microsoft's number of an error, which is often told without what stands before it.
const NUMBERED: &str = "aadsts";

/// How long such a number is, and how many that no row has are named.
const DIGITS: std::ops::RangeInclusive<usize> = 4..=8;
const MOST_UNKNOWN: usize = 3;

/// A word as its place in the vocabulary of the patterns; 0 is every other word.
type Word = usize;

#[derive(Debug, PartialEq)]
enum Slot {
    Word(Word),
    Gap,
}

#[derive(Debug)]
struct Phrase {
    hit: Hit,
    slots: Vec<Slot>,
}

#[derive(Debug)]
struct Clue {
    hit: Hit,
    slots: usize,
}

/// A pattern that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Hit {
    /// The place of its row in the table.
    pub(crate) row: usize,
    /// What it weighs.
    pub(crate) weight: u32,
    /// As it is written in the table.
    pub(crate) pattern: String,
}

/// Every pattern of a table.
#[derive(Debug, Default)]
pub(crate) struct Patterns {
    vocabulary: HashMap<String, Word>,
    phrases: Vec<Phrase>,
    clues: Vec<Clue>,
    /// The phrases that begin with a word.
    starts: HashMap<Word, Vec<usize>>,
    /// The clues a word belongs to, and at which place of them.
    nearby: HashMap<Word, Vec<(usize, usize)>>,
    /// The rows for numbers that no row has, each with the word before the number.
    unknown: Vec<(usize, String)>,
}

impl Patterns {
    pub(crate) fn of(entries: &[Entry]) -> Self {
        let mut patterns = Self::default();
        for (row, entry) in entries.iter().enumerate() {
            for code in &entry.codes {
                patterns.add_code(row, code);
            }
            for phrase in &entry.phrases {
                patterns.add_phrase(Hit { row, weight: 0, pattern: phrase.clone() }, phrase);
            }
            for clue in &entry.clues {
                patterns.add_clue(row, clue);
            }
            patterns.unknown.extend(entry.unknown.iter().map(|word| (row, word.to_lowercase())));
        }
        patterns
    }

    fn add_code(&mut self, row: usize, code: &str) {
        let hit = Hit { row, weight: CODE, pattern: code.to_owned() };
        self.add_phrase(hit.clone(), code);
        let lower = code.to_lowercase();
        let Some(number) = lower.strip_prefix(NUMBERED) else { return };
        for way in ["aadsts", "error", "errorcode", "error code", "sign in error code", "failure code"] {
            self.add_phrase(hit.clone(), &format!("{way} {number}"));
        }
    }

    fn add_phrase(&mut self, mut hit: Hit, text: &str) {
        let slots = self.slots(text);
        let count = slots.iter().filter(|slot| **slot != Slot::Gap).count();
        if hit.weight == 0 {
            hit.weight = (u32::try_from(count).unwrap_or(u32::MAX)).saturating_mul(IN_PLACE).min(CODE - 1);
        }
        if let Some(Slot::Word(first)) = slots.first() {
            self.starts.entry(*first).or_default().push(self.phrases.len());
            self.phrases.push(Phrase { hit, slots });
        }
    }

    fn slots(&mut self, text: &str) -> Vec<Slot> {
        let mut slots = Vec::new();
        for piece in text.split_whitespace() {
            match piece {
                "*" => slots.push(Slot::Gap),
                _ => slots.extend(words::list(piece).into_iter().map(|word| Slot::Word(self.learn(word)))),
            }
        }
        slots
    }

    fn add_clue(&mut self, row: usize, text: &str) {
        let slots: Vec<&str> = text.split_whitespace().collect();
        let weight = (u32::try_from(slots.len()).unwrap_or(u32::MAX)).saturating_mul(NEARBY).min(CODE - 1);
        let number = self.clues.len();
        for (place, slot) in slots.iter().enumerate() {
            for word in slot.split('|').flat_map(words::list) {
                let word = self.learn(word);
                self.nearby.entry(word).or_default().push((number, place));
            }
        }
        self.clues.push(Clue { hit: Hit { row, weight, pattern: text.to_owned() }, slots: slots.len() });
    }

    fn learn(&mut self, word: String) -> Word {
        let next = self.vocabulary.len() + 1;
        *self.vocabulary.entry(word).or_insert(next)
    }

    /// Every pattern that occurs in a text, once.
    pub(crate) fn find(&self, text: &str) -> Vec<Hit> {
        let (words, unknown) = self.recognise(text);
        let phrases = self.find_phrases(&words);
        let mut hits: Vec<Hit> = phrases.into_iter().map(|found| self.phrases[found].hit.clone()).collect();
        hits.extend(self.find_clues(&words).into_iter().map(|found| self.clues[found].hit.clone()));
        hits.extend(unknown);
        hits
    }

    /// The words of the vocabulary, and the numbers of errors that are not in it.
    fn recognise(&self, text: &str) -> (Vec<Word>, Vec<Hit>) {
        let (mut found, mut unknown) = (Vec::new(), Vec::new());
        words::words(text, |word| {
            let known = self.vocabulary.get(word).copied();
            found.push(known.unwrap_or_default());
            if known.is_none() && unknown.len() < MOST_UNKNOWN {
                unknown.extend(self.number_without_row(word).filter(|hit| !unknown.contains(hit)));
            }
        });
        // With so few words, a number alone is the number of an error, not of a line or a process.
        if found.len() <= 3 {
            found.extend(self.numbered(text));
        }
        (found, unknown)
    }

    fn number_without_row(&self, word: &str) -> Option<Hit> {
        self.unknown.iter().find_map(|(row, before)| {
            let number = word.strip_prefix(before.as_str())?;
            let good = DIGITS.contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
            good.then(|| Hit { row: *row, weight: CODE, pattern: word.to_uppercase() })
        })
    }

    fn numbered(&self, text: &str) -> Vec<Word> {
        let whole = words::list(text).into_iter().map(|word| format!("{NUMBERED}{word}"));
        whole.filter_map(|word| self.vocabulary.get(&word).copied()).collect()
    }

    fn find_phrases(&self, words: &[Word]) -> Vec<usize> {
        let mut found = vec![false; self.phrases.len()];
        for (at, word) in words.iter().enumerate() {
            for &phrase in self.starts.get(word).into_iter().flatten() {
                if !found[phrase] {
                    found[phrase] = fits(&self.phrases[phrase].slots, &words[at..]);
                }
            }
        }
        those(&found)
    }

    fn find_clues(&self, words: &[Word]) -> Vec<usize> {
        let mut found = vec![false; self.clues.len()];
        let mut seen: Vec<Vec<Option<usize>>> =
            self.clues.iter().map(|clue| vec![None; clue.slots]).collect();
        for (at, word) in words.iter().enumerate() {
            for &(clue, place) in self.nearby.get(word).into_iter().flatten() {
                seen[clue][place] = Some(at);
                found[clue] |= seen[clue].iter().all(|last| last.is_some_and(|last| at - last < NEAR));
            }
        }
        those(&found)
    }
}

fn those(found: &[bool]) -> Vec<usize> {
    found.iter().enumerate().filter(|(_, found)| **found).map(|(place, _)| place).collect()
}

/// Whether a phrase begins where the words do. A gap ends at the first word that fits, so this never goes back.
fn fits(slots: &[Slot], words: &[Word]) -> bool {
    let (mut at, mut gap) = (0, 0);
    for slot in slots {
        match slot {
            Slot::Gap => gap = GAP,
            Slot::Word(word) => {
                let ahead = words.iter().skip(at).take(gap + 1).position(|one| one == word);
                let Some(ahead) = ahead else { return false };
                at += ahead + 1;
                gap = 0;
            }
        }
    }
    true
}
