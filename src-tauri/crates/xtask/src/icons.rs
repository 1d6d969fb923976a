//! The icon files, from `icons/signpost.svg`.

use crate::process;
use crate::trouble::{Outcome, Trouble};
use crate::workspace::Workspace;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The files that go into bundles as they are, and their width in pixels.
const PICTURES: [(&str, u32); 4] =
    [("32x32.png", 32), ("128x128.png", 128), ("128x128@2x.png", 256), ("icon.png", 512)];
/// The sizes inside icon.ico; the first is the one that tools show.
const WINDOWS: [u32; 6] = [32, 16, 24, 48, 64, 256];
/// The entry types of Apple's icon container (`man iconutil`) and their width in pixels.
const APPLE: [(&[u8; 4], u32); 6] =
    [(b"ic11", 32), (b"ic07", 128), (b"ic13", 256), (b"ic08", 256), (b"ic09", 512), (b"ic10", 1024)];

/// Draws all of them. Needs rsvg-convert (package librsvg2-bin) and ImageMagick.
pub(crate) fn make(workspace: &Workspace) -> Outcome<()> {
    let artist = Artist { folder: workspace.root.join("icons"), scratch: workspace.scratch("icons")? };
    for (name, width) in PICTURES {
        let drawn = artist.draw(width)?;
        fs::copy(drawn, artist.folder.join(name)).map_err(Trouble::at(name))?;
    }
    artist.windows()?;
    artist.apple()?;
    println!("Drawn: {}", artist.folder.display());
    Ok(())
}

struct Artist {
    folder: PathBuf,
    scratch: PathBuf,
}

impl Artist {
    /// One square PNG, eight bits a channel with alpha, as the bundler takes it.
    fn draw(&self, width: u32) -> Outcome<PathBuf> {
        let (raw, drawn) = (self.scratch.join("raw.png"), self.scratch.join(format!("{width}.png")));
        let mut draw = Command::new("rsvg-convert");
        draw.args(["--width", &width.to_string()]).arg(self.folder.join("signpost.svg"));
        process::run(draw.arg("--output").arg(&raw))?;
        convert(&[&raw], &["-strip", "-depth", "8"], &format!("PNG32:{}", drawn.display()))?;
        Ok(drawn)
    }

    fn windows(&self) -> Outcome<()> {
        let drawn = WINDOWS.iter().map(|width| self.draw(*width)).collect::<Outcome<Vec<_>>>()?;
        let drawn: Vec<&Path> = drawn.iter().map(PathBuf::as_path).collect();
        convert(&drawn, &[], &self.folder.join("icon.ico").display().to_string())
    }

    fn apple(&self) -> Outcome<()> {
        let mut entries = Vec::new();
        for (kind, width) in APPLE {
            let drawn = self.draw(width)?;
            let picture = fs::read(&drawn).map_err(Trouble::at(drawn))?;
            entries.extend(apple_block(kind, &picture));
        }
        let file = self.folder.join("icon.icns");
        fs::write(&file, apple_block(b"icns", &entries)).map_err(Trouble::at(file))
    }
}

/// A four-letter type, the length of the whole block in four bytes, the content.
fn apple_block(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len() + 8).unwrap_or(u32::MAX);
    [kind.as_slice(), &length.to_be_bytes(), content].concat()
}

fn convert(inputs: &[&Path], words: &[&str], output: &str) -> Outcome<()> {
    let program = process::find("magick").unwrap_or_else(|| "/usr/bin/convert".into());
    process::run(Command::new(program).args(inputs).args(words).arg(output))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_apple_block_counts_its_own_head() {
        assert_eq!(apple_block(b"ic07", b"abc"), b"ic07\0\0\0\x0babc");
    }
}
