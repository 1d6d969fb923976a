//! What is on the virtual display right now, read straight from the X server's frame buffer file (`Xvfb -fbdir`).
//! That takes a few milliseconds, so the moment at which something shows up can be told exactly.

use std::ops::Range;
use std::path::Path;

/// The pixels of a frame, four bytes each, line after line.
#[derive(PartialEq, Eq)]
pub(crate) struct Frame {
    pixels: Vec<u8>,
    bytes_per_line: usize,
}

impl Frame {
    /// Reads an X window dump (X11/XWDFile.h): a header that tells its own size, a colour map of twelve bytes an
    /// entry, the pixels. The numbers of the header are big-endian.
    pub(super) fn read(file: &Path) -> Option<Self> {
        let mut dump = std::fs::read(file).ok()?;
        let header = number(&dump, 0)?;
        let colours = number(&dump, 19)?;
        let bytes_per_line = number(&dump, 12).filter(|bytes| *bytes > 0)?;
        let pixels = header.checked_add(colours.checked_mul(12)?)?;
        (pixels <= dump.len()).then(|| Self { pixels: dump.split_off(pixels), bytes_per_line })
    }

    /// The same with these columns of pixels blackened, so that what happens there makes no difference.
    pub(crate) fn without(mut self, columns: Range<usize>) -> Self {
        for line in self.pixels.chunks_exact_mut(self.bytes_per_line) {
            if let Some(bytes) = line.get_mut(columns.start * 4..columns.end * 4) {
                bytes.fill(0);
            }
        }
        self
    }

    /// Whether there are at least so many different colours.
    pub(crate) fn has_colours(&self, enough: usize) -> bool {
        let mut seen: Vec<&[u8]> = Vec::with_capacity(enough);
        let mut before: &[u8] = &[];
        for pixel in self.pixels.chunks_exact(4) {
            if pixel != before && !seen.contains(&pixel) {
                seen.push(pixel);
            }
            if seen.len() >= enough {
                return true;
            }
            before = pixel;
        }
        false
    }
}

fn number(dump: &[u8], place: usize) -> Option<usize> {
    let bytes = dump.get(place * 4..place * 4 + 4)?.try_into().ok()?;
    usize::try_from(u32::from_be_bytes(bytes)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dump(pixels: &[u32]) -> Vec<u8> {
        let mut header = [0_u32; 25];
        (header[0], header[12], header[19]) = (100, 20, 1);
        let head = header.iter().flat_map(|word| word.to_be_bytes());
        head.chain([0; 12]).chain(pixels.iter().flat_map(|pixel| pixel.to_le_bytes())).collect()
    }

    #[test]
    fn the_pixels_follow_header_and_colour_map() {
        let file = std::env::temp_dir().join(format!("xtask-frame-{}", std::process::id()));
        std::fs::write(&file, dump(&[7, 7, 8, 7, 9])).unwrap();
        let frame = Frame::read(&file).unwrap();
        assert_eq!(frame.pixels.len(), 20);
        assert!(frame.has_colours(3));
        assert!(!frame.has_colours(4));
        let masked = frame.without(2..5);
        assert!(masked.has_colours(2) && !masked.has_colours(3));
        std::fs::write(&file, "short").unwrap();
        assert!(Frame::read(&file).is_none());
        std::fs::remove_file(&file).unwrap();
    }
}
