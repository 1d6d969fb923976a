# Where a record is typed, as a command, and to send; the attempts so far.
where-title = Where to type it
where-host = { $host } serves { $zone }.
where-own-servers = { $zone } has name servers of its own.
where-unknown-servers = Who serves { $zone } is not known from its name servers.
where-not-looked = Check now tells who serves { $zone }.
where-seen = Name servers
where-chosen = You chose it. Name servers
where-also = It may also be: { $hosts }.
where-name = Host or Name
where-name-relative = the host alone. { $host } adds { $zone } itself.
where-name-either = the host alone, or the whole name.
where-name-general = the host alone, in most panels: they add { $zone } themselves. Where the list of records shows whole names, enter the whole name.
where-value = Value
where-quotes-none = without quotation marks.
where-quotes-typed = with the quotation marks shown.
where-open = Open { $host }
where-other = Is it served elsewhere?
where-by-servers = As the name servers say
where-by-itself = As the DNS host says itself

connect-lead = Many DNS hosts say themselves where a zone is edited (Domain Connect). The name servers of { $zone } know whom to ask; nobody else is asked for that.
connect-ask-zone = Ask the name servers whom to ask
connect-asking = Asking…
connect-nobody = { $zone } names no DNS host that could be asked.
connect-named = { $zone } names { $endpoint }. Asking it over HTTPS tells that company the domain, and this computer’s address.
connect-ask-host = Ask { $endpoint }
connect-evidence = _domainconnect.{ $zone }
connect-asked = Said { $when }.
connect-panel = Open { $host }…
connect-panel-agree = The address of this page comes from { $host } itself; Signpost does not know it. It is at
connect-panel-open = Open this page
connect-panel-not = Not now

as-command = As a command
as-command-form = For
as-command-note = Nothing is run from here. Zone ids, resource groups and tokens are taken from your environment and never stand in the text.

send-title = Send to the DNS admin
send-lead = The record with what to know about it. Nothing in it is secret.
send-write = Write mail
send-mail = Copy mail
send-mail-what = the text of a mail
send-markdown = Copy Markdown
send-markdown-what = the record as Markdown
send-page = Save page…
send-saved = Saved as { $path }.
send-preview = What is sent

attempts-title = Attempts
attempts-since = Attempts since { $since }
attempts-outcome = Outcome
attempts-first = First
attempts-last = Last
attempts-count = Checks
attempts-verified = Record right
attempts-waiting = No record yet
attempts-problem = Something wrong
attempts-unreachable = Could not be asked
attempts-run =
    { $count ->
        [one] { $outcome }, { $from }.
       *[other] { $outcome }: { $count } checks since { $from }.
    }

near-extra = has to go
near-missing = has to be added
near-legend = Struck through: has to go. Underlined: has to be added.
record-value-unknown = the value the service shows
