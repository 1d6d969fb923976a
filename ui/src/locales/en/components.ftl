# Words inside the building blocks of the screens.
goes-to = goes to
open-in = Open in { $where }
guide-note = Guide note { $id }
guide-note-checked = checked against the portal’s documentation on { $date }
warning-tick = I know this and go on
    .hint = Needed to save.
error-summary = { $count ->
    [one] There is a problem
   *[other] There are { $count } problems
}
error-code = Code: { $code }
not-saved = What you typed is still here; it is not saved yet.
secret-hidden = Hidden
secret-copied = Copied. It leaves the clipboard in { $seconds } seconds.
secret-not-copied = Nothing was copied.
secret-note = Never shown. { $seconds } seconds after copying it is taken off the clipboard, if it is still there.
show-as-table = Show as table
hide-table = Hide table
finding-without-words = Signpost found something it has no words for: { $code }

certificate-fingerprint = SHA-256
certificate-subject = Subject
certificate-key = Key
certificate-from = Valid from
certificate-until = Valid until
certificate-ended = ended { $date }
certificate-ends = ends { $date }
certificate-valid-until = until { $date }
certificate-not-yet = not valid yet, until { $date }
certificate-today = today, { $date }
certificate-overlap = Both are valid from { $from } to { $until } ({ $days ->
    [one] 1 day
   *[other] { $days } days
}): the time to change from one to the other.
certificate-both = Both are valid, { $days ->
    [one] 1 day
   *[other] { $days } days
}
certificate-runs = Certificate { $name } runs from { $from } to { $until }.

conflict-title = Someone changed this in { $where } meanwhile
    .fix = Nothing is lost: compare both and choose. What you do not choose is not kept.
conflict-title-person = { $where } and you changed this differently
conflict-theirs-person = From { $where }
conflict-value = Value
conflict-mine = Yours
conflict-theirs = In { $where }
conflict-keep-mine = Keep mine
conflict-take-theirs = Take what { $where } has

letters-should-be = Should be
letters-is = Is
letters-end = nothing
letters-blank = a blank
letters-differ = Character { $place } should be { $want } and is { $got }.

menu = Menu
skip-to-content = Skip to content
saved-at = Saved
connection-connected = Signed in to { $service }
connection-offline = Offline
connection-unknown = Not asked yet
connection-by-hand = Entered in { $service } by hand
connection-by-support = Set up by { $to }
connection-local = { $service } on this computer
connection-signed-out = Signed out of { $service }
banner-offline = { $service } cannot be reached. You can go on working; everything is kept here and sent later.
banner-signed-out = You are signed out of { $service }. Everything is kept here.
sign-in = Sign in again
sign-in-title = Sign in to { $service }
sign-in-send = Use this access token
signed-in = Signed in.
page-missing = There is no such page
    .text = The address leads nowhere. Your projects are as you left them.
page-missing-go = Go to projects
project-opening = Opening the project.
messages = Messages
