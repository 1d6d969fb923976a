//! What is on the virtual display right now, read straight from the X server's frame buffer file (`Xvfb -fbdir`).
//! That takes a few milliseconds, so the moment at which something shows up can be told exactly.

use std::path::Path;

/// The bytes of a frame: four for each pixel.
#[derive(PartialEq, Eq)]
pub(crate) struct Frame(Vec<u8>);

impl Frame {
    /// Reads an X window dump (X11/XWDFile.h): a header that tells its own size, a colour map of twelve bytes an
    /// entry, the pixels. The numbers of the header are big-endian.
    pub(super) fn read(file: &Path) -> Option<Self> {
        let mut dump = std::fs::read(file).ok()?;
        let header = number(&dump, 0)?;
        let colours = number(&dump, 19)?;
        let pixels = header.checked_add(colours.checked_mul(12)?)?;
        (pixels <= dump.len()).then(|| Self(dump.split_off(pixels)))
    }

    /// Whether there are at least so many different colours.
    pub(crate) fn has_colours(&self, enough: usize) -> bool {
        let mut seen: Vec<&[u8]> = Vec::with_capacity(enough);
        let mut before: &[u8] = &[];
        for pixel in self.0.chunks_exact(4) {
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
        (header[0], header[19]) = (100, 1);
        let head = header.iter().flat_map(|word| word.to_be_bytes());
        head.chain([0; 12]).chain(pixels.iter().flat_map(|pixel| pixel.to_le_bytes())).collect()
    }

    #[test]
    fn the_pixels_follow_header_and_colour_map() {
        let file = std::env::temp_dir().join(format!("xtask-frame-{}", std::process::id()));
        std::fs::write(&file, dump(&[7, 7, 8, 7, 9])).unwrap();
        let frame = Frame::read(&file).unwrap();
        assert_eq!(frame.0.len(), 20);
        assert!(frame.has_colours(3));
        assert!(!frame.has_colours(4));
        std::fs::write(&file, "short").unwrap();
        assert!(Frame::read(&file).is_none());
        std::fs::remove_file(&file).unwrap();
    }
}
