//! The text of a document, piece by piece: decoded strictly, of the characters XML allows, within a limit, and without
//! a private key in it. Memory does not depend on the size of the document.

use crate::decode::{Coding, coding};
use certs::{TextEncoding, mentions_private_key};
use encoding_rs::{Decoder, DecoderResult};
use memchr::{memchr_iter, memmem};
use std::io::{self, BufRead, ErrorKind, Read};
use std::sync::LazyLock;

/// So much is read at once, in bytes.
const PIECE: usize = 64 * 1024;

/// So much is there before the encoding is judged, in bytes, unless the document is shorter.
const BEGINNING: usize = 256;

/// So much text before a piece is looked at again, in bytes: what is searched for may lie across two pieces.
const OVERLAP: usize = 256;

/// The longest tag, comment or run of text, in bytes, as it has to be held in memory whole.
pub(crate) const LONGEST_PART: u64 = 4 * 1024 * 1024;

/// What private keys are recognised by, before [`mentions_private_key`] looks closer.
static KEY_MARKS: LazyLock<[memmem::Finder<'static>; 3]> =
    LazyLock::new(|| ["PRIVATE KEY", "PuTTY-User-Key-File", "Private-Lines:"].map(memmem::Finder::new));

/// Why a document's text ends before the document does.
#[derive(Debug)]
pub(crate) enum Broken {
    /// There is more of it than is taken.
    TooLarge,
    /// The bytes are no text in the encoding they are in.
    NotText,
    /// The XML declaration names an encoding that nobody knows.
    UnknownEncoding(String),
    /// A character stands in it that XML 1.0 does not allow, in this line, counted from 1.
    IllegalCharacter(usize),
    /// A private key stands in it.
    PrivateKey,
    /// A tag, comment or run of text is longer than anything genuine.
    PartTooLong,
    /// It could not be read.
    Input(io::Error),
}

/// The text of a document as UTF-8 without a byte order mark and without blanks in front.
pub(crate) struct TextSource<R> {
    input: R,
    /// How many bytes may still come.
    left: u64,
    raw: Raw,
    encoding: TextEncoding,
    /// Text: some of the piece before, then this piece from `piece` on.
    text: Vec<u8>,
    piece: usize,
    at: usize,
    ended: bool,
    /// Line ends in all pieces before this one.
    lines: usize,
    mark: Mark,
    broken: Option<Broken>,
}

/// Bytes that are not text yet.
struct Raw {
    bytes: Vec<u8>,
    /// `None` for UTF-8.
    decoder: Option<Decoder>,
}

/// Where the part that is being read begins.
#[derive(Clone, Copy)]
enum Mark {
    /// In this piece.
    Here(usize),
    /// In an earlier one: the line ends before it, and how much of the part has passed.
    Before { lines: usize, length: u64 },
}

impl<R: Read> TextSource<R> {
    /// Reads the first piece; at most `limit` bytes will be taken.
    pub(crate) fn open(input: R, limit: usize) -> Result<Self, Broken> {
        let mut source = Self {
            input,
            left: u64::try_from(limit).unwrap_or(u64::MAX),
            raw: Raw { bytes: Vec::with_capacity(PIECE), decoder: None },
            encoding: TextEncoding::Utf8,
            text: Vec::with_capacity(2 * PIECE),
            piece: 0,
            at: 0,
            ended: false,
            lines: 0,
            mark: Mark::Here(0),
            broken: None,
        };
        while source.raw.bytes.len() < BEGINNING && source.fetch()? > 0 {}
        let Coding { encoding, decoder, skip } = coding(&source.raw.bytes)?;
        source.raw.bytes.drain(..skip);
        source.raw.decoder = decoder;
        source.encoding = encoding;
        match source.skip_blanks() {
            // What the document is can be told from its beginning all the same.
            Err(Broken::IllegalCharacter(line)) => source.broken = Some(Broken::IllegalCharacter(line)),
            other => other?,
        }
        Ok(source)
    }

    /// How the bytes were encoded.
    pub(crate) const fn encoding(&self) -> TextEncoding {
        self.encoding
    }

    /// The text that is at hand; empty at the end of the document only.
    pub(crate) fn at_hand(&self) -> &str {
        // What gets into the buffer was checked before.
        std::str::from_utf8(&self.text[self.at..]).unwrap_or_default()
    }

    /// A part of the document begins here.
    pub(crate) const fn begin_part(&mut self) {
        self.mark = Mark::Here(self.at);
    }

    /// The line, counted from 1, in which the part that was begun last begins.
    pub(crate) fn line(&self) -> usize {
        1 + match self.mark {
            Mark::Here(at) => self.lines + line_ends(&self.text[self.piece..at.max(self.piece)]),
            Mark::Before { lines, .. } => lines,
        }
    }

    /// Why the text ended, if it did before the document.
    pub(crate) const fn take_broken(&mut self) -> Option<Broken> {
        self.broken.take()
    }

    fn skip_blanks(&mut self) -> Result<(), Broken> {
        loop {
            let text = self.at_hand();
            self.at += text.len() - text.trim_start().len();
            self.begin_part();
            if self.at < self.text.len() || self.ended {
                return Ok(());
            }
            self.next_piece()?;
        }
    }

    /// Replaces the piece, which was read to its end, by the next one; an empty one is the end.
    fn next_piece(&mut self) -> Result<(), Broken> {
        self.leave_mark_behind()?;
        self.lines += line_ends(&self.text[self.piece..]);
        let mut keep = self.text.len().saturating_sub(OVERLAP);
        while self.text.get(keep).is_some_and(|byte| continues_a_character(*byte)) {
            keep += 1;
        }
        self.text.drain(..keep);
        self.piece = self.text.len();
        self.at = self.piece;
        while self.text.len() == self.piece && !self.ended {
            self.ended = self.fetch()? == 0;
            self.raw.decode(&mut self.text, self.ended)?;
        }
        self.check()
    }

    /// Reads some more bytes; none at the end of the document.
    fn fetch(&mut self) -> Result<u64, Broken> {
        let before = self.raw.bytes.len();
        self.raw.bytes.resize(before + PIECE, 0);
        let read = loop {
            match self.input.read(&mut self.raw.bytes[before..]) {
                Err(error) if error.kind() == ErrorKind::Interrupted => (),
                other => break other,
            }
        };
        let count = *read.as_ref().unwrap_or(&0);
        self.raw.bytes.truncate(before + count);
        read.map_err(Broken::Input)?;
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(count).ok_or(Broken::TooLarge)?;
        Ok(count)
    }

    fn leave_mark_behind(&mut self) -> Result<(), Broken> {
        let length = |from: usize| u64::try_from(self.text.len() - from).unwrap_or(u64::MAX);
        let (lines, length) = match self.mark {
            Mark::Here(at) => (self.line() - 1, length(at)),
            Mark::Before { lines, length: before } => (lines, before.saturating_add(length(self.piece))),
        };
        self.mark = Mark::Before { lines, length };
        if length > LONGEST_PART { Err(Broken::PartTooLong) } else { Ok(()) }
    }

    fn check(&self) -> Result<(), Broken> {
        let piece = &self.text[self.piece..];
        if let Some(at) = first_illegal(piece) {
            return Err(Broken::IllegalCharacter(1 + self.lines + line_ends(&piece[..at])));
        }
        let is_marked = KEY_MARKS.iter().any(|mark| mark.find(&self.text).is_some());
        if is_marked && std::str::from_utf8(&self.text).is_ok_and(mentions_private_key) {
            return Err(Broken::PrivateKey);
        }
        Ok(())
    }
}

impl<R: Read> BufRead for TextSource<R> {
    #[inline]
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.broken.is_none() && self.at == self.text.len() && !self.ended {
            self.broken = self.next_piece().err();
        }
        if self.broken.is_some() {
            return Err(io::Error::from(ErrorKind::InvalidData));
        }
        Ok(&self.text[self.at..])
    }

    #[inline]
    fn consume(&mut self, count: usize) {
        self.at = (self.at + count).min(self.text.len());
    }
}

impl<R: Read> Read for TextSource<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

impl Raw {
    /// Decodes what is there to the end of `text`; a character that is not there whole waits for the rest.
    fn decode(&mut self, text: &mut Vec<u8>, is_last: bool) -> Result<(), Broken> {
        let Some(decoder) = &mut self.decoder else { return self.take_utf8(text, is_last) };
        let most = decoder.max_utf8_buffer_length_without_replacement(self.bytes.len());
        let from = text.len();
        text.resize(from + most.ok_or(Broken::TooLarge)?, 0);
        let (result, _, written) =
            decoder.decode_to_utf8_without_replacement(&self.bytes, &mut text[from..], is_last);
        text.truncate(from + written);
        self.bytes.clear();
        if result == DecoderResult::InputEmpty { Ok(()) } else { Err(Broken::NotText) }
    }

    fn take_utf8(&mut self, text: &mut Vec<u8>, is_last: bool) -> Result<(), Broken> {
        let good = match std::str::from_utf8(&self.bytes) {
            Ok(whole) => whole.len(),
            Err(error) if error.error_len().is_none() && !is_last => error.valid_up_to(),
            Err(_) => return Err(Broken::NotText),
        };
        text.extend_from_slice(&self.bytes[..good]);
        self.bytes.drain(..good);
        Ok(())
    }
}

fn line_ends(text: &[u8]) -> usize {
    memchr_iter(b'\n', text).count()
}

const fn continues_a_character(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

/// Where the first character stands that `Char` of XML 1.0 leaves out; surrogates cannot occur in UTF-8.
fn first_illegal(text: &[u8]) -> Option<usize> {
    let is_control = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r');
    // Without an early end, as compilers make one instruction of many comparisons then.
    let has_control = text.iter().fold(false, |found, byte| found | is_control(*byte));
    let control = if has_control { text.iter().position(|byte| is_control(*byte)) } else { None };
    // U+FFFE and U+FFFF; no other character ends like that, nor can a character be cut here.
    let non_character =
        memmem::find_iter(text, b"\xEF\xBF").find(|at| matches!(text.get(at + 2), Some(0xBE | 0xBF)));
    control.into_iter().chain(non_character).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out so many bytes at a time.
    struct Dribble<'b>(&'b [u8], usize);

    impl Read for Dribble<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(into.len()).min(self.0.len());
            into[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn read(bytes: &[u8], at_once: usize) -> Result<String, Broken> {
        let mut source = TextSource::open(Dribble(bytes, at_once), 10 * PIECE)?;
        let mut text = String::new();
        match source.read_to_string(&mut text) {
            Ok(_) => Ok(text),
            Err(_) => Err(source.take_broken().unwrap()),
        }
    }

    #[test]
    fn characters_may_lie_across_pieces() {
        for (at_once, times) in [(1, 10), (7, 20), (4095, 20_000), (PIECE, 20_000)] {
            let text = "<ä€😀>".repeat(times);
            assert_eq!(read(text.as_bytes(), at_once).unwrap(), text);
            let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(read(&[&[0xFE, 0xFF], &utf16[..]].concat(), at_once).unwrap(), text);
        }
    }

    #[test]
    fn a_cut_or_false_character_is_no_text() {
        for bytes in [&b"<a>\xE2\x82"[..], b"<a>\xFF</a>", b"\xFF\xFE<\0a", b"\xFF\xFE<\0\0\xD8>\0"] {
            assert!(matches!(read(bytes, 1), Err(Broken::NotText)), "{bytes:?}");
        }
    }

    #[test]
    fn a_private_key_across_two_pieces_is_seen() {
        let key = "-----BEGIN RSA PRIVATE KEY-----";
        for before in PIECE - 40..PIECE + 40 {
            let text = format!("{}{key}", "x".repeat(before));
            assert!(matches!(read(text.as_bytes(), PIECE), Err(Broken::PrivateKey)), "{before}");
        }
        assert!(read("x".repeat(3 * PIECE).as_bytes(), PIECE).is_ok());
    }

    #[test]
    fn illegal_characters_are_found_with_their_line() {
        let text = "ä\u{FFFD}\u{FEFF}\u{FFBE}\t\r\n".repeat(10_000);
        assert!(read(text.as_bytes(), PIECE).is_ok());
        for bad in ["\u{1}", "\u{1F}", "\u{FFFE}", "\u{FFFF}"] {
            let broken = read(format!("{text}{bad}{text}").as_bytes(), 1000);
            assert!(matches!(broken, Err(Broken::IllegalCharacter(10_001))), "{broken:?}");
        }
    }

    #[test]
    fn no_more_than_the_limit_is_taken() {
        assert!(read(&vec![b'x'; 10 * PIECE], 999).is_ok());
        assert!(matches!(read(&vec![b'x'; 10 * PIECE + 1], 999), Err(Broken::TooLarge)));
    }
}
