# Check a domain: for anyone, without signing in.
check-domain-lead = Works without signing in
check-domain-subject = Domain or e-mail address
    .hint = Asks the root servers and the domain’s own name servers, directly.
check-domain-expected = Value the TXT record should have
    .hint = Without it you see what is there; with it you learn whether it is right.
check-domain-label = Host name of the record
    .hint = Before the domain. Leave it empty for { $label }.
check-domain-more = What should be there?
check-domain-check = Check domain
check-domain-checking = Checking…
check-domain-running = Asking the name servers of { $domain }. This takes up to 20 seconds.
check-domain-verified = The record is right.
check-domain-verified-by = The record is right. Everyone sees it by { $when }.
check-domain-waiting = The record is not there yet.
check-domain-waiting-by = Not everyone sees the record yet. Everyone does by { $when }.
check-domain-problem = Something about the record is wrong.
check-domain-unreachable = The name servers cannot be asked.
check-domain-name = Looked for a TXT record at { $name }.
check-domain-who = Who answers what
check-domain-nobody = No name server is named for it, so nobody could be asked.
check-domain-checked = checked { $at } in { $took } s
check-domain-server = Server
check-domain-answer = Answer
check-domain-value = Value
check-domain-ttl = TTL left
check-domain-no-value = no TXT record at this name
check-domain-more-values = { $count ->
    [one] one more value
   *[other] { $count } more values
}
check-domain-no-ttl = –
check-domain-note = Ticket note
check-domain-copy-note = Copy note
check-domain-note-head = { $domain }, checked { $when }
check-domain-note-name = TXT record { $name }
check-domain-found = What was found
check-domain-nothing-found = Nothing else stands out.
check-domain-earlier = Check another domain
check-domain-accepted-unseen = Cannot be seen
check-domain-accepted-hint = Only the service says whether it has accepted the record.
check-domain-back = Back to the list
check-domain-save = Save report…
check-domain-save-hint = For another Signpost: it opens there as you see it here. It has the domain, its name servers and the values.
check-domain-open = Open a report, or drop it here…

server-role-delegated = Name servers of { $zone }
    .note = these decide
server-role-parent = Name servers above { $zone }
    .note = they say who decides
server-role-root = Root servers
    .note = where every look-up begins
server-role-resolver = Public resolvers
    .note = shown for comparison, never part of the verdict
server-role-system = This computer
    .note = shown for comparison, never part of the verdict

server-status-right = Right
server-status-present = Answered
server-status-wrong-value = Wrong value
server-status-missing = No record yet
server-status-cname = CNAME in the way
server-status-silent = No answer
server-status-refused = Refuses
server-status-lame = Does not serve it
server-status-broken = Fails
server-status-no-address = Has no address
server-status-no-route = Out of reach
server-status-referred = Showed the way

so-far-title = So far
so-far-none = Nobody has answered yet.
so-far-right = { $right } of { $answered ->
    [one] one name server that has answered has the record.
   *[other] { $answered } name servers that have answered have the record.
}
so-far-waiting = Still waiting for { $servers }.
so-far-may-add = Nothing yet from { $servers }; what comes from there is added here.
