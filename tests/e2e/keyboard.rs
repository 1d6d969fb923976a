//! Key strokes as the X server hands them to whichever window has the focus.

use crate::desktop::output;

/// Presses one key.
pub(crate) fn strike(key: &str) {
    output("xdotool", &["key", key]);
}

/// Types text in place of what the field has.
pub(crate) fn replace(text: &str) {
    output("xdotool", &["key", "ctrl+a", "type", "--delay", "4", text]);
}
