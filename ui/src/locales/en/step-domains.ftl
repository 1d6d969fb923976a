# Step 1: the e-mail domains and the TXT records that prove them.
domains-yours = Your domains
domains-none = No domain is added yet. One is enough; its record is shown as soon as it is added.
domains-add-label = Add domains
    .hint = One or many: the part after the @. Addresses, links and lists are understood.
domains-add = Add
domains-adding = Adding…
domains-added = { $count ->
    [0] Nothing was added.
    [one] { $names } was added.
   *[other] { $names } were added.
}
domains-typed = What was understood, and what was not taken
domains-domain = Domain
domains-state = State
domains-last-look = Last look
domains-not-looked = not yet
domains-remove-column = Remove
domains-remove = Remove
domains-remove-what = Remove { $domain }
domains-removed = { $domain } was removed.
domains-back = { $domain } is back.
domains-back-new = { $domain } is back, and its record has a new value: publish that one.
domains-ascii = In DNS: { $name }
domains-unsent = Not at { $service } yet
domains-published = Published, not accepted yet
domains-refused = Refused by { $service }
domains-some-unsent = Some are not at { $service } yet, so they have no record.
domains-send = Send them now
domains-sending = Sending…
domains-sent = Everything that could be sent is sent.
domains-all = All domains
domains-every = Activating waits until each of them is accepted. Remove what cannot be proven.

domains-says-accepted = { $domain } is accepted.
domains-then-accepted = { $service } saw the record { $when }. Leave the record in place: while Signpost runs it looks at it once a day, and tells you when it is gone.
domains-says-gone = { $service } does not see the record of { $domain } any more.
domains-then-gone = { $days ->
    [0] It has been gone since { $since }. Publish it again now: from { $until } on, { $domain } counts as not proven.
    [one] It has been gone since { $since }. Publish it again within a day: from { $until } on, { $domain } counts as not proven.
   *[other] It has been gone since { $since }. Publish it again within { $days } days: from { $until } on, { $domain } counts as not proven.
}
domains-says-gone-here = The record of { $domain } is gone.
domains-then-gone-here = Its name servers do not have it any more. { $service } had accepted the domain; publish the record again, so that it stays accepted.
domains-gone = Accepted, record gone
domains-gone-here = { $service } may notice it any day.
domains-gone-days = { $days ->
    [0] The time to bring it back is over.
    [one] One day is left to bring it back.
   *[other] { $days } days are left to bring it back.
}
domains-says-unsent = { $domain } is not at { $service } yet.
domains-then-unsent = It is kept here and sent as soon as { $service } can be reached; then its record is shown. Check now tries again.
domains-says-refused = { $service } does not take { $domain }.
domains-says-not-looked = Publish the record, then check.
domains-then-not-looked = Nobody has looked for it yet. Nothing expires; close the window whenever you like.
domains-says-published = The record is right. { $service } has not accepted it yet.
domains-then-published = Check now has { $service } look itself.
domains-then-refused = { $service } looked itself and did not see it. That settles mostly within minutes: check again then.
domains-then-name = Looked for a TXT record at { $name }, { $when }.

domains-stages = Stages of the record
domains-stage-published = Published
domains-stage-visible = Visible
domains-stage-accepted = Accepted
domains-published-yes = On every name server
domains-published-answering = On all that answer
domains-published-no = No record yet
domains-published-some = On some
domains-published-wrong = Wrong value
domains-published-bad = Not right
domains-published-unseen = Cannot be seen
domains-published-unknown = Nobody has looked
domains-published-count = { $right } of { $total ->
    [one] { $total } name server of { $zone }
   *[other] { $total } name servers of { $zone }
}
domains-published-hint = Check now asks the name servers of { $domain }.
domains-visible-yes = Everywhere
domains-visible-yes-hint = Every resolver has forgotten what stood there before.
domains-visible-by = By { $when }
domains-visible-by-hint = Until then a resolver may still hold the older answer.
domains-visible-count = { $right } of { $total } public resolvers see it.
domains-visible-later = Will follow
domains-visible-later-hint = Begins when every name server has the record.
domains-visible-most = Not everywhere yet
domains-visible-most-hint = A resolver may keep an older answer longer than it should.
domains-visible-held = Held back
domains-visible-held-hint = Resolvers that check signatures reject the domain.
domains-visible-unknown = Not known
domains-visible-unknown-hint = Nobody has said how long older answers are kept.
domains-accepted-yes = Accepted
domains-accepted-no = Not yet
domains-accepted-looked = { $service } last looked { $when }.
domains-accepted-not-looked = { $service } has not looked yet.

domains-found = What was found
domains-service-found = What { $service } found
domains-service-view = { $service } asked the name servers itself, from its own network, { $when }.
domains-record = The record as it has to be
domains-record-host = Host
domains-record-type = Type
domains-record-value = Value
domains-record-name = The whole name is { $name }. Most forms want the host alone and add the domain themselves.
domains-no-record = There is no record yet: { $service } issues it when it can be reached.
domains-commands = Look for yourself
domains-commands-lead = Each line asks for the record. Take the one your terminal knows.
domains-command-nslookup = Windows, and everywhere
domains-command-dig = macOS and Linux
domains-command-powershell = PowerShell
domains-who = Who answers what
domains-checked = checked { $at } in { $took } s
domains-check = Check now
domains-checking = Checking…
domains-running = Asking the name servers of { $domain }. This takes up to 20 seconds.
domains-cancelled = The check was called off. Nothing was changed.
domains-missing = There is no such domain in this project
    .text = It may have been removed. The others are as you left them.

history-title = What { $service } saw
history-none = { $service } has not seen anything of the record yet. It looks when you check, and once a day after it has accepted the domain.
history-from = From
history-until = Until
history-last-look = last look, { $when }
history-changed = { $when }
history-servers = Name servers
history-run = { $outcome }, from { $from }.
history-looked = Last look: { $when }.
