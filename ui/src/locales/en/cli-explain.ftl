# signpost explain. What goes wrong and how it is put right is data of the diagnosis crate, not a text of this file.

cli-explain-none = Nothing that is known here fits this text.
cli-explain-none-hint = Give the code, the sentence as it is shown, or the whole page.
cli-explain-tell = How to tell
cli-explain-cause = Cause
cli-explain-fix = What to do
cli-explain-field = To change
cli-explain-step = Step
cli-explain-why = Recognised by
cli-explain-source = Known from

error-explain-nothing-given = There is no text to explain.
    .fix = Give a code, a sentence or an address, or send a page or a log with a pipe and give - in place of the text.
error-explain-too-long = The text is longer than { $limit } bytes.
    .fix = Give the part around the error, for example the last lines of the log.
error-diagnosis-data-unreadable = What this program knows about mistakes cannot be read.
    .fix = Install the program again.
