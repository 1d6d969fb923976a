# Errors of the guides that are part of the program.
error-guide-data-unreadable = The guides of this program cannot be read: { $file }, line { $line }: { $what }.
    .fix = Install Signpost again. If you are writing a guide, correct the line and start the program again.
