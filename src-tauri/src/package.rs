//! Files in one zip archive, to be attached to a mail.

use std::io::{Cursor, Write};
use wizard::support::PackedText;
use wizard::{Failure, FailureCode};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The files as the bytes of a zip archive.
///
/// # Errors
/// When two files have one name, or one is too large for an archive.
pub fn zipped(files: &[PackedText]) -> Result<Vec<u8>, Failure> {
    let failed = |error: &dyn std::error::Error| {
        Failure::new(FailureCode::StorageFailed, format!("the archive was not made: {error}"))
    };
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for file in files {
        archive.start_file(&file.name, options).map_err(|error| failed(&error))?;
        archive.write_all(file.text.as_bytes()).map_err(|error| failed(&error))?;
    }
    Ok(archive.finish().map_err(|error| failed(&error))?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn what_goes_in_comes_out_letter_by_letter() {
        let file = |name: &str, text: &str| PackedText { name: name.into(), text: text.into() };
        let files =
            [file("metadata.xml", &"<a>\u{e9}</a>".repeat(500)), file("addresses.txt", "https://a.example")];
        let bytes = zipped(&files).unwrap();
        assert!(bytes.len() < 1000, "{} bytes were not made smaller", bytes.len());
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        assert_eq!(archive.len(), 2);
        for file in &files {
            let mut text = String::new();
            archive.by_name(&file.name).unwrap().read_to_string(&mut text).unwrap();
            assert_eq!(text, file.text);
        }
    }

    #[test]
    fn two_files_of_one_name_are_no_archive() {
        let file = || PackedText { name: "a".into(), text: String::new() };
        assert_eq!(zipped(&[file(), file()]).unwrap_err().code, FailureCode::StorageFailed);
    }
}
